//! What a user owns: the sum of the ledger's entries for their account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, UserId};
use crate::polypoints::{Account, Entry};
use crate::quantity::Points;
use crate::refusal::Refusal;

/// A user's polypoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Wallet {
    /// Whose it is.
    pub user: UserId,
    /// What it holds.
    pub balance: Points,
}

/// What happened to a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum WalletEvent {
    /// It got points.
    Credited {
        /// Whose wallet.
        user: UserId,
        /// The line of the ledger.
        entry: EntryId,
        /// How much.
        points: Points,
        /// What it holds now.
        balance: Points,
    },
    /// Points were spent from it.
    Debited {
        /// Whose wallet.
        user: UserId,
        /// The line of the ledger.
        entry: EntryId,
        /// How much.
        points: Points,
        /// What it holds now.
        balance: Points,
    },
}

impl Wallet {
    /// An empty wallet.
    pub const fn new(user: UserId) -> Self {
        Self {
            user,
            balance: Points(0),
        }
    }

    /// What this wallet gets from an entry; nothing if the entry gives to other accounts.
    pub fn decide(&self, entry: &Entry) -> Option<WalletEvent> {
        self.is(&entry.credit).then(|| WalletEvent::Credited {
            user: self.user.clone(),
            entry: entry.id,
            points: entry.points,
            balance: Points(self.balance.0.saturating_add(entry.points.0)),
        })
    }

    /// Spends what an entry takes from this wallet.
    ///
    /// # Errors
    /// [`Refusal::CannotAfford`] when it holds less; [`Refusal::NotAllowed`] when the entry takes
    /// from another account.
    pub fn decide_spend(&self, entry: &Entry) -> Result<WalletEvent, Refusal> {
        if !self.is(&entry.debit) {
            return Err(Refusal::NotAllowed {
                what: "spending from somebody else's wallet",
            });
        }
        let (balance, price) = (self.balance, entry.points);
        let left = balance.0.checked_sub(price.0);
        let left = left.ok_or(Refusal::CannotAfford { price, balance })?;
        Ok(WalletEvent::Debited {
            user: self.user.clone(),
            entry: entry.id,
            points: price,
            balance: Points(left),
        })
    }

    /// The wallet after an event.
    #[must_use]
    pub fn apply(self, event: &WalletEvent) -> Self {
        match event {
            WalletEvent::Credited { balance, .. } | WalletEvent::Debited { balance, .. } => Self {
                balance: *balance,
                ..self
            },
        }
    }

    fn is(&self, account: &Account) -> bool {
        matches!(account, Account::Wallet { user } if *user == self.user)
    }
}
