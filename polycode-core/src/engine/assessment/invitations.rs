//! Invitations: sent, sent again, taken back, accepted and declined.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::candidates::{CandidateView, note_candidate};
use super::views::TestIntroduction;
use crate::assessment::documents::CandidateCard;
use crate::assessment::{Address, Bearer, Campaign, Candidate, TokenHash};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, CandidateId};
use crate::permission::{Action, Actor, Ownership, Resource, Role};
use crate::port::{Lookup, PageRequest, Versioned};
use crate::refusal::Refusal;

/// An invitation to be mailed. It is given out this once: only a hash of its token is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SentInvitation {
    /// Who is invited …
    pub candidate: CandidateId,
    /// … to what …
    pub campaign: CampaignId,
    /// … by which name, empty when it is not known …
    pub name: String,
    /// … and where the mail goes.
    pub address: Address,
    /// What the link in the mail holds: whoever has it can accept or decline.
    pub token: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// How many invitations they were sent, with this one.
    pub sent: u32,
}

/// Keeps the token and the person out of logs.
impl std::fmt::Debug for SentInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentInvitation")
            .field("candidate", &self.candidate)
            .field("campaign", &self.campaign)
            .field("expires_at", &self.expires_at)
            .field("sent", &self.sent)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// MA-6, MA-7: makes an invitation to be mailed, the first or another one; the one before
    /// can't be used any more.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the candidate is not there, or as
    /// [`Candidate::decide_invite`] says; [`EngineError::Store`] when the store failed.
    pub async fn invite_candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<SentInvitation, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let stored = self.load_candidate(id).await?;
            let target = (Action::Send, Resource::Invitation);
            let campaign = stored.value.campaign;
            let current = self.current(campaign, now).await?;
            let ownership = actor.ownership(&current.campaign.author);
            actor.require(target.0.on(target.1), ownership, "candidate", &id)?;
            current.save(&mut changes, now)?;
            let card = self.load::<CandidateCard>(&id).await?;
            // 32 bytes that nobody can guess; the text of them is what is mailed and hashed.
            let token = hex::encode(self.ids.secret());
            let invited = stored
                .value
                .decide_invite(&current.campaign, hash_of(&token), now)?;
            let candidate = note_candidate(&mut changes, stored, [invited])?;
            if tries.lands(changes).await? {
                return sent(&candidate, card.value, token);
            }
        }
    }

    /// MA-6: makes invitations for candidates of a campaign who were sent none yet, at most 100;
    /// none is left when there are fewer.
    ///
    /// # Errors
    /// As [`Engine::invite_candidate`]. Those made before one that failed were not sent: send them
    /// again.
    pub async fn invite_candidates(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<Vec<SentInvitation>, EngineError> {
        let now = self.clock.now();
        let target = (Action::Send, Resource::Invitation);
        let current = self.current_for(actor, campaign, target, now).await?;
        current.campaign.check_inviting(now)?;
        let lookup = Lookup::of::<Candidate>(Candidate::UNINVITED, &campaign);
        let page = PageRequest {
            after: None,
            limit: PageRequest::MAX,
        };
        let page = self.list::<Candidate>(lookup, page).await?;
        let mut invitations = Vec::with_capacity(page.items.len());
        for candidate in page.items {
            invitations.push(self.invite_candidate(actor, candidate.value.id).await?);
        }
        Ok(invitations)
    }

    /// AS-8: takes a candidate's invitation back, or their place, as long as they have not
    /// started.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the candidate is not there, has started or
    /// is out already; [`EngineError::Store`] when the store failed.
    pub async fn cancel_candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<CandidateView, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.load_candidate(id).await?;
            let now = self.clock.now();
            let current = self.current(stored.value.campaign, now).await?;
            let ownership = actor.ownership(&current.campaign.author);
            let revoke = Action::Revoke.on(Resource::Invitation);
            actor.require(revoke, ownership, "candidate", &id)?;
            let cancelled = stored.value.decide_cancel(now)?;
            let candidate = note_candidate(&mut changes, stored, [cancelled])?;
            if tries.lands(changes).await? {
                return self.viewed(&candidate).await;
            }
        }
    }

    /// AS-18: what somebody is invited to, for whoever holds the token.
    ///
    /// # Errors
    /// [`EngineError::Refused`] with [`Refusal::InvitationNotValid`] for any token that can't be
    /// used; [`EngineError::Store`] when the store failed.
    pub async fn invitation(&self, token: &str) -> Result<TestIntroduction, EngineError> {
        let now = self.clock.now();
        let (stored, card, campaign) = self.invited(token, now).await?;
        let bearer = bearer(token, None);
        stored.value.decide_decline(&card.profile, bearer, now)?;
        self.introduction(&stored.value, &campaign).await
    }

    /// AS-18: accepts an invitation: the candidate is the actor from now on. `verified` is the
    /// actor's address where the host has verified one; an invitation sent to another address is
    /// no good to them then.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not signed in or is a candidate of the campaign
    /// already, and with [`Refusal::InvitationNotValid`] for any token that can't be used, whatever
    /// the reason; [`EngineError::Store`] when the store failed.
    pub async fn accept_invitation(
        &self,
        actor: &Actor,
        token: &str,
        verified: Option<&Address>,
    ) -> Result<TestIntroduction, EngineError> {
        let user = actor.signed_in("accepting an invitation")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let (stored, card, campaign) = self.invited(token, now).await?;
            check_may_answer(actor, &stored.value)?;
            let confirmed = stored.value.decide_accept(
                &campaign,
                &card.profile,
                bearer(token, verified),
                user.clone(),
                now,
            )?;
            let place = Candidate::participant(campaign.id, user);
            let lookup = Lookup::of::<Candidate>(Candidate::PARTICIPANT, &place);
            if self.find_by::<Candidate>(lookup).await?.is_some() {
                let what = "the user takes part in the campaign";
                return Err(Refusal::AlreadyDone { what }.into());
            }
            // Who accepts while the campaign is open is sent the test at once.
            let test_sent = stored
                .value
                .clone()
                .apply(&confirmed)
                .decide_tick(&campaign, now);
            let events = std::iter::once(confirmed).chain(test_sent);
            let candidate = note_candidate(&mut changes, stored, events)?;
            if tries.lands(changes).await? {
                return self.introduction(&candidate, &campaign).await;
            }
        }
    }

    /// AS-19: declines an invitation; no account is needed for that.
    ///
    /// # Errors
    /// [`EngineError::Refused`] with [`Refusal::InvitationNotValid`] for any token that can't be
    /// used; [`EngineError::Store`] when the store failed.
    pub async fn decline_invitation(&self, actor: &Actor, token: &str) -> Result<(), EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let (stored, card, _) = self.invited(token, now).await?;
            check_may_answer(actor, &stored.value)?;
            let declined = stored
                .value
                .decide_decline(&card.profile, bearer(token, None), now)?;
            note_candidate(&mut changes, stored, [declined])?;
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// AS-19: declines after having accepted, as long as the test was not started.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, has started or is out
    /// already; [`EngineError::Store`] when the store failed.
    pub async fn withdraw(&self, actor: &Actor, id: CandidateId) -> Result<(), EngineError> {
        let user = actor.signed_in("declining")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let stored = self.load_candidate(id).await?;
            let now = self.clock.now();
            let withdrawn = stored.value.decide_withdraw(user, now)?;
            check_may_answer(actor, &stored.value)?;
            note_candidate(&mut changes, stored, [withdrawn])?;
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// The candidate whose invitation a token is. Whatever keeps it from being used looks alike.
    async fn invited(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<(Versioned<Candidate>, CandidateCard, Campaign), EngineError> {
        let lookup = Lookup::of::<Candidate>(Candidate::INVITATION, &hash_of(token));
        let stored = self.find_by::<Candidate>(lookup).await?;
        let stored = stored.ok_or(Refusal::InvitationNotValid)?;
        let card = self.find::<CandidateCard>(&stored.value.id).await?;
        let card = card.ok_or(Refusal::InvitationNotValid)?.value;
        let campaign = self.find::<Campaign>(&stored.value.campaign).await?;
        let campaign = campaign.ok_or(Refusal::InvitationNotValid)?.value;
        let due = campaign.decide_tick(now);
        let campaign = due.iter().fold(campaign, Campaign::apply);
        if campaign.check_inviting(now).is_err() {
            return Err(Refusal::InvitationNotValid.into());
        }
        Ok((stored, card, campaign))
    }
}

/// Whoever holds the token, or accepted before, is the candidate.
fn check_may_answer(actor: &Actor, candidate: &Candidate) -> Result<(), Refusal> {
    let actor = actor.clone().with(Role::Candidate);
    let answer = Action::Answer.on(Resource::Invitation);
    actor.require(answer, Ownership::Own, "candidate", &candidate.id)
}

fn bearer<'a>(token: &str, verified: Option<&'a Address>) -> Bearer<'a> {
    let token = hash_of(token);
    Bearer { token, verified }
}

fn hash_of(token: &str) -> TokenHash {
    TokenHash::new(Sha256::digest(token.as_bytes()).into())
}

fn sent(
    candidate: &Candidate,
    card: CandidateCard,
    token: String,
) -> Result<SentInvitation, EngineError> {
    use crate::assessment::CandidateStatus::ConfirmationPending;
    let ConfirmationPending {
        invitation: Some(invitation),
        sent,
    } = candidate.status
    else {
        return Err(EngineError::Contended);
    };
    Ok(SentInvitation {
        candidate: candidate.id,
        campaign: candidate.campaign,
        name: card.profile.name,
        address: card.profile.address,
        token,
        expires_at: invitation.expires_at,
        sent,
    })
}
