//! What a judgement says: how sure it is, by what evidence, and where the two entries stand.

use super::evidence::{Contradiction, Evidence};

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
