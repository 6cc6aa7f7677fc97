//! Polypoints: a double-entry, append-only ledger and the wallets that it adds up to.

pub mod ledger;
pub mod wallet;

pub use ledger::{Account, Entry, EntryReason};
pub use wallet::{Wallet, WalletEvent};
