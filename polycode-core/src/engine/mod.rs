//! The use cases: load what is there, let the domain decide, commit everything at once.
//!
//! A submission's way: [`Engine::submit`] → [`receive`](Engine::receive), which stores the answer
//! → [`grade`](Engine::grade), which runs it in the sandbox, judges it, and commits its grade, the
//! progress it makes, the polypoints it earns and the events of all that, together or not at all.

mod accounts;
mod assessment;
mod attempts;
mod authoring;
mod booking;
mod catalogue;
mod certification;
mod changes;
mod error;
mod grading;
mod importing;
mod integrity;
mod judge;
mod learning;
mod module_tree;
mod modules;
mod ownership;
mod practice;
mod ranking;
mod reading;
mod regrading;
mod reviewing;
mod run;
mod search;
mod shop;
mod submitting;
mod teams;
mod tick;
mod timelines;
mod workspaces;

use std::sync::Arc;

pub use accounts::{Registration, UserAccount};
pub use assessment::{
    AnswerReceived, AnswerTo, AttemptProgress, AttemptView, CampaignView, CandidateView, Intake,
    IntakeLine, IntakeOutcome, NewCandidate, OpenTest, PartView, QuestionPlace, QuestionView,
    SaveAnswer, SentInvitation, TestIntroduction,
};
pub use authoring::AuthoredContent;
pub use certification::Verification;
pub use error::EngineError;
pub use grading::Outcome;
pub use importing::{Imported, ImportedContent, ImportedModule};
pub use integrity::Compared;
pub use judge::judge_program;
pub use learning::{ContentProgress, ModuleStanding};
pub use reviewing::ReviewSubmission;
pub use run::{RunProgram, RunResult, run_program};
pub use shop::BuyItem;
pub use submitting::{RunValidator, Submit};
pub use tick::Ticked;

use crate::event::{Event, Recorded};
use crate::id::EventId;
use crate::port::{Clock, Ids, Sandbox, Store};

/// The engine: every use case of PolyCode over the host's store, sandbox and clock.
///
/// Cheap to clone; all clones share the same ports.
#[derive(Debug, Clone)]
pub struct Engine {
    store: Arc<dyn Store>,
    sandbox: Arc<dyn Sandbox>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl Engine {
    /// How often a use case is decided again when others write the same documents meanwhile.
    const TRIES: usize = 64;

    /// An engine over these ports.
    pub fn new(
        store: Arc<dyn Store>,
        sandbox: Arc<dyn Sandbox>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self {
            store,
            sandbox,
            clock,
            ids,
        }
    }

    fn record(&self, events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
        let at = self.clock.now();
        let record = |event| {
            let id = EventId(self.ids.next());
            Recorded {
                id,
                at,
                schema: Recorded::SCHEMA,
                event,
            }
        };
        events.into_iter().map(record).collect()
    }
}
