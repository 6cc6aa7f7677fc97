//! Judging by code of the host: what it is told, and what its opinion is worth.

use crate::id::ValidatorId;
use crate::judging::checker::{Opinion, by_opinion, words};
use crate::judging::validator::HostCheck;
use crate::judging::{Judgement, Observation, Program, Validator};
use crate::port::{GraderOpinion, GraderTask};

impl HostCheck {
    /// What the grader is told of a program that ended well.
    pub(crate) fn task(
        &self,
        validator: &ValidatorId,
        program: &Program,
        seen: &Observation,
    ) -> GraderTask {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let files = seen.files.iter();
        GraderTask {
            grader: self.grader.clone(),
            validator: validator.clone(),
            options: self.options.clone(),
            program: program.clone(),
            stdout: text(&seen.stdout),
            stderr: text(&seen.stderr),
            files: files
                .map(|(name, bytes)| (name.clone(), text(bytes)))
                .collect(),
            fuel: seen.fuel,
        }
    }
}

/// Judges a program by what a grader of the host thinks of it.
pub(crate) fn judge_by_host(
    validator: &Validator,
    seen: &Observation,
    opinion: &GraderOpinion,
) -> Judgement {
    let opinion = Opinion {
        score: Some(opinion.score),
        for_author: words(opinion.note.as_bytes()),
        for_learner: words(opinion.reason.as_bytes()),
    };
    by_opinion(validator, seen, opinion)
}
