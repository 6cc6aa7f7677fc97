//! Programs of an author that judge what a program writes, or talk with it.
//!
//! A judging program runs in a sandbox of its own. It is told of the input, of the right answer and
//! of what the program wrote by files, and says what it thinks by its exit code, in one of two
//! conventions that exist. Whatever else it does is our failure or its author's, and never the
//! learner's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judging::judge::{ending_verdict, unreasoned};
use crate::judging::{
    Ending, Evidence, FileName, Judgement, Limits, Observation, Program, Validator, Verdict,
};
use crate::port::{Run, Talk};
use crate::quantity::Score;
use crate::refusal::Problem;

/// A program of the author that judges what a program writes (a checker), or talks with it (an
/// interactor).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckerCheck {
    /// The program that judges.
    pub checker: Program,
    /// How it is told of things, and what its exit codes mean.
    #[serde(default)]
    pub convention: Convention,
    /// The input. A checker's learner is given it on standard input; an interactor's learner
    /// only learns of it what the interactor says.
    #[serde(default)]
    pub input: String,
    /// The arguments given to the learner's program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// What the judging program is told of the right answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What the judging program may use.
    #[serde(default)]
    pub limits: Limits,
}

/// How a judging program is told of things, and what its exit codes mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// Output validators of Kattis problem packages: the arguments `input.txt answer.txt feedback/`,
    /// what the program wrote on standard input. Exit code 42 accepts and 43 does not. It may write
    /// `feedback/judgemessage.txt` for the author, `feedback/teammessage.txt` for the learner, and
    /// with 42 a share of the mark from 0 to 1 into `feedback/score.txt`.
    #[default]
    Kattis,
    /// Checkers made with testlib: the arguments `input.txt output.txt answer.txt`. Exit code 0
    /// accepts; 1, 2, 4 and 8 do not; 7 gives the share of the mark from 0 to 1 that follows
    /// `points` on standard error. What it writes there is for the author.
    Testlib,
}

const INPUT: &str = "input.txt";
const OUTPUT: &str = "output.txt";
const ANSWER: &str = "answer.txt";
const FEEDBACK: &str = "feedback/";
const FOR_AUTHOR: &str = "feedback/judgemessage.txt";
const FOR_LEARNER: &str = "feedback/teammessage.txt";
const SCORE: &str = "feedback/score.txt";

/// What a judging program thinks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opinion {
    /// The share of the mark; none when it failed to say.
    score: Option<Score>,
    for_author: String,
    for_learner: String,
}

impl CheckerCheck {
    /// The most bytes that are kept of what a judging program says.
    const MAX_WORDS: usize = 2_000;

    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = self.checker.problems(&format!("{field}.checker"));
        problems.extend(self.limits.problems(&format!("{field}.limits")));
        let is_ours = |name: &FileName| {
            let name = name.as_str().to_ascii_lowercase();
            [INPUT, OUTPUT, ANSWER].contains(&name.as_str()) || name.starts_with(FEEDBACK)
        };
        for name in self.checker.files.keys().filter(|name| is_ours(name)) {
            let message = format!("`{name}` is the name of a file that a checker is given");
            problems.push(Problem::new(format!("{field}.checker.files"), message));
        }
        problems
    }

    /// What a checker is given once the program has ended: what it wrote is untrusted.
    pub(crate) fn checks(&self, output: Vec<u8>) -> Run {
        match self.convention {
            Convention::Kattis => Run {
                stdin: output,
                ..self.told(Vec::new())
            },
            Convention::Testlib => self.told(output),
        }
    }

    /// What an interactor is given before it talks with the program.
    pub(crate) fn talks(&self) -> Run {
        self.told(Vec::new())
    }

    fn told(&self, output: Vec<u8>) -> Run {
        let bytes = |text: &str| text.as_bytes().to_owned();
        let answer = bytes(self.answer.as_deref().unwrap_or_default());
        let (args, files, collect) = match self.convention {
            Convention::Kattis => (
                vec![INPUT, ANSWER, FEEDBACK],
                // Empty files make the folder.
                vec![
                    (INPUT, bytes(&self.input)),
                    (ANSWER, answer),
                    (FOR_AUTHOR, Vec::new()),
                    (FOR_LEARNER, Vec::new()),
                    (SCORE, Vec::new()),
                ],
                vec![FOR_AUTHOR, FOR_LEARNER, SCORE],
            ),
            Convention::Testlib => (
                vec![INPUT, OUTPUT, ANSWER],
                vec![
                    (INPUT, bytes(&self.input)),
                    (OUTPUT, output),
                    (ANSWER, answer),
                ],
                Vec::new(),
            ),
        };
        let name = |name: &str| FileName::new(name).ok();
        Run {
            args: args.into_iter().map(str::to_owned).collect(),
            files: files
                .into_iter()
                .filter_map(|(file, bytes)| Some((name(file)?, bytes)))
                .collect(),
            collect: collect.into_iter().filter_map(name).collect(),
            ..Run::default()
        }
    }

    fn opinion(&self, seen: &Observation) -> Opinion {
        let Ending::Exited { code } = seen.ending else {
            return Opinion::failed(&seen.ending, &seen.stderr);
        };
        let file = |name: &str| {
            let bytes = FileName::new(name)
                .ok()
                .and_then(|name| seen.files.get(&name));
            words(bytes.map_or(&[], Vec::as_slice))
        };
        match (self.convention, code) {
            (Convention::Kattis, 42) => {
                let score = file(SCORE);
                let share = if score.is_empty() {
                    Some(Score::FULL)
                } else {
                    share(&score)
                };
                let not_a_share = || format!("`{SCORE}` is not a number from 0 to 1: {score}");
                Opinion {
                    score: share,
                    for_author: if share.is_some() {
                        file(FOR_AUTHOR)
                    } else {
                        not_a_share()
                    },
                    for_learner: file(FOR_LEARNER),
                }
            }
            (Convention::Kattis, 43) => Opinion {
                score: Some(Score::ZERO),
                for_author: file(FOR_AUTHOR),
                for_learner: file(FOR_LEARNER),
            },
            (Convention::Testlib, 0 | 1 | 2 | 4 | 7 | 8) => {
                let said = words(&seen.stderr);
                let points = said
                    .strip_prefix("points")
                    .and_then(|rest| share(rest.split_whitespace().next()?));
                Opinion {
                    score: match code {
                        0 => Some(Score::FULL),
                        7 => points,
                        _ => Some(Score::ZERO),
                    },
                    for_author: said,
                    for_learner: String::new(),
                }
            }
            _ => Opinion::failed(&seen.ending, &seen.stderr),
        }
    }
}

impl Opinion {
    fn failed(ending: &Ending, stderr: &[u8]) -> Self {
        let how = match ending {
            Ending::Exited { code } => format!("ended with exit code {code}"),
            ending => ending_verdict(ending).map_or_else(String::new, |(verdict, reason)| {
                reason.unwrap_or_else(|| verdict.to_string())
            }),
        };
        Self {
            score: None,
            for_author: format!("the checker gave no opinion: {how}\n{}", words(stderr))
                .trim_end()
                .to_owned(),
            for_learner: String::new(),
        }
    }
}

/// A share of the mark from 0 to 1, written as a decimal; what is beyond millionths is cut off.
fn share(text: &str) -> Option<Score> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let millionths: u32 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    let whole = match whole {
        "0" => 0,
        "1" => 1,
        _ => return None,
    };
    Score::try_from(whole * Score::FULL.millionths() + millionths).ok()
}

fn filled(words: String) -> Option<String> {
    Some(words).filter(|words| !words.is_empty())
}

/// Text of a judging program, which may have been led astray by what the learner wrote.
pub(super) fn words(bytes: &[u8]) -> String {
    let kept = bytes.get(..CheckerCheck::MAX_WORDS).unwrap_or(bytes);
    String::from_utf8_lossy(kept).trim().to_owned()
}

/// Judges what a program wrote by what its checker thinks of it.
pub(crate) fn judge_checked(
    validator: &Validator,
    check: &CheckerCheck,
    seen: &Observation,
    checker: &Observation,
) -> Judgement {
    by_opinion(validator, seen, check.opinion(checker))
}

/// Judges a program by how its talk with an interactor went.
///
/// As in Kattis, whoever gives up first decides: an interactor that refuses while the program still
/// talks is right whatever the program does then, and one that fails because the program ended
/// badly is not to blame.
pub(crate) fn judge_talk(validator: &Validator, check: &CheckerCheck, talk: &Talk) -> Judgement {
    let Talk {
        program,
        interactor,
        program_left_first,
    } = talk;
    let opinion = check.opinion(interactor);
    let accepts = opinion.score.is_some_and(|score| score != Score::ZERO);
    let is_to_blame = *program_left_first || accepts || program.ending == Ending::Idle;
    match ending_verdict(&program.ending).filter(|_| is_to_blame) {
        Some((verdict, reason)) => Judgement {
            reason,
            evidence: Some(Evidence::from(program)),
            note: filled(opinion.for_author),
            ..unreasoned(validator, verdict, Score::ZERO)
        },
        None => by_opinion(validator, program, opinion),
    }
}

fn by_opinion(validator: &Validator, seen: &Observation, opinion: Opinion) -> Judgement {
    let verdict = match opinion.score {
        None => Verdict::SystemError,
        Some(score) if score.is_full() => Verdict::Passed,
        Some(_) => Verdict::WrongAnswer,
    };
    Judgement {
        reason: filled(opinion.for_learner),
        evidence: Some(Evidence::from(seen)),
        note: filled(opinion.for_author),
        ..unreasoned(validator, verdict, opinion.score.unwrap_or(Score::ZERO))
    }
}

/// The judging program can't be run: its author's mistake.
pub(crate) fn judge_without(validator: &Validator, diagnostics: &str) -> Judgement {
    Judgement {
        note: Some(format!(
            "the checker is not a valid program: {}",
            words(diagnostics.as_bytes())
        )),
        ..unreasoned(validator, Verdict::SystemError, Score::ZERO)
    }
}

#[cfg(test)]
mod tests;
