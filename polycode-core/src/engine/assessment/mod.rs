//! Assessment: tests, the campaigns that carry them out, their candidates, and what came of it.
//!
//! A campaign's way: [`Engine::create_test`](super::Engine::create_test) →
//! [`create_campaign`](super::Engine::create_campaign) →
//! [`add_candidates`](super::Engine::add_candidates) →
//! [`schedule_campaign`](super::Engine::schedule_campaign) →
//! [`invite_candidate`](super::Engine::invite_candidate) →
//! [`accept_invitation`](super::Engine::accept_invitation) →
//! [`start_test`](super::Engine::start_test) →
//! [`answer_question`](super::Engine::answer_question) →
//! [`submit_attempt`](super::Engine::submit_attempt) → [`tick`](super::Engine::tick), which does
//! all that is due, grading too → [`results`](super::Engine::results).

mod answers;
mod attempts;
mod campaigns;
mod candidates;
mod closing;
mod current;
mod grading;
mod intake;
mod invitations;
mod regrading;
mod results;
mod results_file;
mod roster;
mod sweep;
mod tests;
mod views;

pub use answers::{AnswerReceived, AnswerTo, SaveAnswer};
pub use campaigns::CampaignView;
pub use candidates::CandidateView;
pub use intake::{CandidateImport, Intake, IntakeLine, IntakeOutcome, NewCandidate};
pub use invitations::SentInvitation;
pub use results_file::ResultsFile;
pub use roster::CandidateRemoval;
pub use views::{
    AttemptProgress, AttemptView, OpenTest, PartView, QuestionPlace, QuestionView, TestIntroduction,
};
