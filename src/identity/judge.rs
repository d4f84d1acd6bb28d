//! The judgement: are two entries the same work, and by what evidence?
//!
//! Links of the tiers 0 to 4 decide alone. A title decides only with corroboration, and never
//! within one list, where two entries of one title are mostly meant. Everything weaker is a
//! suggestion that names its evidence.

use super::against::contradiction;
use super::entry::Identity;
use super::evidence::{Contradiction, Evidence};
use super::near;
use super::title::{self, Generic, TitleKey, TitleRelation};
use super::url::{LinkEvidence, LinkKey, Step, Target, Tier};
use super::verdict::{Judgement, Scope, Verdict};
use super::{Options, ids};

/// How many steps a judgement counts for, in tests of how work grows.
#[cfg(test)]
const JUDGED: usize = 100;

/// Judges whether two entries are the same work.
pub fn judge(a: &Identity, b: &Identity, scope: Scope, options: &Options) -> Judgement {
    judged(Pair::new(a, b, scope, options, LinkKey::compare))
}

/// Judges as [`judge`] does for those who compare many and tell few: where links lead to the same
/// resource, the evidence does not say in what they differ, which takes reading both anew.
pub fn verdict(a: &Identity, b: &Identity, scope: Scope, options: &Options) -> Judgement {
    judged(Pair::new(a, b, scope, options, |a, b, _| {
        let tier = a.meets(b)?;
        let steps = Vec::new();
        Some(LinkEvidence { tier, steps })
    }))
}

fn judged(pair: Pair<'_>) -> Judgement {
    #[cfg(test)]
    crate::source::counted::add(JUDGED);
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
    options: &'a Options,
    one_list: bool,
    link: Option<LinkEvidence>,
    titles: TitleRelation,
    generic: Option<Generic>,
    contradiction: Option<Contradiction>,
}

type Found = (Verdict, Vec<Evidence>);

impl<'a> Pair<'a> {
    /// `compare` finds out how two links lead to the same resource.
    fn new(
        a: &'a Identity,
        b: &'a Identity,
        scope: Scope,
        options: &'a Options,
        compare: impl Fn(&LinkKey, &LinkKey, &Options) -> Option<LinkEvidence>,
    ) -> Pair<'a> {
        let one_list = matches!(scope, Scope::SameList { .. });
        let link = match (&a.link, &b.link) {
            // A file beside a list, or a place in it, is nothing in another list; an address for
            // mail is a person's, whatever the person made.
            (Some(a), Some(b)) if a.target() != Target::Mail && (one_list || a.is_global()) => {
                compare(a, b, options)
            }
            _ => None,
        };
        let (titles, generic) = match (&a.title, &b.title) {
            (Some(a), Some(b)) => (title::compare(a, b), a.generic().max(b.generic())),
            _ => (TitleRelation::Different, Some(Generic::Label)),
        };
        let names_none = a.shared.title || b.shared.title;
        let generic = generic.max(names_none.then_some(Generic::Topic));
        Pair {
            contradiction: contradiction(a, b),
            a,
            b,
            options,
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
        let shared = self.a.shared.link || self.b.shared.link;
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
        let titled = self.titles == TitleRelation::Equal && self.generic != Some(Generic::Label);
        if titled && !(self.one_list && self.leaves_out_a_place()) {
            return (Verdict::Likely, evidence);
        }
        (Verdict::Possible, evidence)
    }

    /// Whether the links are the same page but for a place on it.
    fn leaves_out_a_place(&self) -> bool {
        let links = self.a.link.as_ref().zip(self.b.link.as_ref());
        let evidence = links.and_then(|(a, b)| a.compare(b, self.options));
        let place = Step::Likely(near::PLACE_ON_PAGE);
        evidence.is_some_and(|evidence| evidence.steps.contains(&place))
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
                let numbers = |known: &'a Identity| known.title.as_ref().map(TitleKey::numbers);
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
        let mut names = self.a.authors.iter().map(|author| &author.name);
        let author = names.find(|name| self.b.authors.iter().any(|other| other.name == **name));
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
        if let Some(title) = &self.a.title
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
        let words = |known: &Identity| known.title.as_ref().map_or(0, TitleKey::word_count);
        words(self.a).min(words(self.b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::List;
    use crate::source::{FileId, Source};

    const ACROSS: Scope = Scope::AcrossLists;
    const WITHIN: Scope = Scope::SameList { same_section: true };

    fn identity(entry: &str) -> Identity {
        let text = format!("# List\n\n## Section\n\n- {entry}\n");
        let list = List::parse(Source::new(FileId(0), "list.md", text));
        let (id, _) = list.entries().next().expect("an entry");
        Identity::of(&list, id, &Options::default())
    }

    fn judged(a: &str, b: &str, scope: Scope) -> Judgement {
        let (a, b) = (identity(a), identity(b));
        let judgement = judge(&a, &b, scope, &Options::default());
        let swapped = judge(&b, &a, scope, &Options::default());
        assert_eq!(judgement.verdict, swapped.verdict);
        let short = verdict(&a, &b, scope, &Options::default());
        assert_eq!(judgement.verdict, short.verdict);
        assert_eq!(judgement.contradiction, short.contradiction);
        judgement
    }

    #[track_caller]
    fn assert_verdict(a: &str, b: &str, scope: Scope, verdict: Verdict) {
        let judgement = judged(a, b, scope);
        assert_eq!(judgement.verdict, verdict, "{a} {b} {judgement:?}");
    }

    #[test]
    fn equal_links_decide_across_lists_and_need_agreeing_titles_within_one() {
        let (a, b) = ("[One](https://a.org/x)", "[Two](http://www.a.org/x/)");
        assert_verdict(a, b, ACROSS, Verdict::Certain);
        assert_verdict(a, b, WITHIN, Verdict::Possible);
        let longer = "[One and More](https://a.org/x)";
        assert_verdict(a, longer, WITHIN, Verdict::Certain);
        assert_verdict(a, "[PDF](https://a.org/x)", WITHIN, Verdict::Certain);
        let parts = [
            "[One, part 1](https://a.org/x)",
            "[One, part 2](https://a.org/x)",
        ];
        assert_verdict(parts[0], parts[1], WITHIN, Verdict::Possible);
    }

    #[test]
    fn a_link_that_leads_nowhere_by_itself_says_nothing_across_lists() {
        let (a, b) = ("[One Thing](docs/a.md)", "[Another Name](docs/a.md)");
        assert_verdict(a, b, ACROSS, Verdict::Different);
        assert_verdict(a, b, WITHIN, Verdict::Possible);
        let (a, b) = (
            "[One Thing](mailto:me@a.org)",
            "[Another Name](mailto:me@a.org)",
        );
        assert_verdict(a, b, WITHIN, Verdict::Different);
    }

    #[test]
    fn likely_links_fold_with_the_same_title_only() {
        let (a, b) = ("[One](https://a.org/index.html)", "[One](https://a.org/)");
        assert_verdict(a, b, ACROSS, Verdict::Likely);
        assert_verdict(a, "[Two](https://a.org/)", ACROSS, Verdict::Possible);
        let part = "[One](https://a.org/#part)";
        assert_verdict(b, part, ACROSS, Verdict::Likely);
        assert_verdict(b, part, WITHIN, Verdict::Possible);
        let (old, new) = (
            "[One (2015)](https://a.org/#x)",
            "[One (2017)](https://a.org/)",
        );
        assert_verdict(old, new, ACROSS, Verdict::Different);
    }

    #[test]
    fn an_equal_title_alone_is_a_question() {
        let (a, b) = (
            "[A Rare Title of Many Long Words](https://a.org/1)",
            "[A Rare Title of Many Long Words](https://b.org/2)",
        );
        assert_verdict(a, b, ACROSS, Verdict::Possible);
        assert_verdict(a, b, WITHIN, Verdict::Possible);
        for (generic, verdict) in [
            ("GitHub", Verdict::Different),
            ("Graph Theory", Verdict::Different),
            ("Harbor", Verdict::Possible),
        ] {
            let [a, b] = ["a", "b"].map(|host| format!("[{generic}](https://{host}.org/x)"));
            assert_verdict(&a, &b, ACROSS, verdict);
        }
    }

    #[test]
    fn a_title_folds_with_corroboration_across_lists() {
        let title = "A Rare Title of Many Long Words";
        let linked = |link: &str, rest: &str| format!("[{title}]({link}){rest}");
        for (a, b) in [
            (
                linked("https://a.org/1", " by Ann Lee"),
                linked("https://b.org/2", " by A. Lee et al."),
            ),
            (
                linked("https://a.org/1", ""),
                format!("\"{title}\" by Ann Lee"),
            ),
            (
                linked("https://a.org/pub45742.html", ""),
                linked("https://b.org/45742.pdf", ""),
            ),
            (
                linked("https://arxiv.org/abs/1706.03762", ""),
                linked("https://usenix.org/x", ""),
            ),
            (
                linked("https://a.org/a-rare-title-of-many-long-words", ""),
                linked("https://b.org/2", ""),
            ),
            (
                linked("https://x.a.org/1", ""),
                linked("https://a.org/2", ""),
            ),
            (
                linked("https://a.org/1", " - See [code](https://b.org/2)."),
                linked("https://b.org/2", ""),
            ),
        ] {
            assert_verdict(&a, &b, ACROSS, Verdict::Likely);
            assert_ne!(judged(&a, &b, WITHIN).verdict, Verdict::Likely);
        }
        // One name on one platform, under two owners: two works.
        let slug = "a-rare-title-of-many-long-words";
        let [a, b] = ["ann", "bob"].map(|o| linked(&format!("https://github.com/{o}/{slug}"), ""));
        assert_verdict(&a, &b, ACROSS, Verdict::Possible);
    }

    #[test]
    fn contradictions_block_all_but_equal_links() {
        let pair = |a: &str, b: &str| {
            let [a, b] = [(a, "a"), (b, "b")].map(|(entry, host)| entry.replace("HOST", host));
            assert_verdict(&a, &b, ACROSS, Verdict::Different);
            judged(&a, &b, ACROSS)
                .contradiction
                .expect("a contradiction")
                .to_string()
        };
        let title = "A Rare Title of Words";
        let both = |a: &str, b: &str| {
            pair(
                &format!("[{title}](https://HOST.org/x){a}"),
                &format!("[{title}](https://HOST.org/y){b}"),
            )
        };
        assert_eq!(both(" (2015)", " (2016)"), "different years: 2015 and 2016");
        assert_eq!(
            both(" by Ann Lee", " by Bob Ray"),
            "different authors: lee and ray"
        );
        let link = |link: &str| format!("[{title}]({link})");
        for (a, b, said) in [
            (
                "https://www.coursera.org/learn/x",
                "https://www.manning.com/books/x",
                "different kinds: course and book",
            ),
            (
                "https://a.org/2/x",
                "https://a.org/3/x",
                "different versions in the links: `2` and `3`",
            ),
            (
                "https://a.org/ja/x",
                "https://a.org/fr/y",
                "different languages: `ja` and `fr`",
            ),
            (
                "https://github.com/a/b/tree/v1/x",
                "https://github.com/a/b/tree/v1/y",
                "different places in one repository",
            ),
            (
                "https://youtu.be/aaaaaaaaaaa",
                "https://youtu.be/bbbbbbbbbbb",
                "different numbers: video `aaaaaaaaaaa` and video `bbbbbbbbbbb`",
            ),
        ] {
            assert_eq!(pair(&link(a), &link(b)), said);
        }
        let same = "[A Rare Title, part 1](https://a.org/x)";
        assert_verdict(
            same,
            "[A Rare Title, part 2](https://a.org/x)",
            ACROSS,
            Verdict::Certain,
        );
    }

    #[test]
    fn similar_titles_are_a_question_where_the_links_belong_together() {
        for (a, b) in [
            (
                "[SEAL LLM Leaderboard](https://labs.a.com/board)",
                "[SEAL Leaderboards](https://a.com/board)",
            ),
            (
                "[Crash Course](https://a.org/crash)",
                "[Crash Course by A](https://a.org/crash/intro)",
            ),
            (
                "[Visual Recognition](http://v.a.edu/cs231n/)",
                "[CS231n: Visual Recognition](http://cs231n.a.edu/)",
            ),
            (
                "[Methods for Hackers (using X)](https://a.org/1)",
                "[Methods for Hackers](https://b.org/2)",
            ),
        ] {
            assert_verdict(a, b, ACROSS, Verdict::Possible);
        }
        for (a, b) in [
            (
                "[Machine Learning Systems](https://a.org/1)",
                "[Machine Learning Systems Workshop](https://b.org/2)",
            ),
            (
                "[Deep Learning Boot Camp](https://a.org/camp)",
                "[Deep Learning](https://a.org/)",
            ),
        ] {
            assert_verdict(a, b, ACROSS, Verdict::Different);
        }
    }
}
