//! The resources, in the vocabulary of the product.

mod contents;
mod health;
mod practice;
mod submissions;

use aide::axum::ApiRouter;
use aide::transform::TransformOperation;
use axum::Json;
use polycode_core::Engine;

use crate::error::{ApiError, ErrorBody};
use crate::grader::Grader;

/// What every handler works with.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) engine: Engine,
    pub(crate) grader: Grader,
}

/// The resources that belong to a guest.
pub(crate) fn guest_routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .merge(contents::routes())
        .merge(submissions::routes())
        .merge(practice::routes())
}

/// The resources that belong to nobody.
pub(crate) fn public_routes() -> ApiRouter<Service> {
    health::routes()
}

type Reply<T> = Result<Json<T>, ApiError>;

/// The part of an operation's documentation that all have.
fn described<'t>(
    operation: TransformOperation<'t>,
    id: &str,
    tag: &str,
    summary: &str,
) -> TransformOperation<'t> {
    operation
        .id(id)
        .tag(tag)
        .summary(summary)
        .default_response_with::<Json<ErrorBody>, _>(|response| {
            response.description("What went wrong.")
        })
}
