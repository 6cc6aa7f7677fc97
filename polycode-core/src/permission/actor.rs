//! Who asks for something.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ownership, Permission, Role, require};
use crate::id::UserId;
use crate::refusal::Refusal;

/// Who asks for something, as the host knows them: every use case checks them against the table
/// of permissions.
///
/// # Examples
/// ```
/// use polycode_core::id::UserId;
/// use polycode_core::permission::{Actor, Role};
///
/// let ada = Actor::user(UserId::new("ada").unwrap()).with(Role::ContentCreator);
/// assert!(ada.is(&UserId::new("ada").unwrap()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Actor {
    /// Who they are, if they signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<UserId>,
    /// What they are.
    #[serde(default)]
    roles: BTreeSet<Role>,
}

impl Actor {
    /// Somebody who did not sign in.
    pub const fn guest() -> Self {
        Self {
            id: None,
            roles: BTreeSet::new(),
        }
    }

    /// Somebody who signed in.
    pub fn user(id: UserId) -> Self {
        Self {
            id: Some(id),
            roles: BTreeSet::from([Role::User]),
        }
    }

    /// Another part of the system.
    pub fn service() -> Self {
        Self {
            id: None,
            roles: BTreeSet::from([Role::Service]),
        }
    }

    /// The same actor with one more role.
    #[must_use]
    pub fn with(mut self, role: Role) -> Self {
        self.roles.insert(role);
        self
    }

    /// Who they are, if they signed in.
    pub const fn id(&self) -> Option<&UserId> {
        self.id.as_ref()
    }

    /// Who they are.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when they did not sign in.
    pub fn signed_in(&self, what: &'static str) -> Result<&UserId, Refusal> {
        self.id().ok_or(Refusal::NotAllowed { what })
    }

    /// Whether they are this user.
    pub fn is(&self, user: &UserId) -> bool {
        self.id() == Some(user)
    }

    /// Whose a user's things are, seen from this actor.
    pub fn ownership(&self, owner: &UserId) -> Ownership {
        if self.is(owner) {
            Ownership::Own
        } else {
            Ownership::Other
        }
    }

    /// Refuses what none of their roles may do; see [`require`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when they may not read the thing; [`Refusal::NotAllowed`] when they
    /// may read it, but not do this.
    pub fn require(
        &self,
        permission: Permission,
        ownership: Ownership,
        what: &'static str,
        id: &(impl ToString + ?Sized),
    ) -> Result<(), Refusal> {
        require(&self.roles, permission, ownership, what, &id.to_string())
    }

    /// Refuses to make something new, or to see a list, that none of their roles may.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn require_own(&self, permission: Permission, what: &'static str) -> Result<(), Refusal> {
        let may = require(&self.roles, permission, Ownership::Own, what, "");
        may.map_err(|_| Refusal::NotAllowed { what })
    }
}
