//! Evaluating people: tests, the campaigns that carry them out, and those who sit them.
//!
//! A [`Test`] says what is asked. A [`Campaign`] carries it out on its [`Candidate`]s between two
//! dates: each is sent an [`Invitation`], accepts it, and sits one [`Attempt`]. Everything is
//! decided by the clock of the engine: when a command arrived comes in as a value.

pub mod address;
pub mod attempt;
pub mod campaign;
pub mod candidate;
pub mod documents;
pub mod invitation;
pub mod roster;
pub mod test;
pub mod time;

pub use address::Address;
pub use attempt::{Attempt, AttemptEvent, AttemptStatus};
pub use campaign::{
    Campaign, CampaignEvent, CampaignPlan, CampaignStatus, CampaignText, Grace, Reveal,
};
pub use candidate::{Candidate, CandidateEvent, CandidateProfile, CandidateStatus, StatusName};
pub use invitation::{Bearer, Invitation, TokenHash};
pub use test::{Cover, Draw, Order, Pool, Question, Seed, Test, TestDraft, TestEvent, Usage};
pub use time::ExtraTime;
