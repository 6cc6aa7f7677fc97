//! What a provider says of somebody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use openidconnect::AdditionalClaims;
use polycode_core::assessment::Address;
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
    pub(crate) address: Option<Address>,
    /// What they are called, fit to be the name of an account.
    pub(crate) name: String,
    /// What they are here; a service only if it is a client of the provider.
    pub(crate) roles: BTreeSet<Role>,
}

impl Identity {
    /// What they are as a person, who is no service, whatever the provider says.
    pub(crate) fn roles_of_a_person(&self) -> BTreeSet<Role> {
        let mut roles = self.roles.clone();
        roles.remove(&Role::Service);
        roles
    }
}

/// What is remembered of somebody who is sent to the provider.
pub(crate) struct Departure {
    /// What their ID token is to have in it.
    pub(crate) nonce: String,
    /// The proof key (RFC 7636).
    pub(crate) verifier: String,
    /// The path of this server where they go next.
    pub(crate) next: String,
}

/// What the provider gives with a sign-in, or later instead of it.
pub(crate) struct Grant {
    pub(crate) identity: Identity,
    /// The ID token, to sign out with.
    pub(crate) id_token: String,
    /// What the next grant is asked for with.
    pub(crate) refresh_token: Option<String>,
    /// Until when it is good without asking for another.
    pub(crate) until: Timestamp,
}

/// Keeps the tokens out of logs.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("identity", &self.identity)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
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
    /// The client that an access token was given to (RFC 9068).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
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
    /// Whether the token is about a client that acts for itself, not for a person: its subject is
    /// the client then (RFC 9068, 2.2), or a user that Keycloak keeps for it.
    pub(super) fn are_of_a_client(&self, subject: &str, username: Option<&str>) -> bool {
        let Some(client) = self.client_id.as_deref() else {
            return false;
        };
        let keycloaks = username.and_then(|name| name.strip_prefix("service-account-"));
        client == subject || keycloaks == Some(client)
    }

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

/// The first of these names that says something, as the name of an account: without what can't be
/// written, and not longer than it may be.
pub(super) fn name_of(names: [Option<&str>; 2]) -> String {
    const MOST: usize = 100;
    let clean = |name: &str| {
        let visible: String = name.chars().filter(|c| !c.is_control()).collect();
        let cut: String = visible.trim().chars().take(MOST).collect();
        cut.trim_end().to_owned()
    };
    let mut names = names.into_iter().flatten().map(clean);
    let found = names.find(|name| !name.is_empty());
    found.unwrap_or_else(|| "Somebody".to_owned())
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

    #[test]
    fn only_a_client_that_acts_for_itself_can_be_a_service() {
        let of_client = |claims: &Claims, username| claims.are_of_a_client("subject", username);
        let none = claims(json!({}));
        let own = claims(json!({"client_id": "subject"}));
        let other = claims(json!({"client_id": "gradebook"}));
        assert!(of_client(&own, None));
        assert!(of_client(&other, Some("service-account-gradebook")));
        assert!(!of_client(&other, Some("service-account-other")));
        assert!(!of_client(&other, Some("gradebook")));
        assert!(!of_client(&other, None));
        assert!(!of_client(&none, Some("service-account-gradebook")));
    }

    #[test]
    fn a_name_is_made_fit_for_an_account() {
        assert_eq!(name_of([Some("Ada "), Some("ada")]), "Ada");
        assert_eq!(name_of([Some(" \t "), Some("ada\u{0}")]), "ada");
        assert_eq!(name_of([None, Some("")]), "Somebody");
        let long = format!("{} {}", "x".repeat(99), "y".repeat(99));
        assert_eq!(name_of([Some(&long), None]), "x".repeat(99));
    }

    #[test]
    fn tokens_stay_out_of_logs() {
        let grant = Grant {
            identity: Identity {
                issuer: "https://sso.example.org".to_owned(),
                subject: "ada".to_owned(),
                address: None,
                name: "Ada".to_owned(),
                roles: BTreeSet::new(),
            },
            id_token: "secret-id".to_owned(),
            refresh_token: Some("secret-refresh".to_owned()),
            until: Timestamp::UNIX_EPOCH,
        };
        let shown = format!("{grant:?}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}
