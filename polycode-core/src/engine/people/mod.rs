//! Accounts and teams.

pub(super) mod accounts;
pub(super) mod teams;
