//! Takes letters to the transport. What a mail server refused for now is tried again; what may
//! have arrived is not sent a second time.

use jiff::SignedDuration;
use polycode_core::assessment::Address;
use polycode_core::id::{TeamId, UserId};
use polycode_core::people::Notices;
use polycode_core::permission::{Actor, Role};
use polycode_core::{EngineError, Refusal};
use sqlx::Row;
use tracing::Instrument;

use super::words::{Facts, Language, write};
use super::{Letter, Mail, Mailer, SendError};
use crate::accounts::Purpose;
use crate::error::ApiError;
use crate::traces;

/// What came of the letters that were due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the mail server.
    pub sent: u32,
    /// To be tried again.
    pub delayed: u32,
    /// Given up: refused for good, or refused too often.
    pub failed: u32,
    /// Perhaps sent: the connection was lost before the mail server answered.
    pub in_doubt: u32,
    /// Not sent, since there is nobody any more to send them to, or they are not wanted.
    pub dropped: u32,
}

/// The most letters that are sent in one call.
const AT_ONCE: i64 = 50;
/// How often a letter is tried, over about two days.
const TRIES: u32 = 12;
/// The time before the second try; it doubles with each.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(60);

impl Mailer {
    /// Collects what there is to write and sends what is due.
    ///
    /// # Errors
    /// When a database fails. What was sent before stays sent.
    pub async fn work(&self) -> Result<Delivered, ApiError> {
        self.collect().await?;
        let mut delivered = Delivered::default();
        let due = sqlx::query(
            "SELECT id, letter, tries FROM mails WHERE state = 'waiting' AND due_at <= ?
             ORDER BY due_at, id LIMIT ?",
        )
        .bind(self.accounts.now())
        .bind(AT_ONCE)
        .fetch_all(&self.accounts.pool)
        .await?;
        for row in due {
            let letter: Letter = serde_json::from_str(row.try_get("letter")?)?;
            let id: String = row.try_get("id")?;
            let tries: u32 = row.try_get("tries")?;
            self.deliver(&id, &letter, tries + 1, &mut delivered)
                .await?;
        }
        Ok(delivered)
    }

    /// Notes what a process that ended may or may not have sent; the first time ever, also that
    /// nothing is written about what happened until now. To be called before the first
    /// [`Mailer::work`], by the only process that sends.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn settle(&self) -> Result<(), ApiError> {
        let unsure = sqlx::query(
            "UPDATE mails SET state = 'in_doubt', letter = NULL WHERE state = 'sending'",
        );
        let unsure = unsure.execute(&self.accounts.pool).await?.rows_affected();
        if unsure > 0 {
            tracing::warn!(unsure, "mails may have been sent before the process ended");
        }
        self.begin_at_the_end().await
    }

    async fn deliver(
        &self,
        id: &str,
        letter: &Letter,
        tries: u32,
        delivered: &mut Delivered,
    ) -> Result<(), ApiError> {
        let Some(mail) = self.address(id, letter).await? else {
            delivered.dropped += 1;
            return self.note(id, "dropped", tries, 0).await;
        };
        let span = traces::mailing(letter);
        let reached = self.transport.reach().instrument(span.clone()).await;
        traces::mailed(&span, &reached);
        if let Err(failed) = reached {
            tracing::warn!(%failed, "the mail server can't be reached");
            return self.delay(id, tries, delivered).await;
        }
        self.note(id, "sending", tries, 0).await?;
        let sent = self.transport.send(&mail).instrument(span.clone()).await;
        traces::mailed(&span, &sent);
        match &sent {
            Ok(()) => tracing::info!(id, ?letter, "a mail was sent"),
            Err(failed) => tracing::warn!(id, ?letter, %failed, "a mail was not sent"),
        }
        match sent {
            Ok(()) => {
                delivered.sent += 1;
                self.note(id, "sent", tries, 0).await
            }
            Err(SendError::Later(_)) => self.delay(id, tries, delivered).await,
            Err(SendError::Never(_)) => {
                delivered.failed += 1;
                self.note(id, "failed", tries, 0).await
            }
            Err(SendError::Unsure(_)) => {
                delivered.in_doubt += 1;
                self.note(id, "in_doubt", tries, 0).await
            }
        }
    }

    async fn delay(&self, id: &str, tries: u32, delivered: &mut Delivered) -> Result<(), ApiError> {
        if tries >= TRIES {
            delivered.failed += 1;
            return self.note(id, "failed", tries, 0).await;
        }
        delivered.delayed += 1;
        let pause = FIRST_PAUSE.saturating_mul(1_i32 << (tries - 1).min(TRIES));
        let due = self.accounts.now() + i64::try_from(pause.as_millis()).unwrap_or(i64::MAX / 2);
        self.note(id, "waiting", tries, due).await
    }

    /// Notes how far a letter has come; once it is over, what it said is erased.
    async fn note(&self, id: &str, state: &str, tries: u32, due: i64) -> Result<(), ApiError> {
        sqlx::query(
            "UPDATE mails SET state = ?1, tries = ?2, due_at = ?3,
             letter = CASE WHEN ?1 IN ('waiting', 'sending') THEN letter END WHERE id = ?4",
        )
        .bind(state)
        .bind(tries)
        .bind(due)
        .bind(id)
        .execute(&self.accounts.pool)
        .await?;
        Ok(())
    }

    /// A letter with an address and words; none when there is nobody to send it to.
    async fn address(&self, id: &str, letter: &Letter) -> Result<Option<Mail>, ApiError> {
        match self.facts(letter).await {
            Ok(Some((to, facts))) => {
                let (subject, text, html) = write(letter, &facts);
                let id = id.to_owned();
                Ok(Some(Mail {
                    id,
                    to,
                    subject,
                    text,
                    html,
                }))
            }
            // The person, the team or the campaign may be gone.
            Ok(None) | Err(EngineOr::Engine(EngineError::Refused(Refusal::NotFound { .. }))) => {
                Ok(None)
            }
            Err(EngineOr::Engine(error)) => Err(error.into()),
            Err(EngineOr::Own(error)) => Err(error),
        }
    }

    async fn facts(&self, letter: &Letter) -> Result<Option<(Address, Facts)>, EngineOr> {
        let engine = &self.accounts.engine;
        let (user, about) = match letter {
            Letter::Welcome { user } => (user, About::Welcome),
            Letter::ConfirmAddress { user } => (user, About::Address),
            Letter::AlreadyRegistered { user } | Letter::ResetPassword { user } => {
                (user, About::Password)
            }
            Letter::TeamInvitation { user, team } => {
                let team = engine.team(&Actor::service(), *team).await?;
                (user, About::Invitation(team.profile.name, team.team))
            }
            Letter::TeamKick { user, team } | Letter::TeamDissolved { user, team } => {
                let team = engine.team(&Actor::service(), *team).await?;
                (user, About::Team(team.profile.name))
            }
            Letter::TestReceived { candidate } => {
                let candidate = engine.candidate(&overseer(), *candidate).await?;
                let campaign = engine.campaign(&overseer(), candidate.campaign).await?;
                let Some(user) = candidate.user else {
                    return Ok(None);
                };
                let about = About::Test(campaign.text.name);
                return self.facts_of_user(&user, about).await;
            }
            Letter::CampaignInvitation {
                campaign,
                name,
                address,
                token,
                expires_at,
            } => {
                let campaign = engine.campaign(&overseer(), *campaign).await?;
                let facts = Facts {
                    language: self.settings.language,
                    name: name.clone(),
                    subject: campaign.text.name,
                    link: format!("{}/links/invitation/{token}", self.settings.public_url),
                    until: Some(*expires_at),
                };
                return Ok(Some((address.clone(), facts)));
            }
        };
        self.facts_of_user(user, about).await
    }

    async fn facts_of_user(
        &self,
        user: &UserId,
        about: About,
    ) -> Result<Option<(Address, Facts)>, EngineOr> {
        let accounts = &self.accounts;
        let account = accounts.engine.account(&Actor::service(), user).await?;
        let is_optional = matches!(about, About::Team(_));
        if is_optional && account.settings.notices == Notices::Needed {
            return Ok(None);
        }
        let address = match about {
            About::Password => accounts.sign_in_address(user).await?,
            About::Welcome | About::Address => {
                let written = account.profile.email.as_deref();
                written.and_then(|email| Address::new(email).ok())
            }
            _ => accounts.confirmed_address(user).await?,
        };
        let Some(address) = address else {
            return Ok(None);
        };
        let is_about_address = matches!(about, About::Address);
        if is_about_address && accounts.confirmed_address(user).await?.as_ref() == Some(&address) {
            // Somebody else has made sure of it, such as an OpenID provider.
            return Ok(None);
        }
        let purpose = match about {
            About::Address => Some((Purpose::ConfirmAddress, address.to_string())),
            About::Password => Some((Purpose::ResetPassword, address.to_string())),
            About::Invitation(_, team) => Some((Purpose::AnswerTeamInvitation, team.to_string())),
            About::Welcome | About::Team(_) | About::Test(_) => None,
        };
        let url = &self.settings.public_url;
        let link = match purpose {
            Some((purpose, about)) => {
                let secret = accounts.make_link(user, purpose, &about).await?;
                format!("{url}/links/{}/{secret}", purpose.path())
            }
            None => url.clone(),
        };
        let facts = Facts {
            language: Language::of(&account.settings.locale),
            name: account.profile.name,
            subject: about.name(),
            link,
            until: None,
        };
        Ok(Some((address, facts)))
    }
}

/// What a letter to a user is about.
enum About {
    /// Their new account.
    Welcome,
    /// Their address.
    Address,
    /// Their password.
    Password,
    /// An invitation to a team of this name.
    Invitation(String, TeamId),
    /// A team of this name.
    Team(String),
    /// The test of a campaign of this name.
    Test(String),
}

impl About {
    fn name(self) -> String {
        match self {
            Self::Invitation(name, _) | Self::Team(name) | Self::Test(name) => name,
            Self::Welcome | Self::Address | Self::Password => String::new(),
        }
    }
}

/// Whose failure it was.
enum EngineOr {
    Engine(EngineError),
    Own(ApiError),
}

impl From<EngineError> for EngineOr {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<ApiError> for EngineOr {
    fn from(error: ApiError) -> Self {
        Self::Own(error)
    }
}

/// Who reads what mails need of campaigns and their candidates.
fn overseer() -> Actor {
    Actor::service().with(Role::Admin)
}
