//! One user's way through one module, which follows from their way through its contents.
//!
//! | kind | passed when | pays |
//! |---|---|---|
//! | practice, submodule | its score reaches the pass mark | its score's share of the reward |
//! | challenge, certification | so, and every content in it is passed | its score's share of the reward |
//! | test | never: an attempt grades it | nothing |
//!
//! A module's score is the mean over all published contents in it and in the modules below it,
//! each counted once; one that was never answered counts as nothing. What was passed or paid once
//! stays so, however the module is edited.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::ModuleKind;
use crate::id::{ContentId, ModuleId, UserId};
use crate::port::{Document, Term};
use crate::practice::Progress;
use crate::quantity::{Points, Score, Weight};

/// How far a user has come in a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleProgress {
    /// The user.
    pub user: UserId,
    /// The module.
    pub module: ModuleId,
    /// The mean score over its contents.
    pub score: Score,
    /// How many of its contents were passed.
    pub passed: u32,
    /// How many contents there were to pass.
    pub contents: u32,
    /// When the module was first passed, if it was.
    pub completed_at: Option<Timestamp>,
    /// The polypoints it has paid to the user so far, beside what its contents paid.
    pub paid: Points,
}

/// What a module asks for, and what it pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleGoal {
    /// What it is for.
    pub kind: ModuleKind,
    /// The score at which it is passed.
    pub pass_mark: Score,
    /// What full credit pays.
    pub reward: Points,
    /// What the user has done of each of its contents; none where they never answered.
    pub parts: BTreeMap<ContentId, Option<Progress>>,
}

/// What happened in a user's way through a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ModuleProgressEvent {
    /// The user has come farther, or the module has other contents than before.
    Advanced {
        /// The user.
        user: UserId,
        /// The module.
        module: ModuleId,
        /// Its new score.
        score: Score,
        /// How many of its contents are passed.
        passed: u32,
        /// How many contents there are to pass.
        contents: u32,
    },
    /// The module was passed for the first time.
    Completed {
        /// The user.
        user: UserId,
        /// The module.
        module: ModuleId,
        /// When.
        at: Timestamp,
    },
    /// The module owes the user more than it has paid.
    Rewarded {
        /// The user.
        user: UserId,
        /// The module.
        module: ModuleId,
        /// The difference to pay now.
        points: Points,
        /// What the module will have paid in all.
        total: Points,
    },
}

impl ModuleProgress {
    /// The modules that a user has done something in.
    pub(crate) const USER: &str = "user";

    /// The progress of somebody who has not done anything of it.
    pub const fn new(user: UserId, module: ModuleId) -> Self {
        Self {
            user,
            module,
            score: Score::ZERO,
            passed: 0,
            contents: 0,
            completed_at: None,
            paid: Points(0),
        }
    }

    /// What its key in a store is.
    pub(crate) fn key_of(user: &UserId, module: ModuleId) -> String {
        format!("{module}/{user}")
    }

    /// Takes what the user has done of the contents by now.
    pub fn decide(&self, goal: &ModuleGoal, now: Timestamp) -> Vec<ModuleProgressEvent> {
        let (user, module) = (self.user.clone(), self.module);
        let scores = goal.parts.values().map(|part| {
            let score = part.as_ref().map_or(Score::ZERO, |part| part.score);
            (Weight::default(), score)
        });
        let score = Score::weighted_mean(scores);
        let is_passed = |part: &&Option<Progress>| {
            let part = part.as_ref();
            part.is_some_and(Progress::is_completed)
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let passed = count(goal.parts.values().filter(is_passed).count());
        let contents = count(goal.parts.len());
        let mut events = Vec::new();
        if (score, passed, contents) != (self.score, self.passed, self.contents) {
            events.push(ModuleProgressEvent::Advanced {
                user: user.clone(),
                module,
                score,
                passed,
                contents,
            });
        }
        let asks_for_all = match goal.kind {
            ModuleKind::Practice | ModuleKind::Submodule => false,
            ModuleKind::Challenge | ModuleKind::Certification => true,
            ModuleKind::Test => return events,
        };
        let is_reached = contents > 0 && score >= goal.pass_mark;
        if !is_reached || (asks_for_all && passed < contents) {
            return events;
        }
        if self.completed_at.is_none() {
            events.push(ModuleProgressEvent::Completed {
                user: user.clone(),
                module,
                at: now,
            });
        }
        let owed = score.of(goal.reward);
        if owed > self.paid {
            events.push(ModuleProgressEvent::Rewarded {
                user,
                module,
                points: Points(owed.0 - self.paid.0),
                total: owed,
            });
        }
        events
    }

    /// The progress after an event.
    #[must_use]
    pub fn apply(mut self, event: &ModuleProgressEvent) -> Self {
        match event {
            ModuleProgressEvent::Advanced {
                score,
                passed,
                contents,
                ..
            } => {
                self.score = *score;
                self.passed = *passed;
                self.contents = *contents;
            }
            ModuleProgressEvent::Completed { at, .. } => self.completed_at = Some(*at),
            ModuleProgressEvent::Rewarded { total, .. } => self.paid = *total,
        }
        self
    }

    /// Whether the module was ever passed.
    pub const fn is_completed(&self) -> bool {
        self.completed_at.is_some()
    }
}

impl Document for ModuleProgress {
    const KIND: &'static str = "module progress";

    fn key(&self) -> String {
        Self::key_of(&self.user, self.module)
    }

    fn terms(&self) -> Vec<Term> {
        vec![Term::listed(Self::USER, &self.user, &self.module)]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn user() -> UserId {
        UserId::new("ada").expect("an id")
    }

    fn goal(kind: ModuleKind, pass_mark: u32, parts: &[(u32, bool)]) -> ModuleGoal {
        let part = |(number, (score, passed)): (u128, &(u32, bool))| {
            let id = ContentId(Uuid::from_u128(number));
            let progress = Progress {
                score: Score::try_from(*score).expect("in range"),
                completed_at: passed.then_some(NOW),
                ..Progress::new(user(), id)
            };
            (id, (*score > 0).then_some(progress))
        };
        ModuleGoal {
            kind,
            pass_mark: Score::try_from(pass_mark).expect("in range"),
            reward: Points(100),
            parts: (0_u128..).zip(parts).map(part).collect(),
        }
    }

    fn after(progress: ModuleProgress, goal: &ModuleGoal) -> ModuleProgress {
        let events = progress.decide(goal, NOW);
        events.iter().fold(progress, ModuleProgress::apply)
    }

    fn new() -> ModuleProgress {
        ModuleProgress::new(user(), ModuleId(Uuid::nil()))
    }

    const FULL: (u32, bool) = (1_000_000, true);

    #[test]
    fn each_kind_is_passed_by_its_own_rule() {
        let most = [FULL, FULL, (400_000, false)];
        let all = [FULL, FULL, (400_000, true)];
        let cases = [
            (ModuleKind::Practice, &most, 80),
            (ModuleKind::Submodule, &most, 80),
            (ModuleKind::Challenge, &most, 0),
            (ModuleKind::Challenge, &all, 80),
            (ModuleKind::Certification, &most, 0),
            (ModuleKind::Certification, &all, 80),
            (ModuleKind::Test, &all, 0),
        ];
        for (kind, parts, paid) in cases {
            let progress = after(new(), &goal(kind, 800_000, parts));
            assert_eq!(
                (progress.is_completed(), progress.paid),
                (paid > 0, Points(paid)),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn an_empty_module_is_not_passed_and_an_edit_takes_nothing_back() {
        let empty = goal(ModuleKind::Practice, 0, &[]);
        assert!(!after(new(), &empty).is_completed());
        let done = after(new(), &goal(ModuleKind::Practice, 1_000_000, &[FULL]));
        let grown = goal(ModuleKind::Practice, 1_000_000, &[FULL, (0, false)]);
        let later = after(done.clone(), &grown);
        assert_eq!(
            (later.completed_at, later.paid),
            (done.completed_at, Points(100))
        );
        assert_eq!((later.passed, later.contents), (1, 2));
        let again = later.decide(&grown, NOW);
        assert_eq!(again, []);
    }

    proptest! {
        #[test]
        fn a_module_never_pays_more_than_its_reward_nor_twice(
            pass_mark in 0_u32..=1_000_000,
            steps in prop::collection::vec(
                prop::collection::vec((0_u32..=1_000_000, any::<bool>()), 0..5), 0..10),
        ) {
            let (mut progress, mut paid) = (new(), 0);
            for parts in steps {
                for event in progress.decide(&goal(ModuleKind::Practice, pass_mark, &parts), NOW) {
                    if let ModuleProgressEvent::Rewarded { points, .. } = &event {
                        paid += points.0;
                    }
                    progress = progress.apply(&event);
                }
                prop_assert_eq!(progress.paid, Points(paid));
                prop_assert!(paid <= 100);
            }
        }
    }
}
