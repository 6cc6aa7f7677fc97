//! The page, and the files that it is made of.

use axum::Router;
use axum::http::header;
use axum::routing::{MethodRouter, get};

/// The page itself: it makes a guest of whoever opens it.
pub(crate) fn page_routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/", file("text/html; charset=utf-8", INDEX))
}

/// The page's scripts and styles.
pub(crate) fn asset_routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    ASSETS
        .iter()
        .fold(Router::new(), |router, (path, content_type, text)| {
            router.route(path, file(content_type, text))
        })
}

const INDEX: &str = include_str!("../assets/index.html");

const SCRIPT: &str = "text/javascript; charset=utf-8";

const ICON: &str = include_str!("../assets/icon.svg");

const ASSETS: [(&str, &str, &str); 11] = [
    (
        "/assets/style.css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    ),
    ("/assets/icon.svg", "image/svg+xml", ICON),
    // Where a browser looks for the icon of a page that names none, such as the API's.
    ("/favicon.ico", "image/svg+xml", ICON),
    ("/assets/main.js", SCRIPT, include_str!("../assets/main.js")),
    ("/assets/api.js", SCRIPT, include_str!("../assets/api.js")),
    ("/assets/dom.js", SCRIPT, include_str!("../assets/dom.js")),
    (
        "/assets/content.js",
        SCRIPT,
        include_str!("../assets/content.js"),
    ),
    (
        "/assets/editor.js",
        SCRIPT,
        include_str!("../assets/editor.js"),
    ),
    (
        "/assets/feedback.js",
        SCRIPT,
        include_str!("../assets/feedback.js"),
    ),
    (
        "/assets/highlight.js",
        SCRIPT,
        include_str!("../assets/highlight.js"),
    ),
    (
        "/assets/source.js",
        SCRIPT,
        include_str!("../assets/source.js"),
    ),
];

/// A file that a browser may keep, but asks for again.
fn file<S: Clone + Send + Sync + 'static>(
    content_type: &'static str,
    text: &'static str,
) -> MethodRouter<S> {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    get(async move || (headers, text))
}
