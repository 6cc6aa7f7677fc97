//! What waits for a time, and how the engine finds it when that has come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AttemptId, CampaignId};
use crate::port::{Document, Term, sortable};

/// The list of everything in which something is due, in the order of time.
pub(crate) const DUE: &str = "due";

pub(super) fn due(at: Option<Timestamp>) -> impl Iterator<Item = Term> {
    at.into_iter()
        .map(|at| Term::listed(DUE, "", &sortable(at)))
}

/// An attempt that is over and waits for its grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ungraded {
    pub(crate) attempt: AttemptId,
    /// When it is tried next.
    pub(crate) due_at: Timestamp,
    /// How often it was tried in vain.
    pub(crate) tries: u32,
}

/// What a change of a campaign asks for, candidate by candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sweep {
    pub(crate) campaign: CampaignId,
    pub(crate) task: SweepTask,
    pub(crate) due_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SweepTask {
    /// The campaign opened: whoever has accepted is sent the test.
    SendTests,
    /// The campaign was called off: so are its candidates and their attempts.
    CallOff,
    /// The campaign was deleted: so is what is known about its candidates.
    Remove,
}

impl Document for Ungraded {
    const KIND: &'static str = "ungraded attempt";

    fn key(&self) -> String {
        self.attempt.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        due(Some(self.due_at)).collect()
    }
}

impl Sweep {
    pub(crate) fn key_of(campaign: CampaignId, task: SweepTask) -> String {
        let task = match task {
            SweepTask::SendTests => "send_tests",
            SweepTask::CallOff => "call_off",
            SweepTask::Remove => "remove",
        };
        format!("{campaign} {task}")
    }
}

impl Document for Sweep {
    const KIND: &'static str = "campaign sweep";

    fn key(&self) -> String {
        Self::key_of(self.campaign, self.task)
    }

    fn terms(&self) -> Vec<Term> {
        due(Some(self.due_at)).collect()
    }
}
