//! SY-3: what people are beside users.

use std::collections::BTreeSet;

use polycode_core::assessment::Address;
use polycode_core::id::UserId;
use polycode_core::permission::{Action, Actor, Resource, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::{Row, SqliteConnection};

use super::Accounts;
use crate::error::ApiError;

/// A role that an account can be given; the others follow from what somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GivenRole {
    /// Who writes contents and modules.
    ContentCreator,
    /// Who makes tests and campaigns.
    AssessmentCreator,
    /// Who runs the platform.
    Admin,
}

impl From<GivenRole> for Role {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::ContentCreator => Self::ContentCreator,
            GivenRole::AssessmentCreator => Self::AssessmentCreator,
            GivenRole::Admin => Self::Admin,
        }
    }
}

impl Accounts {
    /// The roles that an account was given.
    pub(crate) async fn roles(
        &self,
        actor: &Actor,
        user: &UserId,
    ) -> Result<BTreeSet<Role>, ApiError> {
        let read = Action::Read.on(Resource::Role);
        actor.require(read, actor.ownership(user), "account", user)?;
        let account = sqlx::query("SELECT roles FROM accounts WHERE user = ?")
            .bind(user.as_str())
            .fetch_optional(&self.pool)
            .await?;
        let account = account.ok_or_else(|| ApiError::not_found("account"))?;
        read_roles(account.try_get("roles")?)
    }

    /// Gives an account these roles and no others.
    pub(crate) async fn set_roles(
        &self,
        actor: &Actor,
        user: &UserId,
        roles: BTreeSet<GivenRole>,
    ) -> Result<BTreeSet<Role>, ApiError> {
        let update = Action::Update.on(Resource::Role);
        actor.require(update, actor.ownership(user), "account", user)?;
        let roles = roles.into_iter().map(Role::from).collect();
        let mut connection = self.pool.acquire().await?;
        self.write_roles(&mut connection, user, &roles).await?;
        Ok(roles)
    }

    pub(super) async fn write_roles(
        &self,
        connection: &mut SqliteConnection,
        user: &UserId,
        roles: &BTreeSet<Role>,
    ) -> Result<(), ApiError> {
        let updated = sqlx::query("UPDATE accounts SET roles = ? WHERE user = ?")
            .bind(serde_json::to_string(roles)?)
            .bind(user.as_str())
            .execute(connection)
            .await?;
        if updated.rows_affected() == 1 {
            Ok(())
        } else {
            Err(ApiError::not_found("account"))
        }
    }

    /// The address that a user signs in with, confirmed or not.
    pub(crate) async fn sign_in_address(&self, user: &UserId) -> Result<Option<Address>, ApiError> {
        let account = sqlx::query("SELECT email FROM accounts WHERE user = ?")
            .bind(user.as_str())
            .fetch_optional(&self.pool)
            .await?;
        let email = account.map(|account| account.try_get::<String, _>("email"));
        Ok(email
            .transpose()?
            .and_then(|email| Address::new(&email).ok()))
    }

    /// The address of a user, once it is confirmed.
    pub(crate) async fn confirmed_address(
        &self,
        user: &UserId,
    ) -> Result<Option<Address>, ApiError> {
        let account =
            sqlx::query("SELECT email FROM accounts WHERE user = ? AND confirmed_at IS NOT NULL")
                .bind(user.as_str())
                .fetch_optional(&self.pool)
                .await?;
        let email = account.map(|account| account.try_get::<String, _>("email"));
        Ok(email
            .transpose()?
            .and_then(|email| Address::new(&email).ok()))
    }
}

pub(super) fn read_roles(text: &str) -> Result<BTreeSet<Role>, ApiError> {
    Ok(serde_json::from_str(text)?)
}
