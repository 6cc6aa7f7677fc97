//! The use cases: load what is there, let the domain decide, commit everything at once.
//!
//! A submission's way: [`Engine::submit`] → [`receive`](Engine::receive), which stores the answer
//! → [`grade`](Engine::grade), which runs it in the sandbox, judges it, and commits its grade, the
//! progress it makes, the polypoints it earns and the events of all that, together or not at all.

mod assessment;
mod catalogue;
mod certification;
mod changes;
mod documents;
mod error;
mod feed;
mod integrity;
mod judging;
mod people;
mod polypoints;
mod practice;
mod tick;

use std::sync::Arc;

pub use assessment::{
    AnswerReceived, AnswerTo, AttemptProgress, AttemptView, CampaignView, CandidateImport,
    CandidateRemoval, CandidateView, Intake, IntakeLine, IntakeOutcome, NewCandidate, OpenTest,
    PartView, QuestionPlace, QuestionView, ResultsFile, SaveAnswer, SentInvitation,
    TestIntroduction,
};
pub use catalogue::authoring::AuthoredContent;
pub use catalogue::importing::{Imported, ImportedContent, ImportedModule};
pub use certification::Verification;
pub use documents::{DOCUMENT_KINDS, Described, DocumentKind};
pub use error::EngineError;
pub use integrity::comparing::Compared;
pub use judging::grading::Outcome;
pub use judging::judge::judge_program;
pub use judging::reviewing::ReviewSubmission;
pub use judging::run::{RunProgram, RunResult, run_program};
pub use judging::submitting::{RunValidator, Submit};
pub use people::accounts::{Registration, UserAccount};
pub use polypoints::shop::BuyItem;
pub use practice::learning::{ContentProgress, ModuleStanding};
pub use tick::Ticked;

use crate::event::{Event, Recorded};
use crate::id::EventId;
use crate::port::{Clock, Directory, Grader, Ids, Sandbox, Store};

/// The engine: every use case of PolyCode over the host's store, sandbox and clock.
///
/// Cheap to clone; all clones share the same ports.
#[derive(Debug, Clone)]
pub struct Engine {
    store: Arc<dyn Store>,
    sandbox: Arc<dyn Sandbox>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    grader: Option<Arc<dyn Grader>>,
    directory: Option<Arc<dyn Directory>>,
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
            grader: None,
            directory: None,
        }
    }

    /// The same engine, with graders of the host for validators that name one.
    #[must_use]
    pub fn with_grader(self, grader: Arc<dyn Grader>) -> Self {
        Self {
            grader: Some(grader),
            ..self
        }
    }

    /// The same engine, with the host's own directory for users who never had an account here.
    #[must_use]
    pub fn with_directory(self, directory: Arc<dyn Directory>) -> Self {
        Self {
            directory: Some(directory),
            ..self
        }
    }

    /// What runs its programs, for a host that wants to know whether it works.
    pub fn sandbox(&self) -> &dyn Sandbox {
        &*self.sandbox
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
