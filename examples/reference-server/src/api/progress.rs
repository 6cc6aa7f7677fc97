//! SU-1: how the judging of a submission goes on, told as it happens (server-sent events of the
//! HTML standard).

use std::convert::Infallible;
use std::time::Duration;

use aide::OperationOutput;
use aide::generate::GenContext;
use aide::openapi::{Operation, Response as Documented, StatusCode};
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use polycode_core::id::SubmissionId;
use polycode_core::judging::JudgingState;
use polycode_core::permission::Actor;
use schemars::json_schema;
use tokio::time::{sleep, timeout};

use super::Service;
use super::paths::SubmissionPath;
use super::submissions::details;
use crate::caller::Somebody;
use crate::error::ApiError;
use crate::extract::{Named, media};
use crate::grader::Listener;
use crate::view::SubmissionDetails;

/// How long one stream lasts; browsers ask again by themselves, as whoever they are by then.
const LONGEST: Duration = Duration::from_mins(1);
/// How often the store is asked, for another process may have judged.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How long browsers wait before they ask again.
const RETRY: Duration = Duration::from_secs(2);

/// Events of a submission.
pub(super) struct Events(Response);

/// Sends where the submission stands, and once more when it is judged; then the stream ends.
pub(super) async fn follow(
    State(service): State<Service>,
    Somebody(actor): Somebody,
    Named(SubmissionPath { submission: id }): Named<SubmissionPath>,
) -> Result<Events, ApiError> {
    let now = details(&service.engine, &actor, id).await?;
    if !is_pending(&now) {
        return Ok(Events::of(stream::iter([event("judged", &now)])));
    }
    let listener = service.grader.listen().ok_or_else(ApiError::busy)?;
    let received = stream::iter([event("received", &now)]);
    let later = stream::once(timeout(LONGEST, judged(service, actor, id, listener)));
    let later = later.filter_map(async |ended| match ended {
        Ok(Ok(Some(details))) => Some(event("judged", &details)),
        // Whoever may not read it any more, or whose stream lasted too long, asks again.
        Ok(Ok(None) | Err(_)) | Err(_) => None,
    });
    Ok(Events::of(received.chain(later)))
}

/// The submission once it is judged; none when the server stops before.
async fn judged(
    service: Service,
    actor: Actor,
    id: SubmissionId,
    mut listener: Listener,
) -> Result<Option<SubmissionDetails>, ApiError> {
    loop {
        let now = details(&service.engine, &actor, id).await?;
        if !is_pending(&now) {
            return Ok(Some(now));
        }
        tokio::select! {
            is_open = listener.hear(id) => if !is_open { return Ok(None) },
            () = sleep(LOOK_AGAIN) => {}
        }
    }
}

const fn is_pending(details: &SubmissionDetails) -> bool {
    matches!(details.submission.judging, JudgingState::Pending)
}

fn event(name: &str, details: &SubmissionDetails) -> Event {
    let event = Event::default().event(name).retry(RETRY);
    match serde_json::to_string(details) {
        Ok(json) => event.data(json),
        Err(error) => {
            tracing::error!(%error, "a submission can't be written down");
            event
        }
    }
}

impl Events {
    fn of(events: impl Stream<Item = Event> + Send + 'static) -> Self {
        let events = events.map(Ok::<_, Infallible>);
        Self(
            Sse::new(events)
                .keep_alive(KeepAlive::default())
                .into_response(),
        )
    }
}

impl IntoResponse for Events {
    fn into_response(self) -> Response {
        self.0
    }
}

impl OperationOutput for Events {
    type Inner = String;

    fn operation_response(_: &mut GenContext, _: &mut Operation) -> Option<Documented> {
        let events = media(json_schema!({ "type": "string" }));
        let content = [("text/event-stream".to_owned(), events)];
        Some(Documented {
            description: "`received` while it waits, `judged` when it is judged; each has the \
                          submission as `getSubmission` gives it."
                .to_owned(),
            content: content.into_iter().collect(),
            ..Documented::default()
        })
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut Operation,
    ) -> Vec<(Option<StatusCode>, Documented)> {
        let response = Self::operation_response(ctx, operation);
        response
            .map(|response| (Some(StatusCode::Code(200)), response))
            .into_iter()
            .collect()
    }
}
