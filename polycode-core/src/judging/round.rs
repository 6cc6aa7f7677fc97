//! One judging of one answer: which validator comes next, which are skipped, and the sum.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::GroupId;
use crate::judging::group::{GroupScoring, Scheme};
use crate::judging::judge::not_run;
use crate::judging::{Effect, Judgement, Report, Validator, Verdict};
use crate::quantity::Score;

/// One judging of one answer. Groups are judged before those that depend on them, whatever the
/// author's order; the report is in the author's order.
///
/// # Examples
/// ```
/// use polycode_core::judging::judge::not_run;
/// use polycode_core::judging::{Round, Scheme, Validator, Verdict};
///
/// let wire = r#"[{"id": "a", "kind": "output"}, {"id": "b", "kind": "output"}]"#;
/// let validators: Vec<Validator> = serde_json::from_str(wire)?;
/// let scheme = Scheme::ungrouped(&validators);
/// let report = Round::of(scheme, |validator| not_run(validator, Verdict::TimeLimit));
/// assert_eq!(report.verdict, Verdict::TimeLimit);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Round<'a> {
    scheme: Scheme<'a>,
    /// Places of the validators that are left, the next last.
    left: Vec<usize>,
    judgements: BTreeMap<usize, Judgement>,
    failed: BTreeSet<&'a GroupId>,
}

impl<'a> Round<'a> {
    /// Begins to judge.
    pub fn new(scheme: Scheme<'a>) -> Self {
        let depths = scheme.depths();
        let depth = |validator: &Validator| {
            let group = validator.group.as_ref();
            group.map_or(0, |id| depths.get(id).copied().unwrap_or(usize::MAX))
        };
        let mut left: Vec<_> = scheme.validators.iter().enumerate().collect();
        left.sort_by_key(|(place, validator)| (depth(validator), *place));
        Self {
            scheme,
            left: left.into_iter().rev().map(|(place, _)| place).collect(),
            judgements: BTreeMap::new(),
            failed: BTreeSet::new(),
        }
    }

    /// Judges by every validator that is not skipped.
    pub fn of(scheme: Scheme<'a>, mut judge: impl FnMut(&Validator) -> Judgement) -> Report {
        let mut round = Self::new(scheme);
        while let Some(validator) = round.validator() {
            round.judged(judge(validator));
        }
        round.report()
    }

    /// The validator to judge by now; the same until it is judged, none when all are.
    pub fn validator(&mut self) -> Option<&'a Validator> {
        loop {
            let place = *self.left.last()?;
            let validator = self.scheme.validators.get(place)?;
            if !self.is_skipped(validator) {
                return Some(validator);
            }
            self.judged(not_run(validator, Verdict::Skipped));
        }
    }

    /// Takes the judgement by the validator that [`Round::validator`] gave.
    pub fn judged(&mut self, judgement: Judgement) {
        let Some(place) = self.left.pop() else {
            return;
        };
        let validator = self.scheme.validators.get(place);
        let group = validator.and_then(|validator| self.scheme.group(validator));
        let fails = match judgement.verdict {
            Verdict::Passed | Verdict::AwaitingReview => false,
            Verdict::Skipped => true,
            _ => judgement.effect != Effect::Bonus,
        };
        if let Some(group) = group.filter(|_| fails) {
            self.failed.insert(&group.id);
        }
        self.judgements.insert(place, judgement);
    }

    /// What the judgements come to.
    pub fn report(self) -> Report {
        let mut judgements = self.judgements;
        for (place, judgement) in &mut judgements {
            let validator = self.scheme.validators.get(*place);
            let group = validator.and_then(|validator| self.scheme.group(validator));
            let is_lost = group.is_some_and(|group| {
                group.scoring == GroupScoring::All && self.failed.contains(&group.id)
            });
            if is_lost && judgement.score != Score::ZERO {
                judgement.score = Score::ZERO;
                judgement.reason = Some("another validator of its group was not passed".to_owned());
            }
        }
        Report {
            told: self.scheme.hidden,
            ..Report::of(judgements.into_values().collect())
        }
    }

    fn is_skipped(&self, validator: &Validator) -> bool {
        self.scheme.group(validator).is_some_and(|group| {
            let stops = group.scoring == GroupScoring::All && self.failed.contains(&group.id);
            stops || group.depends_on.iter().any(|id| self.failed.contains(id))
        })
    }
}

#[cfg(test)]
mod tests;
