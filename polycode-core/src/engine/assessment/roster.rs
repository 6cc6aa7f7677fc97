//! Candidates from a CSV file.

use super::candidates::check_count;
use super::intake::{Intake, IntakeOutcome};
use crate::assessment::roster;
use crate::engine::{Engine, EngineError};
use crate::id::CampaignId;
use crate::permission::{Action, Actor, Resource};

impl Engine {
    /// AS-12: adds the candidates of a CSV file; see [`roster::read`] for what it may look like.
    /// Every row is added, skipped or reported with what is wrong.
    ///
    /// Commits as [`Engine::add_candidates`] does.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the campaign is over, or the file is none
    /// that can be read row by row; [`EngineError::Store`] when the store failed.
    pub async fn import_candidates(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        csv: &[u8],
    ) -> Result<Intake, EngineError> {
        // Who may not is told so, whatever they send.
        let target = (Action::Create, Resource::Candidate);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        let lines = roster::read(csv)?;
        check_count(lines.len())?;
        self.take_in(actor, campaign, lines).await
    }

    /// AS-15: removes the candidates whose addresses stand in a CSV file; its other columns are
    /// not looked at. Each removal lands by itself.
    ///
    /// # Errors
    /// As [`Engine::import_candidates`].
    pub async fn remove_candidates_by_csv(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        csv: &[u8],
    ) -> Result<Intake, EngineError> {
        let target = (Action::Delete, Resource::Candidate);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        let lines = roster::read_addresses(csv)?;
        check_count(lines.len())?;
        let mut there = self.addresses(campaign).await?;
        let mut intake = Intake::default();
        for (row, line) in lines {
            let address = match line {
                Ok(address) => address,
                Err(problems) => {
                    intake.note(row, IntakeOutcome::Wrong { problems });
                    continue;
                }
            };
            match there.remove(&address) {
                Some(candidate) if self.remove_candidate(campaign, candidate).await? => {
                    intake.note(row, IntakeOutcome::Removed { candidate });
                }
                _ => intake.skip(row, "is no candidate of the campaign"),
            }
        }
        Ok(intake)
    }
}
