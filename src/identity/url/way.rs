//! The evidence that two links lead to one resource: at which tier they meet, and what differs.

use std::fmt;

use super::Target;
use super::walk::{Observer, Step, Tier};
use crate::identity::Options;

/// That two links lead to the same resource, and how one can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkEvidence {
    /// The lowest tier that equates the links.
    pub tier: Tier,
    /// In what the links differ nevertheless.
    pub steps: Vec<Step>,
}

impl fmt::Display for LinkEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.tier {
            Tier::Exact => return f.write_str("same link"),
            Tier::Likely => "perhaps the same page, but for ",
            _ => "same page, but for ",
        })?;
        for (at, step) in self.steps.iter().enumerate() {
            f.write_str(match at {
                0 => "",
                _ if at + 1 == self.steps.len() => " and ",
                _ => ", ",
            })?;
            step.fmt(f)?;
        }
        Ok(())
    }
}

/// The way of one link through the tiers: its keys and the steps that led from each to the next.
#[derive(Debug, Default)]
pub(super) struct Way {
    keys: Vec<(Tier, String)>,
    steps: Vec<(Tier, Step)>,
}

impl Way {
    pub(super) fn of(destination: &str, options: &Options) -> Way {
        let mut way = Way::default();
        let key = super::read(destination, options, &mut way);
        if key.target != Target::Web {
            way.keys.push((Tier::Rfc, key.certain.to_string()));
        }
        way
    }

    /// The first tier whose keys are equal.
    pub(super) fn meets(&self, other: &Way) -> Option<Tier> {
        let key_at = |tier| {
            other
                .keys
                .iter()
                .find(|(at, _)| *at == tier)
                .map(|(_, key)| key)
        };
        let meeting = self
            .keys
            .iter()
            .find(|(tier, key)| key_at(*tier) == Some(key));
        meeting.map(|(tier, _)| *tier)
    }

    /// The steps up to a tier that only one of the two took.
    pub(super) fn differences(&self, other: &Way, tier: Tier) -> Vec<Step> {
        let mut own = self.steps_to(tier);
        let mut others = other.steps_to(tier);
        own.retain(|step| match others.iter().position(|other| other == step) {
            Some(at) => {
                others.remove(at);
                false
            }
            None => true,
        });
        own.append(&mut others);
        if own.is_empty() {
            // Both took the same step from different places.
            let at_tier = self.steps.iter().filter(|(at, _)| *at == tier);
            own = at_tier.map(|(_, step)| step.clone()).collect();
        }
        if own.is_empty() {
            own.push(Step::Spelling);
        }
        let mut seen = Vec::new();
        own.retain(|step| {
            !seen.contains(step) && {
                seen.push(step.clone());
                true
            }
        });
        own
    }

    fn steps_to(&self, tier: Tier) -> Vec<Step> {
        let steps = self.steps.iter().filter(|(at, _)| *at <= tier);
        steps.map(|(_, step)| step.clone()).collect()
    }
}

impl Observer for Way {
    fn step(&mut self, step: impl FnOnce() -> Step) {
        let tier = match self.keys.last() {
            None => Tier::Rfc,
            Some((Tier::Rfc, _)) => Tier::Transport,
            Some((Tier::Transport, _)) => Tier::Noise,
            Some((Tier::Noise, _)) => Tier::Site,
            Some(_) => Tier::Likely,
        };
        self.steps.push((tier, step()));
    }

    fn stage(&mut self, tier: Tier, key: impl FnOnce() -> String) {
        self.keys.push((tier, key()));
    }
}
