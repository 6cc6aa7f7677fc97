//! A world to try the engine in: a memory store, time that stands where it is put, and a sandbox
//! whose programs do what they say.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use polycode_core::Engine;
use polycode_core::catalogue::{Content, ContentDraft};
use polycode_core::engine::Submit;
use polycode_core::id::{ContentId, UserId};
use polycode_core::judging::submission::Selection;
use polycode_core::judging::{Answer, Ending, Limits, Observation, Program};
use polycode_core::permission::Actor;
use polycode_core::port::{
    Clock, Commit, CommitError, Executable, Page, PageRequest, PortError, Prepared, Run, Sandbox,
    SandboxError, Store, Uses, Versioned,
};
use polycode_core::quantity::{ByteCount, Fuel};
use polycode_store::{MemoryStore, RandomIds};
use serde_json::{Value, json};

/// The engine and what it stands on.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sandbox: Arc<Scripted>,
    pub(crate) clock: Arc<Ticking>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new()))
    }

    pub(crate) fn on(store: Arc<dyn Store>) -> Self {
        let sandbox = Arc::new(Scripted::default());
        let clock = Arc::new(Ticking::default());
        let engine = Engine::new(
            Arc::clone(&store),
            Arc::clone(&sandbox) as _,
            Arc::clone(&clock) as _,
            Arc::new(RandomIds),
        );
        Self {
            engine,
            store,
            sandbox,
            clock,
        }
    }

    pub(crate) async fn publish(&self, draft: ContentDraft) -> Versioned<Content> {
        self.engine.create_content(&HOST, draft).await.unwrap()
    }

    /// A content with everything in it, as it is now.
    pub(crate) async fn newest(&self, id: ContentId) -> Versioned<Content> {
        self.store.content(id).await.unwrap().unwrap()
    }
}

/// A content that pays 100 from half marks on: a program that writes 5 (visible, weight 1) and
/// whose function gives 25 (hidden, weight 3).
pub(crate) fn exercise(slug: &str) -> ContentDraft {
    draft(
        slug,
        &json!([{"id": "code", "kind": "code_editor", "languages": {"python": {}}, "validators": [
            {"id": "writes", "kind": "output", "stdin": "2 3", "expected": "5"},
            {"id": "gives", "hidden": true, "weight": 3, "kind": "function", "name": "square",
             "args": [5], "expected": 25},
        ]}]),
    )
}

/// A question whose right options are `a` and `b` of four, with partial credit.
pub(crate) fn question(slug: &str) -> ContentDraft {
    let options = ["a", "b", "c", "d"].map(|id| json!({"id": id, "text": id}));
    draft(
        slug,
        &json!([{"id": "quiz", "kind": "mcq", "question": "?", "choose": "many",
        "options": options, "validators": [
            {"id": "right", "kind": "choice", "correct": ["a", "b"], "credit": "partial"},
        ]}]),
    )
}

pub(crate) fn draft(slug: &str, components: &Value) -> ContentDraft {
    serde_json::from_value(json!({
        "slug": slug, "name": slug, "type": "exercise", "reward": 100, "passMark": 500_000,
        "root": {"id": "root", "kind": "container", "components": components},
    }))
    .unwrap()
}

pub(crate) fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// The product that PolyCode is built into, on behalf of anybody.
pub(crate) static HOST: LazyLock<Actor> = LazyLock::new(Actor::service);

/// A program of the scripted sandbox: see [`Scripted`].
pub(crate) fn program(script: &str) -> Answer {
    Answer::Code(Program {
        language: "python".parse().unwrap(),
        files: BTreeMap::from([("main.py".to_owned().try_into().unwrap(), script.to_owned())]),
        entry: None,
    })
}

pub(crate) fn choice(selected: &[&str]) -> Answer {
    let selected = selected.iter().map(|id| id.parse().unwrap()).collect();
    Answer::Choice(Selection { selected })
}

pub(crate) fn submit(user: &str, content: ContentId, answer: Answer) -> Submit {
    let component = match answer {
        Answer::Choice(_) => "quiz",
        _ => "code",
    };
    Submit {
        id: None,
        user: self::user(user),
        content,
        component: component.parse().unwrap(),
        answer,
    }
}

/// The first page of a list, as long as pages get.
pub(crate) fn page() -> PageRequest {
    PageRequest {
        after: None,
        limit: 100,
    }
}

/// Runs no program: a source text is `<stdout> <returned>`, the same after `late` for one that is
/// out of time then, after `fails` for one that ends with exit code 1, or `rejected`; one that says
/// `endless` uses up its time too.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    trouble: Mutex<Option<Trouble>>,
    runs: AtomicU32,
}

/// Why the sandbox does not work at the moment.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trouble {
    Busy,
    NotInstalled,
    Broken,
}

impl Scripted {
    pub(crate) fn has(&self, trouble: impl Into<Option<Trouble>>) {
        *self.trouble.lock().unwrap() = trouble.into();
    }

    pub(crate) fn runs(&self) -> u32 {
        self.runs.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Sandbox for Scripted {
    async fn prepare(
        &self,
        program: &Program,
        _: &Limits,
        _: &Uses,
    ) -> Result<Prepared, SandboxError> {
        let trouble = *self.trouble.lock().unwrap();
        match trouble {
            None => {}
            Some(Trouble::Busy) => return Err(SandboxError::Busy { waiting: 9 }),
            Some(Trouble::NotInstalled) => {
                let language = program.language.clone();
                return Err(SandboxError::NotInstalled { language });
            }
            Some(Trouble::Broken) => return Err(PortError::permanent("no box").into()),
        }
        self.runs.fetch_add(1, Ordering::Relaxed);
        // Others get their turn, as they do while a real program runs.
        tokio::task::yield_now().await;
        let script = program.files.values().next().cloned().unwrap_or_default();
        Ok(match script.as_str() {
            "rejected" => Prepared::Rejected {
                diagnostics: "main.py:1: no".to_owned(),
            },
            _ => Prepared::Ready(Box::new(Script(script))),
        })
    }
}

#[derive(Debug)]
struct Script(String);

#[async_trait]
impl Executable for Script {
    async fn run(&self, run: Run) -> Result<Observation, SandboxError> {
        let (ending, script) = match self.0.split_once(' ') {
            Some(("late", script)) => (Ending::TimeExhausted, script),
            Some(("fails", script)) => (Ending::Exited { code: 1 }, script),
            _ => (Ending::Exited { code: 0 }, self.0.as_str()),
        };
        let (stdout, returned) = script.split_once(' ').unwrap_or((script, ""));
        Ok(Observation {
            ending: if self.0.contains("endless") {
                Ending::TimeExhausted
            } else {
                ending
            },
            stdout: stdout.as_bytes().to_vec(),
            stderr: Vec::new(),
            returned: run.call.map(|_| returned.to_owned()),
            files: BTreeMap::new(),
            fuel: Fuel(1_000),
            peak_memory: ByteCount(1 << 20),
            wall_us: 7,
        })
    }
}

/// A clock that goes on by a second whenever the engine looks at it.
#[derive(Debug, Default)]
pub(crate) struct Ticking(AtomicI64);

impl Ticking {
    /// The time now, without moving it.
    pub(crate) fn reads(&self) -> Timestamp {
        let seconds = self.0.load(Ordering::Relaxed);
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    /// Time goes by.
    pub(crate) fn advance(&self, time: SignedDuration) {
        self.0.fetch_add(time.as_secs(), Ordering::Relaxed);
    }
}

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }
}

/// A store where others are quicker: the next commits that change something fail.
#[derive(Debug)]
pub(crate) struct Contended {
    pub(crate) inner: MemoryStore,
    pub(crate) conflicts: AtomicU32,
    pub(crate) tried: AtomicU32,
}

impl Contended {
    fn others_were_quicker(&self, commit: &Commit) -> bool {
        let reads = |write: &polycode_core::port::Write| {
            use polycode_core::port::Write;
            matches!(
                write,
                Write::Submission {
                    expected: Some(_),
                    ..
                }
            )
        };
        if !commit.writes.iter().any(reads) {
            return false;
        }
        self.tried.fetch_add(1, Ordering::Relaxed);
        let one_less = |left: u32| left.checked_sub(1);
        self.conflicts
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
            .is_ok()
    }
}

macro_rules! delegate {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => {
        #[async_trait]
        impl Store for Contended {
            async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
                if self.others_were_quicker(&commit) {
                    return Err(CommitError::Conflict { document: "wallet" });
                }
                self.inner.commit(commit).await
            }

            $(async fn $name(&self, $($arg: $type),*) -> Result<$out, PortError> {
                self.inner.$name($($arg),*).await
            })*
        }
    };
}

use polycode_core::event::Logged;
use polycode_core::id::{Slug, SubmissionId};
use polycode_core::judging::{Report, Submission};
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{Lookup, PlacedDocument, Purse, StoredDocument};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};

delegate! {
    content(id: ContentId) -> Option<Versioned<Content>>;
    content_by_slug(slug: &Slug) -> Option<Versioned<Content>>;
    content_at(id: ContentId, version: Version) -> Option<Content>;
    contents(page: PageRequest) -> Page<Versioned<Content>>;
    submission(id: SubmissionId) -> Option<Versioned<Submission>>;
    answer(id: SubmissionId) -> Option<Answer>;
    report(id: SubmissionId) -> Option<Report>;
    submissions(user: &UserId, content: Option<ContentId>, page: PageRequest) -> Page<Submission>;
    submissions_to(content: ContentId, page: PageRequest) -> Page<Submission>;
    pending(limit: u32) -> Vec<SubmissionId>;
    progress(user: &UserId, content: ContentId) -> Option<Versioned<Progress>>;
    progress_of(user: &UserId, page: PageRequest) -> Page<Progress>;
    wallet(user: &UserId) -> Option<Versioned<Wallet>>;
    wallets(page: PageRequest) -> Page<Wallet>;
    wallets_above(balance: Points) -> u64;
    entries(user: &UserId, page: PageRequest) -> Page<Entry>;
    document(kind: &'static str, key: &str) -> Option<StoredDocument>;
    documents(lookup: Lookup, page: PageRequest) -> Page<StoredDocument>;
    documents_of(kind: &'static str, page: PageRequest) -> Page<PlacedDocument>;
    purse(kind: &'static str, key: &str) -> Option<Points>;
    purses(kind: &'static str, page: PageRequest) -> Page<Purse>;
    purses_above(kind: &'static str, points: Points) -> u64;
    events(after: Cursor, limit: u32) -> Vec<Logged>;
}
