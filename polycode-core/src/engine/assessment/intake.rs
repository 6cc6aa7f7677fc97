//! Taking candidates in by the list: each line is added, skipped or wrong, and none is lost.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::documents::{CAMPAIGN, CandidateCard};
use crate::assessment::roster::Listed;
use crate::assessment::{Address, Candidate, ExtraTime};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, CandidateId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Versioned};
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

/// A line of a list: where it stands, and what it says or what is wrong with it.
pub(super) type Line = (u64, Result<Listed, Vec<Problem>>);

impl Engine {
    /// Adds the candidates of a list that are not there yet.
    pub(super) async fn take_in(
        &self,
        actor: &Actor,
        id: CampaignId,
        lines: Vec<Line>,
    ) -> Result<Intake, EngineError> {
        let target = (Action::Create, Resource::Candidate);
        let now = self.clock.now();
        let current = self.current_for(actor, id, target, now).await?;
        current.campaign.check_not_over(now)?;
        let there = self.addresses(id).await?;
        let mut intake = Intake::default();
        let mut seen = HashMap::<Address, u64>::new();
        let mut fresh = Vec::new();
        for (row, line) in lines {
            match line {
                Err(problems) => intake.note(row, IntakeOutcome::Wrong { problems }),
                Ok(listed) => {
                    let address = &listed.profile.address;
                    if there.contains_key(address) {
                        intake.skip(row, IS_THERE);
                    } else if let Some(first) = seen.get(address) {
                        intake.skip(row, format!("stands in row {first} already"));
                    } else {
                        seen.insert(address.clone(), row);
                        fresh.push((row, listed));
                    }
                }
            }
        }
        for batch in fresh.chunks(BATCH) {
            self.add_batch(actor, id, batch, &mut intake).await?;
        }
        Ok(intake.in_order())
    }

    /// The candidates of a campaign by their addresses.
    pub(super) async fn addresses(
        &self,
        id: CampaignId,
    ) -> Result<HashMap<Address, CandidateId>, EngineError> {
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        let cards: Vec<Versioned<CandidateCard>> = self.all(cards).await?;
        let by_address = |card: Versioned<CandidateCard>| {
            let card = card.value;
            (card.profile.address, card.candidate)
        };
        Ok(cards.into_iter().map(by_address).collect())
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
