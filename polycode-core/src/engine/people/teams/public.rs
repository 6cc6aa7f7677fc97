//! Teams as everybody sees them, and their ranking.

use std::collections::BTreeMap;

use crate::engine::changes::not_found;
use crate::engine::{Engine, EngineError};
use crate::id::{TeamId, UserId};
use crate::people::{PublicTeam, Roster, Team};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::polypoints::{Place, Ranking, team_points};
use crate::port::{Document, Lookup, Page, PageRequest};
use crate::quantity::Points;

impl Engine {
    /// TE-11: a team as everybody sees it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such team, or none any more;
    /// [`EngineError::Store`] when the store failed.
    pub async fn public_team(&self, actor: &Actor, id: TeamId) -> Result<PublicTeam, EngineError> {
        let read = Action::Read.on(Resource::Profile);
        actor.require(read, Ownership::Other, Team::KIND, &id)?;
        let (teams, ranking) = self.ranked_teams().await?;
        let place = ranking.place_of(&id);
        let place = place.ok_or_else(|| not_found::<Team>(&id))?;
        self.placed_team(place, &teams).await
    }

    /// TE-12: all teams, those with the most polypoints first; equal ones share a place.
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
        let (teams, ranking) = self.ranked_teams().await?;
        let page = ranking.page(&page)?;
        let mut items = Vec::with_capacity(page.items.len());
        for place in &page.items {
            items.push(self.placed_team(place, &teams).await?);
        }
        Ok(Page {
            items,
            next: page.next,
        })
    }

    async fn placed_team(
        &self,
        place: &Place<TeamId>,
        teams: &BTreeMap<TeamId, Roster>,
    ) -> Result<PublicTeam, EngineError> {
        let members = teams.get(&place.who).map_or(0, |team| team.members.len());
        Ok(PublicTeam {
            team: place.who,
            profile: self.team_profile_of(place.who).await?,
            members: u32::try_from(members).unwrap_or(u32::MAX),
            rank: place.rank,
            points: place.points,
        })
    }

    /// Every team and its place. A team has no points of its own, so its place is that of the sum
    /// of its members' wallets, which are read a thousand at a time.
    async fn ranked_teams(
        &self,
    ) -> Result<(BTreeMap<TeamId, Roster>, Ranking<TeamId>), EngineError> {
        let teams = self
            .all::<Team>(Lookup::of::<Team>(Team::ACTIVE, ""))
            .await?;
        let teams: BTreeMap<_, _> = teams
            .into_iter()
            .filter_map(|team| Some((team.value.id, team.value.roster()?.clone())))
            .collect();
        let balances = self.balances().await?;
        let balance = |user: &UserId| balances.get(user).copied().unwrap_or_default();
        let points = teams
            .iter()
            .map(|(id, roster)| (*id, team_points(roster, balance)));
        let ranking = Ranking::of(points);
        Ok((teams, ranking))
    }

    async fn balances(&self) -> Result<BTreeMap<UserId, Points>, EngineError> {
        const AT_ONCE: u32 = 1_000;
        let mut balances = BTreeMap::new();
        let mut after = None;
        loop {
            let limit = AT_ONCE;
            let page = self.store.wallets(PageRequest { after, limit }).await?;
            let wallets = page.items.into_iter();
            balances.extend(wallets.map(|wallet| (wallet.user, wallet.balance)));
            after = page.next;
            if after.is_none() {
                return Ok(balances);
            }
        }
    }
}
