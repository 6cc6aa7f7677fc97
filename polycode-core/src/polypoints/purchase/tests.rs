use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::ContentId;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn ada() -> UserId {
    UserId::new("ada").expect("an id")
}

fn holding(balance: u64) -> Wallet {
    Wallet {
        balance: Points(balance),
        ..Wallet::new(ada())
    }
}

fn offer(item: u128, price: u64) -> Offer {
    Offer {
        item: ItemId(Uuid::from_u128(item)),
        price: Points(price),
    }
}

fn buy(wallet: &Wallet, owned: Option<&Purchase>, offer: Offer) -> Result<Sale, Refusal> {
    Purchase::decide(wallet, owned, offer, EntryId(Uuid::from_u128(9)), NOW)
}

/// SH-1: a purchase takes its price from the wallet and books it to the shop.
#[test]
fn a_purchase_is_paid_from_the_wallet() {
    let sale = buy(&holding(10), None, offer(1, 10)).expect("affordable");
    let payment = sale.payment.expect("not a gift");
    assert_eq!(holding(10).apply(&payment.paid), holding(0));
    assert_eq!(
        (&payment.entry.credit, payment.entry.points),
        (&Account::Shop, Points(10))
    );
    let purchase = Purchase::begin(&sale.purchased);
    assert_eq!(purchase.entry, Some(payment.entry.id));
    let key = payment.entry.reason.to_string();
    assert_eq!(key, "purchase/00000000-0000-0000-0000-000000000001/ada");
}

/// SH-1: what the wallet does not hold can't be spent.
#[test]
fn a_purchase_can_not_overdraw() {
    let refused = buy(&holding(9), None, offer(1, 10)).expect_err("too dear");
    assert_eq!(
        refused,
        Refusal::CannotAfford {
            price: Points(10),
            balance: Points(9)
        }
    );
}

/// SH-1: a gift is had once as well, and the ledger knows nothing of it.
#[test]
fn a_gift_moves_no_points() {
    let sale = buy(&holding(0), None, offer(1, 0)).expect("a gift");
    assert_eq!(sale.payment, None);
    let owned = Purchase::begin(&sale.purchased);
    assert_eq!((owned.price, owned.entry), (Points(0), None));
    assert!(buy(&holding(0), Some(&owned), offer(1, 0)).is_err());
}

/// SH-1: an item is bought once, however often it is asked for.
#[test]
fn an_item_is_bought_once() {
    let sale = buy(&holding(10), None, offer(1, 3)).expect("affordable");
    let owned = Purchase::begin(&sale.purchased);
    let again = buy(&holding(7), Some(&owned), offer(1, 3)).expect_err("owned");
    assert_eq!(again.code(), "already_done");
}

/// A line of the ledger between other accounts does nothing to a wallet.
#[test]
fn a_wallet_pays_only_its_own_lines() {
    let sale = buy(&holding(10), None, offer(1, 3)).expect("affordable");
    let other = Wallet {
        balance: Points(10),
        ..Wallet::new(UserId::new("bob").expect("an id"))
    };
    let entry = sale.payment.expect("not a gift").entry;
    assert_eq!(other.decide(&entry), None);
    assert_eq!(
        other.decide_spend(&entry).expect_err("not bob's").code(),
        "not_allowed"
    );
    assert_eq!(holding(10).decide(&entry), None);
}

/// A store in small: wallets, purchases and a ledger with unique reasons.
#[derive(Default)]
struct Shop {
    wallets: BTreeMap<UserId, Wallet>,
    purchases: BTreeMap<(UserId, ItemId), Purchase>,
    ledger: Vec<Entry>,
    reasons: BTreeSet<EntryReason>,
}

impl Shop {
    fn wallet(&self, user: &UserId) -> Wallet {
        self.wallets
            .get(user)
            .cloned()
            .unwrap_or_else(|| Wallet::new(user.clone()))
    }

    fn book(&mut self, user: &UserId, entry: Entry, event: &WalletEvent) {
        let wallet = self.wallet(user).apply(event);
        self.wallets.insert(user.clone(), wallet);
        self.reasons.insert(entry.reason.clone());
        self.ledger.push(entry);
    }

    fn award(&mut self, user: &UserId, content: u128, total: u64, points: u64) {
        let reason = EntryReason::Award {
            user: user.clone(),
            content: ContentId(Uuid::from_u128(content)),
            total: Points(total),
        };
        if self.reasons.contains(&reason) {
            return;
        }
        let credit = Account::Wallet { user: user.clone() };
        let id = EntryId(Uuid::from_u128(self.ledger.len() as u128));
        let entry = Entry {
            id,
            debit: Account::Mint,
            credit,
            points: Points(points),
            reason,
            at: NOW,
        };
        let event = self.wallet(user).decide(&entry).expect("own wallet");
        self.book(user, entry, &event);
    }

    fn buy(&mut self, user: &UserId, offer: Offer) {
        let owned = self.purchases.get(&(user.clone(), offer.item));
        let id = EntryId(Uuid::from_u128(self.ledger.len() as u128));
        if let Ok(sale) = Purchase::decide(&self.wallet(user), owned, offer, id, NOW) {
            let purchase = Purchase::begin(&sale.purchased);
            self.purchases.insert((user.clone(), offer.item), purchase);
            if let Some(Payment { entry, paid }) = sale.payment {
                assert!(!self.reasons.contains(&entry.reason));
                self.book(user, entry, &paid);
            }
        }
    }

    fn sum(&self, account: &Account) -> i128 {
        let line = |entry: &Entry| {
            let points = i128::from(entry.points.0);
            let got = if entry.credit == *account { points } else { 0 };
            got - if entry.debit == *account { points } else { 0 }
        };
        self.ledger.iter().map(line).sum()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is earned and bought in whatever order: every wallet is the sum of its lines and
    /// never below zero, nothing is paid or bought twice, and all accounts together hold nothing.
    #[test]
    fn the_ledger_adds_up(
        steps in prop::collection::vec((0_usize..3, any::<bool>(), 0_u128..4, 0_u64..20), 0..60),
    ) {
        let users = ["ada", "bob", "cy"].map(|name| UserId::new(name).expect("an id"));
        let mut shop = Shop::default();
        for (user, earns, thing, points) in steps {
            if earns {
                shop.award(&users[user], thing, points, points);
            } else {
                shop.buy(&users[user], offer(thing, points));
            }
            let mut all = shop.sum(&Account::Mint) + shop.sum(&Account::Shop);
            for user in &users {
                let sum = shop.sum(&Account::Wallet { user: user.clone() });
                prop_assert!(sum >= 0);
                prop_assert_eq!(sum, i128::from(shop.wallet(user).balance.0));
                all += sum;
            }
            prop_assert_eq!(all, 0);
        }
        prop_assert_eq!(shop.reasons.len(), shop.ledger.len());
        let paid: u64 = shop.purchases.values().map(|purchase| purchase.price.0).sum();
        prop_assert_eq!(i128::from(paid), shop.sum(&Account::Shop));
    }
}
