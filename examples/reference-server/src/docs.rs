//! The `OpenAPI` document, made from the handlers and their types, and the page that shows it to
//! people. The page needs no script and nothing from elsewhere.

use aide::axum::ApiRouter;
use aide::openapi::{Info, License, OpenApi, Tag};
use aide::transform::TransformOpenApi;
use axum::Router;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

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

/// The document as a page for people.
pub(crate) fn page(document: &Value) -> String {
    let title = escape(text(&document["info"], "title"));
    let about = escape(text(&document["info"], "description"));
    let version = escape(text(&document["info"], "version"));
    let mut main = String::new();
    for tag in document["tags"].as_array().into_iter().flatten() {
        let name = text(tag, "name");
        let about = escape(text(tag, "description"));
        main += &format!("<h2>{}</h2><p>{about}</p>", escape(name));
        for (path, methods) in fields(&document["paths"]) {
            for (method, operation) in fields(methods) {
                let belongs = |tags: &Vec<Value>| tags.iter().any(|tag| tag == name);
                if operation["tags"].as_array().is_some_and(belongs) {
                    main += &operation_html(method, path, operation);
                }
            }
        }
    }
    main += "<h2>Schemas</h2>";
    for (name, schema) in fields(&document["components"]["schemas"]) {
        let name = escape(name);
        main += &format!(
            "<details class=\"schema\" id=\"schema-{name}\"><summary><code>{name}</code></summary>{}</details>",
            json_html(schema)
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} API</title><link rel=\"icon\" href=\"/assets/icon.svg\">\
         <link rel=\"stylesheet\" href=\"/assets/style.css\"></head><body>\
         <header class=\"bar\"><a class=\"brand\" href=\"/\">PolyCode</a>\
         <nav aria-label=\"Site\"><a href=\"/openapi.json\">openapi.json</a></nav></header>\
         <main class=\"docs\"><h1>{title} API <small>{version}</small></h1><p>{about}</p>{main}\
         </main></body></html>"
    )
}

fn operation_html(method: &str, path: &str, operation: &Value) -> String {
    let (method, path) = (escape(&method.to_uppercase()), escape(path));
    let summary = escape(text(operation, "summary"));
    let about = escape(text(operation, "description"));
    let mut html = format!(
        "<section class=\"operation\"><h3><code><b>{method}</b> {path}</code> {summary}</h3><p>{about}</p>"
    );
    let parameters = operation["parameters"].as_array();
    if let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) {
        html += "<h4>Parameters</h4><dl>";
        for parameter in parameters {
            let need = if parameter["required"] == true {
                ""
            } else {
                ", optional"
            };
            html += &format!(
                "<dt><code>{}</code> <small>{}{need}</small></dt><dd>{}</dd>",
                escape(text(parameter, "name")),
                escape(text(parameter, "in")),
                escape(text(parameter, "description")),
            );
        }
        html += "</dl>";
    }
    if let Some(schema) = schema_of(&operation["requestBody"]) {
        html += &format!("<h4>Body</h4><p>{}</p>", reference_html(schema));
    }
    html += "<h4>Replies</h4><dl>";
    for (status, response) in fields(&operation["responses"]) {
        let status = if status == "default" {
            "otherwise"
        } else {
            status
        };
        let shape = schema_of(response).map(reference_html).unwrap_or_default();
        html += &format!(
            "<dt><code>{}</code></dt><dd>{} {shape}</dd>",
            escape(status),
            escape(text(response, "description")),
        );
    }
    html + "</dl></section>"
}

fn schema_of(body: &Value) -> Option<&Value> {
    body.pointer("/content/application~1json/schema")
}

fn reference_html(schema: &Value) -> String {
    let name = schema["$ref"]
        .as_str()
        .and_then(|reference| reference.rsplit('/').next());
    match name.map(escape) {
        Some(name) => format!("<a href=\"#schema-{name}\"><code>{name}</code></a>"),
        None => json_html(schema),
    }
}

fn json_html(value: &Value) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("<pre><code>{}</code></pre>", escape(&pretty))
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
