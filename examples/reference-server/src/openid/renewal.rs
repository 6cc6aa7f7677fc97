//! SY-1: sessions that go on for as long as the provider says.

use jiff::SignedDuration;

use super::OpenId;
use super::provider::Refused;
use crate::accounts::Accounts;
use crate::error::ApiError;

/// How long nobody else asks about a session that somebody asks about: longer than the provider
/// is waited for, for a refresh token may be good once only.
const TURN: SignedDuration = SignedDuration::from_secs(30);

impl OpenId {
    /// Asks the provider about a session that it was not asked about for a while, and ends it if
    /// the provider does. One whose provider does not answer goes on.
    pub(crate) async fn keep_fresh(
        &self,
        accounts: &Accounts,
        digest: &[u8],
    ) -> Result<(), ApiError> {
        let turn = self.settings.recheck.max(TURN);
        let Some(refresh_token) = accounts.stale_session(digest, turn).await? else {
            return Ok(());
        };
        let Some(refresh_token) = refresh_token else {
            accounts.end_session(digest).await?;
            return Ok(());
        };
        // What the token is taken for is kept even if the caller hangs up.
        let (openid, accounts, digest) = (self.clone(), accounts.clone(), digest.to_vec());
        let renewing =
            tokio::spawn(async move { openid.renew(&accounts, &digest, refresh_token).await });
        let renewed = renewing.await;
        renewed.map_err(|panic| ApiError::internal(&panic))?
    }

    async fn renew(
        &self,
        accounts: &Accounts,
        digest: &[u8],
        refresh_token: String,
    ) -> Result<(), ApiError> {
        let asked = self.ask(move |provider, agent| provider.renew(agent, refresh_token));
        let given = match asked.await {
            Ok(given) => given,
            Err(refused) => return doubt(accounts, digest, &refused).await,
        };
        if let Some(next) = given.refresh_token() {
            accounts.keep_refresh_token(digest, next).await?;
        }
        let now = accounts.time();
        let believed = self.read(|provider, settings| provider.believe(settings, &given, now));
        match believed.await {
            Ok(Some(grant)) => {
                let recheck = self.settings.recheck;
                accounts.renew_session(digest, &grant, recheck).await
            }
            Ok(None) => Ok(()),
            Err(refused) => doubt(accounts, digest, &refused).await,
        }
    }
}

/// Ends a session only if the provider has said so.
async fn doubt(accounts: &Accounts, digest: &[u8], refused: &Refused) -> Result<(), ApiError> {
    match refused {
        Refused::NotGood(_) => {
            tracing::info!(%refused, "the OpenID provider ends a session");
            accounts.end_session(digest).await?;
        }
        Refused::UnknownKey | Refused::Silent(_) => {
            tracing::warn!(%refused, "a session goes on without the OpenID provider");
        }
    }
    Ok(())
}
