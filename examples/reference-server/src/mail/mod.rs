//! Mails: written down where the event or the account is, sent from there, and never twice.
//!
//! A letter's way: an event of the engine or a use case of the accounts → `post` → the courier,
//! which addresses it, puts it into words and hands it to the [`Transport`]. Links get their
//! secrets only then.

mod collector;
mod courier;
mod letter;
mod transport;
mod words;

pub use courier::Delivered;
pub use letter::Letter;
pub use transport::{Folder, Log, Mail, SendError, Smtp, Transport};
pub use words::Language;

pub(crate) use letter::post;

use std::sync::Arc;

use polycode_core::engine::SentInvitation;

use crate::accounts::Accounts;
use crate::error::ApiError;

/// What sends the mails of a server.
#[derive(Debug, Clone)]
pub struct Mailer {
    accounts: Accounts,
    transport: Arc<dyn Transport>,
    settings: Arc<MailSettings>,
}

/// How mails look from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// Where links lead, without a slash at the end, such as `https://code.example.org`.
    pub public_url: String,
    /// The language of mails to people who have not chosen one.
    pub language: Language,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".to_owned(),
            language: Language::English,
        }
    }
}

impl Mailer {
    /// Sends the mails of these accounts and of their engine.
    pub fn new(accounts: Accounts, transport: Arc<dyn Transport>, settings: MailSettings) -> Self {
        Self {
            accounts,
            transport,
            settings: Arc::new(settings),
        }
    }

    /// MA-6, MA-7: writes invitations down to be mailed, and says how many.
    pub(crate) async fn invite(
        &self,
        invitations: impl IntoIterator<Item = SentInvitation>,
    ) -> Result<usize, ApiError> {
        let mut written = 0;
        let mut transaction = self.accounts.pool.begin().await?;
        for sent in invitations {
            let id = format!("{}-invitation-{}", sent.candidate, sent.sent);
            let letter = Letter::CampaignInvitation {
                campaign: sent.campaign,
                name: sent.name,
                address: sent.address,
                token: sent.token,
                expires_at: sent.expires_at,
            };
            post(&mut transaction, &id, &letter, self.accounts.now()).await?;
            written += 1;
        }
        transaction.commit().await?;
        Ok(written)
    }

    /// Where links lead.
    pub(crate) fn public_url(&self) -> &str {
        &self.settings.public_url
    }
}
