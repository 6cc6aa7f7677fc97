//! From a program and its validators to a score: facts in, opinions out.
//!
//! A sandbox reports an [`Observation`]; [`judge`](judge::judge) compares it with what a
//! [`Validator`] expects and gives a [`Judgement`]; a [`Report`] sums the judgements up.
//! Expected answers stay on this side: they never enter the sandbox.

pub mod asked;
pub mod attempts;
pub mod case;
pub mod checker;
pub mod comparison;
pub mod feedback;
pub mod grade;
pub mod group;
pub(crate) mod host;
pub mod judge;
pub mod limits;
pub mod number;
pub mod observation;
pub mod program;
pub mod regrade;
pub mod report;
pub mod review;
pub mod round;
pub mod rubric;
pub mod submission;
pub mod suite;
pub mod text;
pub mod validator;
pub mod verdict;
pub mod view;
pub mod written;

pub use asked::AskedIn;
pub use attempts::{AttemptsLeft, CountedAttempts};
pub use case::{Case, Expectation};
pub use checker::{CheckerCheck, Convention};
pub use comparison::Comparison;
pub use feedback::{Feedback, HiddenCount, ValidatorFeedback};
pub use grade::{Grade, RegradedSubmission};
pub use group::{GroupScoring, HiddenTold, JudgingRules, Scheme, ValidatorGroup};
pub use limits::Limits;
pub use number::NumberCheck;
pub use observation::{Ending, Observation, Stream};
pub use program::{FileName, Program, SourceFiles};
pub use regrade::{Regrade, RegradeCounts, RegradeEvent, RegradeOutcome, RegradeStatus};
pub use report::{Evidence, Excerpt, Judgement, Report};
pub use review::{Marks, Remark, ReviewNote, ReviewTask};
pub use round::Round;
pub use rubric::{Criterion, Level, ManualCheck, Mark};
pub use submission::{Answer, Submission, SubmissionStatus};
pub use suite::{TestResult, TestsCheck};
pub use text::{LetterCase, TextCheck};
pub use validator::{Check, Effect, Validator, Visibility};
pub use verdict::Verdict;
pub use view::{JudgingState, SubmissionView};
pub use written::{Expected, QuestionCheck, QuizAnswer, QuizAnswers, Words, WrittenNumber};
