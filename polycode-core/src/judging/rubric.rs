//! Marks that a person gives: criteria, each with points and, where the author wants, levels.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::CriterionId;
use crate::quantity::Score;
use crate::refusal::Problem;

/// Has a person mark the answer by a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManualCheck {
    /// What is looked at, 1 to 50 criteria.
    #[schemars(length(min = 1, max = 50))]
    pub criteria: Vec<Criterion>,
}

/// Something that a person looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    /// Its name, unique in the rubric.
    pub id: CriterionId,
    /// What is asked, 1 to 2,000 bytes.
    pub text: String,
    /// What it gives at the most, 1 to 10,000.
    pub points: u32,
    /// What can be given; without levels, any number of points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
}

/// How well a criterion is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Level {
    /// What it says, 1 to 2,000 bytes.
    pub text: String,
    /// What it gives.
    pub points: u32,
}

/// What a person gave for a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mark {
    /// The criterion.
    pub criterion: CriterionId,
    /// The points.
    pub points: u32,
}

const MOST_POINTS: u32 = 10_000;

impl ManualCheck {
    /// Every rule that the rubric breaks; `field` is where its criteria stand.
    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut require = |holds: bool, field: String, message: &str| {
            if !holds {
                problems.push(Problem::new(field, message));
            }
        };
        let is_text = |text: &str| (1..=2_000).contains(&text.len());
        let count = self.criteria.len();
        let has_some = (1..=50).contains(&count);
        require(has_some, field.to_owned(), "a rubric has 1 to 50 criteria");
        let mut ids = BTreeSet::new();
        for (index, criterion) in self.criteria.iter().enumerate() {
            let at = |part: &str| format!("{field}[{index}].{part}");
            let is_new = ids.insert(&criterion.id);
            require(is_new, at("id"), "the id is taken by another criterion");
            let has_text = is_text(&criterion.text);
            require(has_text, at("text"), "a text is 1 to 2000 bytes long");
            let in_range = (1..=MOST_POINTS).contains(&criterion.points);
            require(
                in_range,
                at("points"),
                "a criterion gives 1 to 10000 points",
            );
            let levels = &criterion.levels;
            let is_level = |level: &Level| is_text(&level.text) && level.points <= criterion.points;
            require(
                levels.len() <= 20 && levels.iter().all(is_level),
                at("levels"),
                "there are at most 20 levels, with a text and no more points than the criterion",
            );
            let reaches_full = levels.iter().any(|level| level.points == criterion.points);
            require(
                levels.is_empty() || reaches_full,
                at("levels"),
                "one of the levels gives all points",
            );
        }
        problems
    }

    /// The score that marks come to.
    ///
    /// # Errors
    /// Every rule that the marks break: each criterion has one mark, which is one of its levels'
    /// where it has some. `field` is where the marks stand.
    pub fn score(&self, marks: &[Mark], field: &str) -> Result<Score, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut earned = 0_u64;
        for criterion in &self.criteria {
            let mut own = marks.iter().filter(|mark| mark.criterion == criterion.id);
            let (Some(mark), None) = (own.next(), own.next()) else {
                let message = format!("`{}` has one mark", criterion.id);
                problems.push(Problem::new(field, message));
                continue;
            };
            let mut levels = criterion.levels.iter();
            let is_level =
                criterion.levels.is_empty() || levels.any(|level| level.points == mark.points);
            if mark.points > criterion.points || !is_level {
                let message = format!(
                    "`{}` gives 0 to {} points, and those of a level where it has some",
                    criterion.id, criterion.points
                );
                problems.push(Problem::new(field, message));
            }
            earned += u64::from(mark.points);
        }
        let is_known = |mark: &&Mark| self.criteria.iter().any(|c| c.id == mark.criterion);
        for unknown in marks.iter().filter(|mark| !is_known(mark)) {
            let message = format!("there is no criterion `{}`", unknown.criterion);
            problems.push(Problem::new(field, message));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let possible = self.criteria.iter().map(|c| u64::from(c.points)).sum();
        Ok(Score::ratio(earned, possible))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rubric() -> ManualCheck {
        let levels = json!([{"text": "no", "points": 0}, {"text": "yes", "points": 6}]);
        let criteria = json!([
            {"id": "clear", "text": "Is it clear?", "points": 6, "levels": levels},
            {"id": "short", "text": "Is it short?", "points": 2},
        ]);
        serde_json::from_value(json!({"criteria": criteria})).unwrap()
    }

    fn score(marks: &[(&str, u32)]) -> Result<u32, usize> {
        let mark = |(id, points): &(&str, u32)| Mark {
            criterion: id.parse().unwrap(),
            points: *points,
        };
        let marks: Vec<_> = marks.iter().map(mark).collect();
        let score = rubric().score(&marks, "marks");
        score
            .map(Score::millionths)
            .map_err(|problems| problems.len())
    }

    #[test]
    fn marks_add_up_and_every_criterion_has_one() {
        assert!(rubric().problems("criteria").is_empty());
        assert_eq!(score(&[("clear", 6), ("short", 2)]), Ok(1_000_000));
        assert_eq!(score(&[("short", 1), ("clear", 0)]), Ok(125_000));
        assert_eq!(score(&[("clear", 3), ("short", 2)]), Err(1), "no level");
        assert_eq!(score(&[("clear", 6), ("short", 3)]), Err(1), "too many");
        assert_eq!(score(&[("clear", 6)]), Err(1), "one is missing");
        let twice = [("clear", 6), ("short", 1), ("short", 1)];
        assert_eq!(score(&twice), Err(1), "one is given twice");
        let unknown = [("clear", 6), ("short", 1), ("long", 1)];
        assert_eq!(score(&unknown), Err(1), "one is not asked");
    }
}
