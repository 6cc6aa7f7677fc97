//! Taking candidates in by the list: each line is added, skipped or wrong, and none is lost.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::candidates::check_count;
use crate::assessment::documents::{CAMPAIGN, CandidateCard};
use crate::assessment::roster::{Listed, Row};
use crate::assessment::{Address, Candidate, ExtraTime};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, CandidateId};
use crate::permission::{Action, Actor, Resource};
use crate::port::Lookup;
use crate::refusal::{Problem, Refusal};

/// How many candidates are added at once: they land together or not at all.
const BATCH: usize = 500;

/// A candidate to add. What is wrong with one line is said of that line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCandidate {
    /// Their name, if it is known.
    #[serde(default)]
    pub name: String,
    /// Where the invitation goes.
    pub address: String,
    /// The author's keywords for them.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What they get on top of the limits that hold for all.
    #[serde(default)]
    pub extra_time: ExtraTime,
}

/// What came of a list of candidates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Intake {
    /// How many were added.
    pub added: u32,
    /// How many were removed.
    pub removed: u32,
    /// How many lines had nothing to change.
    pub skipped: u32,
    /// How many lines could not be understood.
    pub wrong: u32,
    /// What came of each line, in the order of the list.
    pub lines: Vec<IntakeLine>,
}

/// What came of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntakeLine {
    /// Which line it is: of a file as an editor counts, so that the header is line 1; of a list
    /// from 1.
    pub row: u64,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: IntakeOutcome,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum IntakeOutcome {
    /// Somebody was added.
    Added {
        /// Who they are now.
        candidate: CandidateId,
    },
    /// Somebody was removed.
    Removed {
        /// Who they were.
        candidate: CandidateId,
    },
    /// There was nothing to change.
    Skipped {
        /// Why.
        problem: Problem,
    },
    /// It could not be understood, and changed nothing.
    Wrong {
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
}

impl Intake {
    pub(super) fn note(&mut self, row: u64, outcome: IntakeOutcome) {
        let count = match outcome {
            IntakeOutcome::Added { .. } => &mut self.added,
            IntakeOutcome::Removed { .. } => &mut self.removed,
            IntakeOutcome::Skipped { .. } => &mut self.skipped,
            IntakeOutcome::Wrong { .. } => &mut self.wrong,
        };
        *count = count.saturating_add(1);
        self.lines.push(IntakeLine { row, outcome });
    }

    pub(super) fn skip(&mut self, row: u64, message: impl Into<String>) {
        let problem = Problem::new("email", message);
        self.note(row, IntakeOutcome::Skipped { problem });
    }

    pub(super) fn in_order(mut self) -> Self {
        self.lines.sort_by_key(|line| line.row);
        self
    }
}

/// Candidates who are added by a list that comes batch by batch; see
/// [`Engine::begin_import`].
#[derive(Debug)]
pub struct CandidateImport {
    engine: Engine,
    actor: Actor,
    campaign: CampaignId,
    /// Every address that is there, and the row that named it first.
    addresses: HashMap<Address, Option<u64>>,
    fresh: Vec<(u64, Listed)>,
    count: usize,
    intake: Intake,
}

impl CandidateImport {
    /// Takes the next rows of the list, in their order. They are added in batches of 500, each of
    /// which lands whole or not at all.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not any more, the campaign is over, or the list
    /// has more than 100,000 rows; [`EngineError::Store`] when the store failed. The import is over
    /// then. What landed before stays: the same list can be given again, and who was added is
    /// skipped.
    pub async fn take(&mut self, rows: Vec<Row<Listed>>) -> Result<(), EngineError> {
        self.count += rows.len();
        check_count(self.count)?;
        for (row, line) in rows {
            match line {
                Err(problems) => self.intake.note(row, IntakeOutcome::Wrong { problems }),
                Ok(listed) => match self.addresses.get(&listed.profile.address) {
                    Some(None) => self.intake.skip(row, IS_THERE),
                    Some(Some(first)) => {
                        let message = format!("stands in row {first} already");
                        self.intake.skip(row, message);
                    }
                    None => {
                        let address = listed.profile.address.clone();
                        self.addresses.insert(address, Some(row));
                        self.fresh.push((row, listed));
                    }
                },
            }
            if self.fresh.len() >= BATCH {
                self.land().await?;
            }
        }
        Ok(())
    }

    /// Adds the last of them, and tells what came of each row.
    ///
    /// # Errors
    /// As [`CandidateImport::take`].
    pub async fn finish(mut self) -> Result<Intake, EngineError> {
        self.land().await?;
        Ok(self.intake.in_order())
    }

    async fn land(&mut self) -> Result<(), EngineError> {
        let batch = std::mem::take(&mut self.fresh);
        if batch.is_empty() {
            return Ok(());
        }
        let (engine, intake) = (&self.engine, &mut self.intake);
        engine
            .add_batch(&self.actor, self.campaign, &batch, intake)
            .await
    }
}

impl Engine {
    /// AS-11, AS-12: begins to add the candidates of a list that comes batch by batch, such as a
    /// file that is too large to be read as a whole.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or the campaign is over;
    /// [`EngineError::Store`] when the store failed.
    pub async fn begin_import(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<CandidateImport, EngineError> {
        let target = (Action::Create, Resource::Candidate);
        let now = self.clock.now();
        let current = self.current_for(actor, campaign, target, now).await?;
        current.campaign.check_not_over(now)?;
        let there = self.addresses(campaign).await?;
        Ok(CandidateImport {
            engine: self.clone(),
            actor: actor.clone(),
            campaign,
            addresses: there.into_keys().map(|address| (address, None)).collect(),
            fresh: Vec::new(),
            count: 0,
            intake: Intake::default(),
        })
    }

    /// The candidates of a campaign by their addresses.
    pub(super) async fn addresses(
        &self,
        id: CampaignId,
    ) -> Result<HashMap<Address, CandidateId>, EngineError> {
        let mut addresses = HashMap::new();
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        self.each::<CandidateCard>(cards, |card| {
            addresses.insert(card.value.profile.address, card.value.candidate);
        })
        .await?;
        Ok(addresses)
    }

    async fn add_batch(
        &self,
        actor: &Actor,
        id: CampaignId,
        batch: &[(u64, Listed)],
        intake: &mut Intake,
    ) -> Result<(), EngineError> {
        let mut tries = self.tries();
        // Who is there was looked up for all batches; others may have added some meanwhile.
        let mut is_first = true;
        loop {
            let mut changes = Changes::default();
            let mut noted = Intake::default();
            let now = self.clock.now();
            let target = (Action::Create, Resource::Candidate);
            let current = self.current_for(actor, id, target, now).await?;
            current.save(&mut changes, now)?;
            for (row, listed) in batch {
                let profile = &listed.profile;
                if !is_first && self.is_there(id, &profile.address).await? {
                    noted.skip(*row, IS_THERE);
                    continue;
                }
                let candidate = CandidateId(self.ids.next());
                let campaign = &current.campaign;
                match Candidate::decide_add(candidate, campaign, profile, listed.extra_time, now) {
                    Ok(added) => {
                        if let Some(new) = Candidate::begin(&added) {
                            changes.create(&new)?;
                        }
                        changes.create(&CandidateCard {
                            candidate,
                            campaign: id,
                            profile: profile.clone(),
                        })?;
                        changes.event(added);
                        noted.note(*row, IntakeOutcome::Added { candidate });
                    }
                    Err(Refusal::Invalid(problems)) => {
                        noted.note(*row, IntakeOutcome::Wrong { problems });
                    }
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            if tries.lands(changes).await? {
                for line in noted.lines {
                    intake.note(line.row, line.outcome);
                }
                return Ok(());
            }
            is_first = false;
        }
    }

    async fn is_there(&self, id: CampaignId, address: &Address) -> Result<bool, EngineError> {
        let place = CandidateCard::place(id, address);
        let lookup = Lookup::of::<CandidateCard>(CandidateCard::ADDRESS, &place);
        Ok(self.find_by::<CandidateCard>(lookup).await?.is_some())
    }
}

const IS_THERE: &str = "is a candidate of the campaign already";
