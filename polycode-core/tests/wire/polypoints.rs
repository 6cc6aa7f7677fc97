//! The shop.

use insta::assert_json_snapshot;
use polycode_core::id::{EntryId, ItemId};
use polycode_core::polypoints::{Account, Offer, Purchase, Wallet};
use polycode_core::quantity::Points;
use serde_json::json;
use uuid::Uuid;

use crate::{NOW, user, wire};

/// SH-1: a sale, its line of the ledger and what it does to the wallet.
#[test]
fn sales_keep_their_shape() {
    let wallet = Wallet {
        balance: Points(10),
        ..Wallet::new(user("ada"))
    };
    let offer = Offer {
        item: ItemId(Uuid::from_u128(2)),
        price: Points(4),
    };
    let entry = EntryId(Uuid::from_u128(3));
    let sale = Purchase::decide(&wallet, None, offer, entry, NOW).unwrap();
    let payment = sale.payment.unwrap();
    assert_eq!(payment.entry.credit, Account::Shop);
    assert_json_snapshot!(json!({
        "purchased": wire(&sale.purchased), "entry": wire(&payment.entry), "paid": wire(&payment.paid),
    }));
}
