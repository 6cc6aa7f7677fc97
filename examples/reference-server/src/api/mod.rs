//! The resources, in the vocabulary of the product. Each part of it has its own file: a table of
//! routes, and handlers that say what to ask the engine.

mod accounts;
mod attempts;
mod authoring;
mod badges;
mod campaigns;
mod candidates;
mod catalogue;
mod certification;
mod health;
mod integrity;
mod invitations;
mod judging;
mod list;
mod modules;
mod operation;
mod paths;
mod people;
mod practice;
mod progress;
mod reply;
mod results;
mod sessions;
mod shop;
mod submissions;
mod teams;
mod tests;

pub(crate) use crate::service::Service;
use aide::axum::ApiRouter;
use aide::transform::TransformOperation;

/// The resources of those who call.
pub(crate) fn routes() -> ApiRouter<Service> {
    [
        accounts::routes(),
        attempts::routes(),
        authoring::routes(),
        badges::routes(),
        campaigns::routes(),
        candidates::routes(),
        catalogue::routes(),
        certification::routes(),
        integrity::routes(),
        invitations::routes(),
        judging::routes(),
        modules::routes(),
        operation::routes(),
        people::routes(),
        practice::routes(),
        results::routes(),
        shop::routes(),
        submissions::routes(),
        teams::routes(),
        tests::routes(),
    ]
    .into_iter()
    .fold(ApiRouter::new(), ApiRouter::merge)
}

/// The resources whose replies hold secrets: no reply of theirs is kept.
pub(crate) fn secret_routes() -> ApiRouter<Service> {
    sessions::routes()
}

/// The resources that ask nobody who they are.
pub(crate) fn public_routes() -> ApiRouter<Service> {
    health::routes()
}

/// An operation's documentation: its id, its part of the product, and what it is for.
fn about(
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
) -> impl FnOnce(TransformOperation<'_>) -> TransformOperation<'_> {
    move |operation| described(operation, id, tag, summary)
}

/// The part of an operation's documentation that all have.
pub(crate) fn described<'t>(
    operation: TransformOperation<'t>,
    id: &str,
    tag: &str,
    summary: &str,
) -> TransformOperation<'t> {
    operation.id(id).tag(tag).summary(summary)
}
