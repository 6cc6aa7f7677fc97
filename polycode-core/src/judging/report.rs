//! What judging found: a judgement per validator, and their sum. For authors and the host;
//! learners get the [`Feedback`](crate::judging::Feedback) made from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::ValidatorId;
use crate::judging::{Effect, Ending, HiddenTold, Mark, Observation, TestResult, Verdict};
use crate::quantity::{ByteCount, Fuel, Score, Weight};

/// The judgements on all validators of a submittable, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Passed when every validator passed, bonuses aside; else the verdict of the first that did
    /// not, unless we failed or a person has to look first.
    pub verdict: Verdict,
    /// The weighted mean of the validators' scores, with bonuses and penalties.
    pub score: Score,
    /// The compiler's words, when the program is not valid in its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnostics: Option<String>,
    /// One judgement per validator, in the author's order.
    pub judgements: Vec<Judgement>,
    /// What learners are told of hidden validators.
    #[serde(default, skip_serializing_if = "HiddenTold::is_usual")]
    pub told: HiddenTold,
}

impl Report {
    /// Sums judgements up.
    pub fn of(judgements: Vec<Judgement>) -> Self {
        Self {
            verdict: verdict(&judgements),
            score: score(&judgements),
            diagnostics: None,
            judgements,
            told: HiddenTold::AllPassed,
        }
    }

    /// All the work of the runs that were judged.
    pub fn fuel(&self) -> Fuel {
        let evidence = self
            .judgements
            .iter()
            .filter_map(|judgement| judgement.evidence.as_ref());
        Fuel(evidence.map(|evidence| evidence.fuel.0).sum())
    }

    /// The time on the wall of all runs that were judged, in microseconds.
    pub fn wall_us(&self) -> u64 {
        let evidence = self
            .judgements
            .iter()
            .filter_map(|judgement| judgement.evidence.as_ref());
        evidence.map(|evidence| evidence.wall_us).sum()
    }
}

fn verdict(judgements: &[Judgement]) -> Verdict {
    let find = |wanted: &dyn Fn(Verdict) -> bool| {
        let deciding = judgements.iter().filter(|j| j.effect != Effect::Bonus);
        deciding.map(|j| j.verdict).find(|verdict| wanted(*verdict))
    };
    let waits = || {
        let mut all = judgements.iter();
        all.any(|j| j.verdict == Verdict::AwaitingReview)
            .then_some(Verdict::AwaitingReview)
    };
    find(&|verdict| verdict == Verdict::SystemError)
        .or_else(waits)
        .or_else(|| find(&|verdict| !verdict.is_passed() && verdict != Verdict::Skipped))
        .or_else(|| find(&|verdict| !verdict.is_passed()))
        .unwrap_or(Verdict::Passed)
}

/// The weighted mean of what counts, with bonuses added and penalties taken off, rounded down
/// once; never less than nothing or more than everything.
fn score(judgements: &[Judgement]) -> Score {
    let (mut earned, mut possible) = (0_i128, 0_i128);
    for judgement in judgements {
        let weight = i128::from(judgement.weight.get());
        let score = i128::from(judgement.score.millionths());
        match judgement.effect {
            Effect::Counts => {
                earned += weight * score;
                possible += weight;
            }
            Effect::Bonus => earned += weight * score,
            // What was not asked costs nothing.
            Effect::Penalty if judgement.verdict == Verdict::Skipped => {}
            Effect::Penalty => {
                earned -= weight * (i128::from(Score::FULL.millionths()) - score);
            }
        }
    }
    let mean = earned.max(0).checked_div(possible).unwrap_or(0);
    let most = i128::from(Score::FULL.millionths());
    let mean = u32::try_from(mean.min(most)).unwrap_or(0);
    Score::try_from(mean).unwrap_or(Score::FULL)
}

/// The opinion on one validator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// The validator.
    pub validator: ValidatorId,
    /// The opinion.
    pub verdict: Verdict,
    /// The share of the mark that was earned.
    pub score: Score,
    /// How much it counts.
    pub weight: Weight,
    /// What it does to the score.
    #[serde(default, skip_serializing_if = "Effect::is_counted")]
    pub effect: Effect,
    /// Whether the validator is hidden from learners.
    pub hidden: bool,
    /// Why, in a few words, where the verdict alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is for the author alone: the words of a judging program, or why it gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What came of each test, for validators that are tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<TestResult>,
    /// What was seen, for validators that ran something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// What a person gave, for validators that a person marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// What is kept of an [`Observation`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// How the run ended.
    pub ending: Ending,
    /// The beginning of standard output.
    pub stdout: Excerpt,
    /// The beginning of standard error.
    pub stderr: Excerpt,
    /// The beginning of the JSON text that the called function returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Excerpt>,
    /// Work done.
    pub fuel: Fuel,
    /// The most linear memory in use.
    pub peak_memory: ByteCount,
    /// Time on the wall in microseconds; differs from run to run.
    pub wall_us: u64,
}

impl From<&Observation> for Evidence {
    fn from(observation: &Observation) -> Self {
        let returned = observation.returned.as_ref();
        Self {
            ending: observation.ending.clone(),
            stdout: Excerpt::of(&observation.stdout),
            stderr: Excerpt::of(&observation.stderr),
            returned: returned.map(|text| Excerpt::of(text.as_bytes())),
            fuel: observation.fuel,
            peak_memory: observation.peak_memory,
            wall_us: observation.wall_us,
        }
    }
}

/// The beginning of something a program wrote, at most 8 KiB, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Excerpt {
    /// The text; bytes that are not UTF-8 are shown as U+FFFD.
    pub text: String,
    /// How many bytes the program wrote in all.
    pub bytes: ByteCount,
}

impl Excerpt {
    /// The most bytes that are kept.
    pub const MAX_BYTES: usize = 8 << 10;

    /// The beginning of these bytes, cut between two characters.
    pub fn of(bytes: &[u8]) -> Self {
        let mut text = match bytes.get(..Self::MAX_BYTES) {
            None => String::from_utf8_lossy(bytes).into_owned(),
            Some(start) => match std::str::from_utf8(start) {
                Err(error) if error.error_len().is_none() => {
                    let whole = start.get(..error.valid_up_to()).unwrap_or_default();
                    String::from_utf8_lossy(whole).into_owned()
                }
                _ => String::from_utf8_lossy(start).into_owned(),
            },
        };
        text.shrink_to_fit();
        Self {
            text,
            bytes: ByteCount(bytes.len() as u64),
        }
    }
}
