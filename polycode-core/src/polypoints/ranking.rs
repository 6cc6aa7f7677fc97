//! Who has how many polypoints: places of users and of teams.
//!
//! The rule for ties is standard competition ranking ("1224"): those with equal points share a
//! place, which is one more than the number of those with more points. Within a place the order
//! is that of the ids, so that lists and their pages are stable.

use crate::quantity::Points;

/// The places of those on one page of a ranking, which begins with the most points. How many have
/// more is counted twice only, wherever the page begins: than the first, who may share a place with
/// others before the page, and than the first of the rest, who has fewer points than that.
pub(crate) fn places_on_page(points: &[Points], above_first: u64, above_rest: u64) -> Vec<u64> {
    let (first, rest) = points.split_at(like_the_first(points));
    let of_first = first.iter().map(|_| above_first + 1);
    let of_rest = competition_ranks(rest).into_iter();
    of_first
        .chain(of_rest.map(|rank| above_rest + rank))
        .collect()
}

/// How many at the beginning of a page have the same points.
pub(crate) fn like_the_first(points: &[Points]) -> usize {
    let first = points.first();
    points.iter().take_while(|own| Some(*own) == first).count()
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

#[cfg(test)]
mod tests;
