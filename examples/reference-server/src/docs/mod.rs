//! The `OpenAPI` document, made from the handlers and their types, and the page that shows it to
//! people. The page needs nothing from elsewhere.

mod answers;
mod schemas;

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

use crate::service::Service;

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
                 polypoints, teams, tests and campaigns. Scores are in millionths of the full \
                 mark. Who calls is known by the cookie of a session or by a bearer token; \
                 otherwise they are guests. Documents that several people edit have an `ETag`, \
                 which an edit gives back as `If-Match`. A POST with an `Idempotency-Key` can be \
                 sent again safely for a day."
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
    let mut document = serde_json::to_value(document).unwrap_or_default();
    answers::add(&mut document);
    schemas::reshape(&mut document);
    (routes, document)
}

fn tags(api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    let tag = |name: &str, description: &str| Tag {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ..Tag::default()
    };
    let tags = [
        ("accounts", "Signing up and in, and one's own account."),
        ("catalogue", "What there is to learn from."),
        ("authoring", "Writing contents and modules."),
        ("submissions", "Answers, and what is thought of them."),
        ("judging", "Marks by people, and judging again."),
        ("practice", "Progress and polypoints of the caller."),
        ("shop", "What polypoints buy."),
        ("people", "What others see of users."),
        ("teams", "Teams, their captains and members."),
        ("tests", "Tests, by those who make them."),
        ("campaigns", "Tests carried out on candidates."),
        ("candidates", "The candidates of a campaign."),
        ("invitations", "What one is invited to."),
        ("attempts", "Sitting a test."),
        ("results", "What came of a campaign."),
        (
            "integrity",
            "Answers that are alike, and how they were typed.",
        ),
        ("certification", "Certificates."),
        ("operation", "For those who run the server."),
    ];
    tags.into_iter().fold(api, |api, (name, description)| {
        api.tag(tag(name, description))
    })
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
