//! The reasons for and against two entries being one work, in words that a person is shown.

use std::fmt;

use super::ids::StrongId;
use super::kind::Kind;
use super::url::LinkEvidence;

/// One reason why two entries may be the same work, or why one hesitates to say so.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// Their primary links lead to the same resource.
    Link(LinkEvidence),
    /// A link of the one is a link of the other, though not the primary one of both.
    SharedLink(Box<str>),
    /// Their titles are equal.
    SameTitle,
    /// Their titles are nearly the same: other order, articles or endings, a remark, a slip.
    RephrasedTitle,
    /// One title contains the other.
    TitleContained,
    /// Their titles are similar; how much, from 0 to 1.
    SimilarTitle(f64),
    /// Their titles have nothing in common, though their links do.
    OtherTitle,
    /// One person made both.
    SameAuthor(Box<str>),
    /// One number stands in the links of both.
    SharedId(StrongId),
    /// Both links lead to papers.
    Scholarly,
    /// The title stands in an address.
    TitleInAddress(Box<str>),
    /// Both stand under one registered domain.
    SameDomain(Box<str>),
    /// One page stands below the other, or on a sister host.
    NearbyPages,
    /// A code such as that of a course stands in both addresses.
    SharedCode(Box<str>),
    /// One of them has no link.
    NoLink,
    /// Several works are known to have that title.
    SharedName,
    /// Both stand in one list, whose maintainer may have meant both.
    OneList,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::Link(link) => link.fmt(f),
            Evidence::SharedLink(link) => write!(f, "both link to `{link}`"),
            Evidence::SameTitle => f.write_str("same title"),
            Evidence::RephrasedTitle => f.write_str("nearly the same title"),
            Evidence::TitleContained => f.write_str("one title contains the other"),
            Evidence::SimilarTitle(score) => write!(f, "similar titles ({:.0} %)", score * 100.0),
            Evidence::OtherTitle => f.write_str("the titles differ"),
            Evidence::SameAuthor(name) => write!(f, "same author (`{name}`)"),
            Evidence::SharedId(id) => write!(f, "same {id}"),
            Evidence::Scholarly => f.write_str("both links lead to papers"),
            Evidence::TitleInAddress(host) => write!(f, "the title stands in the link to `{host}`"),
            Evidence::SameDomain(domain) => write!(f, "both links lead to `{domain}`"),
            Evidence::NearbyPages => f.write_str("the linked pages belong together"),
            Evidence::SharedCode(code) => write!(f, "`{code}` stands in both links"),
            Evidence::NoLink => f.write_str("one of them has no link"),
            Evidence::SharedName => f.write_str("several works have that name"),
            Evidence::OneList => f.write_str("both stand in one list"),
        }
    }
}

/// What speaks so clearly against one work that only an equal link can outweigh it.
#[derive(Debug, Clone, PartialEq)]
pub enum Contradiction {
    /// The titles have different numbers: parts, versions, sizes.
    Numbers(Box<str>, Box<str>),
    /// The entries give different years.
    Years(u16, u16),
    /// The titles name different editions.
    Editions(u16, u16),
    /// The links name different versions or years of one thing.
    Versions(Box<str>, Box<str>),
    /// The links hold different numbers of one kind.
    Ids(StrongId, StrongId),
    /// The links lead to different places in one repository.
    Paths,
    /// The entries or their links name different languages.
    Languages(Box<str>, Box<str>),
    /// The one is a book, say, and the other a course.
    Kinds(Kind, Kind),
    /// Different people made them.
    Authors(Box<str>, Box<str>),
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contradiction::Numbers(a, b) => write!(f, "different numbers: {a} and {b}"),
            Contradiction::Years(a, b) => write!(f, "different years: {a} and {b}"),
            Contradiction::Editions(a, b) => write!(f, "different editions: {a} and {b}"),
            Contradiction::Versions(a, b) => {
                write!(f, "different versions in the links: `{a}` and `{b}`")
            }
            Contradiction::Ids(a, b) => write!(f, "different numbers: {a} and {b}"),
            Contradiction::Paths => f.write_str("different places in one repository"),
            Contradiction::Languages(a, b) => write!(f, "different languages: `{a}` and `{b}`"),
            Contradiction::Kinds(a, b) => write!(f, "different kinds: {a} and {b}"),
            Contradiction::Authors(a, b) => write!(f, "different authors: {a} and {b}"),
        }
    }
}
