//! What the stores hold before anything is measured.

use std::sync::Arc;

use polycode_core::port::{Change, Commit, DocumentWrite, Store, Term, Write};
use polycode_store::testkit::sample;
use tokio::task::JoinSet;

use crate::Size;

/// No number of what is loaded is this great.
pub(crate) const FIRST_FREE: u64 = 1 << 32;
/// The kind of the candidates, the list they stand in, and the campaign.
pub(crate) const CANDIDATE: &str = "candidate";
pub(crate) const OF_CAMPAIGN: &str = "campaign";
pub(crate) const CAMPAIGN: &str = "autumn";

/// The kind of the modules, and the list they stand in.
pub(crate) const MODULE: &str = "module of the bench";
pub(crate) const PUBLISHED: &str = "published";

/// The kind of the teams, and how many users are in one.
pub(crate) const TEAM: &str = "team of the bench";
const MEMBERS: u64 = 10;

/// How many rows of a kind one commit writes.
const TOGETHER: u64 = 250;
/// How many commits are on their way at the same time.
const AT_ONCE: usize = 8;

/// Fills an empty store.
pub(crate) async fn fill(store: &Arc<dyn Store>, size: &Size) {
    let writes = vec![sample::new_content(sample::content(1, "one", "text"))];
    let events = Vec::new();
    store.commit(Commit { writes, events }).await.unwrap();
    let users = size.users;
    in_parts(store, users, learner).await;
    in_parts(store, size.submissions, move |number| {
        submission(number, users)
    })
    .await;
    in_parts(store, size.candidates, candidate).await;
    in_parts(store, size.modules, module).await;
    in_parts(store, teams(size), team).await;
}

/// How many teams there are: a tenth of the users are in one.
pub(crate) fn teams(size: &Size) -> u64 {
    size.users / (10 * MEMBERS)
}

/// The name of a user.
pub(crate) fn user(number: u64) -> String {
    format!("learner {number}")
}

/// The key of a candidate.
pub(crate) fn candidate_key(number: u64) -> String {
    sample::uuid(number).to_string()
}

async fn in_parts<F>(store: &Arc<dyn Store>, count: u64, part: F)
where
    F: Fn(u64) -> Vec<Write>,
{
    let mut commits = JoinSet::new();
    let mut next = 0;
    while next < count {
        let end = count.min(next + TOGETHER);
        let writes = (next..end).flat_map(&part).collect();
        next = end;
        let store = Arc::clone(store);
        let events = Vec::new();
        commits.spawn(async move { store.commit(Commit { writes, events }).await.unwrap() });
        if commits.len() >= AT_ONCE {
            commits.join_next().await;
        }
    }
    commits.join_all().await;
}

/// A module of a number, with a word that all have, one that each hundredth has, and its own.
fn module(number: u64) -> Vec<Write> {
    let text = format!(
        "Module about loops, part {} of topic{} {}",
        number % 7,
        number % 100,
        number
    );
    let listed = Term::listed(PUBLISHED, "", &format!("module-{number:08}"));
    vec![Write::Document(DocumentWrite {
        kind: MODULE,
        key: candidate_key(number),
        expected: None,
        change: Change::Put {
            body: serde_json::json!({"name": text}).to_string(),
            terms: Term::words([text.as_str()]).chain([listed]).collect(),
        },
    })]
}

fn team(number: u64) -> Vec<Write> {
    let members = (0..MEMBERS).map(|member| user(number * MEMBERS + member));
    vec![Write::Document(DocumentWrite {
        kind: TEAM,
        key: candidate_key(number),
        expected: None,
        change: Change::Put {
            body: serde_json::json!({"name": number}).to_string(),
            terms: members
                .map(|user| Term::unique(Term::HOLDER, &user))
                .collect(),
        },
    })]
}

fn learner(number: u64) -> Vec<Write> {
    let name = user(number);
    let points = 1 + number % 1_000;
    vec![
        sample::write_wallet(None, sample::wallet(&name, points)),
        Write::Entry(sample::entry(number, &name, 1, points)),
        Write::Progress {
            expected: None,
            progress: sample::progress(&name, 1, points),
        },
    ]
}

fn submission(number: u64, users: u64) -> Vec<Write> {
    let submission = sample::submission(number, &user(number % users.max(1)), 1);
    let report = Write::Report {
        submission: submission.id,
        report: Box::new(sample::report("5")),
    };
    let mut writes = sample::new_submission(sample::graded(submission)).to_vec();
    writes.push(report);
    writes
}

fn candidate(number: u64) -> Vec<Write> {
    let name = format!("Candidate {number}");
    let body = serde_json::json!({"name": name, "campaign": CAMPAIGN, "status": "invited"});
    vec![Write::Document(DocumentWrite {
        kind: CANDIDATE,
        key: candidate_key(number),
        expected: None,
        change: Change::Put {
            body: body.to_string(),
            terms: vec![
                Term::listed(OF_CAMPAIGN, CAMPAIGN, &name),
                Term::unique("address", &format!("{CAMPAIGN}/c{number}@example.org")),
            ],
        },
    })]
}
