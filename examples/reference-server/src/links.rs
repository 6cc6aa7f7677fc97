//! The pages that links in mails lead to. Opening one changes nothing, so that programs which
//! look at mails use no link up; its button does. They need no script.

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use polycode_core::permission::Actor;
use serde::Deserialize;

use crate::accounts::{InvitationAnswer, Password};
use crate::caller::Caller;
use crate::error::{ApiError, ErrorCode};
use crate::markdown::escape;
use crate::service::Service;

pub(crate) fn routes() -> Router<Service> {
    Router::new()
        .route("/links/address/{secret}", get(ask_address).post(confirm))
        .route("/links/password/{secret}", get(ask_password).post(reset))
        .route("/links/team/{secret}", get(ask_team).post(answer_team))
        .route(
            "/links/invitation/{token}",
            get(ask_invitation).post(answer_invitation),
        )
}

/// The answer that was chosen in a mail, and is sent by the button.
#[derive(Debug, Deserialize)]
struct Answered {
    answer: InvitationAnswer,
}

#[derive(Debug, Deserialize)]
struct NewPassword {
    password: Password,
}

async fn ask_address() -> Html<String> {
    form("Confirm your address", "<button>Confirm</button>")
}

async fn confirm(State(service): State<Service>, Path(secret): Path<String>) -> Response {
    told(
        service.accounts.confirm(&secret).await,
        "Your address is confirmed. You can sign in now.",
    )
}

async fn ask_password() -> Html<String> {
    form(
        "Set a new password",
        "<label>New password, 10 to 200 characters: <input type=\"password\" name=\"password\" \
         minlength=\"10\" maxlength=\"200\" autocomplete=\"new-password\" required></label> \
         <button>Set</button>",
    )
}

async fn reset(
    State(service): State<Service>,
    Path(secret): Path<String>,
    form: Result<Form<NewPassword>, axum::extract::rejection::FormRejection>,
) -> Response {
    let done = if let Ok(Form(NewPassword { password })) = form {
        service.accounts.reset_password(&secret, password).await
    } else {
        let message = "a password has 10 to 200 characters";
        Err(ApiError::new(ErrorCode::Invalid, message))
    };
    told(done, "Your password is set. You can sign in now.")
}

async fn ask_team(Query(Answered { answer }): Query<Answered>) -> Html<String> {
    match answer {
        InvitationAnswer::Accept => {
            form("Invitation to a team", &button("accept", "Join the team"))
        }
        InvitationAnswer::Reject => form(
            "Invitation to a team",
            &button("reject", "Reject the invitation"),
        ),
    }
}

async fn answer_team(
    State(service): State<Service>,
    Path(secret): Path<String>,
    Form(Answered { answer }): Form<Answered>,
) -> Response {
    let done = service
        .accounts
        .answer_team_invitation(&secret, answer)
        .await;
    told(done, "Your answer has arrived.")
}

async fn ask_invitation(
    State(service): State<Service>,
    Path(token): Path<String>,
    Query(Answered { answer }): Query<Answered>,
) -> Response {
    let introduction = match service.engine.invitation(&token).await {
        Ok(introduction) => introduction,
        Err(error) => return told(Err(error.into()), ""),
    };
    let button = match answer {
        InvitationAnswer::Accept => button("accept", "Accept"),
        InvitationAnswer::Reject => button("reject", "Decline"),
    };
    form(&introduction.text.name, &button).into_response()
}

async fn answer_invitation(
    State(service): State<Service>,
    caller: Caller,
    Path(token): Path<String>,
    Form(Answered { answer }): Form<Answered>,
) -> Response {
    let done = match answer {
        InvitationAnswer::Reject => {
            let guest = Actor::guest();
            let declined = service.engine.decline_invitation(&guest, &token).await;
            declined.map_err(ApiError::from)
        }
        InvitationAnswer::Accept => accept(&service, &caller, &token).await,
    };
    told(done, "Your answer has arrived.")
}

async fn accept(service: &Service, caller: &Caller, token: &str) -> Result<(), ApiError> {
    if caller.is_guest() {
        let message = "sign in first, or make an account for the address of the invitation; then \
                       open the link again";
        return Err(ApiError::new(ErrorCode::NotSignedIn, message));
    }
    let user = caller.actor.signed_in("accepting an invitation")?;
    let address = service.accounts.confirmed_address(user).await?;
    let accepted = service
        .engine
        .accept_invitation(&caller.actor, token, address.as_ref());
    accepted.await?;
    Ok(())
}

fn button(answer: &str, label: &str) -> String {
    format!("<button name=\"answer\" value=\"{answer}\">{label}</button>")
}

/// A page that asks for one press of a button. The form goes to the page's own address.
fn form(title: &str, inputs: &str) -> Html<String> {
    page(title, &format!("<form method=\"post\">{inputs}</form>"))
}

fn told(done: Result<(), ApiError>, message: &str) -> Response {
    match done {
        Ok(()) => page(message, "<p><a href=\"/\">PolyCode</a></p>").into_response(),
        Err(error) => (error.status(), page(&error.message(), "")).into_response(),
    }
}

fn page(title: &str, body: &str) -> Html<String> {
    let title = escape(title);
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"referrer\" content=\"no-referrer\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/assets/style.css\"></head>\
         <body><main><h1>{title}</h1>{body}</main></body></html>"
    ))
}
