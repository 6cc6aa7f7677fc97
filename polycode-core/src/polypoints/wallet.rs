//! What a user owns: the sum of the ledger's entries for their account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, UserId};
use crate::polypoints::{Account, Entry};
use crate::quantity::Points;

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
}

impl Wallet {
    /// An empty wallet.
    pub const fn new(user: UserId) -> Self {
        Self {
            user,
            balance: Points(0),
        }
    }

    /// What an entry does to this wallet; nothing if it belongs to other accounts.
    pub fn decide(&self, entry: &Entry) -> Option<WalletEvent> {
        let own = Account::Wallet {
            user: self.user.clone(),
        };
        (entry.credit == own).then(|| WalletEvent::Credited {
            user: self.user.clone(),
            entry: entry.id,
            points: entry.points,
            balance: Points(self.balance.0.saturating_add(entry.points.0)),
        })
    }

    /// The wallet after an event.
    #[must_use]
    pub fn apply(self, event: &WalletEvent) -> Self {
        match event {
            WalletEvent::Credited { balance, .. } => Self {
                balance: *balance,
                ..self
            },
        }
    }
}
