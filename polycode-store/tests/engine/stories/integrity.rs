//! ST-1: answers that are alike are shown to people, and nothing else follows.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use polycode_core::engine::Compared;
use polycode_core::event::Event;
use polycode_core::id::{ContentId, SubmissionId, TeamId};
use polycode_core::integrity::{
    EditFact, EditKind, Pair, Review, ReviewEvent, ReviewStatus, SimilaritySearch, TimelineSummary,
};
use polycode_core::people::{Membership, Team};
use polycode_core::permission::{Actor, Role};
use polycode_core::port::{Commit, DocumentWrite, PageRequest, Write};
use polycode_core::quantity::{Cursor, Score, Seconds};
use serde_json::json;
use uuid::Uuid;

use crate::stories::assessment::{Exam, creator, person};
use crate::world::{HOST, World, draft, program, submit, user};

const STARTER: &str = "\
def read_numbers(path):
    with open(path) as file:
        return [int(line.strip()) for line in file if line.strip()]

def main(path):
    numbers = read_numbers(path)
    print(solve(numbers))
";
const COPIED: &str = "
def solve(numbers):
    best, current = numbers[0], numbers[0]
    for number in numbers[1:]:
        current = max(number, current + number)
        best = max(best, current)
    while best > 100 and current < 7:
        best = best - current * 3
    return best
";
const OWN: &str = "
def solve(numbers):
    total = {}
    for index, value in enumerate(sorted(set(numbers))):
        if value % 2 == 0:
            total[index] = [value ** 2, str(value)]
        elif index in total:
            del total[index]
    return sum(len(pair) for pair in total.values())
";

fn author() -> Actor {
    Actor::user(user("grace")).with(Role::AssessmentCreator)
}

async fn exercise(world: &World) -> ContentId {
    let draft = draft(
        "sums",
        &json!([{"id": "code", "kind": "code_editor",
            "languages": {"python": {"files": {"main.py": STARTER}}},
            "validators": [{"id": "writes", "kind": "output", "expected": "5"}]}]),
    );
    world.publish(draft).await.value.id
}

async fn answer(world: &World, content: ContentId, name: &str, text: &str) -> SubmissionId {
    let script = format!("{STARTER}{text}");
    let answer = submit(name, content, program(&script));
    world
        .engine
        .submit(&HOST, answer)
        .await
        .unwrap()
        .submission
        .id
}

/// A team of two.
async fn team_of(world: &World, captain: &str, member: &str) {
    let (captain, member, now) = (user(captain), user(member), world.clock.reads());
    let id = TeamId(Uuid::from_u128(1));
    let created = Team::decide_create(id, captain.clone(), Membership::Free, 2, now).unwrap();
    let team = Team::begin(&created).unwrap();
    let invited = team.decide_invite(&captain, member.clone(), now).unwrap();
    let team = team.apply(&invited);
    let joined = team.decide_accept(&member, Membership::Free, now).unwrap();
    let team = team.apply(&joined);
    let write = DocumentWrite::put(&team, None).unwrap();
    let commit = Commit {
        writes: vec![Write::Document(write)],
        events: Vec::new(),
    };
    world.store.commit(commit).await.unwrap();
}

async fn pairs(world: &World, content: ContentId) -> Vec<Review> {
    let page = PageRequest::default();
    let pairs = world.engine.similar_pairs(&author(), content, page).await;
    pairs.unwrap().items
}

async fn compare(world: &World, content: ContentId) -> Compared {
    let search = SimilaritySearch::default();
    let compared = world
        .engine
        .compare_answers(&author(), content, search)
        .await;
    compared.unwrap()
}

/// What the log says of reviews.
async fn told(world: &World) -> BTreeMap<Pair, Review> {
    let mut told: BTreeMap<Pair, Review> = BTreeMap::new();
    for logged in world.engine.events(&HOST, Cursor(0), 1_000).await.unwrap() {
        let Event::Review(event) = logged.recorded.event else {
            continue;
        };
        let pair = match &event {
            ReviewEvent::Measured { pair, .. }
            | ReviewEvent::Dismissed { pair, .. }
            | ReviewEvent::Confirmed { pair, .. }
            | ReviewEvent::Reopened { pair, .. } => *pair,
            other => panic!("unknown event {other:?}"),
        };
        let after = match told.remove(&pair) {
            None => Review::begin(&event).unwrap(),
            Some(review) => review.apply(&event),
        };
        told.insert(pair, after);
    }
    told
}

#[tokio::test]
async fn st_1_answers_that_are_alike_are_reviewed_by_people() {
    let world = World::new();
    let content = exercise(&world).await;
    // Only the last answer of a user counts.
    answer(&world, content, "cleo", COPIED).await;
    let ada = answer(&world, content, "ada", COPIED).await;
    let renamed = COPIED.replace("best", "top").replace("current", "run");
    let bob = answer(&world, content, "bob", &renamed).await;
    answer(&world, content, "cleo", OWN).await;

    let compared = compare(&world, content).await;
    let pair = Pair::of(ada, bob);
    assert_eq!(
        (compared.programs, compared.pairs, compared.news),
        (3, 1, 1)
    );
    let [found] = &pairs(&world, content).await[..] else {
        panic!("not one pair");
    };
    assert_eq!(
        (found.pair, &found.status),
        (pair, &ReviewStatus::Unreviewed)
    );
    assert!(found.containment > Score::ratio(9, 10), "{found:?}");
    let where_alike = world.engine.similarity(&author(), pair).await.unwrap();
    let starts = where_alike.unwrap().spans;
    assert!(!starts.is_empty(), "it is shown where");

    // An opinion stands when they are compared again.
    world.engine.dismiss_pair(&author(), pair).await.unwrap();
    assert_eq!(compare(&world, content).await.news, 0);
    let twice = world.engine.confirm_pair(&author(), pair).await;
    assert_eq!(twice.unwrap_err().code(), "wrong_state");
    world.engine.reopen_pair(&author(), pair).await.unwrap();
    let confirmed = world.engine.confirm_pair(&author(), pair).await.unwrap();
    assert!(
        matches!(&confirmed.status, ReviewStatus::Confirmed { by, .. } if *by == user("grace"))
    );
    let stored = pairs(&world, content).await;
    assert_eq!(
        told(&world).await,
        stored.into_iter().map(|r| (r.pair, r)).collect()
    );
    // Nothing follows from it.
    let submission = world.engine.submission(&HOST, ada).await.unwrap();
    assert!(submission.is_graded());
}

#[tokio::test]
async fn st_1_team_mates_are_not_compared_and_pairs_come_by_likeness() {
    let world = World::new();
    let content = exercise(&world).await;
    team_of(&world, "ada", "bob").await;
    for name in ["ada", "bob", "cleo"] {
        answer(&world, content, name, COPIED).await;
    }
    answer(&world, content, "dan", &format!("{COPIED}{OWN}")).await;
    let compared = compare(&world, content).await;
    assert_eq!(
        (compared.programs, compared.pairs),
        (4, 5),
        "all but ada and bob"
    );
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let request = PageRequest { after, limit: 2 };
        let page = world
            .engine
            .similar_pairs(&author(), content, request)
            .await;
        let page = page.unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(all.len(), 5);
    assert!(all.is_sorted_by(|a, b| a.resemblance >= b.resemblance));
    assert!(all[0].resemblance > all[4].resemblance);
}

#[tokio::test]
async fn st_1_learners_do_not_see_who_is_alike() {
    let world = World::new();
    let content = exercise(&world).await;
    let one = answer(&world, content, "ada", COPIED).await;
    let other = answer(&world, content, "bob", COPIED).await;
    compare(&world, content).await;
    let pair = Pair::of(one, other);
    for actor in [Actor::guest(), Actor::user(user("ada"))] {
        let page = PageRequest::default();
        let listed = world.engine.similar_pairs(&actor, content, page).await;
        assert_eq!(listed.unwrap_err().code(), "not_found");
        let seen = world.engine.similarity(&actor, pair).await;
        assert_eq!(seen.unwrap_err().code(), "not_found");
        let search = SimilaritySearch::default();
        let compared = world.engine.compare_answers(&actor, content, search).await;
        assert_eq!(compared.unwrap_err().code(), "not_found");
        assert!(world.engine.dismiss_pair(&actor, pair).await.is_err());
    }
}

#[tokio::test]
async fn su_1_how_an_answer_was_typed_is_recorded_of_those_who_agree() {
    let world = World::new();
    let content = exercise(&world).await;
    let ada = Actor::user(user("ada"));
    let start = world.clock.reads();
    let fact = |seconds: i64, kind| EditFact {
        at: start + SignedDuration::from_secs(seconds),
        kind,
    };
    let facts = vec![
        fact(10, EditKind::Typed { characters: 30 }),
        fact(20, EditKind::Pasted { characters: 400 }),
        fact(30, EditKind::FocusLost),
        fact(50, EditKind::FocusGained),
    ];
    let unasked = world
        .engine
        .record_edits(&ada, content, facts.clone())
        .await;
    assert_eq!(unasked.unwrap_err().code(), "not_found");
    world.engine.agree_to_timeline(&ada, content).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(5));
    world
        .engine
        .record_edits(&ada, content, facts)
        .await
        .unwrap();
    // To agree twice erases nothing.
    world.engine.agree_to_timeline(&ada, content).await.unwrap();
    let summary = |actor: Actor| {
        let engine = world.engine.clone();
        async move { engine.timeline_summary(&actor, &user("ada"), content).await }
    };
    let expected = TimelineSummary {
        typed_characters: 30,
        pastes: 1,
        pasted_characters: 400,
        largest_paste: 400,
        focus_losses: 1,
        away: Seconds(20),
    };
    assert_eq!(summary(ada.clone()).await.unwrap(), expected);
    assert_eq!(summary(author()).await.unwrap(), expected);
    let other = summary(Actor::user(user("bob"))).await.unwrap_err();
    assert_eq!(other.code(), "not_found");
    world.engine.withdraw_timeline(&ada, content).await.unwrap();
    let gone = summary(author()).await.unwrap_err();
    assert_eq!(gone.code(), "not_found");
    let guest = world
        .engine
        .agree_to_timeline(&Actor::guest(), content)
        .await;
    assert_eq!(guest.unwrap_err().code(), "not_allowed");
}

#[tokio::test]
async fn st_1_the_author_of_a_campaign_sees_which_answers_in_it_are_alike() {
    let exam = Exam::new().await;
    let (engine, grace) = (&exam.world.engine, &exam.author);
    let names = ["ada", "bob", "eve"];
    let candidates = exam.open(&names).await;
    for ((name, candidate), text) in names.iter().zip(candidates).zip([COPIED, COPIED, OWN]) {
        let actor = person(name);
        let view = engine.start_test(&actor, candidate).await.unwrap();
        let (seat, script) = (view.seat.unwrap(), program(text));
        let opened = engine.open_question(&actor, view.id, seat, exam.program);
        opened.await.unwrap();
        // The last answer is the one that is compared.
        for answer in [program("5 25"), script] {
            let to = exam.to(view.id, seat, answer);
            engine.answer_question(&actor, to, None).await.unwrap();
        }
    }
    let (campaign, search) = (exam.campaign.id, SimilaritySearch::default);
    let found = engine.compare_campaign(grace, campaign, search()).await;
    let found = found.unwrap();
    assert_eq!((found.programs, found.pairs, found.news), (3, 1, 1));
    let again = engine.compare_campaign(grace, campaign, search()).await;
    assert_eq!(again.unwrap().news, 0);
    let page = PageRequest::default;
    let pairs = engine
        .similar_pairs_of_campaign(grace, campaign, page())
        .await;
    let pairs = pairs.unwrap().items;
    let [review] = pairs.as_slice() else {
        panic!("{pairs:?}");
    };
    assert_eq!(
        (review.content, review.campaign),
        (exam.program, Some(campaign))
    );
    // It is a matter of the campaign, not of the content's practice.
    let practice = engine.similar_pairs(grace, exam.program, page()).await;
    assert_eq!(practice.unwrap().items, []);

    let alike = engine
        .similarity(grace, review.pair)
        .await
        .unwrap()
        .unwrap();
    assert!(!alike.spans.is_empty());
    let confirmed = engine.confirm_pair(grace, review.pair).await.unwrap();
    assert!(matches!(confirmed.status, ReviewStatus::Confirmed { .. }));
    for stranger in [person("ada"), creator("zoe")] {
        let refused = [
            engine
                .compare_campaign(&stranger, campaign, search())
                .await
                .err(),
            engine
                .similar_pairs_of_campaign(&stranger, campaign, page())
                .await
                .err(),
            engine.similarity(&stranger, review.pair).await.err(),
            engine.reopen_pair(&stranger, review.pair).await.err(),
        ];
        let refused = refused.map(|error| error.map(|error| error.code().to_owned()));
        assert!(
            refused
                .iter()
                .all(|code| code.as_deref() == Some("not_found")),
            "{refused:?}"
        );
    }
}
