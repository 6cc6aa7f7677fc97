//! How the validators of a submittable belong together: groups that depend on each other, and
//! what learners are told of the hidden ones.
//!
//! A group fails when one of its validators, bonuses aside, is not passed. The validators of a
//! group that depends on a failed one are skipped: they are not run and earn nothing.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::GroupId;
use crate::judging::{Effect, Validator};
use crate::refusal::Problem;

/// A group of validators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValidatorGroup {
    /// Its name, unique in its submittable.
    pub id: GroupId,
    /// The groups that must be passed before this one is run.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub depends_on: BTreeSet<GroupId>,
    /// How its validators count.
    #[serde(default)]
    pub scoring: GroupScoring,
}

/// How the validators of a group count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupScoring {
    /// Each for itself.
    #[default]
    Each,
    /// All or none: the first that is not passed stops the group, and then none of them earns
    /// anything, those before it neither, so that their order does not matter.
    All,
}

/// How a submittable is judged, beside its validators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct JudgingRules {
    /// The groups that validators are in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<ValidatorGroup>,
    /// What learners are told of hidden validators.
    #[serde(skip_serializing_if = "HiddenTold::is_usual")]
    pub hidden: HiddenTold,
    /// How often a learner may answer, 1 to 1,000 times; without it, as often as they like. An
    /// answer that we fail to judge does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000))]
    pub max_attempts: Option<u32>,
}

/// What learners are told of hidden validators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HiddenTold {
    /// Whether all of them passed.
    #[default]
    AllPassed,
    /// How many there are and how many passed as well.
    Count,
}

/// What an answer is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scheme<'a> {
    /// The validators, in the author's order.
    pub validators: &'a [Validator],
    /// The groups that they are in.
    pub groups: &'a [ValidatorGroup],
    /// What learners are told of the hidden ones.
    pub hidden: HiddenTold,
}

impl HiddenTold {
    /// Whether it is what learners are told when the author does not say.
    pub const fn is_usual(&self) -> bool {
        matches!(self, Self::AllPassed)
    }
}

impl JudgingRules {
    const MAX_ATTEMPTS: u32 = 1_000;

    /// Whether nothing but the usual is asked.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Every rule that they break together with the validators; `field` is where they stand.
    pub fn problems(&self, field: &str, validators: &[Validator]) -> Vec<Problem> {
        let mut problems = problems(&self.groups, validators, &format!("{field}.rules"), field);
        let most = Self::MAX_ATTEMPTS;
        if self
            .max_attempts
            .is_some_and(|max| !(1..=most).contains(&max))
        {
            let message = format!("a learner may answer 1 to {most} times");
            problems.push(Problem::new(format!("{field}.rules.maxAttempts"), message));
        }
        problems
    }
}

impl<'a> Scheme<'a> {
    /// Validators that stand for themselves.
    pub const fn ungrouped(validators: &'a [Validator]) -> Self {
        Self {
            validators,
            groups: &[],
            hidden: HiddenTold::AllPassed,
        }
    }

    pub(super) fn group(&self, validator: &Validator) -> Option<&'a ValidatorGroup> {
        let id = validator.group.as_ref()?;
        self.groups.iter().find(|group| group.id == *id)
    }

    /// How many groups must be judged before a validator's own, at the longest; groups that
    /// depend on each other in a circle come last.
    pub(super) fn depths(&self) -> BTreeMap<&'a GroupId, usize> {
        let mut depths = BTreeMap::new();
        for depth in 0..=self.groups.len() {
            let known = depths.clone();
            let ready = self.groups.iter().filter(|group| {
                let is_done = |before| known.contains_key(before);
                !is_done(&group.id) && group.depends_on.iter().all(is_done)
            });
            depths.extend(ready.map(|group| (&group.id, depth)));
        }
        depths
    }
}

/// Every rule that groups and validators break together. `own` is where the groups stand, and
/// `field` where the validators do.
pub(super) fn problems(
    groups: &[ValidatorGroup],
    validators: &[Validator],
    own: &str,
    field: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |field: String, message: String| {
        problems.push(Problem::new(field.trim_start_matches('.'), message));
    };
    let scheme = Scheme {
        groups,
        ..Scheme::ungrouped(validators)
    };
    let ids: BTreeSet<_> = groups.iter().map(|group| &group.id).collect();
    let depths = scheme.depths();
    for (index, group) in groups.iter().enumerate() {
        let at = format!("{own}.groups[{index}]");
        if groups.iter().take(index).any(|other| other.id == group.id) {
            let message = format!("the id `{}` is taken by another group", group.id);
            add(format!("{at}.id"), message);
        }
        for unknown in group.depends_on.iter().filter(|id| !ids.contains(id)) {
            let message = format!("there is no group `{unknown}`");
            add(format!("{at}.dependsOn"), message);
        }
        let is_known = group.depends_on.iter().all(|id| ids.contains(id));
        if is_known && !depths.contains_key(&group.id) {
            let message = format!("`{}` depends on itself in the end", group.id);
            add(format!("{at}.dependsOn"), message);
        }
    }
    let needed: BTreeSet<_> = groups.iter().flat_map(|group| &group.depends_on).collect();
    for (index, validator) in validators.iter().enumerate() {
        let at = format!("{field}.validators[{index}]");
        let Some(id) = &validator.group else {
            continue;
        };
        match scheme.group(validator).map(|group| group.scoring) {
            None => add(format!("{at}.group"), format!("there is no group `{id}`")),
            Some(GroupScoring::All) if validator.effect != Effect::Counts => add(
                format!("{at}.effect"),
                "a bonus or a penalty is in no group that counts as one".to_owned(),
            ),
            Some(_) => {}
        }
        if validator.is_manual() && needed.contains(id) {
            let message = format!("`{id}` is judged before others, so no person marks it");
            add(format!("{at}.group"), message);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problems_of(groups: &serde_json::Value, validators: &serde_json::Value) -> Vec<String> {
        let rules: JudgingRules = serde_json::from_value(json!({"groups": groups})).unwrap();
        let validators: Vec<Validator> = Deserialize::deserialize(validators).unwrap();
        let problems = rules.problems("code", &validators);
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn groups_that_are_not_there_and_circles_are_named() {
        let validator = json!({"id": "v", "kind": "output", "group": "c"});
        let groups = json!([
            {"id": "a", "dependsOn": ["b"]}, {"id": "b", "dependsOn": ["a"]},
            {"id": "c", "dependsOn": ["a"]}, {"id": "d"}, {"id": "d", "dependsOn": ["e"]},
            {"id": "f", "dependsOn": ["f"]},
        ]);
        let found = problems_of(
            &groups,
            &json!([validator, {"id": "w", "kind": "output", "group": "z"}]),
        );
        let depends = |index: u8| format!("code.rules.groups[{index}].dependsOn");
        let expected = [
            depends(0),
            depends(1),
            depends(2),
            "code.rules.groups[4].id".to_owned(),
            depends(4),
            depends(5),
            "code.validators[1].group".to_owned(),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_would_depend_on_order_or_on_people_is_refused() {
        let rubric = json!([{"id": "style", "text": "?", "points": 1}]);
        let found = problems_of(
            &json!([{"id": "one", "scoring": "all"}, {"id": "two", "dependsOn": ["one"]}]),
            &json!([
                {"id": "v", "kind": "output", "group": "one", "effect": "penalty"},
                {"id": "w", "kind": "manual", "group": "one", "criteria": rubric},
                {"id": "x", "kind": "output", "group": "two", "effect": "bonus"},
                {"id": "y", "kind": "manual", "group": "two", "criteria": rubric},
            ]),
        );
        assert_eq!(
            found,
            ["code.validators[0].effect", "code.validators[1].group"]
        );
    }
}
