//! What is due: everything that happens because time went by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::documents::{DUE, Sweep, Ungraded};
use crate::assessment::{Attempt, Campaign, Candidate};
use crate::engine::{Engine, EngineError};
use crate::judging::Regrade;
use crate::port::{Document, Lookup, PageRequest, Versioned, sortable};

/// The most that one tick does of each kind.
const AT_ONCE: u32 = PageRequest::MAX;

/// What a tick did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ticked {
    /// Campaigns that opened or closed.
    pub campaigns: u32,
    /// Invitations that lapsed.
    pub invitations: u32,
    /// Candidates who were sent the test, called off or removed with their campaign.
    pub candidates: u32,
    /// Invitations to teams that lapsed.
    pub team_invitations: u32,
    /// Regrades that went on.
    pub regrades: u32,
    /// Attempts that ended because their time was up.
    pub attempts: u32,
    /// Attempts that got their grade.
    pub grades: u32,
    /// What was due and could not be done now; it is tried again.
    pub failed: u32,
    /// Whether a list was full or a regrade goes on, so that more may be due already.
    pub more: bool,
}

impl Ticked {
    /// Whether nothing was due.
    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }

    /// Counts what came of something that was due.
    fn count(
        &mut self,
        outcome: Result<u32, EngineError>,
        of: fn(&mut Self) -> &mut u32,
    ) -> Result<(), EngineError> {
        match outcome {
            Ok(done) => {
                let counter = of(self);
                *counter = counter.saturating_add(done);
                Ok(())
            }
            Err(EngineError::Store(error)) => Err(error.into()),
            // One thing that fails must not keep the others from being done.
            Err(_) => {
                self.failed = self.failed.saturating_add(1);
                Ok(())
            }
        }
    }
}

impl Engine {
    /// Does what is due by now: campaigns open and close, invitations lapse, candidates are sent
    /// the test, attempts end at their deadlines and are graded,
    /// invitations to teams lapse, regrades go on.
    ///
    /// To be called every few seconds, by one process or by several. At most 100 things of each
    /// kind are done in a call, and 100 submissions of each regrade; [`Ticked::more`] says when to
    /// call again at once. Calling it twice does nothing twice, and a call that comes late changes
    /// no deadline: each thing happens as of when it was due.
    ///
    /// # Errors
    /// [`EngineError::Store`] when the store failed. What was done before stays done.
    pub async fn tick(&self) -> Result<Ticked, EngineError> {
        let mut ticked = Ticked::default();
        for campaign in self.due::<Campaign>(&mut ticked).await? {
            let outcome = self.tick_campaign(campaign.value.id).await;
            ticked.count(outcome.map(u32::from), |done| &mut done.campaigns)?;
        }
        for candidate in self.due::<Candidate>(&mut ticked).await? {
            let outcome = self.tick_candidate(candidate.value.id).await;
            ticked.count(outcome.map(u32::from), |done| &mut done.invitations)?;
        }
        let mut left = AT_ONCE;
        for sweep in self.due::<Sweep>(&mut ticked).await? {
            if left == 0 {
                ticked.more = true;
                break;
            }
            let outcome = self.sweep(&sweep, left).await;
            left = left.saturating_sub(*outcome.as_ref().unwrap_or(&1));
            ticked.more |= left == 0;
            ticked.count(outcome, |done| &mut done.candidates)?;
        }
        for attempt in self.due::<Attempt>(&mut ticked).await? {
            let outcome = self.expire(attempt.value.id).await;
            ticked.count(outcome.map(u32::from), |done| &mut done.attempts)?;
        }
        for ungraded in self.due::<Ungraded>(&mut ticked).await? {
            let outcome = self.grade_attempt(ungraded.value.attempt).await;
            let outcome = outcome.map(|grade| u32::from(grade.is_some()));
            ticked.count(outcome, |done| &mut done.grades)?;
        }
        let lapsed = self.lapse_team_invitations().await;
        let lapsed = lapsed.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        ticked.count(lapsed, |done| &mut done.team_invitations)?;
        for regrade in self.running_regrades().await? {
            let outcome = self.continue_regrade(regrade.value.id, AT_ONCE).await;
            ticked.more |= outcome.as_ref().is_ok_and(Regrade::is_running);
            ticked.count(outcome.map(|_| 1), |done| &mut done.regrades)?;
        }
        Ok(ticked)
    }

    async fn due<D: Document>(
        &self,
        ticked: &mut Ticked,
    ) -> Result<Vec<Versioned<D>>, EngineError> {
        // What was made due a moment ago is done as well.
        let now = self.clock.now();
        let lookup = Lookup::of::<D>(DUE, "").until(&sortable(now));
        let request = PageRequest {
            after: None,
            limit: AT_ONCE,
        };
        let page = self.list::<D>(lookup, request).await?;
        ticked.more |= page.next.is_some();
        Ok(page.items)
    }
}
