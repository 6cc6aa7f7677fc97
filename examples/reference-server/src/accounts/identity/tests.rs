//! What follows from what a provider says: accounts, roles, sessions and letters.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use jiff::SignedDuration;
use polycode_core::assessment::Address;
use polycode_core::id::UserId;
use polycode_core::people::Locale;
use polycode_core::permission::{Actor, Role};

use crate::accounts::testkit::accounts;
use crate::accounts::{Accounts, NewApiToken, Password, Purpose, SignUp, TokenKind, digest};
use crate::mail::{Log, MailSettings, Mailer};
use crate::openid::{Grant, Identity};

const ISSUER: &str = "https://sso.example.org";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What the provider says of somebody whose address is `ada@example.org`.
fn grant(subject: &str, roles: &[Role]) -> Grant {
    Grant {
        identity: Identity {
            issuer: ISSUER.to_owned(),
            subject: subject.to_owned(),
            address: Some(ada()),
            name: "Ada".to_owned(),
            roles: roles.iter().copied().collect(),
        },
        id_token: format!("ID token of {subject}"),
        refresh_token: Some("first".to_owned()),
        until: "2030-01-01T13:00:00Z".parse().unwrap(),
    }
}

fn ada() -> Address {
    Address::new("ada@example.org").unwrap()
}

fn password() -> Password {
    Password::try_from("correct horse battery".to_owned()).unwrap()
}

/// Ada's own account, with a password and an address that is not confirmed.
async fn sign_up(accounts: &Accounts) -> UserId {
    let form = SignUp {
        name: "Ada".to_owned(),
        email: ada(),
        password: password(),
        locale: Locale::default(),
    };
    accounts.sign_up(form).await.unwrap();
    let row = sqlx::query_scalar::<_, String>("SELECT user FROM accounts");
    UserId::new(row.fetch_one(&accounts.pool).await.unwrap()).unwrap()
}

async fn confirm(accounts: &Accounts, user: &UserId) {
    let address = ada();
    let link = accounts.make_link(user, Purpose::ConfirmAddress, address.as_str());
    accounts.confirm(&link.await.unwrap()).await.unwrap();
}

async fn sign_in(accounts: &Accounts, grant: &Grant) -> String {
    accounts.sign_in_by_provider(grant, MINUTE).await.unwrap()
}

async fn refused(accounts: &Accounts, grant: &Grant) -> StatusCode {
    let refused = accounts.sign_in_by_provider(grant, MINUTE).await;
    refused.unwrap_err().status()
}

#[tokio::test]
async fn given_somebody_new_when_they_sign_in_again_then_they_are_who_they_were() {
    let (accounts, _) = accounts().await;
    let first = sign_in(&accounts, &grant("a", &[Role::ContentCreator])).await;
    let first = accounts.session(&first).await.unwrap().unwrap();
    assert_eq!(first.roles, BTreeSet::from([Role::ContentCreator]));
    let roles = [Role::AssessmentCreator, Role::Service];
    let again = sign_in(&accounts, &grant("a", &roles)).await;
    let again = accounts.session(&again).await.unwrap().unwrap();
    assert_eq!(again.user, first.user);
    // Those of before are gone, and nobody is a service.
    assert_eq!(again.roles, BTreeSet::from([Role::AssessmentCreator]));
    let actor = Actor::user(again.user.clone());
    let known = accounts.export(&actor, &again.user).await.unwrap();
    let known = known.identities.into_iter();
    let known: Vec<_> = known.map(|one| (one.issuer, one.subject)).collect();
    assert_eq!(known, [(ISSUER.to_owned(), "a".to_owned())]);
}

#[tokio::test]
async fn given_an_address_that_nobody_made_sure_of_when_they_sign_in_then_they_are_refused() {
    let (accounts, _) = accounts().await;
    let mut unsure = grant("a", &[]);
    unsure.identity.address = None;
    assert_eq!(refused(&accounts, &unsure).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn given_a_confirmed_account_when_its_owner_comes_by_the_provider_then_it_is_joined() {
    let (accounts, _) = accounts().await;
    let user = sign_up(&accounts).await;
    confirm(&accounts, &user).await;
    let old = accounts.sign_in(&ada(), password()).await.unwrap();
    let secret = sign_in(&accounts, &grant("a", &[])).await;
    assert_eq!(accounts.session(&secret).await.unwrap().unwrap().user, user);
    assert!(accounts.session(&old).await.unwrap().is_some());
    assert!(accounts.sign_in(&ada(), password()).await.is_ok());
}

#[tokio::test]
async fn given_an_account_that_nobody_confirmed_when_it_is_joined_then_its_password_is_forgotten() {
    let (accounts, _) = accounts().await;
    let user = sign_up(&accounts).await;
    let token = NewApiToken {
        name: "left behind".to_owned(),
        kind: TokenKind::User,
        days: 1,
    };
    let token = accounts.make_token(&user, &BTreeSet::new(), token).await;
    let address = ada();
    let link = accounts.make_link(&user, Purpose::ResetPassword, address.as_str());
    let link = link.await.unwrap();
    let secret = sign_in(&accounts, &grant("a", &[])).await;
    assert_eq!(accounts.session(&secret).await.unwrap().unwrap().user, user);
    let tried = accounts.sign_in(&ada(), password()).await;
    assert_eq!(tried.unwrap_err().status(), StatusCode::UNAUTHORIZED);
    let bearer = accounts.bearer(&token.unwrap().secret).await.unwrap();
    assert_eq!(bearer, None);
    assert!(accounts.reset_password(&link, password()).await.is_err());
}

#[tokio::test]
async fn given_an_address_that_went_to_somebody_else_there_when_they_come_then_they_are_refused() {
    let (accounts, _) = accounts().await;
    sign_in(&accounts, &grant("a", &[Role::Admin])).await;
    let other = grant("b", &[]);
    assert_eq!(refused(&accounts, &other).await, StatusCode::FORBIDDEN);
    // Another provider may know the same person.
    let mut elsewhere = grant("b", &[]);
    elsewhere.identity.issuer = "https://sso.example.com".to_owned();
    let secret = sign_in(&accounts, &elsewhere).await;
    assert!(accounts.session(&secret).await.unwrap().is_some());
}

#[tokio::test]
async fn given_an_access_token_when_it_is_shown_then_only_a_client_is_a_service() {
    let (accounts, _) = accounts().await;
    let roles = [Role::ContentCreator, Role::Service];
    let client = grant("gradebook", &roles).identity;
    let as_client = accounts.actor_of(&client).await.unwrap();
    assert_eq!(as_client, Some(Actor::service()));
    let stranger = grant("gradebook", &[Role::ContentCreator]).identity;
    assert_eq!(accounts.actor_of(&stranger).await.unwrap(), None);
    let person = grant("a", &roles);
    let secret = sign_in(&accounts, &person).await;
    let user = accounts.session(&secret).await.unwrap().unwrap().user;
    let as_person = accounts.actor_of(&person.identity).await.unwrap();
    assert_eq!(
        as_person,
        Some(Actor::user(user).with(Role::ContentCreator))
    );
}

#[tokio::test]
async fn given_a_refresh_token_that_was_changed_when_it_is_kept_then_the_next_turn_is_by_it() {
    let (accounts, clock) = accounts().await;
    let secret = digest(&sign_in(&accounts, &grant("a", &[])).await);
    let stale = async || accounts.stale_session(&secret, MINUTE).await.unwrap();
    assert_eq!(stale().await, None);
    clock.pass(MINUTE);
    assert_eq!(stale().await, Some(Some("first".to_owned())));
    assert_eq!(stale().await, None, "somebody asks already");
    accounts
        .keep_refresh_token(&secret, "second")
        .await
        .unwrap();
    clock.pass(MINUTE);
    assert_eq!(stale().await, Some(Some("second".to_owned())));
    let mut renewed = grant("a", &[Role::Admin]);
    renewed.refresh_token = None;
    let renewing = accounts.renew_session(&secret, &renewed, MINUTE);
    renewing.await.unwrap();
    clock.pass(MINUTE);
    assert_eq!(stale().await, Some(Some("second".to_owned())));
}

#[tokio::test]
async fn given_no_refresh_token_when_the_word_of_the_provider_ends_then_there_is_nothing_to_ask_by()
{
    let (accounts, clock) = accounts().await;
    let mut short = grant("a", &[]);
    short.refresh_token = None;
    let secret = digest(&sign_in(&accounts, &short).await);
    let stale = async || accounts.stale_session(&secret, MINUTE).await.unwrap();
    clock.pass(MINUTE * 59);
    assert_eq!(stale().await, None);
    clock.pass(MINUTE);
    assert_eq!(stale().await, Some(None));
}

#[tokio::test]
async fn given_a_session_when_the_provider_speaks_of_somebody_else_then_it_ends() {
    let (accounts, _) = accounts().await;
    let secret = sign_in(&accounts, &grant("a", &[])).await;
    let other = grant("b", &[Role::Admin]);
    let known_by = digest(&secret);
    let renewing = accounts.renew_session(&known_by, &other, MINUTE);
    renewing.await.unwrap();
    assert_eq!(accounts.session(&secret).await.unwrap(), None);
}

#[tokio::test]
async fn given_an_address_that_the_provider_made_sure_of_when_letters_go_then_it_is_not_asked_for()
{
    let (accounts, _) = accounts().await;
    sign_in(&accounts, &grant("a", &[])).await;
    let mailer = Mailer::new(accounts, Arc::new(Log), MailSettings::default());
    let delivered = mailer.work().await.unwrap();
    assert_eq!(
        (delivered.sent, delivered.dropped),
        (1, 1),
        "the welcome only"
    );
}
