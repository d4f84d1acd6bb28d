//! The judgement: are two entries the same work, and by what evidence?
//!
//! Links of the tiers 0 to 4 decide alone. A title decides only with corroboration, and never
//! within one list, where two entries of one title are mostly meant. Everything weaker is a
//! suggestion that names its evidence.

use super::against::contradiction;
use super::entry::Identity;
use super::evidence::{Contradiction, Evidence};
use super::near;
use super::title::{self, Generic, TitleRelation};
use super::url::{LinkEvidence, Step, Target, Tier};
use super::{Options, ids};

/// How sure it is that two entries are the same work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing says that they are the same.
    Different,
    /// They may be the same: worth a question.
    Possible,
    /// They are the same as far as one can tell: they are folded, and both links are kept.
    Likely,
    /// They are the same.
    Certain,
}

impl Verdict {
    /// Whether entries so judged are folded into one.
    pub fn folds(self) -> bool {
        self >= Verdict::Likely
    }
}

/// Where two entries stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In one list.
    SameList {
        /// In one section of it, too.
        same_section: bool,
    },
    /// In two lists.
    AcrossLists,
}

/// What was found out about two entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// How sure it is.
    pub verdict: Verdict,
    /// By what evidence, the strongest first.
    pub evidence: Vec<Evidence>,
    /// What speaks against it, even where the evidence outweighs that.
    pub contradiction: Option<Contradiction>,
}

/// Judges whether two entries are the same work.
pub fn judge(a: &Identity, b: &Identity, scope: Scope, options: &Options) -> Judgement {
    let pair = Pair::new(a, b, scope, options);
    let evidence = |verdict, evidence| Judgement {
        verdict,
        evidence,
        contradiction: pair.contradiction.clone(),
    };
    if let Some(link) = &pair.link {
        let (verdict, found) = match link.tier {
            Tier::Likely => pair.by_likely_link(link),
            _ => pair.by_link(link),
        };
        return evidence(verdict, found);
    }
    if pair.contradiction.is_some() {
        return evidence(Verdict::Different, Vec::new());
    }
    let (verdict, found) = pair.by_title();
    evidence(verdict, found)
}

struct Pair<'a> {
    a: &'a Identity,
    b: &'a Identity,
    one_list: bool,
    link: Option<LinkEvidence>,
    titles: TitleRelation,
    generic: Option<Generic>,
    contradiction: Option<Contradiction>,
}

type Found = (Verdict, Vec<Evidence>);

impl<'a> Pair<'a> {
    fn new(a: &'a Identity, b: &'a Identity, scope: Scope, options: &Options) -> Pair<'a> {
        let one_list = matches!(scope, Scope::SameList { .. });
        let link = match (&a.link, &b.link) {
            // A file beside a list, or a place in it, is nothing in another list; an address for
            // mail is a person's, whatever the person made.
            (Some(a), Some(b)) if a.target() != Target::Mail && (one_list || a.is_global()) => {
                a.compare(b, options)
            }
            _ => None,
        };
        let (titles, generic) = nearest_titles(a, b);
        Pair {
            contradiction: contradiction(a, b),
            a,
            b,
            one_list,
            link,
            titles,
            generic,
        }
    }

    /// Links that lead to the same resource: one work, unless one list says two things about it,
    /// or gives the link to several works.
    fn by_link(&self, link: &LinkEvidence) -> Found {
        let mut evidence = vec![Evidence::Link(link.clone())];
        evidence.extend(self.title_evidence());
        let shared = self.a.shares_link || self.b.shares_link;
        if !self.one_list && !shared {
            return (Verdict::Certain, evidence);
        }
        // A label such as `PDF` says nothing about the work, so it cannot disagree either.
        let says_nothing = self.generic == Some(Generic::Label);
        // One link under two names of people or kinds is one work still.
        let contradicted = !matches!(
            self.contradiction,
            None | Some(Contradiction::Authors(..) | Contradiction::Kinds(..))
        );
        if !contradicted && (says_nothing || self.titles.agrees()) {
            return (Verdict::Certain, evidence);
        }
        if !self.titles.agrees() {
            evidence.push(Evidence::OtherTitle);
        }
        evidence.extend(self.one_list.then_some(Evidence::OneList));
        (Verdict::Possible, evidence)
    }

    /// Links that perhaps lead to the same resource: with the same title they do.
    fn by_likely_link(&self, link: &LinkEvidence) -> Found {
        let mut evidence = vec![Evidence::Link(link.clone())];
        evidence.extend(self.title_evidence());
        if self.contradiction.is_some() {
            return (Verdict::Different, evidence);
        }
        let of_page = link.steps.contains(&Step::Likely(near::PLACE_ON_PAGE));
        let meant = self.one_list && of_page;
        if self.titles == TitleRelation::Equal && self.generic != Some(Generic::Label) && !meant {
            return (Verdict::Likely, evidence);
        }
        (Verdict::Possible, evidence)
    }

    /// Links that differ, or that are missing: what the titles say, and what supports them.
    fn by_title(&self) -> Found {
        let none = (Verdict::Different, Vec::new());
        if matches!(self.generic, Some(Generic::Label | Generic::Topic)) {
            return none;
        }
        let mut evidence: Vec<_> = self.title_evidence().into_iter().collect();
        match self.titles {
            TitleRelation::Equal => {
                let support = self.corroboration();
                let decides = !support.is_empty() && !self.one_list && self.generic.is_none();
                evidence.extend(support);
                evidence.extend(self.generic.map(|_| Evidence::SharedName));
                evidence.extend(self.one_list.then_some(Evidence::OneList));
                (
                    if decides {
                        Verdict::Likely
                    } else {
                        Verdict::Possible
                    },
                    evidence,
                )
            }
            TitleRelation::Different => none,
            relation => {
                let numbers =
                    |known: &Identity| known.titles().last().map(|t| t.numbers().to_vec());
                let same_numbers = numbers(self.a) == numbers(self.b);
                let support = near::evidence(self.a, self.b, same_numbers);
                let rephrased = relation == TitleRelation::Rephrased && self.fewest_words() >= 3;
                if support.is_none() && !rephrased {
                    return none;
                }
                evidence.extend(support);
                (Verdict::Possible, evidence)
            }
        }
    }

    fn title_evidence(&self) -> Option<Evidence> {
        match self.titles {
            TitleRelation::Equal => Some(Evidence::SameTitle),
            TitleRelation::Rephrased => Some(Evidence::RephrasedTitle),
            TitleRelation::Contains => Some(Evidence::TitleContained),
            TitleRelation::Similar(score) => Some(Evidence::SimilarTitle(score)),
            TitleRelation::Different => None,
        }
    }

    /// What makes an equal title enough, across lists.
    fn corroboration(&self) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        let words = self.fewest_words();
        let author = self
            .a
            .authors
            .iter()
            .find(|name| self.b.authors.contains(name));
        evidence.extend(author.map(|name| Evidence::SameAuthor(name.clone())));
        evidence.extend(near::shared_link(self.a, self.b));
        let (Some(a), Some(b)) = (&self.a.link, &self.b.link) else {
            // A name of several words needs no more than that nobody contradicts.
            let unlinked = [self.a, self.b]
                .iter()
                .any(|known| known.links().next().is_none());
            if !evidence.is_empty() || words >= 4 && unlinked {
                evidence.push(Evidence::NoLink);
            }
            return evidence;
        };
        let of_a = ids::of_link(a);
        let shared = ids::of_link(b).into_iter().find(|id| of_a.contains(id));
        evidence.extend(shared.map(Evidence::SharedId));
        if words >= 4 {
            evidence.extend(near::scholarly(a, b));
            evidence.extend(near::domain(a, b));
        }
        if let Some(title) = self.a.titles().last()
            && self
                .a
                .kind
                .is_none_or(|kind| self.b.kind.is_none_or(|other| kind == other))
        {
            evidence.extend(near::title_in_address(a, b, title));
        }
        evidence
    }

    fn fewest_words(&self) -> usize {
        let words = |known: &Identity| known.titles().map(|title| title.word_count()).max();
        words(self.a).min(words(self.b)).unwrap_or_default()
    }
}

/// How the titles stand to each other that are nearest, and whether one of these is generic.
fn nearest_titles(a: &Identity, b: &Identity) -> (TitleRelation, Option<Generic>) {
    let mut nearest = (TitleRelation::Different, Some(Generic::Label));
    for (at, title) in a.titles().enumerate() {
        for (other_at, other) in b.titles().enumerate() {
            let relation = title::compare(title, other);
            if at + other_at == 0 || relation.rank() > nearest.0.rank() {
                nearest = (relation, title.generic().max(other.generic()));
            }
        }
    }
    nearest
}
