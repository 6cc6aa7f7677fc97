//! What the paths of resources name.

use polycode_core::id::{
    AttemptId, CampaignId, CandidateId, CertificateId, ComponentId, ContentId, ItemId, LanguageId,
    ModuleId, RegradeId, SubmissionId, TeamId, TestId, UserId,
};
use polycode_core::quantity::Version;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::content_ref::ContentRef;

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        pub(super) struct $name {
            $(pub(super) $field: $kind,)*
        }
    )*};
}

paths! {
    /// An attempt.
    AttemptPath { attempt: AttemptId, }
    /// A question of an attempt.
    AttemptQuestionPath { attempt: AttemptId, question: ContentId, }
    /// A submittable of a question of an attempt.
    AttemptPartPath { attempt: AttemptId, question: ContentId, component: ComponentId, }
    /// A campaign.
    CampaignPath { campaign: CampaignId, }
    /// A candidate.
    CandidatePath { candidate: CandidateId, }
    /// A certificate, by its id.
    CertificatePath { certificate: CertificateId, }
    /// A certificate, by the code that stands on it.
    CodePath { code: String, }
    /// A content, by its id or its slug.
    ContentPath { content: ContentRef, }
    /// A content, by its id.
    ContentIdPath { content: ContentId, }
    /// A submittable of a content.
    ComponentPath { content: ContentRef, component: ComponentId, }
    /// An editor, and the language that is written in.
    EditorPath { content: ContentRef, component: ComponentId, language: LanguageId, }
    /// An item of the shop.
    ItemPath { item: ItemId, }
    /// A module.
    ModulePath { module: ModuleId, }
    /// A content in a module.
    ModuleContentPath { module: ModuleId, content: ContentId, }
    /// A sub-module of a module.
    SubmodulePath { module: ModuleId, submodule: ModuleId, }
    /// A pair of submissions.
    PairPath { one: SubmissionId, other: SubmissionId, }
    /// A regrade.
    RegradePath { regrade: RegradeId, }
    /// A submission.
    SubmissionPath { submission: SubmissionId, }
    /// A team.
    TeamPath { team: TeamId, }
    /// Somebody in a team, or invited to it.
    TeamUserPath { team: TeamId, user: UserId, }
    /// A test.
    TestPath { test: TestId, }
    /// A test as it was.
    TestVersionPath { test: TestId, version: Version, }
    /// An invitation, by what its mail holds.
    InvitationPath { token: String, }
    /// An API token.
    TokenPath { token: Uuid, }
    /// A user.
    UserPath { user: UserId, }
    /// What a user did in a content.
    UserContentPath { user: UserId, content: ContentRef, }
}
