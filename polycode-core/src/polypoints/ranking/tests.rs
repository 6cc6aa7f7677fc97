use proptest::prelude::*;

use super::*;

fn points(points: &[u64]) -> Vec<Points> {
    points.iter().copied().map(Points).collect()
}

fn above(all: &[Points], points: Option<&Points>) -> u64 {
    let more = all.iter().filter(|own| Some(*own) > points);
    points.map_or(0, |_| more.count() as u64)
}

/// AC-9: equal points share a place, and the places they take up are left out.
#[test]
fn ties_share_a_place() {
    assert_eq!(competition_ranks(points(&[9, 5, 5, 1, 1])), [1, 2, 2, 4, 4]);
    assert_eq!(competition_ranks(points(&[])), [0; 0]);
}

#[test]
fn a_page_may_begin_among_equals() {
    let places = places_on_page(&points(&[5, 5, 3, 3, 1]), 2, 7);
    assert_eq!(places, [3, 3, 8, 8, 10]);
}

proptest! {
    /// Each place is one more than the number of those with more points.
    #[test]
    fn places_agree_with_points(mut all in prop::collection::vec(0_u64..6, 0..40)) {
        all.sort_unstable_by(|one, other| other.cmp(one));
        let all = points(&all);
        let ranks = competition_ranks(all.iter());
        for (own, rank) in all.iter().zip(ranks) {
            prop_assert_eq!(rank, 1 + above(&all, Some(own)));
        }
    }

    /// Wherever a page begins and ends, its places are those of the whole ranking.
    #[test]
    fn a_page_has_the_places_of_the_whole(
        mut all in prop::collection::vec(0_u64..6, 0..40),
        start in 0_usize..40,
        length in 0_usize..8,
    ) {
        all.sort_unstable_by(|one, other| other.cmp(one));
        let all = points(&all);
        let ranks = competition_ranks(all.iter());
        let start = start.min(all.len());
        let end = (start + length).min(all.len());
        let page = &all[start..end];
        let rest = page.get(like_the_first(page));
        let places = places_on_page(page, above(&all, page.first()), above(&all, rest));
        prop_assert_eq!(places, &ranks[start..end]);
    }
}
