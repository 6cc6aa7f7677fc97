//! Every story of the product, through the engine: the name of a test begins with the id of the
//! story that it proves.

mod accounts;
mod mails;
mod practice;
pub(crate) mod shop;
mod teams;
