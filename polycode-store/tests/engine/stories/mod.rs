//! Every story of the product, through the engine: the name of a test begins with the id of the
//! story that it proves.

mod accounts;
mod assessment;
mod catalogue;
mod certification;
mod integrity;
mod judging;
mod mails;
mod own_practice;
mod practice;
mod regrading;
mod reviewing;
pub(crate) mod shop;
mod teams;
