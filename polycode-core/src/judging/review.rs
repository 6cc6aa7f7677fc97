//! What a person does for a submission that programs can't judge alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, ContentId, CriterionId, SubmissionId, UserId, ValidatorId};
use crate::judging::judge::judge_marks;
use crate::judging::{Mark, Report, Round, Scheme, Verdict};
use crate::port::{Document, Term};
use crate::refusal::{Problem, Refusal};

/// A submission that waits for a person; gone when it has its grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewTask {
    /// The submission.
    pub submission: SubmissionId,
    /// What was answered.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
}

/// What a person gave for a validator that a person marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Marks {
    /// The validator.
    pub validator: ValidatorId,
    /// One mark for each criterion of its rubric.
    pub marks: Vec<Mark>,
}

/// What a person says about a submission. It is kept apart from everything else, since it may be
/// personal, and no event tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewNote {
    /// The submission.
    pub submission: SubmissionId,
    /// Who made it.
    pub user: UserId,
    /// Who marked it.
    pub by: UserId,
    /// About the whole, at most 10,000 bytes.
    pub comment: String,
    /// About single criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// What a person says about a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Remark {
    /// The validator.
    pub validator: ValidatorId,
    /// The criterion of its rubric.
    pub criterion: CriterionId,
    /// The remark, at most 10,000 bytes.
    pub text: String,
}

impl ReviewTask {
    /// The list of what waits in a content.
    pub(crate) const CONTENT: &str = "content";
}

impl ReviewNote {
    /// The list of what was said about a user's answers.
    pub(crate) const ABOUT: &str = "about";
    /// The list of what a user said.
    pub(crate) const BY: &str = "by";

    const MAX_TEXT: usize = 10_000;

    /// Checks how long the texts are, and that nothing is said twice.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        let message = format!("is at most {} bytes long", Self::MAX_TEXT);
        if self.comment.len() > Self::MAX_TEXT {
            problems.push(Problem::new("comment", message.clone()));
        }
        if self.remarks.len() > 1_000 {
            problems.push(Problem::new("remarks", "are at most 1000"));
        }
        for (index, remark) in self.remarks.iter().enumerate() {
            if remark.text.len() > Self::MAX_TEXT {
                let field = format!("remarks[{index}].text");
                problems.push(Problem::new(field, message.clone()));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

impl Report {
    /// The report with what a person gave in place of what waited for it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when something that waits has no marks, something else has, or marks
    /// break a rule of their rubric.
    pub fn marked(&self, scheme: Scheme<'_>, marks: &[Marks]) -> Result<Self, Refusal> {
        let mut problems = Vec::new();
        let mut judgements = Vec::with_capacity(self.judgements.len());
        for judgement in &self.judgements {
            if judgement.verdict != Verdict::AwaitingReview {
                judgements.push(judgement.clone());
                continue;
            }
            let mut own = marks.iter().enumerate();
            let given = own.find(|(_, marks)| marks.validator == judgement.validator);
            let mut validators = scheme.validators.iter();
            let validator = validators.find(|validator| validator.id == judgement.validator);
            let (Some((index, given)), Some(validator)) = (given, validator) else {
                let message = format!("`{}` has no marks", judgement.validator);
                problems.push(Problem::new("marks", message));
                continue;
            };
            match judge_marks(validator, &given.marks, &format!("marks[{index}].marks")) {
                Ok(judgement) => judgements.push(judgement),
                Err(broken) => problems.extend(broken),
            }
        }
        for (index, given) in marks.iter().enumerate() {
            let mut before = marks.iter().take(index);
            let is_twice = before.any(|other| other.validator == given.validator);
            let waits = self.judgements.iter().any(|judgement| {
                let is_own = judgement.validator == given.validator;
                is_own && judgement.verdict == Verdict::AwaitingReview
            });
            if is_twice || !waits {
                let message = format!("`{}` waits for no such marks", given.validator);
                problems.push(Problem::new(format!("marks[{index}].validator"), message));
            }
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        Ok(self.summed_up(scheme, &judgements))
    }

    /// The report with the marks that another report has, where they still fit the rubric.
    #[must_use]
    pub fn with_marks_of(self, other: &Self, scheme: Scheme<'_>) -> Self {
        let judgements = self.judgements.iter().map(|judgement| {
            let waits = judgement.verdict == Verdict::AwaitingReview;
            let is_same = |id: &ValidatorId| *id == judgement.validator;
            let known = other.judgements.iter().find(|j| is_same(&j.validator));
            let validator = scheme.validators.iter().find(|v| is_same(&v.id));
            let marked = known
                .filter(|known| waits && !known.marks.is_empty())
                .zip(validator)
                .and_then(|(known, validator)| judge_marks(validator, &known.marks, "").ok());
            marked.unwrap_or_else(|| judgement.clone())
        });
        let judgements: Vec<_> = judgements.collect();
        self.summed_up(scheme, &judgements)
    }

    fn summed_up(&self, scheme: Scheme<'_>, judgements: &[crate::judging::Judgement]) -> Self {
        let mut round = Round::new(scheme);
        while let Some(validator) = round.validator() {
            let known = judgements.iter().find(|j| j.validator == validator.id);
            round.judged(known.cloned().unwrap_or_else(|| {
                crate::judging::judge::not_run(validator, Verdict::SystemError)
            }));
        }
        Self {
            diagnostics: self.diagnostics.clone(),
            ..round.report()
        }
    }
}

impl Document for ReviewTask {
    const KIND: &'static str = "submission to review";

    fn key(&self) -> String {
        self.submission.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        // Ids sort by age: what waits longest comes first.
        vec![Term::listed(Self::CONTENT, &self.content, &self.submission)]
    }
}

impl Document for ReviewNote {
    const KIND: &'static str = "review of a submission";

    fn key(&self) -> String {
        self.submission.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        vec![
            Term::listed(Self::ABOUT, &self.user, &self.submission),
            Term::listed(Self::BY, &self.by, &self.submission),
        ]
    }
}
