//! What a provider says of somebody.

use std::collections::{BTreeMap, BTreeSet};

use openidconnect::AdditionalClaims;
use polycode_core::permission::Role;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Somebody, as the provider knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The provider.
    pub(crate) issuer: String,
    /// Who, in the words of the provider.
    pub(crate) subject: String,
    /// Their address, if the provider has made sure that it is theirs.
    pub(crate) address: Option<String>,
    /// What they are called.
    pub(crate) name: String,
    /// What they are here.
    pub(crate) roles: BTreeSet<Role>,
}

/// What the provider gives with a sign-in, or later instead of it.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) identity: Identity,
    /// The ID token, to sign out with.
    pub(crate) id_token: String,
    /// What the next grant is asked for with.
    pub(crate) refresh_token: Option<String>,
    /// For how many seconds it is good.
    pub(crate) seconds: i64,
}

/// The claims beside those of the standard: roles, where Keycloak and others put them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Claims {
    /// From when on the token is good, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) nbf: Option<f64>,
    /// What Keycloak says that the token is: `Bearer`, `ID`, `Refresh` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) typ: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    realm_access: Roles,
    #[serde(default)]
    resource_access: BTreeMap<String, Roles>,
}

/// The roles of a realm, or at a client.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Roles {
    #[serde(default)]
    roles: Vec<String>,
}

impl AdditionalClaims for Claims {}

impl Claims {
    /// Which of our roles these are: those of the realm, and those at one of these clients.
    pub(super) fn roles(&self, map: &BTreeMap<String, Role>, clients: [&str; 2]) -> BTreeSet<Role> {
        let at_clients = clients
            .iter()
            .filter_map(|client| self.resource_access.get(*client))
            .flat_map(|roles| &roles.roles);
        let all = self.roles.iter().chain(&self.realm_access.roles);
        all.chain(at_clients)
            .filter_map(|name| role(map, name))
            .collect()
    }
}

fn role(map: &BTreeMap<String, Role>, name: &str) -> Option<Role> {
    if map.is_empty() {
        return ours(name);
    }
    map.get(name).copied()
}

/// The role of ours with this name, if it can be given.
pub(super) fn ours(name: &str) -> Option<Role> {
    let role: Role = serde_json::from_value(json!(name)).ok()?;
    let is_given = matches!(
        role,
        Role::ContentCreator | Role::AssessmentCreator | Role::Admin | Role::Service
    );
    is_given.then_some(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(value: serde_json::Value) -> Claims {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn roles_of_the_realm_and_of_our_clients_are_ours() {
        let claims = claims(json!({
            "realm_access": {"roles": ["content_creator", "offline_access", "user"]},
            "resource_access": {"polycode": {"roles": ["admin"]}, "other": {"roles": ["service"]}},
        }));
        let roles = claims.roles(&BTreeMap::new(), ["polycode", "polycode-api"]);
        assert_eq!(roles, BTreeSet::from([Role::ContentCreator, Role::Admin]));
    }

    #[test]
    fn with_a_map_only_what_it_names_counts() {
        let claims = claims(json!({"roles": ["teacher", "admin"]}));
        let map = BTreeMap::from([("teacher".to_owned(), Role::ContentCreator)]);
        let roles = claims.roles(&map, ["a", "b"]);
        assert_eq!(roles, BTreeSet::from([Role::ContentCreator]));
    }
}
