//! Candidates from a CSV file.

use std::collections::HashMap;

use super::candidates::check_count;
use super::intake::{Intake, IntakeOutcome};
use crate::assessment::Address;
use crate::assessment::roster::{self, Row};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, CandidateId};
use crate::permission::{Action, Actor, Resource};

/// Candidates who are removed by a list that comes batch by batch; see
/// [`Engine::begin_removal`].
#[derive(Debug)]
pub struct CandidateRemoval {
    engine: Engine,
    campaign: CampaignId,
    there: HashMap<Address, CandidateId>,
    count: usize,
    intake: Intake,
}

impl CandidateRemoval {
    /// Takes the next rows of the list, in their order. Each removal lands by itself.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the list has more than 100,000 rows; [`EngineError::Store`]
    /// when the store failed. Who was removed before stays so.
    pub async fn take(&mut self, rows: Vec<Row<Address>>) -> Result<(), EngineError> {
        self.count += rows.len();
        check_count(self.count)?;
        let (engine, campaign) = (&self.engine, self.campaign);
        for (row, line) in rows {
            let address = match line {
                Ok(address) => address,
                Err(problems) => {
                    self.intake.note(row, IntakeOutcome::Wrong { problems });
                    continue;
                }
            };
            match self.there.remove(&address) {
                Some(candidate) if engine.remove_candidate(campaign, candidate).await? => {
                    self.intake.note(row, IntakeOutcome::Removed { candidate });
                }
                _ => self.intake.skip(row, "is no candidate of the campaign"),
            }
        }
        Ok(())
    }

    /// What came of each row.
    pub fn finish(self) -> Intake {
        self.intake
    }
}

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
        let mut import = self.begin_import(actor, campaign).await?;
        import.take(roster::read(csv)?).await?;
        import.finish().await
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
        let mut removal = self.begin_removal(actor, campaign).await?;
        removal.take(roster::read_addresses(csv)?).await?;
        Ok(removal.finish())
    }

    /// AS-15: begins to remove the candidates of a list that comes batch by batch.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not; [`EngineError::Store`] when the store
    /// failed.
    pub async fn begin_removal(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<CandidateRemoval, EngineError> {
        let target = (Action::Delete, Resource::Candidate);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        Ok(CandidateRemoval {
            engine: self.clone(),
            campaign,
            there: self.addresses(campaign).await?,
            count: 0,
            intake: Intake::default(),
        })
    }
}
