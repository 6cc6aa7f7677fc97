//! Who may do what: roles are sets of permissions, a permission is an action on a kind of thing,
//! and each is given for one's own things or for anybody's. One table says it all.
//!
//! Nothing is inherited: an actor holds several roles (everybody holds `guest`, whoever signed in
//! also `user`) and may do what any of them may. What is not in the table nobody may do.

mod actor;
mod table;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use actor::Actor;

use crate::refusal::Refusal;
use table::TABLE;

/// What somebody is to the product, or to one thing in it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Anybody, signed in or not.
    Guest,
    /// Somebody with an account.
    User,
    /// Who writes contents and modules.
    ContentCreator,
    /// Who makes tests and campaigns.
    AssessmentCreator,
    /// The captain of the team in question.
    Captain,
    /// A candidate of the campaign in question.
    Candidate,
    /// Who runs the platform.
    Admin,
    /// Another part of the system, such as a worker that judges.
    Service,
}

/// What is done.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Make a new one.
    Create,
    /// See it, alone or in a list.
    Read,
    /// Change it.
    Update,
    /// Remove it.
    Delete,
    /// Answer it with yes or no.
    Answer,
    /// Send it, or send it again.
    Send,
    /// Buy it.
    Buy,
    /// Give it a grade.
    Grade,
    /// Take it out as a file.
    Export,
    /// Give an opinion on it.
    Review,
    /// Take it back for good.
    Revoke,
}

/// What it is done to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Resource {
    /// An account, its profile and settings. It is its user's own.
    Account,
    /// The roles of an account. They are the account's own.
    Role,
    /// What others see of a user or a team.
    Profile,
    /// The ranking of users or of teams.
    Ranking,
    /// A team. It is its members' own.
    Team,
    /// A membership in a team. It is the member's own, and the captain's.
    Membership,
    /// An invitation to a team. It is the invited user's own, and the captain's.
    TeamInvitation,
    /// A module or content as learners see it, once published.
    Catalogue,
    /// A module with everything in it, drafts too. It is its authors' own.
    Module,
    /// A content with everything in it, hidden validators too. It is its authors' own.
    Content,
    /// A user's progress and polypoints.
    Progress,
    /// An answer and what came of it.
    Submission,
    /// An item of the shop.
    Item,
    /// A test with everything in it. It is its authors' own.
    Test,
    /// A campaign. It is its creator's own.
    Campaign,
    /// A candidate of a campaign. It is the campaign's creator's own.
    Candidate,
    /// An invitation to a campaign, with the description of its test. It is the candidate's own,
    /// and the creator's.
    Invitation,
    /// A sitting of a test. It is the candidate's own.
    Attempt,
    /// The results of a campaign. They are the creator's own.
    Results,
    /// Submissions that are alike. They are the campaign's creator's own.
    Similarity,
    /// How an answer was typed. It is its user's own.
    Timeline,
    /// A certificate. It is its holder's own.
    Certificate,
    /// Mails that wait to be sent.
    Mail,
    /// The log of events, and how far its consumers have come.
    Events,
}

/// An action on a kind of thing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// What is done.
    pub action: Action,
    /// What it is done to.
    pub resource: Resource,
}

/// Whose thing it is, seen from the actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// The actor's own; each [`Resource`] says what that means.
    Own,
    /// Somebody else's.
    Other,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// The permission.
    pub permission: Permission,
    /// Who has it for their own things only.
    pub own: &'static [Role],
    /// Who has it for everybody's things.
    pub any: &'static [Role],
    /// The stories that need it.
    pub stories: &'static str,
}

impl Action {
    /// This, done to a kind of thing.
    pub const fn on(self, resource: Resource) -> Permission {
        Permission {
            action: self,
            resource,
        }
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Guest,
        Self::User,
        Self::ContentCreator,
        Self::AssessmentCreator,
        Self::Captain,
        Self::Candidate,
        Self::Admin,
        Self::Service,
    ];
}

/// Whether a role may do something.
///
/// # Examples
/// ```
/// use polycode_core::permission::{Action, Ownership, Permission, Resource, Role, allows};
///
/// let edit = Permission { action: Action::Update, resource: Resource::Content };
/// assert!(allows(Role::ContentCreator, edit, Ownership::Own));
/// assert!(!allows(Role::ContentCreator, edit, Ownership::Other));
/// assert!(!allows(Role::User, edit, Ownership::Own));
/// ```
pub fn allows(role: Role, permission: Permission, ownership: Ownership) -> bool {
    let mut lines = TABLE.iter().filter(|line| line.permission == permission);
    lines.any(|line| {
        let is_own = ownership == Ownership::Own;
        line.any.contains(&role) || (is_own && line.own.contains(&role))
    })
}

/// Refuses what none of an actor's roles may do.
///
/// A thing that the actor may not even read is not there for them, so that nobody learns of it
/// by asking.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor may not read the thing; [`Refusal::NotAllowed`] when
/// they may read it, but not do this.
pub fn require(
    roles: &BTreeSet<Role>,
    permission: Permission,
    ownership: Ownership,
    what: &'static str,
    id: &str,
) -> Result<(), Refusal> {
    let may = |action| {
        let permission = Permission {
            action,
            ..permission
        };
        let mut roles = roles.iter().chain([&Role::Guest]);
        roles.any(|role| allows(*role, permission, ownership))
    };
    if may(permission.action) {
        Ok(())
    } else if may(Action::Read) {
        Err(Refusal::NotAllowed { what })
    } else {
        Err(Refusal::NotFound {
            what,
            id: id.to_owned(),
        })
    }
}

/// The table of all permissions.
pub const fn grants() -> &'static [Grant] {
    TABLE
}

/// The table as a page of the documentation, in Markdown.
pub fn markdown() -> String {
    let mut page = String::from(HEAD);
    let names = Role::ALL.map(|role| spelled(&role));
    page.push_str(&format_line(&["resource", "action"], &names, "stories"));
    page.push_str(&format_line(
        &["---", "---"],
        &Role::ALL.map(|_| ":-:".to_owned()),
        "---",
    ));
    for line in TABLE {
        let cell = |role: Role| {
            let reach = match (line.any.contains(&role), line.own.contains(&role)) {
                (true, _) => "any",
                (false, true) => "own",
                (false, false) => "",
            };
            reach.to_owned()
        };
        let Permission { action, resource } = line.permission;
        let lead = [spelled(&resource), spelled(&action)];
        let lead = lead.each_ref().map(String::as_str);
        page.push_str(&format_line(&lead, &Role::ALL.map(cell), line.stories));
    }
    page
}

const HEAD: &str = "\
# Permissions

This page is made from the table in `polycode-core/src/permission/table.rs`; a test compares them.

A role may do something to anybody's things (`any`), to its own only (`own`), or not at all. An
actor holds several roles: everybody is a `guest`, whoever signed in is a `user` too, and so on.
Nothing is inherited, and what is not in the table nobody may do.

";

fn format_line(lead: &[&str], cells: &[String], last: &str) -> String {
    let cells = cells.iter().map(String::as_str);
    let line: Vec<_> = lead.iter().copied().chain(cells).chain([last]).collect();
    format!("| {} |\n", line.join(" | "))
}

/// A name as it is written on the wire.
fn spelled(name: &impl Serialize) -> String {
    let wire = serde_json::to_value(name).unwrap_or_default();
    wire.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
