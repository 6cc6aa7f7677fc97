//! The shop: hints and details of validators, each bought once.

use std::sync::Arc;

use polycode_core::EngineError;
use polycode_core::catalogue::{DetailPart, Goods, Item, ItemDraft, ItemKind};
use polycode_core::engine::BuyItem;
use polycode_core::id::{ContentId, ItemId};
use polycode_core::permission::{Actor, Role};
use polycode_core::polypoints::Account;
use polycode_core::port::{PageRequest, Versioned};
use polycode_core::quantity::{Cursor, Points};
use polycode_store::SqliteStore;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::task::JoinSet;

use crate::stories::teams::{actor, code, earn};
use crate::world::{HOST, World, exercise, user};

pub(crate) fn author() -> Actor {
    actor("mona").with(Role::ContentCreator)
}

fn draft(content: ContentId, price: u64, kind: ItemKind) -> ItemDraft {
    ItemDraft {
        content,
        component: "code".parse().unwrap(),
        price: Points(price),
        kind,
    }
}

fn hint(text: &str) -> ItemKind {
    let text = text.to_owned();
    ItemKind::Hint { text }
}

fn detail(shows: &[DetailPart]) -> ItemKind {
    ItemKind::ValidatorDetail {
        validator: "gives".parse().unwrap(),
        shows: shows.iter().copied().collect(),
    }
}

/// Puts a hint on sale.
pub(crate) async fn offer(world: &World, content: ContentId, price: u64) -> ItemId {
    let draft = draft(content, price, hint("the secret"));
    world
        .engine
        .create_item(&author(), draft)
        .await
        .unwrap()
        .value
        .id
}

fn buy(item: ItemId, price: u64) -> BuyItem {
    let price = Points(price);
    BuyItem { item, price }
}

#[tokio::test]
async fn sh_1_a_user_buys_a_hint_once_with_polypoints() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let item = offer(&world, content, 60).await;
    let ada = actor("ada");
    let refused = world.engine.buy_item(&ada, buy(item, 60)).await;
    assert_eq!(code(refused), "cannot_afford");
    earn(&world, "ada", "one").await;

    // Before it is bought, nothing tells what it says.
    let page = PageRequest::default;
    let listed = world.engine.items(&ada, content, page()).await.unwrap();
    let told = serde_json::to_string(&listed).unwrap();
    assert!(
        !told.contains("secret") && told.contains("\"hint\""),
        "{told}"
    );
    assert_eq!(
        code(world.engine.bought_item(&ada, item).await),
        "not_found"
    );
    assert_eq!(code(world.engine.item(&ada, item).await), "not_allowed");

    let bought = world.engine.buy_item(&ada, buy(item, 60)).await.unwrap();
    let secret = Goods::Hint {
        text: "the secret".to_owned(),
    };
    assert_eq!(bought.goods, secret);
    assert_eq!(
        world
            .engine
            .wallet(&HOST, &user("ada"))
            .await
            .unwrap()
            .balance,
        Points(40)
    );
    assert_eq!(world.engine.bought_item(&ada, item).await.unwrap(), bought);
    let own = world.engine.purchases(&ada, page()).await.unwrap().items;
    assert_eq!(own, [bought.purchase]);
    let listed = world.engine.items(&ada, content, page()).await.unwrap();
    assert!(listed.items[0].bought_at.is_some());
    assert_eq!(
        code(world.engine.buy_item(&ada, buy(item, 60)).await),
        "already_done"
    );
    assert_eq!(
        world
            .engine
            .wallet(&HOST, &user("ada"))
            .await
            .unwrap()
            .balance,
        Points(40)
    );
    // What one bought another did not.
    assert_eq!(
        code(world.engine.bought_item(&actor("eve"), item).await),
        "not_found"
    );
    assert_eq!(
        code(world.engine.buy_item(&Actor::guest(), buy(item, 60)).await),
        "not_allowed"
    );
    let log = world.store.events(Cursor(0), 1_000).await.unwrap();
    assert!(!serde_json::to_string(&log).unwrap().contains("secret"));
}

#[tokio::test]
async fn sh_1_only_its_author_changes_an_item() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let item = offer(&world, content, 60).await;
    earn(&world, "ada", "one").await;
    let (ada, rival) = (actor("ada"), actor("rival").with(Role::ContentCreator));
    let cheaper = draft(content, 10, hint("another secret"));
    for (other, wanted) in [
        (&ada, "not_allowed"),
        (&rival, "not_allowed"),
        (&Actor::guest(), "not_found"),
    ] {
        assert_eq!(
            code(world.engine.update_item(other, item, cheaper.clone()).await),
            wanted
        );
        assert_eq!(code(world.engine.retire_item(other, item).await), wanted);
    }
    assert_eq!(
        code(world.engine.create_item(&ada, cheaper.clone()).await),
        "not_allowed"
    );
    let broken = draft(content, 1_000_001, hint(""));
    let refused = world
        .engine
        .create_item(&author(), broken)
        .await
        .unwrap_err();
    assert_eq!(refused.problems().len(), 2);

    world
        .engine
        .update_item(&author(), item, cheaper)
        .await
        .unwrap();
    // Nobody pays another price than the one they saw.
    assert_eq!(
        code(world.engine.buy_item(&ada, buy(item, 60)).await),
        "stale"
    );
    let bought = world.engine.buy_item(&ada, buy(item, 10)).await.unwrap();
    assert_eq!(bought.purchase.price, Points(10));

    // A retired item is not sold any more, and stays with whoever bought it.
    world.engine.retire_item(&author(), item).await.unwrap();
    let listed = world
        .engine
        .items(&ada, content, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(listed.items, []);
    assert_eq!(
        world.engine.bought_item(&ada, item).await.unwrap().goods,
        bought.goods
    );
    earn(&world, "eve", "two").await;
    assert_eq!(
        code(world.engine.buy_item(&actor("eve"), buy(item, 10)).await),
        "not_found"
    );
}

#[tokio::test]
async fn sh_1_a_validators_detail_shows_what_its_author_sells() {
    let world = World::new();
    let Versioned { version, value } = world.publish(exercise("squares")).await;
    let content = value.id;
    let engine = &world.engine;
    let expected = draft(content, 0, detail(&[DetailPart::Expected]));
    let item = engine
        .create_item(&author(), expected)
        .await
        .unwrap()
        .value
        .id;
    // Which validators are hidden is not for learners to know.
    let ada = actor("ada");
    let listed = engine
        .items(&ada, content, PageRequest::default())
        .await
        .unwrap();
    assert!(!serde_json::to_string(&listed).unwrap().contains("gives"));

    // A gift costs nothing and stands in no ledger.
    let bought = engine.buy_item(&ada, buy(item, 0)).await.unwrap();
    let told = serde_json::to_string(&bought.goods).unwrap();
    assert!(told.contains("25") && !told.contains("square"), "{told}");
    assert_eq!(
        engine
            .entries(&HOST, &user("ada"), PageRequest::default())
            .await
            .unwrap()
            .items,
        []
    );
    assert_eq!(
        code(engine.buy_item(&ada, buy(item, 0)).await),
        "already_done"
    );

    // It shows the validator as it is now, or as it was last.
    let mut text = serde_json::to_value(&value.draft).unwrap();
    text["root"]["components"][0]["validators"][1]["expected"] = 36.into();
    let changed = serde_json::from_value(text.clone()).unwrap();
    let next = engine
        .update_content(&HOST, content, version, changed)
        .await
        .unwrap()
        .version;
    let goods = engine.bought_item(&ada, item).await.unwrap().goods;
    assert!(serde_json::to_string(&goods).unwrap().contains("36"));
    text["root"]["components"][0]["validators"]
        .as_array_mut()
        .unwrap()
        .pop();
    let without = serde_json::from_value(text).unwrap();
    engine
        .update_content(&HOST, content, next, without)
        .await
        .unwrap();
    assert_eq!(
        engine.bought_item(&ada, item).await.unwrap().goods,
        bought.goods
    );
}

/// What the ledger says a user holds.
async fn ledger(world: &World, name: &str) -> u64 {
    let own = Account::Wallet { user: user(name) };
    let page = PageRequest {
        after: None,
        limit: 100,
    };
    let entries = world
        .engine
        .entries(&HOST, &user(name), page)
        .await
        .unwrap()
        .items;
    let sum = |own: &dyn Fn(&polycode_core::polypoints::Entry) -> bool| -> u64 {
        entries
            .iter()
            .filter(|entry| own(entry))
            .map(|entry| entry.points.0)
            .sum()
    };
    sum(&|entry| entry.credit == own) - sum(&|entry| entry.debit == own)
}

/// Points were read, changed and written: two purchases at once spent the same points, and an
/// item was sold twice to the same user.
#[tokio::test(flavor = "multi_thread")]
async fn defect_points_are_never_spent_twice() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(folder.path().join("school.db"))
        .await
        .unwrap();
    for world in [World::new(), World::on(Arc::new(sqlite))] {
        let content = world.publish(exercise("squares")).await.value.id;
        earn(&world, "ada", "one").await;
        let mut items = Vec::new();
        for _ in 0..4 {
            items.push(offer(&world, content, 40).await);
        }
        // 100 points buy two of four, each asked for eight times at once.
        let mut tasks = JoinSet::new();
        for item in items.iter().cycle().take(32) {
            let (engine, item) = (world.engine.clone(), *item);
            tasks.spawn(async move { engine.buy_item(&actor("ada"), buy(item, 40)).await });
        }
        let results = tasks.join_all().await;
        let bought = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(bought, 2);
        for refused in results.into_iter().filter(Result::is_err) {
            let code = code(refused);
            assert!(["already_done", "cannot_afford"].contains(&code), "{code}");
        }
        let held = world
            .engine
            .wallet(&HOST, &user("ada"))
            .await
            .unwrap()
            .balance;
        assert_eq!((held, ledger(&world, "ada").await), (Points(20), 20));
        let own = world
            .engine
            .purchases(&actor("ada"), PageRequest::default())
            .await
            .unwrap();
        assert_eq!(own.items.len(), 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever is earned and bought, also at once: no wallet goes below zero, nothing is bought
    /// twice, and each wallet is what its lines of the ledger add up to.
    #[test]
    fn sh_1_wallets_are_what_the_ledger_says(
        steps in vec(vec((0..3_usize, 0..4_usize, any::<bool>()), 1..4), 1..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            const NAMES: [&str; 3] = ["ada", "bob", "cy"];
            let world = World::new();
            let mut contents = Vec::new();
            let mut items: Vec<(ItemId, u64)> = Vec::new();
            for (number, price) in [0, 30, 100, 150].into_iter().enumerate() {
                let content = world.publish(exercise(&format!("c{number}"))).await.value.id;
                contents.push(content);
                items.push((offer(&world, content, price).await, price));
            }
            for together in steps {
                let mut tasks = JoinSet::new();
                for (who, what, earns) in together {
                    let (engine, name) = (world.engine.clone(), NAMES[who]);
                    let (content, (item, price)) = (contents[what], items[what]);
                    tasks.spawn(async move {
                        if earns {
                            let answer = crate::world::program("5 25");
                            let answer = crate::world::submit(name, content, answer);
                            engine.submit(&HOST, answer).await.unwrap();
                        } else {
                            let result = engine.buy_item(&actor(name), buy(item, price)).await;
                            let code = result.as_ref().map_or_else(EngineError::code, |_| "bought");
                            assert!(["bought", "already_done", "cannot_afford"].contains(&code), "{code}");
                        }
                    });
                }
                tasks.join_all().await;
                for name in NAMES {
                    let held = world.engine.wallet(&HOST, &user(name)).await.unwrap().balance;
                    assert_eq!(held.0, ledger(&world, name).await, "{name}");
                    let page = PageRequest { after: None, limit: 100 };
                    let own = world.engine.purchases(&actor(name), page).await.unwrap().items;
                    let mut once: Vec<_> = own.iter().map(|purchase| purchase.item).collect();
                    once.sort_unstable();
                    once.dedup();
                    assert_eq!(once.len(), own.len(), "{name}");
                }
            }
        });
    }
}

/// An item is a document of its own, so that its secret is in nothing that learners read.
#[tokio::test]
async fn sh_1_a_contents_view_has_no_items() {
    let world = World::new();
    let content = world.publish(exercise("squares")).await.value.id;
    let item = offer(&world, content, 5).await;
    let view = world.engine.content(&HOST, content).await.unwrap();
    assert!(!serde_json::to_string(&view).unwrap().contains("secret"));
    let stored: Versioned<Item> = world.engine.item(&author(), item).await.unwrap();
    assert_eq!(stored.value.draft.kind, hint("the secret"));
}
