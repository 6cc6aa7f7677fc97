//! Backups: everything comes back, in the same database or another, or nothing does.
#![expect(clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use polycode_core::catalogue::Module;
use polycode_core::id::{ModuleId, SubmissionId};
use polycode_core::port::{Change, Commit, DocumentWrite, Lookup, PageRequest, Store, Term, Write};
use polycode_core::quantity::Cursor;
use polycode_store::testkit::postgres::fresh;
use polycode_store::testkit::{random, sample};
use polycode_store::{Archive, backup, check, open, restore};
use tempfile::TempDir;
use tokio::task::JoinSet;

const ODD: [&str; 6] = ["", "\0", "a\"b'", "größe 🦉", "\u{7f}\u{2028}", "A"];

struct Shelf {
    folder: TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn sqlite(&self, name: &str) -> String {
        format!("sqlite:{}", self.file(name).display())
    }
}

/// Fills a store with something in every table, and odd texts wherever they fit.
async fn fill(store: &dyn Store) {
    for number in 0..400_u32 {
        let numbers = [
            number.wrapping_mul(0x85eb_ca6b),
            number.wrapping_mul(0xc2b2_ae35),
        ];
        let commit = random::commit(store, &numbers).await.unwrap();
        // Some are refused, as they are everywhere.
        drop(store.commit(commit).await);
    }
    let writes = ODD.map(|text| {
        let terms = vec![Term::listed("all", "", text), Term::unique("own", text)];
        let body = serde_json::to_string(&[text]).unwrap();
        Write::Document(DocumentWrite {
            kind: "owl",
            key: text.to_owned(),
            expected: None,
            change: Change::Put { body, terms },
        })
    });
    let commit = Commit {
        writes: writes.to_vec(),
        events: vec![sample::event(1_000)],
    };
    store.commit(commit).await.unwrap();
}

/// Writes a module that is not published.
async fn add_module(store: &dyn Store, number: u64, slug: &str) {
    let draft = serde_json::json!({"slug": slug, "name": slug, "type": "practice"});
    let draft = serde_json::from_value(draft).unwrap();
    let created = Module::decide_create(ModuleId(sample::uuid(number)), None, draft).unwrap();
    let module = Module::begin(&created).unwrap();
    let writes = vec![Write::Document(DocumentWrite::put(&module, None).unwrap())];
    let events = Vec::new();
    store.commit(Commit { writes, events }).await.unwrap();
}

/// Everything that a store shows.
async fn seen(url: &str) -> Vec<String> {
    let store = open(url).await.unwrap();
    let mut seen = random::everything(&*store).await.unwrap();
    let lookup = Lookup {
        kind: "owl",
        term: "all",
        value: String::new(),
        until: None,
        is_reversed: false,
        words: Vec::new(),
    };
    let page = store
        .documents(lookup, PageRequest::default())
        .await
        .unwrap();
    seen.push(format!("{page:?}"));
    seen
}

async fn backed_up(url: &str, file: &Path) -> Archive {
    backup(url, file).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_from_database_to_database_and_back() {
    let shelf = Shelf::new();
    let urls = [shelf.sqlite("a.db"), fresh(), fresh(), shelf.sqlite("b.db")];
    fill(&*open(&urls[0]).await.unwrap()).await;
    let first = backed_up(&urls[0], &shelf.file("0")).await;
    assert!(first.rows > 100, "{first:?}");
    let wanted = seen(&urls[0]).await;
    for (number, url) in (1..).zip(&urls[1..]) {
        let file = shelf.file(&(number - 1).to_string());
        assert_eq!(restore(&file, url).await.unwrap(), first, "{url}");
        assert_eq!(seen(url).await, wanted, "{url}");
        // The same rows are the same archive, byte by byte.
        let archive = backed_up(url, &shelf.file(&number.to_string())).await;
        assert_eq!(archive, first, "{url}");
        assert_eq!(
            std::fs::read(&file).unwrap(),
            std::fs::read(shelf.file(&number.to_string())).unwrap()
        );
    }
    // And each goes on where it was.
    for url in &urls[1..] {
        let store = open(url).await.unwrap();
        let last = store
            .events(Cursor(0), 10_000)
            .await
            .unwrap()
            .last()
            .unwrap()
            .cursor;
        let (writes, events) = (Vec::new(), vec![sample::event(2_000)]);
        store.commit(Commit { writes, events }).await.unwrap();
        let next = store.events(last, 10).await.unwrap();
        assert_eq!(next.len(), 1);
        assert_eq!(next[0].cursor.0, last.0 + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment_while_others_write() {
    let shelf = Shelf::new();
    for (name, url) in [("s", shelf.sqlite("s.db")), ("p", fresh())] {
        let store = open(&url).await.unwrap();
        let writes = vec![sample::new_content(sample::content(1, "one", "text"))];
        let events = Vec::new();
        store.commit(Commit { writes, events }).await.unwrap();
        let mut tasks = JoinSet::new();
        for lane in 0..8_u64 {
            let store = Arc::clone(&store);
            tasks.spawn(async move {
                for number in (1 + lane * 1_000_000).. {
                    let submission = sample::submission(number, "ada", 1);
                    let commit = Commit {
                        writes: sample::new_submission(submission).to_vec(),
                        events: vec![sample::event(number)],
                    };
                    store.commit(commit).await.unwrap();
                }
            });
        }
        while store.events(Cursor(0), 200).await.unwrap().len() < 200 {
            tokio::task::yield_now().await;
        }
        backed_up(&url, &shelf.file(name)).await;
        tasks.shutdown().await;

        let copy = shelf.sqlite(&format!("{name}-copy.db"));
        restore(shelf.file(name), &copy).await.unwrap();
        let copy = open(&copy).await.unwrap();
        let events = copy.events(Cursor(0), u32::MAX).await.unwrap();
        assert!(events.len() >= 200);
        let logged: BTreeSet<_> = events
            .iter()
            .map(|event| SubmissionId(event.recorded.id.0))
            .collect();
        let stored: BTreeSet<_> = copy.pending(u32::MAX).await.unwrap().into_iter().collect();
        assert_eq!(logged, stored);
        for id in stored {
            assert!(copy.answer(id).await.unwrap().is_some());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_archive_leaves_the_store_empty() {
    let shelf = Shelf::new();
    let source = shelf.sqlite("a.db");
    let store = open(&source).await.unwrap();
    fill(&*store).await;
    add_module(&*store, 1, "first-module").await;
    add_module(&*store, 2, "second-module").await;
    drop(store);
    backed_up(&source, &shelf.file("whole")).await;
    let whole = std::fs::read_to_string(shelf.file("whole")).unwrap();
    let lines: Vec<_> = whole.lines().collect();
    // What two modules can't both be found by, but only their texts say so.
    let same_slugs = lines.iter().map(|line| match line {
        line if line.contains("\"in\":\"documents\"") => {
            line.replace("first-module", "second-module") + "\n"
        }
        line => format!("{line}\n"),
    });
    let same_slugs: String = same_slugs.collect();
    assert_ne!(same_slugs, whole);
    let cut_off = lines[..lines.len() - 1].join("\n") + "\n";
    let half = String::from_utf8_lossy(&whole.as_bytes()[..whole.len() / 2]).into_owned();
    let cases = [
        (String::new(), "no archive"),
        ("{}\n".to_owned(), "no archive"),
        (whole.replacen("polycode", "polygon", 1), "no archive"),
        (
            whole.replacen("\"version\":1}", "\"version\":2}", 1),
            "newer version",
        ),
        (cut_off, "cut off"),
        (half, "can't be read"),
        (whole.replacen("text 1", "text 2", 1), "changed"),
        (format!("{whole}{}\n", lines[1]), "changed"),
        (same_slugs, "changed"),
        (
            whole.replacen("\"in\":\"wallets\"", "\"in\":\"purses\"", 1),
            "no table `purses`",
        ),
        (
            whole.replacen("\"balance\":", "\"balance\":\"all\",\"of\":", 1),
            "`balance` of wallets",
        ),
    ];
    for target in [shelf.sqlite("b.db"), fresh()] {
        for (text, words) in &cases {
            let file = shelf.file("broken");
            std::fs::write(&file, text).unwrap();
            let error = restore(&file, &target).await.unwrap_err();
            assert!(error.to_string().contains(words), "{words}: {error}");
            let store = open(&target).await.unwrap();
            assert_eq!(store.events(Cursor(0), 10).await.unwrap(), []);
            let contents = store.contents(PageRequest::default()).await.unwrap();
            assert_eq!(contents.items, []);
        }
        // Nothing is in the way of a whole one.
        restore(shelf.file("whole"), &target).await.unwrap();
        let again = restore(shelf.file("whole"), &target).await.unwrap_err();
        assert!(again.to_string().contains("not empty"), "{again}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_backed_up_is_named_and_leaves_no_file() {
    let shelf = Shelf::new();
    let there = shelf.file("there");
    std::fs::write(&there, "a letter").unwrap();
    let source = shelf.sqlite("a.db");
    drop(open(&source).await.unwrap());
    let error = backup(&source, &there).await.unwrap_err();
    assert!(error.to_string().contains("there already"), "{error}");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "a letter");

    let file = shelf.file("new");
    let cases = [
        ("memory:", "gone with its process"),
        (&shelf.sqlite("absent.db"), "there is no database"),
        ("mysql://localhost/school", "names no store"),
        ("postgresql://127.0.0.1:1/school", "can't be opened"),
    ];
    for (url, words) in cases {
        let error = backup(url, &file).await.unwrap_err();
        assert!(error.to_string().contains(words), "{url}: {error}");
    }
    let left = std::fs::read_dir(shelf.folder.path()).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| !name.to_string_lossy().starts_with("a.db"));
    assert_eq!(left, ["there"]);
}

fn command(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_polycode-store"));
    command.args(args).output().unwrap()
}

fn printed(output: &Output) -> String {
    let both = [output.stdout.clone(), output.stderr.clone()].concat();
    String::from_utf8(both).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_backs_up_restores_and_finds_what_does_not_fit() {
    let shelf = Shelf::new();
    let source = shelf.sqlite("a.db");
    let store = open(&source).await.unwrap();
    let writes = vec![
        sample::write_wallet(None, sample::wallet("ada", 5)),
        Write::Entry(sample::entry(3, "ada", 1, 4)),
    ];
    let events = vec![sample::event(1)];
    store.commit(Commit { writes, events }).await.unwrap();
    let (file, target) = (shelf.file("backup"), fresh());
    let file = file.to_str().unwrap();

    let backup = command(&["backup", &source, file]);
    assert!(backup.status.success(), "{}", printed(&backup));
    assert!(
        printed(&backup).starts_with("3 rows, sha256 "),
        "{}",
        printed(&backup)
    );
    let again = command(&["backup", &source, file]);
    assert!(!again.status.success());
    assert!(printed(&again).contains("there already"));
    let restore = command(&["restore", file, &target]);
    assert_eq!(printed(&restore), printed(&backup));
    for url in [&source, &target] {
        let check = command(&["check", url]);
        assert!(!check.status.success());
        let text = printed(&check);
        assert!(
            text.contains("wallet ada: it holds 5, but the ledger gave it 4 and took 0"),
            "{text}"
        );
    }
    let empty = command(&["check", &fresh()]);
    assert!(empty.status.success(), "{}", printed(&empty));
    // The library finds the same.
    let found = check(&*open(&target).await.unwrap())
        .await
        .unwrap()
        .findings;
    assert_eq!(found.len(), 3, "{found:?}");
}
