//! Pairs of answers that are alike: read, and what people make of them.

use jiff::Timestamp;

use super::comparing::starters;
use crate::assessment::documents::TestAnswer;
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, ContentId, UserId};
use crate::integrity::{Pair, Review, ReviewEvent, Similarity, SimilaritySearch};
use crate::permission::{Action, Actor, Permission, Resource};
use crate::port::{Lookup, Page, PageRequest, Versioned};
use crate::quantity::Score;
use crate::refusal::Refusal;

impl Engine {
    /// ST-1: the pairs of answers in a campaign that are alike, the most alike first.
    ///
    /// # Errors
    /// As [`Engine::compare_campaign`].
    pub async fn similar_pairs_of_campaign(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        page: PageRequest,
    ) -> Result<Page<Review>, EngineError> {
        self.similarity_in(actor, Action::Read, campaign).await?;
        let lookup = Lookup::of::<Review>(Review::CAMPAIGN, &campaign).reversed();
        let reviews = self.list::<Review>(lookup, page).await?;
        Ok(reviews.map(|review| review.value))
    }

    /// ST-1: the pairs of answers to a content that are alike, the most alike first.
    ///
    /// # Errors
    /// As [`Engine::compare_answers`].
    pub async fn similar_pairs(
        &self,
        actor: &Actor,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Review>, EngineError> {
        let permission = Action::Read.on(Resource::Similarity);
        self.require_similarity(actor, permission, content).await?;
        let lookup = Lookup::of::<Review>(Review::CONTENT, &content).reversed();
        let reviews = self.list::<Review>(lookup, page).await?;
        Ok(reviews.map(|review| review.value))
    }

    /// ST-1: where two answers are alike, measured anew; none when they are not any more.
    ///
    /// # Errors
    /// As [`Engine::dismiss_pair`].
    pub async fn similarity(
        &self,
        actor: &Actor,
        pair: Pair,
    ) -> Result<Option<Similarity>, EngineError> {
        let review = self.review_of(actor, Action::Read, pair).await?.value;
        let (content, component) = if review.campaign.is_some() {
            let one = self.load::<TestAnswer>(&pair.one).await?.value;
            let content = self.content_asked(one.question, one.version).await?;
            (content, one.component)
        } else {
            let one = self.load_submission(pair.one).await?.value;
            let content = self.load_content(review.content).await?.value;
            (content, one.component)
        };
        let starters = starters(&content, &component);
        let one = self.source(pair.one).await?;
        let other = self.source(pair.other).await?;
        let sources: Vec<_> = one.into_iter().chain(other).collect();
        let search = SimilaritySearch {
            least: Score::ZERO,
            ..SimilaritySearch::default()
        };
        Ok(search.pairs(&sources, &starters)?.into_iter().next())
    }

    /// ST-1: notes that two answers are alike for a good reason.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such pair, the actor may not, or there is an
    /// opinion on it; [`EngineError::Store`] when the store failed.
    pub async fn dismiss_pair(&self, actor: &Actor, pair: Pair) -> Result<Review, EngineError> {
        self.form_opinion(actor, pair, Review::decide_dismiss).await
    }

    /// ST-1: notes that one of two answers was copied, or both from one source.
    ///
    /// # Errors
    /// As [`Engine::dismiss_pair`].
    pub async fn confirm_pair(&self, actor: &Actor, pair: Pair) -> Result<Review, EngineError> {
        self.form_opinion(actor, pair, Review::decide_confirm).await
    }

    /// ST-1: takes the opinion on two answers back.
    ///
    /// # Errors
    /// As [`Engine::dismiss_pair`], when there is none.
    pub async fn reopen_pair(&self, actor: &Actor, pair: Pair) -> Result<Review, EngineError> {
        self.form_opinion(actor, pair, Review::decide_reopen).await
    }

    async fn form_opinion(
        &self,
        actor: &Actor,
        pair: Pair,
        decide: fn(&Review, UserId, Timestamp) -> Result<ReviewEvent, Refusal>,
    ) -> Result<Review, EngineError> {
        let by = actor.signed_in("giving an opinion on a pair")?;
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.review_of(actor, Action::Review, pair).await?;
            let decided = decide(&value, by.clone(), self.clock.now())?;
            let review = value.apply(&decided);
            let mut changes = Changes::default();
            changes.put(&review, Some(version))?;
            changes.event(decided);
            if tries.lands(changes).await? {
                return Ok(review);
            }
        }
    }

    async fn review_of(
        &self,
        actor: &Actor,
        action: Action,
        pair: Pair,
    ) -> Result<Versioned<Review>, EngineError> {
        let key = pair.key();
        let review = self.load::<Review>(&key).await?;
        let permission = action.on(Resource::Similarity);
        let may = match review.value.campaign {
            None => {
                let content = review.value.content;
                self.require_similarity(actor, permission, content).await
            }
            Some(campaign) => self.similarity_in(actor, action, campaign).await,
        };
        may.map_err(|_| not_found::<Review>(&key))?;
        Ok(review)
    }

    /// Refuses who may not do this to the pairs of a content.
    pub(super) async fn require_similarity(
        &self,
        actor: &Actor,
        permission: Permission,
        content: ContentId,
    ) -> Result<(), EngineError> {
        let ownership = self.ownership_of_content(actor, content).await?;
        Ok(actor.require(permission, ownership, "content", &content)?)
    }

    /// Refuses who may not do this to the pairs of a campaign.
    pub(super) async fn similarity_in(
        &self,
        actor: &Actor,
        action: Action,
        campaign: CampaignId,
    ) -> Result<(), EngineError> {
        let target = (action, Resource::Similarity);
        let now = self.clock.now();
        self.current_for(actor, campaign, target, now).await?;
        Ok(())
    }
}
