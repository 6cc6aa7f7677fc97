//! When a few words that somebody wrote are what was expected.
//!
//! The modes are those of [`Comparison`], with one difference: unless the author says otherwise,
//! upper and lower case are alike. White space around the answer never counts, but in `exact`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judging::Comparison;
use crate::refusal::Problem;

/// Compares words with those that are accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextCheck {
    /// The answers that are right, 1 to 100; with `regex`, patterns.
    pub accepted: Vec<String>,
    /// How an answer is compared with each of them.
    #[serde(default)]
    pub comparison: Comparison,
    /// Whether upper and lower case differ.
    #[serde(default)]
    pub case: LetterCase,
}

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterCase {
    /// `Paris` and `paris` are alike.
    #[default]
    Ignored,
    /// They differ.
    Counts,
}

impl TextCheck {
    /// Whether an answer is right.
    ///
    /// # Examples
    /// ```
    /// use polycode_core::judging::TextCheck;
    ///
    /// let check: TextCheck = serde_json::from_str(r#"{"accepted": ["Paris", "Lutetia"]}"#)?;
    /// assert!(check.accepts(" paris "));
    /// assert!(!check.accepts("London"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn accepts(&self, answer: &str) -> bool {
        let is_exact = self.comparison == Comparison::Exact;
        let answer = if is_exact { answer } else { answer.trim() };
        let is_right = |accepted: &String| match (self.case, self.comparison) {
            (LetterCase::Counts, _) => self.accepts_one(accepted, answer),
            (LetterCase::Ignored, Comparison::Regex) => {
                self.accepts_one(&format!("(?i){accepted}"), answer)
            }
            (LetterCase::Ignored, _) => {
                self.accepts_one(&accepted.to_lowercase(), &answer.to_lowercase())
            }
        };
        self.accepted.iter().any(is_right)
    }

    fn accepts_one(&self, accepted: &str, answer: &str) -> bool {
        let is_as_written = matches!(self.comparison, Comparison::Exact | Comparison::Regex);
        let accepted = if is_as_written {
            accepted
        } else {
            accepted.trim()
        };
        self.comparison.accepts(accepted, answer.as_bytes())
    }

    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let count = self.accepted.len();
        if !(1..=100).contains(&count) {
            let message = format!("is 1 to 100 answers, not {count}");
            problems.push(Problem::new(format!("{field}.accepted"), message));
        }
        if self.accepted.iter().any(|text| text.len() > 2_000) {
            let message = "an accepted answer is at most 2000 bytes long";
            problems.push(Problem::new(format!("{field}.accepted"), message));
        }
        let comparison = format!("{field}.comparison");
        problems.extend(self.comparison.problems(&comparison, self.accepted.iter()));
        problems
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(wire: Value, right: &[&str], wrong: &[&str]) {
        let check: TextCheck = serde_json::from_value(wire).expect("a check");
        assert_eq!(check.problems("v"), []);
        for answer in right {
            assert!(check.accepts(answer), "{check:?} should accept {answer:?}");
        }
        for answer in wrong {
            assert!(!check.accepts(answer), "{check:?} should refuse {answer:?}");
        }
    }

    #[test]
    fn each_mode_accepts_what_it_says() {
        check(
            json!({"accepted": ["Zürich", "Turicum "]}),
            &["zürich", " ZÜRICH\n", "turicum"],
            &["zurich", "Zü rich", ""],
        );
        check(
            json!({"accepted": ["let x"], "case": "counts"}),
            &["let x", "let x  "],
            &["Let x", "let  x"],
        );
        check(
            json!({"accepted": ["let x"], "comparison": "tokens"}),
            &["LET   x"],
            &["letx"],
        );
        check(
            json!({"accepted": ["O\\(n( log n)?\\)"], "comparison": "regex"}),
            &["o(N)", "O(n log n)"],
            &["O(n^2)", "xO(n)"],
        );
        check(
            json!({"accepted": ["\\S+"], "comparison": "regex", "case": "counts"}),
            &["word"],
            &["two words"],
        );
        check(
            json!({"accepted": ["a "], "comparison": "exact"}),
            &["a ", "A "],
            &["a", " a "],
        );
        check(
            json!({"accepted": ["1 2"], "comparison": {"numbers": {"tolerance": 0.1}}}),
            &["1.05 2"],
            &["1.5 2"],
        );
    }

    #[test]
    fn patterns_that_are_none_and_empty_lists_are_refused() {
        let wires = [
            json!({"accepted": []}),
            json!({"accepted": ["("], "comparison": "regex"}),
            json!({"accepted": ["x".repeat(2_001)]}),
        ];
        for wire in wires {
            let check: TextCheck = serde_json::from_value(wire).expect("a check");
            assert_eq!(check.problems("v").len(), 1);
        }
    }
}
