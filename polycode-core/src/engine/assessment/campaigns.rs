//! Campaigns: planned, made firm, closed, called off and deleted by their author.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::current::Current;
use crate::assessment::documents::CampaignCard;
use crate::assessment::{Campaign, CampaignEvent, CampaignPlan, CampaignStatus, CampaignText};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, UserId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// A campaign as its author sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CampaignView {
    /// Its id.
    pub id: CampaignId,
    /// How often it was written; an edit names the version it was made from.
    pub version: Version,
    /// Whose it is.
    pub author: UserId,
    /// What it says.
    pub text: CampaignText,
    /// What is carried out, and when.
    pub plan: CampaignPlan,
    /// How far it has come, by the clock.
    pub status: CampaignStatus,
}

impl Engine {
    /// AS-7: begins a campaign with a test of the actor's.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the text or the plan breaks a rule, or the
    /// test is not there; [`EngineError::Store`] when the store failed.
    pub async fn create_campaign(
        &self,
        actor: &Actor,
        text: CampaignText,
        plan: CampaignPlan,
    ) -> Result<CampaignView, EngineError> {
        actor.require_own(Action::Create.on(Resource::Campaign), "making a campaign")?;
        let author = actor.signed_in("making a campaign")?;
        let id = CampaignId(self.ids.next());
        let now = self.clock.now();
        let created = Campaign::decide_create(id, author.clone(), &text, plan, now)?;
        let campaign = Campaign::begin(&created).ok_or(EngineError::Contended)?;
        self.check_plan(actor, &campaign.plan).await?;
        let card = CampaignCard { campaign: id, text };
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            changes.create(&campaign)?;
            changes.create(&card)?;
            changes.event(created.clone());
            if tries.lands(changes).await? {
                return Ok(view(&campaign, Version::FIRST, card.text, now));
            }
        }
    }

    /// AS-8, AS-10: changes what a campaign says and what is planned, read at `read`.
    ///
    /// # Errors
    /// As [`Engine::create_campaign`]; also [`Refusal::Stale`] when the campaign was written since
    /// `read`, and what [`Campaign::decide_edit`] refuses for.
    pub async fn edit_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
        read: Version,
        text: CampaignText,
        plan: CampaignPlan,
    ) -> Result<CampaignView, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let target = (Action::Update, Resource::Campaign);
            let current = self.current_for(actor, id, target, now).await?;
            if current.read != read {
                return Err(Refusal::Stale {
                    what: "the campaign",
                }
                .into());
            }
            let edited = current.campaign.decide_edit(&text, plan.clone(), now)?;
            let is_same_test = (plan.test, plan.test_version)
                == (
                    current.campaign.plan.test,
                    current.campaign.plan.test_version,
                );
            if !is_same_test {
                self.check_plan(actor, &plan).await?;
            }
            let current = current.happen(edited);
            current.save(&mut changes, now)?;
            let card = self.load::<CampaignCard>(&id).await?;
            let text = text.clone();
            let new = CampaignCard { campaign: id, text };
            changes.put(&new, Some(card.version))?;
            if tries.lands(changes).await? {
                return Ok(view(&current.campaign, current.version(), new.text, now));
            }
        }
    }

    /// AS-10: makes the plan firm: candidates can be invited, and the campaign opens and closes by
    /// itself.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, or as [`Campaign::decide_schedule`] says;
    /// [`EngineError::Store`] when the store failed.
    pub async fn schedule_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
    ) -> Result<CampaignView, EngineError> {
        let target = (Action::Update, Resource::Campaign);
        self.change_campaign(actor, id, target, Campaign::decide_schedule)
            .await
    }

    /// AS-8: closes a campaign before its end. Who is in the middle of the test goes on.
    ///
    /// # Errors
    /// As [`Engine::schedule_campaign`], and as [`Campaign::decide_close`] says.
    pub async fn close_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
    ) -> Result<CampaignView, EngineError> {
        let target = (Action::Update, Resource::Campaign);
        self.change_campaign(actor, id, target, Campaign::decide_close)
            .await
    }

    /// AS-8: calls a campaign off; its candidates and their attempts follow in the next ticks.
    ///
    /// # Errors
    /// As [`Engine::schedule_campaign`], and as [`Campaign::decide_cancel`] says.
    pub async fn cancel_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
    ) -> Result<CampaignView, EngineError> {
        let target = (Action::Update, Resource::Campaign);
        self.change_campaign(actor, id, target, Campaign::decide_cancel)
            .await
    }

    /// AS-9: deletes a campaign that nobody is invited to, or that is over; what is known about
    /// its candidates goes in the next ticks.
    ///
    /// # Errors
    /// As [`Engine::schedule_campaign`], and as [`Campaign::decide_delete`] says.
    pub async fn delete_campaign(&self, actor: &Actor, id: CampaignId) -> Result<(), EngineError> {
        let target = (Action::Delete, Resource::Campaign);
        self.change_campaign(actor, id, target, Campaign::decide_delete)
            .await?;
        Ok(())
    }

    /// AS-8: a campaign as its author sees it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not there for the actor; [`EngineError::Store`] when
    /// the store failed.
    pub async fn campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
    ) -> Result<CampaignView, EngineError> {
        let now = self.clock.now();
        let target = (Action::Read, Resource::Campaign);
        let current = self.current_for(actor, id, target, now).await?;
        let text = self.campaign_text(id).await?;
        Ok(view(&current.campaign, current.read, text, now))
    }

    /// AS-8: the campaigns of the actor, the newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not or the page is none; [`EngineError::Store`]
    /// when the store failed.
    pub async fn campaigns(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<CampaignView>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Campaign), "listing campaigns")?;
        let author = actor.signed_in("listing campaigns")?;
        let lookup = Lookup::of::<Campaign>(Campaign::AUTHOR, author).reversed();
        let page = self.list::<Campaign>(lookup, page).await?;
        let now = self.clock.now();
        let mut items = Vec::with_capacity(page.items.len());
        for Versioned { version, value } in page.items {
            let text = self.campaign_text(value.id).await?;
            items.push(view(&value, version, text, now));
        }
        let next = page.next;
        Ok(Page { items, next })
    }

    pub(super) async fn campaign_text(&self, id: CampaignId) -> Result<CampaignText, EngineError> {
        let card = self.find::<CampaignCard>(&id).await?;
        Ok(card.map(|card| card.value.text).unwrap_or_default())
    }

    async fn change_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
        target: (Action, Resource),
        decide: fn(&Campaign, Timestamp) -> Result<CampaignEvent, Refusal>,
    ) -> Result<CampaignView, EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let now = self.clock.now();
            let current = self.current_for(actor, id, target, now).await?;
            let event = decide(&current.campaign, now)?;
            let current = with_what_follows(current.happen(event), now);
            current.save(&mut changes, now)?;
            let card = self.load::<CampaignCard>(&id).await?;
            if current.campaign.is_deleted() {
                changes.remove(&card);
            }
            if tries.lands(changes).await? {
                let text = card.value.text;
                return Ok(view(&current.campaign, current.version(), text, now));
            }
        }
    }

    /// Checks that the test of a plan is there for the actor, at the version that it pins.
    async fn check_plan(&self, actor: &Actor, plan: &CampaignPlan) -> Result<(), EngineError> {
        let test = self.test_for(actor, plan.test, Action::Read).await?;
        if plan.test_version > test.version {
            return Err(not_found::<crate::assessment::Test>(&plan.test).into());
        }
        Ok(())
    }
}

/// A campaign that is scheduled after its start opens at once.
fn with_what_follows(current: Current, now: Timestamp) -> Current {
    let due = current.campaign.decide_tick(now);
    due.into_iter().fold(current, Current::happen)
}

fn view(campaign: &Campaign, version: Version, text: CampaignText, now: Timestamp) -> CampaignView {
    CampaignView {
        id: campaign.id,
        version,
        author: campaign.author.clone(),
        text,
        plan: campaign.plan.clone(),
        status: campaign.status_at(now),
    }
}
