//! Who has how many polypoints: places of users and of teams.
//!
//! The rule for ties is standard competition ranking ("1224"): those with equal points share a
//! place, which is one more than the number of those with more points. Within a place the order
//! is that of the ids, so that lists and their pages are stable.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::people::Roster;
use crate::port::{Page, PageRequest};
use crate::quantity::Points;
use crate::refusal::Refusal;

/// Somebody's place in a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Place<K> {
    /// The place; 1 is the first.
    pub rank: u64,
    /// Whose it is.
    pub who: K,
    /// Their polypoints.
    pub points: Points,
}

/// Everybody of one kind, users or teams, from the most polypoints to the least.
///
/// # Examples
/// ```
/// use polycode_core::polypoints::Ranking;
/// use polycode_core::quantity::Points;
///
/// let ranking = Ranking::of([("a", Points(5)), ("b", Points(9)), ("c", Points(5)), ("d", Points(1))]);
/// let ranks: Vec<_> = ranking.places().iter().map(|place| (place.rank, place.who)).collect();
/// assert_eq!(ranks, [(1, "b"), (2, "a"), (2, "c"), (4, "d")]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking<K> {
    places: Vec<Place<K>>,
    indices: BTreeMap<K, usize>,
}

impl<K: Ord + Clone> Ranking<K> {
    /// Ranks by polypoints; of somebody who is named twice the points are added up.
    pub fn of(points: impl IntoIterator<Item = (K, Points)>) -> Self {
        let mut sums = BTreeMap::<K, Points>::new();
        for (who, points) in points {
            let sum = sums.entry(who).or_default();
            *sum = Points(sum.0.saturating_add(points.0));
        }
        let mut sorted: Vec<_> = sums.into_iter().collect();
        sorted.sort_by_key(|(_, points)| Reverse(*points));
        let ranks = competition_ranks(sorted.iter().map(|(_, points)| *points));
        let places: Vec<_> = ranks
            .into_iter()
            .zip(sorted)
            .map(|(rank, (who, points))| Place { rank, who, points })
            .collect();
        let indices = (0..)
            .zip(&places)
            .map(|(index, place)| (place.who.clone(), index))
            .collect();
        Self { places, indices }
    }

    /// All places, the first first.
    pub fn places(&self) -> &[Place<K>] {
        &self.places
    }

    /// Somebody's own place.
    pub fn place_of(&self, who: &K) -> Option<&Place<K>> {
        self.places.get(*self.indices.get(who)?)
    }
}

impl<K: Ord + Clone + Display + FromStr> Ranking<K> {
    /// A part of the ranking; starts after the place that the page before gave as `next`, also
    /// when points changed meanwhile.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when `after` is not such a place.
    pub fn page(&self, request: &PageRequest) -> Result<Page<Place<K>>, Refusal> {
        let start = match &request.after {
            None => 0,
            Some(after) => {
                let (points, who) = read_cursor::<K>(after)
                    .ok_or_else(|| Refusal::invalid("after", "not a place in this ranking"))?;
                let after = (Reverse(points), who);
                self.places.partition_point(|place| {
                    (Reverse(place.points), &place.who) <= (after.0, &after.1)
                })
            }
        };
        let rest = self.places.get(start..).unwrap_or_default();
        let limit = request.limit.clamp(1, PageRequest::MAX) as usize;
        let items: Vec<_> = rest.iter().take(limit).cloned().collect();
        let last = items.last().filter(|_| rest.len() > limit);
        let next = last.map(|place| format!("{}/{}", place.points, place.who));
        Ok(Page { items, next })
    }
}

/// A team's polypoints: the sum of its members'.
pub fn team_points(roster: &Roster, wallet: impl Fn(&UserId) -> Points) -> Points {
    let points = roster.members.keys().map(|user| wallet(user).0);
    Points(points.fold(0, u64::saturating_add))
}

/// The places of values that are sorted from the best to the worst, equal ones together.
pub(crate) fn competition_ranks<T: PartialEq>(sorted: impl IntoIterator<Item = T>) -> Vec<u64> {
    let mut ranks = Vec::new();
    let mut before: Option<(T, u64)> = None;
    for (place, value) in (1..).zip(sorted) {
        let rank = match &before {
            Some((best, rank)) if *best == value => *rank,
            _ => place,
        };
        ranks.push(rank);
        before = Some((value, rank));
    }
    ranks
}

fn read_cursor<K: FromStr>(text: &str) -> Option<(Points, K)> {
    let (points, who) = text.split_once('/')?;
    Some((Points(points.parse().ok()?), who.parse().ok()?))
}

#[cfg(test)]
mod tests;
