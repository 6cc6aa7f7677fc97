//! Polypoints: a double-entry, append-only ledger and the wallets that it adds up to, what they
//! buy, and who has how many.

mod documents;
pub mod ledger;
pub mod purchase;
pub mod ranking;
pub mod wallet;

pub use ledger::{Account, Entry, EntryReason};
pub use purchase::{Offer, Payment, Purchase, PurchaseEvent, Sale};
pub use ranking::{Place, Ranking, team_points};
pub use wallet::{Wallet, WalletEvent};
