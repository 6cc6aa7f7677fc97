//! Every story of the product, through the engine: the name of a test begins with the id of the
//! story that it proves.

mod assessment;
mod accounts;
mod mails;
mod practice;
mod shop;
mod teams;
mod certification;
mod integrity;
mod judging;
mod regrading;
mod reviewing;
