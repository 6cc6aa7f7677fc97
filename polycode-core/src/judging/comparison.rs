//! When a text that a program wrote is what was expected.
//!
//! | mode | `5\n` also accepts | does not accept |
//! |---|---|---|
//! | `exact` | only `5\n` | `5`, `5\r\n` |
//! | `trimmed` | `5`, `5 \r\n\n` | ` 5`, `5.0`, `+5` |
//! | `tokens` | ` 5`, `\n5 \n` | `5.0`, `+5`, `5 5` |
//! | `numbers` | `5.0`, `5e0`, `+5`, `5.0000001` within its tolerance | `0x5`, `5_0`, `٥`, `nan` |
//! | `unordered_lines` | as `trimmed`, with the lines in any order | a line more or less often |
//! | `regex` | what the whole pattern matches, after `trimmed`'s trimming | anything else |

use regex::{Regex, RegexBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::refusal::Problem;

/// How an expected text and an actual one are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Comparison {
    /// Byte for byte.
    Exact,
    /// White space at the end of lines, and empty lines at the end, don't count.
    #[default]
    Trimmed,
    /// Words parted by any white space, in order.
    Tokens,
    /// Like `tokens`, but a word that is a number matches any number close enough.
    Numbers {
        /// The largest difference that counts as equal, absolute or relative to the expected
        /// number, whichever allows more.
        tolerance: f64,
    },
    /// Like `trimmed`, with the lines in any order.
    UnorderedLines,
    /// The expected text is a regular expression that must match the whole trimmed output. It
    /// runs in time linear in the output.
    Regex,
}

impl Comparison {
    const REGEX_BYTES: usize = 1 << 20;

    /// Every rule that the mode breaks for these expected texts; `field` is where the mode
    /// stands in the input.
    pub fn problems<'a>(
        &self,
        field: &str,
        expected: impl Iterator<Item = &'a String>,
    ) -> Vec<Problem> {
        match self {
            Self::Numbers { tolerance } if !tolerance.is_finite() || *tolerance < 0.0 => {
                vec![Problem::new(
                    format!("{field}.tolerance"),
                    "a tolerance is a finite number, 0 or more",
                )]
            }
            Self::Regex => expected
                .filter_map(|pattern| whole_regex(pattern).err())
                .map(|error| Problem::new(field, format!("the expected text is no regex: {error}")))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the actual bytes are what was expected.
    pub fn accepts(&self, expected: &str, actual: &[u8]) -> bool {
        if *self == Self::Exact {
            return expected.as_bytes() == actual;
        }
        let Ok(actual) = std::str::from_utf8(actual) else {
            return false;
        };
        match self {
            Self::Exact | Self::Trimmed => trimmed_lines(expected).eq(trimmed_lines(actual)),
            Self::Tokens => expected.split_whitespace().eq(actual.split_whitespace()),
            Self::Numbers { tolerance } => same_numbers(expected, actual, *tolerance),
            Self::UnorderedLines => {
                let (mut wanted, mut given): (Vec<_>, Vec<_>) = (
                    trimmed_lines(expected).collect(),
                    trimmed_lines(actual).collect(),
                );
                wanted.sort_unstable();
                given.sort_unstable();
                wanted == given
            }
            Self::Regex => whole_regex(expected).is_ok_and(|regex| {
                let lines: Vec<_> = trimmed_lines(actual).collect();
                regex.is_match(&lines.join("\n"))
            }),
        }
    }
}

fn trimmed_lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end().split('\n').map(str::trim_end)
}

fn whole_regex(pattern: &str) -> Result<Regex, regex::Error> {
    let pattern = trimmed_lines(pattern).collect::<Vec<_>>().join("\n");
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .size_limit(Comparison::REGEX_BYTES)
        .dfa_size_limit(Comparison::REGEX_BYTES)
        .build()
}

fn same_numbers(expected: &str, actual: &str, tolerance: f64) -> bool {
    let (mut wanted, mut given) = (expected.split_whitespace(), actual.split_whitespace());
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => {}
            (Some(wanted), Some(given)) => match (number(wanted), number(given)) {
                (Some(wanted), Some(given)) if is_close(wanted, given, tolerance) => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// A finite decimal number as people write it: no hexadecimal, no `nan`, no `infinity`.
fn number(word: &str) -> Option<f64> {
    let plain = word
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    word.parse()
        .ok()
        .filter(|number: &f64| plain && number.is_finite())
}

/// Whether two numbers differ by no more than the tolerance, absolute or relative to the
/// expected one.
pub(crate) fn is_close(expected: f64, actual: f64, tolerance: f64) -> bool {
    (expected - actual).abs() <= tolerance * expected.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mode: Comparison, expected: &str, accepted: &[&str], refused: &[&str]) {
        for actual in accepted {
            assert!(
                mode.accepts(expected, actual.as_bytes()),
                "{mode:?} should accept {actual:?}"
            );
        }
        for actual in refused {
            assert!(
                !mode.accepts(expected, actual.as_bytes()),
                "{mode:?} should refuse {actual:?}"
            );
        }
    }

    #[test]
    fn the_documented_table_holds() {
        let numbers = Comparison::Numbers { tolerance: 1e-6 };
        check(Comparison::Exact, "5\n", &["5\n"], &["5", "5\r\n", "5\n\n"]);
        check(
            Comparison::Trimmed,
            "5\n",
            &["5", "5 \r\n\n", "5\n"],
            &[" 5", "5.0", "+5", ""],
        );
        check(
            Comparison::Tokens,
            "5\n",
            &[" 5", "\n5 \n"],
            &["5.0", "+5", "5 5", ""],
        );
        check(
            numbers,
            "5\n",
            &["5.0", "5e0", "+5", "5.0000001"],
            &["0x5", "5_0", "٥", "nan", "5.1"],
        );
        check(
            Comparison::UnorderedLines,
            "a\nb\nb\n",
            &["b\na \nb"],
            &["a\nb", "a\na\nb"],
        );
        check(
            Comparison::Regex,
            "[ab]+ \\d",
            &["ab 5\n", "a 1 \n"],
            &["xab 5", "ab 55"],
        );
    }

    #[test]
    fn an_expected_nan_is_matched_as_a_word_only() {
        let numbers = Comparison::Numbers { tolerance: 1.0 };
        check(numbers, "nan", &["nan"], &["5", "inf"]);
        check(numbers, "1", &["1.5"], &["inf", "1e999", "-nan"]);
    }

    #[test]
    fn invalid_utf8_is_never_taken_for_a_replacement_character() {
        assert!(!Comparison::Trimmed.accepts("\u{fffd}", b"\xff"));
    }

    #[test]
    fn a_regex_that_explodes_elsewhere_is_linear_here() {
        let evil = "a".repeat(50_000);
        assert!(!Comparison::Regex.accepts("(a+)+b", evil.as_bytes()));
        let too_large = "(a{1000}){1000}".to_owned();
        assert_eq!(
            Comparison::Regex
                .problems("c", [&too_large].into_iter())
                .len(),
            1
        );
    }
}
