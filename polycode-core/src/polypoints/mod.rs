//! Polypoints: a double-entry, append-only ledger and the wallets that it adds up to, what they
//! buy, and who has how many.

mod documents;
pub mod ledger;
pub mod purchase;
pub(crate) mod ranking;
pub mod wallet;

pub use ledger::{Account, Entry, EntryReason};
pub use purchase::{Offer, Payment, Purchase, PurchaseEvent, Sale};
pub use wallet::{Wallet, WalletEvent};
