//! The `OpenAPI` document, made from the handlers and their types, and the page that shows it to
//! people. The page needs nothing from elsewhere.

use std::sync::LazyLock;

use aide::axum::ApiRouter;
use aide::openapi::{Info, License, OpenApi, Tag};
use aide::swagger::Swagger;
use aide::transform::TransformOpenApi;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::api::Service;

/// Builds the router and its documentation.
pub(crate) fn document(routes: impl FnOnce() -> ApiRouter<Service>) -> (Router<Service>, Value) {
    // OpenAPI 3.1 takes the schemas of JSON Schema 2020-12, aide's own default is older. The
    // generator collects schemas while the routes are made.
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    aide::generate::in_context(|context| context.schema = settings.into_generator());
    let routes = routes();
    let mut document = OpenApi {
        info: Info {
            title: "PolyCode".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: Some(
                "Contents to practise with, submissions judged in sandboxes, progress and \
                 polypoints. Scores are in millionths of the full mark. A caller is a guest, known \
                 by the cookie that the first reply sets."
                    .to_owned(),
            ),
            license: Some(License {
                name: "Apache-2.0 OR MIT".to_owned(),
                ..License::default()
            }),
            ..Info::default()
        },
        ..OpenApi::default()
    };
    let routes = routes.finish_api_with(&mut document, tags);
    (routes, serde_json::to_value(document).unwrap_or_default())
}

fn tags(api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    let tag = |name: &str, description: &str| Tag {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ..Tag::default()
    };
    api.tag(tag("contents", "What there is to learn from."))
        .tag(tag("submissions", "Answers, and what is thought of them."))
        .tag(tag("practice", "Progress and polypoints of the caller."))
        .tag(tag("operation", "For those who run the server."))
}

/// A page that shows the document to people and lets them try it.
pub(crate) async fn page() -> impl IntoResponse {
    // The page is one file: its script and styles stand in it.
    const POLICY: &str = "default-src 'self'; script-src 'unsafe-inline'; \
        style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
        frame-ancestors 'none'; object-src 'none'";
    static PAGE: LazyLock<String> =
        LazyLock::new(|| Swagger::new("/openapi.json").with_title("PolyCode").html());
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, Html(PAGE.as_str()))
}
