//! A process that is killed in the middle of its work loses nothing that it acknowledged, and
//! nothing is there twice.
//!
//! The test starts itself again as a child that receives, grades, awards, sells, publishes and imports
//! as fast as it can and names each deed once it is acknowledged; it kills the child without warning,
//! looks at what is left, and does what was left undone. `POLYCODE_CRASH_TEST_RUNS` says how many
//! children are killed; `cargo xtask soak` kills 500 on each database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test without a harness: it is its own child process"
)]

#[path = "engine/world.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the engine, which use all of it"
)]
mod world;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Instant;

use polycode_core::catalogue::{Course, CourseContent, ItemDraft, ItemKind};
use polycode_core::engine::{BuyItem, Imported};
use polycode_core::event::Event;
use polycode_core::id::{ContentId, ItemId, SubmissionId};
use polycode_core::judging::SubmissionStatus;
use polycode_core::judging::submission::SubmissionEvent;
use polycode_core::permission::{Actor, Role};
use polycode_core::quantity::{Cursor, Points, Version};
use polycode_store::testkit::postgres;
use polycode_store::{check, open};
use rand::RngExt;
use tokio::task::JoinSet;

use crate::world::{HOST, World, exercise, page, program, submit, user};

/// The child's part is told by this variable: the content, the item and the database.
const CHILD: &str = "POLYCODE_CRASH_TEST_CHILD";
/// How many children are killed on each database.
const RUNS: &str = "POLYCODE_CRASH_TEST_RUNS";
const USUAL_RUNS: usize = 12;
/// After how many acknowledged deeds a child is killed, at most.
const MOST_DEEDS: usize = 400;
const WRITERS: usize = 24;
/// How the slugs of what is imported begin.
const COURSE: &str = "course-";
const PRICE: Points = Points(30);

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Ok(task) = std::env::var(CHILD) {
        let mut words = task.splitn(3, ' ');
        let mut word = || words.next().unwrap();
        let content = ContentId(word().parse().unwrap());
        let item = ItemId(word().parse().unwrap());
        runtime.block_on(work_for_ever(content, item, word()));
        return;
    }
    let runs = std::env::var(RUNS).map_or(USUAL_RUNS, |runs| runs.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("school.db").display());
    for (name, url) in [("SQLite", sqlite), ("PostgreSQL", postgres::fresh())] {
        let begun = Instant::now();
        let deeds = runtime.block_on(nothing_acknowledged_is_lost(&url, runs));
        let seconds = begun.elapsed().as_secs_f64();
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "crash: {name}: {deeds} acknowledged deeds survived {runs} kills in {seconds:.1} s"
        )
        .unwrap();
    }
}

async fn nothing_acknowledged_is_lost(url: &str, runs: usize) -> usize {
    let (content, item) = {
        let world = World::on(open(url).await.unwrap());
        let content = world.publish(exercise("squares")).await.value.id;
        let draft = ItemDraft {
            content,
            component: "code".parse().unwrap(),
            price: PRICE,
            kind: ItemKind::Hint {
                text: "the secret".to_owned(),
            },
        };
        let author = Actor::user(user("mona")).with(Role::ContentCreator);
        let item = world.engine.create_item(&author, draft).await.unwrap();
        (content, item.value.id)
    };
    let mut acknowledged = BTreeSet::new();
    for _ in 0..runs {
        let count = rand::rng().random_range(1..MOST_DEEDS);
        acknowledged.extend(kill_a_child_after(count, content, item, url));
    }
    assert_all_there(url, item, &acknowledged).await;
    acknowledged.len()
}

/// Starts a child and kills it; returns what it acknowledged.
fn kill_a_child_after(count: usize, content: ContentId, item: ItemId, url: &str) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(CHILD, format!("{content} {item} {url}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut acknowledged = Vec::new();
    let mut line = String::new();
    // A line without an end was cut by the kill: nobody was told.
    while lines.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
        acknowledged.push(line.trim_end().to_owned());
        line.clear();
        if acknowledged.len() == count {
            child.kill().unwrap();
        }
    }
    let status = child.wait().unwrap();
    assert!(!status.success(), "the child ended by itself: {status}");
    assert!(acknowledged.len() >= count, "the child died early");
    acknowledged
}

async fn assert_all_there(url: &str, item: ItemId, acknowledged: &BTreeSet<String>) {
    let world = World::on(open(url).await.unwrap());
    for deed in acknowledged {
        let (deed, what) = deed.split_once(' ').unwrap();
        match deed {
            "received" | "graded" => {
                let id = SubmissionId(what.parse().unwrap());
                let stored = world.store.submission(id).await.unwrap();
                assert!(stored.is_some(), "submission {what} is lost");
                let status = stored.unwrap().value.status;
                let is_graded = matches!(status, SubmissionStatus::Graded { .. });
                assert!(
                    is_graded || deed == "received",
                    "the grade of {what} is lost"
                );
            }
            "bought" => {
                let own = Actor::user(user(what));
                let bought = world.engine.bought_item(&own, item).await;
                assert!(bought.is_ok(), "what {what} bought is lost");
            }
            "imported" => {
                let (slug, module) = what.split_once(' ').unwrap();
                let again = import(&world, slug).await;
                assert_eq!(
                    again.modules[0].id.to_string(),
                    module,
                    "{slug} is there twice"
                );
            }
            "published" => {
                let id = ContentId(what.parse().unwrap());
                let stored = world.store.content(id).await.unwrap();
                assert!(stored.is_some(), "content {what} is lost");
            }
            other => panic!("{other}"),
        }
    }
    finish_imports(&world).await;
    // What was left undone is done now, and nothing twice.
    while !world.store.pending(1).await.unwrap().is_empty() {
        world.engine.grade_pending(100).await.unwrap();
    }
    let (mut received, mut graded) = (BTreeSet::new(), BTreeSet::new());
    let mut after = Cursor(0);
    loop {
        let events = world.store.events(after, 1_000).await.unwrap();
        let Some(last) = events.last() else { break };
        after = last.cursor;
        for logged in events {
            if let Event::Submission(event) = logged.recorded.event {
                let id = event.submission();
                match event {
                    SubmissionEvent::Received { .. } => {
                        assert!(received.insert(id), "{id} is received twice");
                    }
                    SubmissionEvent::Graded { .. } => {
                        assert!(graded.insert(id), "{id} is graded twice");
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
    assert_eq!(received, graded, "each is graded once");
    let checked = check(&*world.store).await.unwrap();
    assert_eq!(checked.findings, []);
    assert_eq!(checked.submissions, received.len() as u64);
}

/// An import that was cut off is done to its end by doing it again.
async fn finish_imports(world: &World) {
    let mut page = page();
    page.after = Some(COURSE.to_owned());
    loop {
        let found = world.store.contents(page.clone()).await.unwrap();
        for content in found.items {
            let slug = content.value.draft.slug.to_string();
            if !slug.starts_with(COURSE) {
                return;
            }
            let imported = import(world, &slug).await;
            assert_eq!(imported.contents[0].version, Version::FIRST, "{slug}");
            let module = imported.modules[0].id;
            let module = world.engine.module(&HOST, module).await.unwrap();
            assert_eq!(module.contents.len(), 1, "{slug}");
        }
        page.after = found.next;
        if page.after.is_none() {
            return;
        }
    }
}

async fn import(world: &World, slug: &str) -> Imported {
    let course = Course {
        name: slug.to_owned(),
        contents: vec![CourseContent {
            draft: exercise(slug),
            samples: Vec::new(),
        }],
        modules: Vec::new(),
    };
    world.engine.import_course(&HOST, course).await.unwrap()
}

async fn work_for_ever(content: ContentId, item: ItemId, url: &str) {
    let world = World::on(open(url).await.unwrap());
    let process = std::process::id();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let world = world.clone();
        writers.spawn(async move {
            for round in 0.. {
                let name = format!("{process}-{writer}-{}", round / 2);
                work(&world, content, item, &name).await;
            }
        });
    }
    writers.join_all().await;
}

/// One learner's day: each name has two of them.
async fn work(world: &World, content: ContentId, item: ItemId, name: &str) {
    let engine = &world.engine;
    let answer = submit(name, content, program("5 25"));
    let id = engine.receive(&HOST, answer).await.unwrap();
    println!("received {id}");
    engine.grade(id).await.unwrap();
    println!("graded {id}");
    let own = Actor::user(user(name));
    let price = PRICE;
    if engine.buy_item(&own, BuyItem { item, price }).await.is_ok() {
        println!("bought {name}");
        let published = world.publish(exercise(&format!("of-{name}"))).await;
        println!("published {}", published.value.id);
        let slug = format!("{COURSE}{name}");
        let imported = import(world, &slug).await;
        println!("imported {slug} {}", imported.modules[0].id);
    }
    let balance = engine.wallet(&HOST, &user(name)).await.unwrap().balance;
    assert_eq!(balance, Points(70));
    assert_eq!(engine.purchases(&own, page()).await.unwrap().items.len(), 1);
}
