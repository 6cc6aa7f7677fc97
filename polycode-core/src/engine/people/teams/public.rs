//! Teams as everybody sees them, and their ranking.

use crate::engine::changes::not_found;
use crate::engine::polypoints::ranking::places;
use crate::engine::{Engine, EngineError};
use crate::id::TeamId;
use crate::people::{PublicTeam, Team};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Document, Page, PageRequest, Purse};
use crate::quantity::Points;
use crate::refusal::Refusal;

impl Engine {
    /// TE-11: a team as everybody sees it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such team, or none any more;
    /// [`EngineError::Store`] when the store failed.
    pub async fn public_team(&self, actor: &Actor, id: TeamId) -> Result<PublicTeam, EngineError> {
        let read = Action::Read.on(Resource::Profile);
        actor.require(read, Ownership::Other, Team::KIND, &id)?;
        let points = self.store.purse(Team::KIND, &id.to_string()).await?;
        let points = points.ok_or_else(|| not_found::<Team>(&id))?;
        let rank = 1 + self.store.purses_above(Team::KIND, points).await?;
        let team = self.placed_team(id, rank, points).await?;
        Ok(team.ok_or_else(|| not_found::<Team>(&id))?)
    }

    /// TE-12: all teams, those with the most polypoints first; equal ones share a place. A team has
    /// no points of its own: its place is that of what its members' wallets hold together.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the page is not one; [`EngineError::Store`] when the store
    /// failed.
    pub async fn team_ranking(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<PublicTeam>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Ranking), "seeing the ranking")?;
        page.check()?;
        let after = page.after.as_deref();
        if after.is_some_and(|after| Purse::at(after).is_none()) {
            let message = "is what the page before gave as `next`";
            return Err(Refusal::invalid("after", message).into());
        }
        let purses = self.store.purses(Team::KIND, page).await?;
        let points: Vec<_> = purses.items.iter().map(|purse| purse.points).collect();
        let above = |points| self.store.purses_above(Team::KIND, points);
        let ranks = places(&points, above).await?;
        let mut items = Vec::with_capacity(purses.items.len());
        for (purse, rank) in purses.items.into_iter().zip(ranks) {
            if let Ok(id) = purse.key.parse() {
                // Whoever was dissolved meanwhile is left out.
                items.extend(self.placed_team(id, rank, purse.points).await?);
            }
        }
        Ok(Page {
            items,
            next: purses.next,
        })
    }

    async fn placed_team(
        &self,
        id: TeamId,
        rank: u64,
        points: Points,
    ) -> Result<Option<PublicTeam>, EngineError> {
        let team = self.find::<Team>(&id).await?;
        let Some(members) = team.and_then(|team| Some(team.value.roster()?.members.len())) else {
            return Ok(None);
        };
        Ok(Some(PublicTeam {
            team: id,
            profile: self.team_profile_of(id).await?,
            members: u32::try_from(members).unwrap_or(u32::MAX),
            rank,
            points,
        }))
    }
}
