//! Random commits from a small world, where much collides: given to two stores, both must answer
//! alike and hold the same afterwards.

mod documents;

use polycode_core::event::Logged;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::port::{Commit, CommitError, PageRequest, PortError, Store, Versioned, Write};
use polycode_core::quantity::{Cursor, Points, Version};

use crate::testkit::sample::{self, uuid};

const IDS: u64 = 6;
const EVENTS: u64 = 128;
const USERS: [&str; 3] = ["ada", "bob", "ada2"];
const SLUGS: [&str; 3] = ["a", "a-b", "b"];
/// More than a store may count in one step.
const BIG: u64 = 1 << 21;

/// The commit that a list of numbers stands for: each number is a write or an event. Most writes
/// expect the version that the store holds now, so that many of them land.
///
/// # Errors
/// [`PortError`] when the store fails.
pub async fn commit(store: &dyn Store, numbers: &[u32]) -> Result<Commit, PortError> {
    let mut commit = Commit::default();
    for number in numbers {
        let mut draw = Draw(*number);
        match draw.below(11) {
            10 => commit.events.push(sample::event(draw.below(EVENTS))),
            7..=9 => commit
                .writes
                .push(documents::write(store, &mut draw).await?),
            kind => commit.writes.push(write(store, kind, &mut draw).await?),
        }
    }
    Ok(commit)
}

async fn write(store: &dyn Store, kind: u64, draw: &mut Draw) -> Result<Write, PortError> {
    let number = 1 + draw.below(IDS);
    let user = draw.one_of(&USERS);
    let content = 1 + draw.below(2);
    let amount = draw.below(3);
    let text = format!("text {amount}");
    let guess = draw.guess();
    let content_id = ContentId(uuid(content));
    Ok(match kind {
        0 => Write::Content {
            expected: guess.unwrap_or(version(store.content(content_id).await?)),
            content: Box::new(sample::content(content, draw.one_of(&SLUGS), &text)),
        },
        1 => {
            let submission = sample::submission(number, user, content);
            let stored = store.submission(submission.id).await?;
            Write::Submission {
                expected: guess.unwrap_or(version(stored)),
                submission: match amount {
                    0 => sample::graded(submission),
                    _ => submission,
                },
            }
        }
        2 => Write::Answer {
            submission: SubmissionId(uuid(number)),
            answer: Box::new(sample::answer(&text)),
        },
        3 => Write::Report {
            submission: SubmissionId(uuid(number)),
            report: Box::new(sample::report(&text)),
        },
        4 => {
            let stored = store.progress(&sample::user(user), content_id).await?;
            Write::Progress {
                expected: guess.unwrap_or(version(stored)),
                progress: sample::progress(user, content, amount),
            }
        }
        5 => {
            let stored = store.wallet(&sample::user(user)).await?;
            let expected = guess.unwrap_or(version(stored));
            let balance = amount + BIG * (u64::from(number > 3));
            sample::write_wallet(expected, sample::wallet(user, balance))
        }
        _ => Write::Entry(sample::entry(number, user, content, amount)),
    })
}

fn version<T>(stored: Option<Versioned<T>>) -> Option<Version> {
    stored.map(|stored| stored.version)
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
    let mut seen = Seen(Vec::new());
    let mut note = |what: &dyn std::fmt::Debug| seen.note(what);
    let all = || PageRequest {
        limit: 2,
        ..PageRequest::default()
    };
    note(&store.contents(all()).await?);
    for slug in SLUGS {
        note(&store.content_by_slug(&slug.parse().unwrap()).await?);
    }
    note(&store.pending(3).await?);
    note(&store.wallets(all()).await?);
    for balance in [0, 1, 2, BIG - 1, BIG, BIG + 2].map(Points) {
        note(&store.wallets_above(balance).await?);
    }
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
    documents::look(store, &mut seen).await?;
    Ok(seen.0)
}

/// What a store showed, in the order it was asked.
struct Seen(Vec<String>);

impl Seen {
    fn note(&mut self, what: &dyn std::fmt::Debug) {
        self.0.push(format!("{what:?}"));
    }
}

/// Takes small numbers out of a large one.
struct Draw(u32);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        // Mixed first, so that neighbours differ everywhere.
        self.0 = self.0.wrapping_mul(0x9e37_79b1).rotate_left(13) ^ 0x5bd1;
        u64::from(self.0) % bound
    }

    /// Sometimes a version that is not the one that the store holds, or none.
    #[expect(clippy::option_option, reason = "no guess, or one that may be none")]
    fn guess(&mut self) -> Option<Option<Version>> {
        match self.below(8) {
            0 => Some(None),
            1 => Some(Some(Version::FIRST)),
            _ => None,
        }
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = usize::try_from(self.below(choices.len() as u64)).unwrap();
        *choices.get(index).unwrap()
    }
}
