//! From the events of the engine to letters. An event that is read twice is written down once:
//! letters are known by the event's id.

use polycode_core::assessment::CandidateEvent;
use polycode_core::event::Event;
use polycode_core::people::{TeamEvent, UserEvent};
use polycode_core::permission::Actor;
use polycode_core::quantity::Cursor;
use sqlx::{Row, SqliteConnection};

use super::{Letter, Mailer, post};
use crate::error::ApiError;

const READER: &str = "mailer";
const AT_ONCE: u32 = 100;

impl Mailer {
    /// Writes down what the events since the last call give to write.
    pub(super) async fn collect(&self) -> Result<(), ApiError> {
        let accounts = &self.accounts;
        loop {
            let after = self.cursor().await?;
            let service = Actor::service();
            let events = accounts.engine.events(&service, after, AT_ONCE).await?;
            let Some(last) = events.last().map(|event| event.cursor) else {
                return Ok(());
            };
            let mut transaction = accounts.pool.begin().await?;
            for logged in events {
                let letters = letters_of(logged.recorded.event);
                for (number, letter) in letters.iter().enumerate() {
                    let id = format!("{}-{number}", logged.recorded.id);
                    post(&mut transaction, &id, letter, accounts.now()).await?;
                }
            }
            note_cursor(&mut transaction, last).await?;
            transaction.commit().await?;
        }
    }

    /// Begins at the end of the log where no event was ever read: what happened before there were
    /// mails is not told any more.
    pub(super) async fn begin_at_the_end(&self) -> Result<(), ApiError> {
        if self.known_cursor().await?.is_some() {
            return Ok(());
        }
        let service = Actor::service();
        let mut end = Cursor(0);
        loop {
            let events = self.accounts.engine.events(&service, end, AT_ONCE).await?;
            match events.last() {
                Some(last) => end = last.cursor,
                None => break,
            }
        }
        let mut connection = self.accounts.pool.acquire().await?;
        note_cursor(&mut connection, end).await
    }

    /// How far the events were read.
    async fn cursor(&self) -> Result<Cursor, ApiError> {
        Ok(self.known_cursor().await?.unwrap_or(Cursor(0)))
    }

    async fn known_cursor(&self) -> Result<Option<Cursor>, ApiError> {
        let row = sqlx::query("SELECT cursor FROM cursors WHERE reader = ?")
            .bind(READER)
            .fetch_optional(&self.accounts.pool)
            .await?;
        let cursor = row.map(|row| row.try_get::<i64, _>("cursor")).transpose()?;
        Ok(cursor.map(|cursor| Cursor(cursor.unsigned_abs())))
    }
}

async fn note_cursor(connection: &mut SqliteConnection, cursor: Cursor) -> Result<(), ApiError> {
    sqlx::query(
        "INSERT INTO cursors (reader, cursor) VALUES (?, ?)
         ON CONFLICT (reader) DO UPDATE SET cursor = excluded.cursor",
    )
    .bind(READER)
    .bind(i64::try_from(cursor.0).unwrap_or(i64::MAX))
    .execute(connection)
    .await?;
    Ok(())
}

fn letters_of(event: Event) -> Vec<Letter> {
    match event {
        Event::User(UserEvent::Registered { user, .. }) => vec![
            Letter::Welcome { user: user.clone() },
            Letter::ConfirmAddress { user },
        ],
        Event::User(UserEvent::AddressChanged { user, .. }) => {
            vec![Letter::ConfirmAddress { user }]
        }
        Event::Team(TeamEvent::Invited { team, user, .. }) => {
            vec![Letter::TeamInvitation { user, team }]
        }
        Event::Team(TeamEvent::Kicked { team, user }) => vec![Letter::TeamKick { user, team }],
        Event::Team(TeamEvent::Dissolved { team, members, .. }) => {
            let to = |user| Letter::TeamDissolved { user, team };
            members.into_iter().map(to).collect()
        }
        Event::Candidate(CandidateEvent::TestFinished { candidate, .. }) => {
            vec![Letter::TestReceived { candidate }]
        }
        _ => Vec::new(),
    }
}
