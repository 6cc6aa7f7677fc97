//! Sixty-four at the same time, on every store: nothing is lost, nothing is there twice, and every
//! loser is told so.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;

use polycode_core::EngineError;
use polycode_core::catalogue::ModuleKind;
use polycode_core::engine::{BuyItem, Submit};
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::polypoints::Account;
use polycode_core::port::Ids;
use polycode_core::quantity::Points;
use polycode_store::testkit::postgres;
use polycode_store::{MemoryStore, PostgresStore, RandomIds, SqliteStore};
use tokio::task::JoinSet;

use crate::stories::assessment::{Exam, person};
use crate::stories::catalogue::{creator, module, shown};
use crate::stories::certification::{pass, told};
use crate::stories::shop::offer;
use crate::stories::teams::{actor, earn};
use crate::world::{HOST, World, exercise, page, program, submit, user};

const TASKS: usize = 64;

macro_rules! on_every_store {
    ($($test:ident)*) => {$(
        mod $test {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn in_memory() {
                super::$test(World::on(Arc::new(MemoryStore::new()))).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_sqlite() {
                let folder = tempfile::tempdir().unwrap();
                let store = SqliteStore::open(folder.path().join("x.db")).await.unwrap();
                super::$test(World::on(Arc::new(store))).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_postgres() {
                let store = PostgresStore::open(&postgres::fresh()).await.unwrap();
                super::$test(World::on(Arc::new(store))).await;
            }
        }
    )*};
}

on_every_store! {
    buying_from_one_wallet
    answering_one_content
    answering_with_few_attempts_left
    sending_one_answer_again
    editing_one_module
    joining_one_campaign
    accepting_one_invitation
    issuing_certificates
}

/// Does the same so many times at once; how often each outcome came of it.
async fn at_once<T, Fut>(task: impl Fn(usize) -> Fut) -> BTreeMap<&'static str, usize>
where
    Fut: Future<Output = Result<T, EngineError>> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = JoinSet::new();
    for number in 0..TASKS {
        tasks.spawn(task(number));
    }
    let mut outcomes = BTreeMap::new();
    for result in tasks.join_all().await {
        let outcome = result.map_or_else(|error| error.code(), |_| "done");
        *outcomes.entry(outcome).or_default() += 1;
    }
    outcomes
}

/// The wallet holds what the ledger says, and this much.
async fn assert_balance(world: &World, name: &str, balance: u64) {
    let ada = user(name);
    let wallet = world.store.wallet(&ada).await.unwrap().unwrap();
    assert_eq!(wallet.value.balance, Points(balance));
    let own = Account::Wallet { user: ada.clone() };
    let entries = world.store.entries(&ada, page()).await.unwrap().items;
    let (mut earned, mut spent) = (0, 0);
    for entry in entries {
        earned += u64::from(entry.credit == own) * entry.points.0;
        spent += u64::from(entry.debit == own) * entry.points.0;
    }
    assert_eq!(earned - spent, balance);
}

async fn submitted(world: &World, content: ContentId) -> usize {
    let ada = user("ada");
    let submissions = world.store.submissions(&ada, Some(content), page());
    submissions.await.unwrap().items.len()
}

async fn buying_from_one_wallet(world: World) {
    let content = world.publish(exercise("squares")).await.value.id;
    let mut items = Vec::new();
    for _ in 0..8 {
        items.push(offer(&world, content, 30).await);
    }
    earn(&world, "ada", "one").await;
    let outcomes = at_once(|number| {
        let (world, item) = (world.clone(), items[number % items.len()]);
        let price = Points(30);
        async move {
            let buy = BuyItem { item, price };
            world.engine.buy_item(&actor("ada"), buy).await
        }
    })
    .await;
    // A hundred points are three items for thirty.
    assert_eq!(outcomes["done"], 3, "{outcomes:?}");
    let told = ["already_done", "cannot_afford", "done"];
    assert!(
        outcomes.keys().all(|code| told.contains(code)),
        "{outcomes:?}"
    );
    let own = world.engine.purchases(&actor("ada"), page()).await.unwrap();
    assert_eq!(own.items.len(), 3);
    assert_balance(&world, "ada", 10).await;
}

async fn answering_one_content(world: World) {
    let content = world.publish(exercise("squares")).await.value.id;
    let outcomes = at_once(|_| {
        let world = world.clone();
        async move {
            let answer = submit("ada", content, program("5 25"));
            world.engine.submit(&HOST, answer).await
        }
    })
    .await;
    assert_eq!(outcomes["done"], TASKS, "{outcomes:?}");
    assert_eq!(submitted(&world, content).await, TASKS);
    assert_eq!(world.store.pending(100).await.unwrap(), []);
    // Paid once, however often it is right.
    assert_balance(&world, "ada", 100).await;
}

async fn answering_with_few_attempts_left(world: World) {
    let mut draft = serde_json::to_value(exercise("squares")).unwrap();
    draft["root"]["components"][0]["rules"] = serde_json::json!({"maxAttempts": 5});
    let draft = serde_json::from_value(draft).unwrap();
    let content = world.publish(draft).await.value.id;
    let outcomes = at_once(|_| {
        let world = world.clone();
        async move {
            let answer = submit("ada", content, program("0 0"));
            world.engine.submit(&HOST, answer).await
        }
    })
    .await;
    assert_eq!(outcomes["done"], 5, "{outcomes:?}");
    assert_eq!(outcomes.len(), 2, "{outcomes:?}");
    assert_eq!(submitted(&world, content).await, 5);
}

async fn sending_one_answer_again(world: World) {
    let exam = Exam::on(world, |_| {}).await;
    let (world, content) = (&exam.world, exam.program);
    let id = Some(SubmissionId(RandomIds.next()));
    let outcomes = at_once(|_| {
        let world = world.clone();
        async move {
            let answer = Submit {
                id,
                ..submit("ada", content, program("5 25"))
            };
            world.engine.submit(&HOST, answer).await
        }
    })
    .await;
    assert_eq!(outcomes, BTreeMap::from([("done", TASKS)]));
    assert_eq!(submitted(world, content).await, 1);
    assert_balance(world, "ada", 100).await;

    let view = exam.started("ada").await;
    let to = exam.to(view.id, view.seat.unwrap(), program("5 25"));
    let outcomes = at_once(|_| {
        let (engine, to) = (world.engine.clone(), to.clone());
        async move { engine.answer_question(&person("ada"), to, id).await }
    })
    .await;
    assert_eq!(outcomes, BTreeMap::from([("done", TASKS)]));
    let answers = world.engine.test_answers(&exam.author, view.id).await;
    assert_eq!(answers.unwrap().len(), 1);
}

async fn editing_one_module(world: World) {
    let draft = module("basics", ModuleKind::Practice);
    let id = shown(&world.engine, "ada", draft, &[]).await;
    let ada = creator("ada");
    let read = world.engine.authored_module(&ada, id).await.unwrap();
    let outcomes = at_once(|number| {
        let world = world.clone();
        async move {
            let draft = module(&format!("basics-{number}"), ModuleKind::Practice);
            let ada = creator("ada");
            world
                .engine
                .edit_module(&ada, id, read.version, draft)
                .await
        }
    })
    .await;
    let wanted = BTreeMap::from([("done", 1), ("stale", TASKS - 1)]);
    assert_eq!(outcomes, wanted);
    let after = world.engine.authored_module(&ada, id).await.unwrap();
    assert_eq!(after.version, read.version.next());
}

async fn joining_one_campaign(world: World) {
    let exam = Exam::on(world, |_| {}).await;
    let names: Vec<_> = (0..TASKS)
        .map(|number| format!("person-{number}"))
        .collect();
    let people: Vec<_> = names.iter().map(String::as_str).collect();
    let invitations = exam.invited(&people).await;
    let outcomes = at_once(|number| {
        let engine = exam.world.engine.clone();
        let token = invitations[number].token.clone();
        let own = person(&names[number]);
        async move { engine.accept_invitation(&own, &token, None).await }
    })
    .await;
    assert_eq!(outcomes, BTreeMap::from([("done", TASKS)]));
}

async fn accepting_one_invitation(world: World) {
    let exam = Exam::on(world, |_| {}).await;
    let invitations = exam.invited(&["ada"]).await;
    let outcomes = at_once(|number| {
        let engine = exam.world.engine.clone();
        let token = invitations[0].token.clone();
        let somebody = person(&format!("person-{number}"));
        async move { engine.accept_invitation(&somebody, &token, None).await }
    })
    .await;
    let wanted = BTreeMap::from([("done", 1), ("invitation_not_valid", TASKS - 1)]);
    assert_eq!(outcomes, wanted);
}

/// Each has a number of its own, none is left out, and nobody is certified twice.
async fn issuing_certificates(world: World) {
    const USERS: usize = 48;
    let outcomes = at_once(|number| {
        let pass = pass(&world, &format!("user {}", number % USERS), 90);
        let engine = world.engine.clone();
        async move { engine.certify(&HOST, pass, None).await }
    })
    .await;
    let expected = [("already_done", TASKS - USERS), ("done", USERS)];
    assert_eq!(outcomes, BTreeMap::from(expected));
    let told = told(&world).await;
    let numbers: BTreeSet<_> = told
        .values()
        .map(|certificate| certificate.number.to_string())
        .collect();
    let expected = (1..=USERS).map(|place| format!("1970-{place:06}"));
    assert_eq!(numbers, expected.collect());
}
