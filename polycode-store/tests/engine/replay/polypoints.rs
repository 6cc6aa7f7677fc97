//! What everybody earns and spends.

use std::collections::BTreeMap;

use polycode_core::engine::BuyItem;
use polycode_core::id::{ContentId, ItemId, UserId};
use polycode_core::polypoints::{Account, Entry, Purchase, PurchaseEvent, Wallet, WalletEvent};
use polycode_core::port::Document;
use polycode_core::quantity::Points;
use proptest::prelude::*;

use super::{Scene, USERS, actor, change, document, everything, somebody};
use crate::stories::shop::offer;
use crate::world::{World, user};

const PRICES: [u64; 3] = [0, 40, 70];

#[derive(Debug, Clone)]
pub(super) enum Deed {
    Buy { user: &'static str, item: usize },
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    (somebody(), 0..PRICES.len()).prop_map(|(user, item)| Deed::Buy { user, item })
}

/// Puts something on sale for each price.
pub(super) async fn items(world: &World, content: ContentId) -> Vec<ItemId> {
    let mut items = Vec::new();
    for price in PRICES {
        items.push(offer(world, content, price).await);
    }
    items
}

pub(super) async fn carry_out(scene: &Scene, deed: Deed) {
    let Deed::Buy { user, item } = deed;
    let (item, price) = (scene.items[item], Points(PRICES[item]));
    let engine = &scene.world.engine;
    drop(engine.buy_item(&actor(user), BuyItem { item, price }).await);
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    wallets: BTreeMap<UserId, Wallet>,
    purchases: BTreeMap<String, Purchase>,
}

impl Told {
    pub(super) fn apply_wallet(&mut self, event: &WalletEvent) {
        let (WalletEvent::Credited { user, .. } | WalletEvent::Debited { user, .. }) = event else {
            panic!("unknown event {event:?}");
        };
        change(
            &mut self.wallets,
            user.clone(),
            || Some(Wallet::new(user.clone()).apply(event)),
            |wallet| wallet.apply(event),
        );
    }

    pub(super) fn apply_purchase(&mut self, event: &PurchaseEvent) {
        let purchase = Purchase::begin(event);
        let before = self.purchases.insert(purchase.key(), purchase);
        assert_eq!(before, None, "an item is bought once");
    }
}

pub(super) async fn stored(scene: &Scene) -> Told {
    let mut stored = Told::default();
    for name in USERS {
        let wallet = scene.world.store.wallet(&user(name)).await.unwrap();
        let wallet = wallet.map(|wallet| (user(name), wallet.value));
        stored.wallets.extend(wallet);
        for item in &scene.items {
            let key = format!("{item}/{name}");
            let purchase = document::<Purchase>(&scene.world, &key).await;
            stored.purchases.extend(purchase.map(|one| (key, one)));
        }
    }
    stored
}

/// The ledger adds up to the wallets, to what each progress in a content or module says it has
/// paid, and to what each purchase says it cost.
pub(super) async fn assert_balanced(world: &World, stored: &super::Told) {
    let super::Told {
        progress,
        polypoints,
        modules,
        ..
    } = stored;
    for name in USERS {
        let user = user(name);
        let entries = world
            .store
            .entries(&user, everything())
            .await
            .unwrap()
            .items;
        let own = Account::Wallet { user: user.clone() };
        let sum = |side: fn(&Entry) -> &Account| {
            let lines = entries.iter().filter(|entry| *side(entry) == own);
            Points(lines.map(|entry| entry.points.0).sum())
        };
        let (earned, spent) = (sum(|entry| &entry.credit), sum(|entry| &entry.debit));
        let wallet = polypoints.wallets.get(&user);
        let balance = wallet.map_or(Points(0), |wallet| wallet.balance);
        let progress = progress.iter().filter(|((owner, _), _)| *owner == user);
        let in_modules = modules.progress.iter();
        let in_modules = in_modules.filter(|((owner, _), _)| *owner == user);
        let paid = progress.map(|(_, progress)| progress.paid.0).sum::<u64>();
        let paid = paid + in_modules.map(|(_, one)| one.paid.0).sum::<u64>();
        let paid = Points(paid);
        let purchases = polypoints.purchases.values().filter(|one| one.user == user);
        let cost = Points(purchases.map(|purchase| purchase.price.0).sum());
        assert_eq!((paid, cost), (earned, spent), "{name}");
        assert_eq!(balance.0 + spent.0, earned.0, "{name}");
    }
}
