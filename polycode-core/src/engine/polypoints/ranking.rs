//! Users as everybody sees them, and their ranking.

use std::collections::BTreeMap;

use crate::engine::changes::not_found;
use crate::engine::{Engine, EngineError};
use crate::id::UserId;
use crate::people::{PublicUser, Roster, User, UserCard, UserProfile, Viewer};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::polypoints::ranking::{like_the_first, places_on_page};
use crate::port::{Document, Page, PageRequest, PortError};
use crate::quantity::Points;
use crate::refusal::Refusal;

impl Engine {
    /// AC-8: what a user shows to the actor: the name, the place and the polypoints. Who does not
    /// want to be seen looks like nobody. A user who never had an account here has the name that
    /// the host's directory gives, if it has one.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such user for the actor;
    /// [`EngineError::Directory`] when the host's directory failed; [`EngineError::Store`] when
    /// the store failed.
    pub async fn public_user(
        &self,
        actor: &Actor,
        user: &UserId,
    ) -> Result<PublicUser, EngineError> {
        let read = Action::Read.on(Resource::Profile);
        actor.require(read, Ownership::Other, User::KIND, user)?;
        let wallet = self.store.wallet(user).await?;
        let known = self.introduced(std::slice::from_ref(user)).await?;
        let is_known = wallet.is_some()
            || actor.is(user)
            || known.contains_key(user)
            || self.find::<User>(user).await?.is_some();
        let points = wallet.map_or(Points(0), |wallet| wallet.value.balance);
        let rank = 1 + self.store.wallets_above(points).await?;
        let viewer = viewer(actor, user, self.own_roster(actor).await?.as_ref());
        let shown = self.shown(user, viewer, (rank, points), &known).await?;
        let shown = shown.filter(|_| is_known);
        Ok(shown.ok_or_else(|| not_found::<User>(user))?)
    }

    /// AC-9: the users with polypoints, those with the most first; equal ones share a place.
    ///
    /// Who does not want to be seen is left out and keeps the place, so a page may hold less than
    /// was asked for though there is a next one.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the page is not one; [`EngineError::Directory`] when the
    /// host's directory failed; [`EngineError::Store`] when the store failed.
    pub async fn user_ranking(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<PublicUser>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Ranking), "seeing the ranking")?;
        page.check()?;
        if !page.after.as_deref().is_none_or(is_place) {
            let message = "is what the page before gave as `next`";
            return Err(Refusal::invalid("after", message).into());
        }
        let wallets = self.store.wallets(page).await?;
        let roster = self.own_roster(actor).await?;
        let balances: Vec<_> = wallets.items.iter().map(|wallet| wallet.balance).collect();
        let above = |balance| self.store.wallets_above(balance);
        let ranks = places(&balances, above).await?;
        let users = wallets.items.iter().map(|wallet| wallet.user.clone());
        let users: Vec<_> = users.collect();
        let known = self.introduced(&users).await?;
        let mut items = Vec::with_capacity(wallets.items.len());
        for (wallet, rank) in wallets.items.iter().zip(ranks) {
            let viewer = viewer(actor, &wallet.user, roster.as_ref());
            let place = (rank, wallet.balance);
            items.extend(self.shown(&wallet.user, viewer, place, &known).await?);
        }
        Ok(Page {
            items,
            next: wallets.next,
        })
    }

    /// What the host's directory knows of users; nothing without one.
    pub(in crate::engine) async fn introduced(
        &self,
        users: &[UserId],
    ) -> Result<BTreeMap<UserId, UserProfile>, EngineError> {
        match &self.directory {
            Some(directory) if !users.is_empty() => {
                let known = directory.profiles(users).await;
                known.map_err(EngineError::Directory)
            }
            _ => Ok(BTreeMap::new()),
        }
    }

    /// What a viewer may see of a user; none when the user does not want that. The host's directory
    /// speaks for those only who have no account here, and never had one.
    pub(in crate::engine) async fn shown(
        &self,
        user: &UserId,
        viewer: Viewer,
        place: (u64, Points),
        known: &BTreeMap<UserId, UserProfile>,
    ) -> Result<Option<PublicUser>, EngineError> {
        let Some(account) = self.find::<User>(user).await? else {
            let profile = known.get(user);
            return Ok(Some(PublicUser {
                name: profile.map(|profile| profile.name.clone()),
                about: profile.map_or_else(String::new, |profile| profile.about.clone()),
                ..PublicUser::nameless(user.clone(), place)
            }));
        };
        let card = self.find::<UserCard>(user).await?.map(|card| card.value);
        let (profile, settings) = card.map(|card| (card.profile, card.settings)).unzip();
        let settings = settings.unwrap_or_default();
        let shown = account
            .value
            .public(profile.as_ref(), &settings, viewer, place);
        Ok(shown.ok())
    }

    async fn own_roster(&self, actor: &Actor) -> Result<Option<Roster>, EngineError> {
        let Some(user) = actor.id() else {
            return Ok(None);
        };
        let team = self.team_of(user).await?;
        Ok(team.and_then(|team| team.value.roster().cloned()))
    }
}

/// The places of those on a page; `above` counts how many have more points.
pub(in crate::engine) async fn places<F>(
    points: &[Points],
    above: impl Fn(Points) -> F,
) -> Result<Vec<u64>, PortError>
where
    F: Future<Output = Result<u64, PortError>>,
{
    let above_first = match points.first() {
        Some(first) => above(*first).await?,
        None => return Ok(Vec::new()),
    };
    let above_rest = match points.get(like_the_first(points)) {
        Some(next) => above(*next).await?,
        None => 0,
    };
    Ok(places_on_page(points, above_first, above_rest))
}

fn viewer(actor: &Actor, user: &UserId, own_team: Option<&Roster>) -> Viewer {
    if actor.is(user) {
        Viewer::Own
    } else if own_team.is_some_and(|roster| roster.has(user)) {
        Viewer::Teammate
    } else {
        Viewer::Stranger
    }
}

/// Whether a text is where a page of wallets ended.
fn is_place(after: &str) -> bool {
    let parts = after.split_once('/');
    parts.is_some_and(|(balance, user)| balance.parse::<u64>().is_ok() && UserId::new(user).is_ok())
}
