//! Buying items with polypoints: each item once, and never more than the wallet holds.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, ItemId, UserId};
use crate::polypoints::{Account, Entry, EntryReason, Wallet, WalletEvent};
use crate::quantity::Points;
use crate::refusal::Refusal;

/// That a user bought an item. It stays the user's at the price that was paid, however the item
/// is edited afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Purchase {
    /// Who bought.
    pub user: UserId,
    /// What.
    pub item: ItemId,
    /// For how much.
    pub price: Points,
    /// The line of the ledger that paid for it; none for a gift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// When.
    pub at: Timestamp,
}

/// What happened in the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum PurchaseEvent {
    /// A user bought an item.
    Purchased {
        /// The purchase.
        purchase: Purchase,
    },
}

/// Everything that follows from a purchase; it lands together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// What happened in the shop.
    pub purchased: PurchaseEvent,
    /// How it was paid; none for a gift, which moves no points.
    pub payment: Option<Payment>,
}

/// How a purchase was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The line of the ledger; its reason is unique, so that a second sale can't land.
    pub entry: Entry,
    /// What happened to the wallet.
    pub paid: WalletEvent,
}

/// What a user wants to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The item.
    pub item: ItemId,
    /// What it costs now; 0 for a gift.
    pub price: Points,
}

impl Purchase {
    /// Buys an item out of a wallet. `owned` is the user's purchase of this item, if there is one.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when the user has the item; [`Refusal::CannotAfford`] when the
    /// wallet holds less than the price.
    pub fn decide(
        wallet: &Wallet,
        owned: Option<&Self>,
        offer: Offer,
        entry: EntryId,
        now: Timestamp,
    ) -> Result<Sale, Refusal> {
        if owned.is_some() {
            return Err(Refusal::AlreadyDone {
                what: "the item was bought",
            });
        }
        let (user, Offer { item, price }) = (wallet.user.clone(), offer);
        let payment = if price == Points(0) {
            None
        } else {
            let entry = Entry {
                id: entry,
                debit: Account::Wallet { user: user.clone() },
                credit: Account::Shop,
                points: price,
                reason: EntryReason::Purchase {
                    user: user.clone(),
                    item,
                },
                at: now,
            };
            let paid = wallet.decide_spend(&entry)?;
            Some(Payment { entry, paid })
        };
        let purchase = Self {
            user,
            item,
            price,
            entry: payment.as_ref().map(|payment| payment.entry.id),
            at: now,
        };
        Ok(Sale {
            purchased: PurchaseEvent::Purchased { purchase },
            payment,
        })
    }

    /// The purchase that an event makes.
    pub fn begin(event: &PurchaseEvent) -> Self {
        let PurchaseEvent::Purchased { purchase } = event;
        purchase.clone()
    }
}

#[cfg(test)]
mod tests;
