//! The lines of the ledger: each takes from one account what it gives to another, so that all
//! accounts together always hold nothing.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ContentId, EntryId, ItemId, ModuleId, UserId};
use crate::quantity::Points;

/// A line of the ledger; never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The account that gives.
    pub debit: Account,
    /// The account that gets.
    pub credit: Account,
    /// How much.
    pub points: Points,
    /// What for; a store keeps at most one entry for each reason.
    pub reason: EntryReason,
    /// When.
    pub at: Timestamp,
}

/// Somewhere that points come from or go to.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Account {
    /// Where all points come from; what it owes is what all wallets hold.
    Mint,
    /// A user's wallet.
    Wallet {
        /// The user.
        user: UserId,
    },
    /// Where the price of what is bought goes.
    Shop,
}

/// What an entry is for.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum EntryReason {
    /// A content was passed, or passed better than before.
    Award {
        /// Who is paid.
        user: UserId,
        /// For which content.
        content: ContentId,
        /// What the content has paid to the user with this entry: the same level can't be
        /// paid twice.
        total: Points,
    },
    /// A module was passed, or passed better than before.
    ModuleAward {
        /// Who is paid.
        user: UserId,
        /// For which module.
        module: ModuleId,
        /// What the module has paid to the user with this entry: the same level can't be paid
        /// twice.
        total: Points,
    },
    /// An item was bought.
    Purchase {
        /// Who bought.
        user: UserId,
        /// What: the same item can't be bought twice.
        item: ItemId,
    },
}

/// The key that makes the reason unique in a store.
impl fmt::Display for EntryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Award {
                user,
                content,
                total,
            } => write!(f, "award/{content}/{total}/{user}"),
            Self::ModuleAward {
                user,
                module,
                total,
            } => write!(f, "module-award/{module}/{total}/{user}"),
            Self::Purchase { user, item } => write!(f, "purchase/{item}/{user}"),
        }
    }
}
