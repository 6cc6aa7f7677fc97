use std::path::Path;

use super::*;

fn may(role: Role, action: Action, resource: Resource, ownership: Ownership) -> bool {
    allows(role, Permission { action, resource }, ownership)
}

/// SY-3: `UPDATE_DOCS=1 cargo test -p polycode-core permission` writes the page anew.
#[test]
fn the_page_is_made_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, markdown()).expect("writable");
    }
    let page = std::fs::read_to_string(&path).expect("docs/permissions.md is there");
    assert_eq!(page, markdown());
}

/// SY-3: one line for each permission, no role both for its own and for anybody's things.
#[test]
fn the_table_says_everything_once() {
    let permissions: BTreeSet<_> = grants().iter().map(|line| line.permission).collect();
    assert_eq!(permissions.len(), grants().len());
    for line in grants() {
        let twice = line.own.iter().any(|role| line.any.contains(role));
        assert!(!twice && !line.stories.is_empty(), "{line:?}");
        assert!(!line.own.is_empty() || !line.any.is_empty(), "{line:?}");
    }
}

/// SY-3: what a role may do to anybody's things it may do to its own.
#[test]
fn own_things_are_never_harder_to_reach() {
    for line in grants() {
        for role in Role::ALL {
            let any = allows(role, line.permission, Ownership::Other);
            assert!(!any || allows(role, line.permission, Ownership::Own));
        }
    }
}

/// SY-3: least privilege. Guests only read what is public or sign up; nobody writes or answers
/// in somebody else's name, the admin neither; only services grade what is not theirs.
#[test]
fn nobody_has_more_than_they_need() {
    let elsewhere = |role: Role| -> Vec<_> {
        let lines = grants().iter().filter(|line| line.any.contains(&role));
        lines.map(|line| line.permission).collect()
    };
    for Permission { action, resource } in elsewhere(Role::Guest) {
        assert!(
            action == Action::Read || (action, resource) == (Action::Create, Resource::Account)
        );
    }
    for role in [
        Role::User,
        Role::ContentCreator,
        Role::AssessmentCreator,
        Role::Captain,
        Role::Candidate,
    ] {
        assert!(
            elsewhere(role)
                .iter()
                .all(|permission| permission.action == Action::Read)
        );
    }
    for Permission { action, resource } in elsewhere(Role::Admin) {
        let manages = matches!(
            action,
            Action::Read | Action::Delete | Action::Export | Action::Revoke
        );
        let people = matches!(resource, Resource::Account | Resource::Role);
        assert!(manages || people, "{action:?} {resource:?}");
    }
    // The host acts for learners and for who writes its courses; it takes nothing away.
    for Permission { action, resource } in elsewhere(Role::Service) {
        let works = matches!(action, Action::Read | Action::Grade | Action::Send);
        let writes = matches!(resource, Resource::Content | Resource::Module)
            && matches!(action, Action::Create | Action::Update);
        let acts = matches!(resource, Resource::Submission | Resource::Certificate)
            && action == Action::Create;
        let consumes = (action, resource) == (Action::Update, Resource::Events);
        assert!(
            works || writes || acts || consumes,
            "{action:?} {resource:?}"
        );
    }
}

/// PR-2, AS-8: hidden validators and results are for their authors.
#[test]
fn secrets_stay_with_their_authors() {
    use Ownership::{Other, Own};
    for role in [
        Role::Guest,
        Role::User,
        Role::Candidate,
        Role::Captain,
        Role::AssessmentCreator,
    ] {
        assert!(
            !may(role, Action::Read, Resource::Content, Other),
            "{role:?}"
        );
    }
    assert!(may(
        Role::ContentCreator,
        Action::Read,
        Resource::Content,
        Own
    ));
    assert!(!may(
        Role::ContentCreator,
        Action::Read,
        Resource::Content,
        Other
    ));
    assert!(!may(
        Role::AssessmentCreator,
        Action::Read,
        Resource::Results,
        Other
    ));
    assert!(!may(Role::Candidate, Action::Read, Resource::Results, Own));
    assert!(!may(
        Role::Candidate,
        Action::Read,
        Resource::Similarity,
        Own
    ));
    assert!(!may(
        Role::Candidate,
        Action::Grade,
        Resource::Submission,
        Own
    ));
}

/// What may not be read looks as if it were not there; what may be read says no.
#[test]
fn denied_and_absent_look_alike() {
    let require = |roles: &[Role], action, resource, ownership| {
        let roles = roles.iter().copied().collect();
        let permission = Permission { action, resource };
        let required = require(&roles, permission, ownership, "thing", "1");
        required.map_err(|refusal| refusal.code())
    };
    let (own, other) = (Ownership::Own, Ownership::Other);
    assert_eq!(
        require(&[Role::User], Action::Update, Resource::Campaign, other),
        Err("not_found")
    );
    assert_eq!(
        require(&[Role::User], Action::Update, Resource::Team, own),
        Err("not_allowed")
    );
    assert_eq!(
        require(&[Role::User], Action::Update, Resource::Account, other),
        Err("not_found")
    );
    assert_eq!(require(&[], Action::Read, Resource::Ranking, other), Ok(()));
    let two = [Role::User, Role::ContentCreator];
    assert_eq!(
        require(&two, Action::Create, Resource::Content, own),
        Ok(())
    );
    assert_eq!(require(&two, Action::Buy, Resource::Item, own), Ok(()));
}

/// Every story that is somebody's use case has a line, and every line names stories that exist.
#[test]
fn every_story_has_a_permission() {
    let named: BTreeSet<&str> = grants()
        .iter()
        .flat_map(|line| line.stories.split(' '))
        .collect();
    // Signing in and out (AC-5 to AC-7) is before any role.
    let practice = (1..=16).map(|number| format!("PR-{number}"));
    let assessment = (1..=23).map(|number| format!("AS-{number}"));
    let teams = (1..=12).map(|number| format!("TE-{number}"));
    let results = (1..=6).map(|number| format!("ST-{number}"));
    let accounts = [1, 2, 3, 4, 8, 9].map(|number| format!("AC-{number}"));
    let submissions = (1..=3).map(|number| format!("SU-{number}"));
    let mails = (1..=8).map(|number| format!("MA-{number}"));
    let others = ["SH-1", "SY-3", "SY-6"].map(str::to_owned);
    let all: BTreeSet<String> = practice
        .chain(assessment)
        .chain(teams)
        .chain(results)
        .chain(accounts)
        .chain(submissions)
        .chain(mails)
        .chain(others)
        .collect();
    assert_eq!(named, all.iter().map(String::as_str).collect());
}
