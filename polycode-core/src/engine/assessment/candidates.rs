//! Candidates: added, changed, listed and removed by the author of their campaign.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intake::{Intake, IntakeOutcome, NewCandidate};
use crate::assessment::documents::{CAMPAIGN, CandidateCard};
use crate::assessment::roster::Listed;
use crate::assessment::{
    Candidate, CandidateEvent, CandidateProfile, CandidateStatus, ExtraTime, StatusName,
};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, CampaignId, CandidateId, Tag, UserId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::refusal::{Problem, Refusal};

/// The most candidates in one list.
const AT_ONCE: usize = 100_000;

/// A candidate as the author of their campaign sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    /// The candidate.
    pub id: CandidateId,
    /// Their campaign.
    pub campaign: CampaignId,
    /// Who they are.
    pub profile: CandidateProfile,
    /// What they get on top of the limits that hold for all.
    pub extra_time: ExtraTime,
    /// How far they have come.
    pub status: StatusName,
    /// How many invitations they were sent, while they have not answered.
    #[serde(default)]
    pub invitations: u32,
    /// Until when the last of them can be used, while it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_until: Option<Timestamp>,
    /// The user they became by accepting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// Their attempt, once it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<AttemptId>,
}

impl Engine {
    /// AS-11, AS-13, AS-17: adds candidates; those who are there already are left alone.
    ///
    /// They are added in batches of 500, each of which lands whole or not at all. Should the
    /// store fail in between, the same list can be given again: who was added is skipped.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the campaign is over, or there are more
    /// than 100,000; [`EngineError::Store`] when the store failed.
    pub async fn add_candidates(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        candidates: Vec<NewCandidate>,
    ) -> Result<Intake, EngineError> {
        check_count(candidates.len())?;
        let line = |new: NewCandidate| {
            let tags = new.tags.iter().map(String::as_str);
            Listed::read(&new.name, &new.address, tags, Ok(new.extra_time))
        };
        let lines = (1..).zip(candidates.into_iter().map(line));
        let mut import = self.begin_import(actor, campaign).await?;
        import.take(lines.collect()).await?;
        import.finish().await
    }

    /// AS-14, AS-16: removes candidates, and with each what is known about them. An attempt that
    /// is not over is called off. Each removal lands by itself.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not or there are too many;
    /// [`EngineError::Store`] when the store failed.
    pub async fn remove_candidates(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        candidates: Vec<CandidateId>,
    ) -> Result<Intake, EngineError> {
        check_count(candidates.len())?;
        let target = (Action::Delete, Resource::Candidate);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        let mut intake = Intake::default();
        for (row, candidate) in (1..).zip(candidates) {
            if self.remove_candidate(campaign, candidate).await? {
                intake.note(row, IntakeOutcome::Removed { candidate });
            } else {
                let problem = Problem::new("candidate", "is no candidate of the campaign");
                intake.note(row, IntakeOutcome::Skipped { problem });
            }
        }
        Ok(intake)
    }

    /// AS-17: changes who a candidate is: name, address, tags. With the address, an invitation
    /// that was sent to the old one can't be used any more.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the candidate is not there, the profile
    /// breaks a rule, or the address is another candidate's; [`EngineError::Store`] when the
    /// store failed.
    pub async fn edit_candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
        profile: CandidateProfile,
    ) -> Result<CandidateView, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let stored = self.candidate_for(actor, id, Action::Update).await?;
            let card = self.load::<CandidateCard>(&id).await?;
            let mut events = vec![stored.value.decide_edit(&profile, now)?];
            if card.value.profile.address != profile.address
                && invited_until(&stored.value.status).is_some()
            {
                let lapsed = CandidateEvent::InvitationLapsed {
                    candidate: id,
                    at: now,
                };
                events.push(lapsed);
            }
            let candidate = note_candidate(&mut changes, stored, events)?;
            let new = CandidateCard {
                profile: profile.clone(),
                ..card.value
            };
            changes.put(&new, Some(card.version))?;
            if tries.lands(changes).await? {
                return Ok(view(&candidate, new.profile));
            }
        }
    }

    /// AS-17: grants a candidate extra time before they start; once they have, see
    /// [`Engine::extend_attempt`].
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the candidate is not there, or as
    /// [`Candidate::decide_grant`] says; [`EngineError::Store`] when the store failed.
    pub async fn grant_extra_time(
        &self,
        actor: &Actor,
        id: CandidateId,
        extra_time: ExtraTime,
    ) -> Result<CandidateView, EngineError> {
        let by = actor.signed_in("granting extra time")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let stored = self.candidate_for(actor, id, Action::Update).await?;
            let granted = stored.value.decide_grant(extra_time, by.clone(), now)?;
            let candidate = note_candidate(&mut changes, stored, [granted])?;
            if tries.lands(changes).await? {
                return self.viewed(&candidate).await;
            }
        }
    }

    /// AS-17: a candidate.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not there for the actor; [`EngineError::Store`]
    /// when the store failed.
    pub async fn candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<CandidateView, EngineError> {
        let stored = self.candidate_for(actor, id, Action::Read).await?;
        self.viewed(&stored.value).await
    }

    /// AS-17: the candidates of a campaign, or those of them who have a tag, in the order in
    /// which they were added.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not or the page is none; [`EngineError::Store`]
    /// when the store failed.
    pub async fn candidates(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        tag: Option<&Tag>,
        page: PageRequest,
    ) -> Result<Page<CandidateView>, EngineError> {
        let target = (Action::Read, Resource::Candidate);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        let lookup = match tag {
            None => Lookup::of::<CandidateCard>(CAMPAIGN, &campaign),
            Some(tag) => {
                let place = CandidateCard::place(campaign, tag);
                Lookup::of::<CandidateCard>(CandidateCard::TAG, &place)
            }
        };
        let page = self.list::<CandidateCard>(lookup, page).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for card in page.items {
            // One who was removed meanwhile is left out.
            if let Some(stored) = self.find::<Candidate>(&card.value.candidate).await? {
                items.push(view(&stored.value, card.value.profile));
            }
        }
        let next = page.next;
        Ok(Page { items, next })
    }

    /// A candidate, if the actor may do this to the candidates of their campaign.
    pub(super) async fn candidate_for(
        &self,
        actor: &Actor,
        id: CandidateId,
        action: Action,
    ) -> Result<Versioned<Candidate>, EngineError> {
        let stored = self.load_candidate(id).await?;
        let campaign = stored.value.campaign;
        let now = self.clock.now();
        let current = self.current(campaign, now).await;
        let current = current.map_err(|_| not_found::<Candidate>(&id))?;
        let ownership = actor.ownership(&current.campaign.author);
        actor.require(action.on(Resource::Candidate), ownership, "candidate", &id)?;
        Ok(stored)
    }

    /// A candidate who was not removed.
    pub(super) async fn load_candidate(
        &self,
        id: CandidateId,
    ) -> Result<Versioned<Candidate>, EngineError> {
        let stored = self.load::<Candidate>(&id).await?;
        match stored.value.status {
            CandidateStatus::Removed { .. } => Err(not_found::<Candidate>(&id).into()),
            _ => Ok(stored),
        }
    }

    pub(super) async fn viewed(&self, candidate: &Candidate) -> Result<CandidateView, EngineError> {
        let card = self.load::<CandidateCard>(&candidate.id).await?;
        Ok(view(candidate, card.value.profile))
    }
}

/// Notes what happened to a candidate.
pub(super) fn note_candidate(
    changes: &mut Changes,
    stored: Versioned<Candidate>,
    events: impl IntoIterator<Item = CandidateEvent>,
) -> Result<Candidate, EngineError> {
    let mut candidate = stored.value;
    for event in events {
        candidate = candidate.apply(&event);
        changes.event(event);
    }
    changes.put(&candidate, Some(stored.version))?;
    Ok(candidate)
}

pub(super) fn check_count(count: usize) -> Result<(), Refusal> {
    if count <= AT_ONCE {
        Ok(())
    } else {
        Err(Refusal::LimitReached {
            what: "candidates in one list",
            limit: AT_ONCE as u64,
        })
    }
}

fn invited_until(status: &CandidateStatus) -> Option<Timestamp> {
    match status {
        CandidateStatus::ConfirmationPending { invitation, .. } => {
            invitation.map(|invitation| invitation.expires_at)
        }
        _ => None,
    }
}

fn view(candidate: &Candidate, profile: CandidateProfile) -> CandidateView {
    let invitations = match candidate.status {
        CandidateStatus::ConfirmationPending { sent, .. } => sent,
        _ => 0,
    };
    CandidateView {
        id: candidate.id,
        campaign: candidate.campaign,
        profile,
        extra_time: candidate.extra_time,
        status: candidate.status.name(),
        invitations,
        invited_until: invited_until(&candidate.status),
        user: candidate.status.user().cloned(),
        attempt: candidate.status.attempt(),
    }
}
