use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn user(name: &str) -> UserId {
    UserId::new(name).expect("an id")
}

fn ranking(points: &[(&str, u64)]) -> Ranking<UserId> {
    Ranking::of(
        points
            .iter()
            .map(|(name, points)| (user(name), Points(*points))),
    )
}

fn ranks(ranking: &Ranking<UserId>) -> Vec<(u64, &str)> {
    ranking
        .places()
        .iter()
        .map(|place| (place.rank, place.who.as_str()))
        .collect()
}

/// AC-9: equal points share a place, and the places they take up are left out.
#[test]
fn ties_share_a_place() {
    let ranking = ranking(&[("dan", 1), ("cy", 5), ("ada", 5), ("bob", 9), ("eve", 1)]);
    assert_eq!(
        ranks(&ranking),
        [(1, "bob"), (2, "ada"), (2, "cy"), (4, "dan"), (4, "eve")]
    );
    assert_eq!(
        ranking.place_of(&user("cy")).map(|place| place.rank),
        Some(2)
    );
    assert_eq!(ranking.place_of(&user("zoe")), None);
    assert_eq!(Ranking::<UserId>::of([]).places(), []);
}

/// AC-9: a page goes on where the one before ended, though somebody overtook meanwhile.
#[test]
fn pages_go_on_where_the_last_one_ended() {
    let before = ranking(&[("ada", 9), ("bob", 7), ("cy", 7), ("dan", 1)]);
    let request = |after| PageRequest { after, limit: 2 };
    let first = before.page(&request(None)).expect("a page");
    assert_eq!(first.next.as_deref(), Some("7/bob"));
    let after = ranking(&[("ada", 9), ("bob", 20), ("cy", 7), ("dan", 1)]);
    let second = after.page(&request(first.next)).expect("a page");
    assert_eq!(
        second
            .items
            .iter()
            .map(|place| place.rank)
            .collect::<Vec<_>>(),
        [3, 4]
    );
    assert_eq!(second.next, None);
    let wrong = after.page(&request(Some("bob".to_owned())));
    assert_eq!(wrong.expect_err("refused").code(), "invalid");
}

/// TE-12: a team has the points of its members.
#[test]
fn a_team_has_its_members_points() {
    let names = ["ada", "bob", "cy"].map(user);
    let roster = Roster {
        captain: user("ada"),
        members: names
            .into_iter()
            .map(|user| (user, Timestamp::UNIX_EPOCH))
            .collect(),
        invited: [(user("dan"), Timestamp::MAX)].into(),
    };
    let wallet = |who: &UserId| Points(if *who == user("bob") { 30 } else { 5 });
    assert_eq!(team_points(&roster, wallet), Points(40));
}

proptest! {
    /// A total preorder that agrees with the points: more points, better place; equal points,
    /// equal place; and each place is one more than the number of those before it.
    #[test]
    fn places_agree_with_points(points in prop::collection::btree_map("[a-e/]{1,3}", 0_u64..6, 0..40)) {
        let ranking = Ranking::of(points.iter().map(|(name, p)| (user(name), Points(*p))));
        let places = ranking.places();
        prop_assert_eq!(places.len(), points.len());
        for one in places {
            let better = places.iter().filter(|other| other.points > one.points).count() as u64;
            prop_assert_eq!(one.rank, better + 1);
            prop_assert_eq!(Some(&one.points.0), points.get(one.who.as_str()));
            prop_assert_eq!(ranking.place_of(&one.who), Some(one));
        }
    }

    /// Pages of any size, put together, are the whole ranking.
    #[test]
    fn pages_make_up_the_ranking(
        points in prop::collection::btree_map("[a-e/]{1,3}", 0_u64..6, 0..40),
        limit in 1_u32..7,
    ) {
        let ranking = Ranking::of(points.iter().map(|(name, p)| (user(name), Points(*p))));
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = ranking.page(&PageRequest { after, limit }).expect("a page");
            all.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(all.as_slice(), ranking.places());
    }
}
