//! What is known about somebody, for them to take along.

use jiff::Timestamp;
use polycode_core::EngineError;
use polycode_core::certification::Certificate;
use polycode_core::engine::{ContentProgress, OpenTest, UserAccount};
use polycode_core::id::UserId;
use polycode_core::judging::{Answer, SubmissionView};
use polycode_core::people::TeamView;
use polycode_core::permission::Actor;
use polycode_core::polypoints::{Entry, Purchase, Wallet};
use polycode_core::port::{Page, PageRequest};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Accounts, ApiToken};
use crate::error::ApiError;

/// Everything that is known about a user.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountExport {
    /// When it was put together.
    pub at: Timestamp,
    /// The profile and the settings.
    pub account: UserAccount,
    /// As whom OpenID providers know the user.
    pub identities: Vec<KnownIdentity>,
    /// The API tokens, without their secrets.
    pub tokens: Vec<ApiToken>,
    /// The team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamView>,
    /// The progress in contents.
    pub progress: Vec<ContentProgress>,
    /// The submissions, the newest first, with their answers.
    pub submissions: Vec<ExportedSubmission>,
    /// The polypoints.
    pub wallet: Wallet,
    /// The lines of the ledger, the newest first.
    pub entries: Vec<Entry>,
    /// What was bought.
    pub purchases: Vec<Purchase>,
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// The tests that are open.
    pub tests: Vec<OpenTest>,
}

/// As whom an OpenID provider knows a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownIdentity {
    /// The provider.
    pub issuer: String,
    /// Who, in the words of the provider.
    pub subject: String,
}

/// A submission and its answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedSubmission {
    /// The submission.
    pub submission: SubmissionView,
    /// What was answered.
    pub answer: Answer,
}

impl Accounts {
    /// AC-2: puts together what is known about a user.
    pub(crate) async fn export(
        &self,
        actor: &Actor,
        user: &UserId,
    ) -> Result<AccountExport, ApiError> {
        let engine = &self.engine;
        let mut submissions = Vec::new();
        for submission in all(|page| engine.submissions(actor, user, None, page)).await? {
            let answer = engine.answer(actor, submission.id).await?;
            submissions.push(ExportedSubmission { submission, answer });
        }
        Ok(AccountExport {
            at: self.clock.now(),
            account: engine.account(actor, user).await?,
            identities: self.identities(user).await?,
            tokens: self.tokens(user).await?,
            team: engine.own_team(actor).await?,
            progress: all(|page| engine.own_progress(actor, page)).await?,
            submissions,
            wallet: engine.wallet(actor, user).await?,
            entries: all(|page| engine.entries(actor, user, page)).await?,
            purchases: all(|page| engine.purchases(actor, page)).await?,
            certificates: all(|page| engine.certificates(actor, user, page)).await?,
            tests: all(|page| engine.open_tests(actor, page)).await?,
        })
    }
}

/// Every item of a list, page by page.
async fn all<T, F>(read: impl Fn(PageRequest) -> F) -> Result<Vec<T>, EngineError>
where
    F: Future<Output = Result<Page<T>, EngineError>>,
{
    let mut items = Vec::new();
    let mut after = None;
    loop {
        let limit = PageRequest::MAX;
        let page = read(PageRequest { after, limit }).await?;
        items.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(items);
        }
    }
}
