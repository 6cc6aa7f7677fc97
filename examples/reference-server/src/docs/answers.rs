//! What every operation may answer beside what it is for: by what it reads, and by who may call.

use serde_json::{Map, Value, json};

use crate::error::ErrorCode;

/// An answer of many operations.
struct Answer {
    status: &'static str,
    name: &'static str,
    description: &'static str,
    /// The header that comes with it, and what it says.
    header: Option<(&'static str, &'static str)>,
}

const fn answer(status: &'static str, name: &'static str, description: &'static str) -> Answer {
    Answer {
        status,
        name,
        description,
        header: None,
    }
}

const RETRY_AFTER: (&str, &str) = ("Retry-After", "How many seconds to wait.");

const ANSWERS: [Answer; 15] = [
    answer("400", "BadRequest", "The body is not JSON."),
    Answer {
        header: Some(("WWW-Authenticate", "How to say who calls.")),
        ..answer(
            "401",
            "Unauthorized",
            "It is not known who calls, and it must be; or the token is not valid.",
        )
    },
    answer(
        "403",
        "Forbidden",
        "Others may do this, or the request comes from another site.",
    ),
    answer(
        "404",
        "NotFound",
        "It is not there, or not for the caller to see.",
    ),
    answer("408", "RequestTimeout", "The request took too long."),
    answer(
        "409",
        "Conflict",
        "It can't be done as things stand, or the same request is under way.",
    ),
    answer(
        "412",
        "PreconditionFailed",
        "Somebody else was faster: read it again.",
    ),
    answer("413", "ContentTooLarge", "The body is too large."),
    answer(
        "415",
        "UnsupportedMediaType",
        "The body is of another content type.",
    ),
    answer(
        "422",
        "Unprocessable",
        "Something in the request breaks a rule; `field` says what.",
    ),
    answer(
        "428",
        "PreconditionRequired",
        "An edit must say by `If-Match` which version it was made from.",
    ),
    Answer {
        header: Some(RETRY_AFTER),
        ..answer("429", "TooManyRequests", "The caller asks for too much.")
    },
    answer("500", "InternalError", "Something failed on the server."),
    answer(
        "501",
        "NotInstalled",
        "The server can't run programs in that language.",
    ),
    Answer {
        header: Some(RETRY_AFTER),
        ..answer("503", "Busy", "Too much is under way: try again.")
    },
];

/// Says of each operation how it may refuse, and what a caller may show.
pub(super) fn add(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, methods) in paths.into_iter().flatten() {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                if method == "post" && is_kept(operation) {
                    take_key(operation);
                }
                refuse(path, method, operation);
            }
        }
    }
    let responses = ANSWERS.iter().map(|answer| {
        let mut response = json!({
            "description": format!("{}{}", answer.description, codes(answer.status)),
            "content": {
                "application/json": { "schema": { "$ref": "#/components/schemas/ErrorBody" } },
            },
        });
        if let (Some((name, description)), Some(response)) =
            (answer.header, response.as_object_mut())
        {
            let header = json!({
                "description": description, "required": true, "schema": { "type": "string" },
            });
            response.insert("headers".to_owned(), json!({ name: header }));
        }
        (answer.name.to_owned(), response)
    });
    let components = document.get_mut("components");
    if let Some(components) = components.and_then(Value::as_object_mut) {
        let responses = responses.collect::<Map<_, _>>();
        components.insert("responses".to_owned(), Value::Object(responses));
        components.insert("securitySchemes".to_owned(), ways_to_call());
    }
}

/// What errors of a status are called.
fn codes(status: &str) -> String {
    let of_status = |code: &&ErrorCode| code.status().as_str() == status;
    let names = ErrorCode::ALL.iter().filter(of_status).map(|code| {
        let name = serde_json::to_value(code).unwrap_or_default();
        format!("`{}`", name.as_str().unwrap_or_default())
    });
    format!(" Codes: {}.", names.collect::<Vec<_>>().join(", "))
}

fn ways_to_call() -> Value {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of `POST /account/tokens`, or of the OpenID provider.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "polycode_session",
            "description": "Set by `POST /session`.",
        },
        "guest": {
            "type": "apiKey",
            "in": "cookie",
            "name": "polycode_guest",
            "description": "Set for whoever shows nothing, where guests may practise.",
        },
    })
}

/// Whether the reply to the same POST is kept; not where it holds secrets.
fn is_kept(operation: &Map<String, Value>) -> bool {
    let tags = operation.get("tags").and_then(Value::as_array);
    tags.is_none_or(|tags| !tags.contains(&json!("accounts")))
}

fn take_key(operation: &mut Map<String, Value>) {
    let parameter = json!({
        "in": "header",
        "name": "Idempotency-Key",
        "description": "Names the request, so that it can be sent again safely for a day.",
        "schema": {
            "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$",
        },
    });
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        parameters.push(parameter);
    }
}

fn refuse(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let statuses = refusals(path, method, operation);
    let responses = operation.get_mut("responses");
    let Some(responses) = responses.and_then(Value::as_object_mut) else {
        return;
    };
    responses.remove("default");
    for answer in &ANSWERS {
        if statuses.contains(&answer.status) {
            let reference = format!("#/components/responses/{}", answer.name);
            responses.insert(answer.status.to_owned(), json!({ "$ref": reference }));
        }
    }
    responses.sort_keys();
}

fn refusals(path: &str, method: &str, operation: &Map<String, Value>) -> Vec<&'static str> {
    let mut statuses = vec!["408", "500"];
    match path {
        "/health" => return statuses,
        "/ready" => return vec!["408", "500", "503"],
        _ => {}
    }
    statuses.extend(["401", "429"]);
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let has = |key: &str, value: &str| {
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter.get(key).and_then(Value::as_str) == Some(value))
    };
    let (changes, has_body) = (method != "get", operation.contains_key("requestBody"));
    let tags = operation.get("tags").and_then(Value::as_array);
    let is_about = |tag: &str| tags.is_some_and(|tags| tags.contains(&json!(tag)));
    if changes {
        statuses.extend(["403", "409", "503"]);
    }
    if operation.contains_key("security") {
        statuses.push("403");
    }
    if has_body {
        statuses.extend(["400", "413", "415"]);
    }
    if has_body || path.contains('{') || path.starts_with("/own/") || has("name", "content") {
        statuses.push("404");
    }
    if has_body || has("in", "query") || has("in", "header") {
        statuses.push("422");
    }
    if has("name", "If-Match") {
        statuses.extend(["412", "428"]);
    }
    if changes && (is_about("submissions") || is_about("attempts")) {
        statuses.push("501");
    }
    statuses
}
