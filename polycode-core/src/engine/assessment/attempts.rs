//! Attempts: found, read about, started, left and come back to.

use super::candidates::note_candidate;
use super::views::{AttemptView, OpenTest, TestIntroduction, Viewer};
use crate::assessment::attempt::Start;
use crate::assessment::{
    Attempt, AttemptEvent, Campaign, CampaignStatus, Candidate, CandidateStatus, Seed,
};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, CandidateId, SeatId};
use crate::permission::{Action, Actor, Ownership, Resource, Role};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::quantity::Seconds;
use crate::refusal::Refusal;

impl Engine {
    /// AS-20: the tests that are open to the actor, and those they are in the middle of, the
    /// newest first. A page may hold fewer than it was asked for, and still have a next one.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not signed in or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn open_tests(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<OpenTest>, EngineError> {
        let user = actor.signed_in("listing open tests")?;
        let candidate = actor.clone().with(Role::Candidate);
        candidate.require_own(Action::Read.on(Resource::Invitation), "listing open tests")?;
        let lookup = Lookup::of::<Candidate>(Candidate::USER, user).reversed();
        let page = self.list::<Candidate>(lookup, page).await?;
        let now = self.clock.now();
        let mut items = Vec::new();
        for Versioned { value, .. } in page.items {
            let Some(campaign) = self.find::<Campaign>(&value.campaign).await? else {
                continue;
            };
            let campaign = campaign.value;
            let is_open = value.check_may_start(&campaign, now).is_ok();
            let is_begun = matches!(value.status, CandidateStatus::TestInProgress { .. })
                && check_counts(&campaign).is_ok();
            if is_open || is_begun {
                items.push(OpenTest {
                    candidate: value.id,
                    campaign: campaign.id,
                    name: self.campaign_text(campaign.id).await?.name,
                    status: value.status.name(),
                    ends_at: campaign.plan.ends_at,
                    attempt: value.status.attempt(),
                });
            }
        }
        let next = page.next;
        Ok(Page { items, next })
    }

    /// AS-21: what the actor may read before they start; that they did is noted once the campaign
    /// is open.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or they are out of the
    /// campaign; [`EngineError::Store`] when the store failed.
    pub async fn test_introduction(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<TestIntroduction, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self
                .own_candidate(actor, id, Action::Read.on(Resource::Invitation))
                .await?;
            let user = actor.signed_in("reading about a test")?;
            let now = self.clock.now();
            let current = self.current(stored.value.campaign, now).await?;
            let mut candidate = stored.value.clone();
            if current.campaign.check_open(now).is_ok() {
                let opened = candidate.decide_open_test(&current.campaign, user, now)?;
                if let Some(opened) = opened {
                    current.save(&mut changes, now)?;
                    candidate = note_candidate(&mut changes, stored, [opened])?;
                }
            }
            if tries.lands(changes).await? {
                return self.introduction(&candidate, &current.campaign).await;
            }
        }
    }

    /// AS-22: starts the test of a campaign: the clock runs from now on. One that was started
    /// before and is not over is resumed instead.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or as
    /// [`Attempt::decide_start`] and [`Attempt::decide_resume`] say; [`EngineError::Store`] when
    /// the store failed.
    pub async fn start_test(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<AttemptView, EngineError> {
        let user = actor.signed_in("starting a test")?;
        let now = self.clock.now();
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let create = Action::Create.on(Resource::Attempt);
            let stored = self.own_candidate(actor, id, create).await?;
            if let CandidateStatus::TestInProgress { attempt, .. } = stored.value.status {
                return self.resume_attempt(actor, attempt).await;
            }
            let current = self.current(stored.value.campaign, now).await?;
            let plan = &current.campaign.plan;
            let test = self.load_test_version(plan.test, plan.test_version).await?;
            let start = Start {
                campaign: &current.campaign,
                candidate: &stored.value,
                test: &test,
                test_version: plan.test_version,
                user,
                seat: SeatId(self.ids.next()),
                seed: self.seed(),
            };
            let started = Attempt::decide_start(AttemptId(self.ids.next()), start, now)?;
            let attempt = Attempt::begin(&started).ok_or(EngineError::Contended)?;
            let noted = stored
                .value
                .decide_start(&current.campaign, attempt.id, now)?;
            current.save(&mut changes, now)?;
            note_candidate(&mut changes, stored, [noted])?;
            changes.create(&attempt)?;
            changes.event(started);
            if tries.lands(changes).await? {
                return self.taken(&attempt, &current.campaign).await;
            }
        }
    }

    /// AS-23: comes back to an attempt, with its answers and its clock as they were. From now on it
    /// goes on here only: the answer names the seat.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or as
    /// [`Attempt::decide_resume`] says; [`EngineError::Store`] when the store failed.
    pub async fn resume_attempt(
        &self,
        actor: &Actor,
        id: AttemptId,
    ) -> Result<AttemptView, EngineError> {
        let user = actor.signed_in("resuming an attempt")?;
        let now = self.clock.now();
        let seat = SeatId(self.ids.next());
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, campaign) = self.sitting(actor, id).await?;
            let resumed = stored.value.decide_resume(user, seat, now)?;
            let attempt = note_attempt(&mut changes, stored, [resumed])?;
            if tries.lands(changes).await? {
                return self.taken(&attempt, &campaign).await;
            }
        }
    }

    /// AS-23: takes note that the network to the candidate is lost; what that costs is given back
    /// as far as the campaign's grace goes.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or as
    /// [`Attempt::decide_pause`] says; [`EngineError::Store`] when the store failed.
    pub async fn pause_attempt(&self, actor: &Actor, id: AttemptId) -> Result<(), EngineError> {
        let now = self.clock.now();
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, _) = self.sitting(actor, id).await?;
            if let Some(paused) = stored.value.decide_pause(now)? {
                note_attempt(&mut changes, stored, [paused])?;
            }
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// AS-4: puts off the deadline of an attempt that is not over.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the campaign's author, or as
    /// [`Attempt::decide_extend`] says; [`EngineError::Store`] when the store failed.
    pub async fn extend_attempt(
        &self,
        actor: &Actor,
        id: AttemptId,
        extra: Seconds,
    ) -> Result<AttemptView, EngineError> {
        let by = actor.signed_in("extending an attempt")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let (stored, campaign) = self
                .attempt_for(actor, id, Action::Update.on(Resource::Candidate))
                .await?;
            let extended = stored.value.decide_extend(extra, by.clone(), now)?;
            let attempt = note_attempt(&mut changes, stored, [extended])?;
            if tries.lands(changes).await? {
                return self.seen(&attempt, &campaign, Viewer::Author, now).await;
            }
        }
    }

    /// AS-23: an attempt, for its candidate or the campaign's author.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there for the actor; [`EngineError::Store`] when
    /// the store failed.
    pub async fn attempt(&self, actor: &Actor, id: AttemptId) -> Result<AttemptView, EngineError> {
        let now = self.clock.now();
        let attempt = self.load::<Attempt>(&id).await?.value;
        if actor.is(&attempt.user) {
            let campaign = self.campaign_of(&attempt).await?;
            return self.seen(&attempt, &campaign, Viewer::Candidate, now).await;
        }
        let read = Action::Read.on(Resource::Attempt);
        let (stored, campaign) = self.attempt_for(actor, id, read).await?;
        self.seen(&stored.value, &campaign, Viewer::Author, now)
            .await
    }

    /// The attempt that the actor sits, in a campaign that was not called off.
    pub(super) async fn sitting(
        &self,
        actor: &Actor,
        id: AttemptId,
    ) -> Result<(Versioned<Attempt>, Campaign), EngineError> {
        let stored = self.load::<Attempt>(&id).await?;
        let update = Action::Update.on(Resource::Attempt);
        if actor.is(&stored.value.user) {
            let actor = actor.clone().with(Role::Candidate);
            actor.require(update, Ownership::Own, "attempt", &id)?;
        } else {
            actor.require(update, Ownership::Other, "attempt", &id)?;
        }
        let campaign = self.campaign_of(&stored.value).await?;
        check_counts(&campaign)?;
        Ok((stored, campaign))
    }

    /// An attempt in a campaign of which the actor may do this.
    pub(super) async fn attempt_for(
        &self,
        actor: &Actor,
        id: AttemptId,
        permission: crate::permission::Permission,
    ) -> Result<(Versioned<Attempt>, Campaign), EngineError> {
        let stored = self.load::<Attempt>(&id).await?;
        let campaign = self.campaign_of(&stored.value).await?;
        let ownership = actor.ownership(&campaign.author);
        actor.require(permission, ownership, "attempt", &id)?;
        Ok((stored, campaign))
    }

    async fn campaign_of(&self, attempt: &Attempt) -> Result<Campaign, EngineError> {
        let campaign = self.find::<Campaign>(&attempt.campaign).await?;
        let campaign = campaign.ok_or_else(|| not_found::<Attempt>(&attempt.id))?;
        if campaign.value.is_deleted() {
            return Err(not_found::<Attempt>(&attempt.id).into());
        }
        Ok(campaign.value)
    }

    /// The candidate that the actor is.
    async fn own_candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
        permission: crate::permission::Permission,
    ) -> Result<Versioned<Candidate>, EngineError> {
        let stored = self.load_candidate(id).await?;
        let is_own = stored
            .value
            .status
            .user()
            .is_some_and(|user| actor.is(user));
        if !is_own {
            return Err(not_found::<Candidate>(&id).into());
        }
        let actor = actor.clone().with(Role::Candidate);
        actor.require(permission, Ownership::Own, "candidate", &id)?;
        Ok(stored)
    }

    /// An attempt for whoever has just taken it.
    async fn taken(
        &self,
        attempt: &Attempt,
        campaign: &Campaign,
    ) -> Result<AttemptView, EngineError> {
        let now = self.clock.now();
        let view = self.seen(attempt, campaign, Viewer::Candidate, now).await?;
        Ok(AttemptView {
            seat: Some(attempt.seat),
            ..view
        })
    }

    fn seed(&self) -> Seed {
        let secret = self.ids.secret();
        let bits = secret.first_chunk::<8>().copied().unwrap_or_default();
        Seed(u64::from_be_bytes(bits))
    }
}

/// Notes what happened to an attempt, where nothing else follows from it.
pub(super) fn note_attempt(
    changes: &mut Changes,
    stored: Versioned<Attempt>,
    events: impl IntoIterator<Item = AttemptEvent>,
) -> Result<Attempt, EngineError> {
    let mut attempt = stored.value;
    for event in events {
        attempt = attempt.apply(&event);
        changes.event(event);
    }
    changes.put(&attempt, Some(stored.version))?;
    Ok(attempt)
}

/// In a campaign that was called off nothing counts any more.
fn check_counts(campaign: &Campaign) -> Result<(), Refusal> {
    match campaign.status {
        CampaignStatus::Cancelled { .. } | CampaignStatus::Deleted { .. } => {
            Err(Refusal::WrongState {
                what: "the campaign",
                state: campaign.status.name(),
            })
        }
        _ => Ok(()),
    }
}
