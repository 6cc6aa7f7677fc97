//! The audit log: who changed what and when, and who was refused. It knows people by their
//! opaque ids only.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tower_http::request_id::RequestId;

use crate::caller::Caller;
use crate::error::ApiError;
use crate::openid;
use crate::service::Service;

/// Writes a request down once it is answered, if it was to change something.
pub(crate) async fn write_down(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let is_read = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if is_read && !openid::is_step(request.uri().path()) {
        return next.run(request).await;
    }
    let entry = Entry::of(&request);
    let response = next.run(request).await;
    if let Err(error) = entry.insert(&service, response.status().as_u16()).await {
        tracing::error!(?error, "the audit log could not be written");
    }
    response
}

struct Entry {
    request: String,
    caller: String,
    method: String,
    path: String,
}

impl Entry {
    fn of(request: &Request) -> Self {
        let extensions = request.extensions();
        let id = extensions.get::<RequestId>();
        let id = id.and_then(|id| id.header_value().to_str().ok());
        let matched = extensions.get::<MatchedPath>().map(MatchedPath::as_str);
        // Secrets stand in some paths; in those the route says enough.
        let path = match matched {
            Some(route) if route.contains("{secret}") || route.contains("{token}") => route,
            _ => request.uri().path(),
        };
        Self {
            request: id.unwrap_or_default().to_owned(),
            caller: extensions
                .get::<Caller>()
                .map_or("guest", Caller::name)
                .to_owned(),
            method: request.method().to_string(),
            path: path.chars().take(500).collect(),
        }
    }

    async fn insert(self, service: &Service, status: u16) -> Result<(), ApiError> {
        sqlx::query(
            "INSERT INTO audit (at, request, caller, method, path, status)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(service.accounts.now())
        .bind(self.request)
        .bind(self.caller)
        .bind(self.method)
        .bind(self.path)
        .bind(status)
        .execute(&service.accounts.pool)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use sqlx::Row;
    use tower::ServiceExt;

    use super::*;
    use crate::accounts::testkit::accounts;
    use crate::mail::{Log, MailSettings, Mailer};
    use crate::report::ReportFonts;
    use crate::service::{Server, Settings};

    #[tokio::test]
    async fn given_a_step_of_signing_in_when_it_is_answered_then_it_is_written_down_without_secrets()
     {
        let (accounts, _) = accounts().await;
        let app = crate::app(Server {
            engine: accounts.engine.clone(),
            mailer: Mailer::new(accounts.clone(), Arc::new(Log), MailSettings::default()),
            accounts: accounts.clone(),
            openid: None,
            report_fonts: ReportFonts::default(),
            settings: Settings::default(),
        });
        for path in ["/contents", "/openid/callback?state=secret&code=secret"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            app.clone().oneshot(request).await.unwrap();
        }
        let written = sqlx::query("SELECT path, status FROM audit")
            .fetch_all(&accounts.pool)
            .await
            .unwrap();
        let written = written.iter().map(|row| (row.get(0), row.get(1)));
        let written: Vec<(String, u16)> = written.collect();
        assert_eq!(written, [("/openid/callback".to_owned(), 404)]);
    }
}
