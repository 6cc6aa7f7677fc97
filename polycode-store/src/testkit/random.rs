//! Random commits from a small world, where much collides: given to two stores, both must answer
//! alike and hold the same afterwards.

use polycode_core::event::Logged;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::port::{Commit, CommitError, PageRequest, PortError, Store, Write};
use polycode_core::quantity::{Cursor, Version};

use crate::testkit::sample::{self, uuid};

const IDS: u64 = 4;
const USERS: [&str; 3] = ["ada", "bob", "ada2"];
const SLUGS: [&str; 3] = ["a", "a-b", "b"];

/// The commit that a list of numbers stands for: each number is a write or an event.
pub fn commit(numbers: &[u32]) -> Commit {
    let mut commit = Commit::default();
    for number in numbers {
        let mut draw = Draw(*number);
        match draw.below(8) {
            7 => commit.events.push(sample::event(draw.below(64))),
            kind => commit.writes.push(write(kind, &mut draw)),
        }
    }
    commit
}

fn write(kind: u64, draw: &mut Draw) -> Write {
    let id = 1 + draw.below(IDS);
    let user = draw.one_of(&USERS);
    let content = 1 + draw.below(2);
    let expected = match draw.below(4) {
        0 | 1 => None,
        version => Some(Version(version - 1)),
    };
    let amount = draw.below(3);
    let text = format!("text {amount}");
    match kind {
        0 => Write::Content {
            expected,
            content: Box::new(sample::content(content, draw.one_of(&SLUGS), &text)),
        },
        1 => {
            let submission = sample::submission(id, user, content);
            let submission = match amount {
                0 => sample::graded(submission),
                _ => submission,
            };
            Write::Submission {
                expected,
                submission,
            }
        }
        2 => Write::Answer {
            submission: SubmissionId(uuid(id)),
            answer: Box::new(sample::answer(&text)),
        },
        3 => Write::Report {
            submission: SubmissionId(uuid(id)),
            report: Box::new(sample::report(&text)),
        },
        4 => Write::Progress {
            expected,
            progress: sample::progress(user, content, amount),
        },
        5 => sample::write_wallet(expected, sample::wallet(user, amount)),
        _ => Write::Entry(sample::entry(id, user, content, amount)),
    }
}

/// What came of a commit, in a form that two stores can be compared by.
pub fn outcome(result: &Result<(), CommitError>) -> String {
    match result {
        Ok(()) => "written".to_owned(),
        Err(CommitError::Port(_)) => "refused".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Everything that a store shows of the small world, read through every door of the port.
///
/// # Errors
/// [`PortError`] when the store fails.
pub async fn everything(store: &dyn Store) -> Result<Vec<String>, PortError> {
    let mut seen = Vec::new();
    let mut note = |what: &dyn std::fmt::Debug| seen.push(format!("{what:?}"));
    let all = || PageRequest {
        limit: 2,
        ..PageRequest::default()
    };
    note(&store.contents(all()).await?);
    for slug in SLUGS {
        note(&store.content_by_slug(&slug.parse().unwrap()).await?);
    }
    note(&store.pending(3).await?);
    let events: Vec<Logged> = store.events(Cursor(0), 1_000).await?;
    note(&events);
    for user in USERS.map(sample::user) {
        note(&store.wallet(&user).await?);
        let page = store.entries(&user, all()).await?;
        let after = page.next.clone();
        note(&page);
        note(
            &store
                .entries(&user, PageRequest { after, limit: 2 })
                .await?,
        );
        note(&store.submissions(&user, None, all()).await?);
        for content in [1, 2].map(|number| ContentId(uuid(number))) {
            note(&store.progress(&user, content).await?);
            note(&store.submissions(&user, Some(content), all()).await?);
        }
    }
    for number in 1..=IDS {
        let id = SubmissionId(uuid(number));
        note(&store.submission(id).await?);
        note(&store.answer(id).await?);
        note(&store.report(id).await?);
        note(&store.content(ContentId(uuid(number))).await?);
        for version in (1..4).map(Version) {
            note(&store.content_at(ContentId(uuid(number)), version).await?);
        }
    }
    Ok(seen)
}

/// Takes small numbers out of a large one.
struct Draw(u32);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        // Mixed first, so that neighbours differ everywhere.
        self.0 = self.0.wrapping_mul(0x9e37_79b1).rotate_left(13) ^ 0x5bd1;
        u64::from(self.0) % bound
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let index = self.below(choices.len() as u64);
        choices
            .iter()
            .zip(0..)
            .find(|(_, place)| *place == index)
            .map_or("", |(choice, _)| choice)
    }
}
