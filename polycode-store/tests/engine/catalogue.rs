//! Publishing contents and importing courses.

use polycode_core::catalogue::{ContentQuery, Course};
use polycode_core::port::PageRequest;
use polycode_core::quantity::{Cursor, Version};

use crate::world::{HOST, World, exercise, question};

const COURSE: &str = "name = 'Warm-up'\ncontents = ['read', 'sum']";
const READ: &str = "name = 'Read'\ntype = 'lesson'\n\
    root = { id = 'text', kind = 'markdown', text = { file = 'text.md' } }";
const SUM: &str = "name = 'Sum'\ntype = 'exercise'\nreward = 10\n\
    [root]\nid = 'code'\nkind = 'code_editor'\nlanguages.python = {}\n\
    validators = [{ id = 'v', kind = 'output', stdin = '2 3', expected = '5' }]";

fn course(text: &str) -> Course {
    let files = [
        ("course.toml", COURSE),
        ("read/content.toml", READ),
        ("read/text.md", text),
        ("sum/content.toml", SUM),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Course::from_files(&polycode_store::read_course(folder.path()).unwrap()).unwrap()
}

#[tokio::test]
async fn importing_a_course_again_changes_only_what_changed() {
    let world = World::new();
    let first = world
        .engine
        .import_course(&HOST, course("old"))
        .await
        .unwrap();
    let versions = |imported: &polycode_core::engine::Imported| {
        imported
            .contents
            .iter()
            .map(|content| content.version)
            .collect::<Vec<_>>()
    };
    assert_eq!(versions(&first), [Version(1), Version(1)]);

    let same = world
        .engine
        .import_course(&HOST, course("old"))
        .await
        .unwrap();
    assert_eq!(same, first);
    // Both contents were published; the module was created, published, and got both.
    assert_eq!(world.store.events(Cursor(0), 100).await.unwrap().len(), 6);

    let changed = world
        .engine
        .import_course(&HOST, course("new"))
        .await
        .unwrap();
    assert_eq!(versions(&changed), [Version(2), Version(1)]);
    assert_eq!(changed.contents[0].id, first.contents[0].id);
    assert_eq!(world.store.events(Cursor(0), 100).await.unwrap().len(), 7);
    let contents = world
        .engine
        .contents(&HOST, &ContentQuery::default(), PageRequest::default())
        .await
        .unwrap();
    assert_eq!(contents.items.len(), 2);
}

#[tokio::test]
async fn a_slug_that_is_taken_and_a_version_that_is_old_are_refused() {
    let world = World::new();
    let first = world.publish(exercise("one")).await;
    let second = world.publish(exercise("two")).await;
    let taken = world
        .engine
        .create_content(&HOST, question("one"))
        .await
        .unwrap_err();
    assert_eq!(
        (taken.code(), taken.problems()[0].field.as_str()),
        ("invalid", "slug")
    );
    let id = second.value.id;
    let taken = world
        .engine
        .update_content(&HOST, id, second.version, exercise("one"));
    assert_eq!(taken.await.unwrap_err().code(), "invalid");
    let id = first.value.id;
    world
        .engine
        .update_content(&HOST, id, first.version, question("one"))
        .await
        .unwrap();
    let stale = world
        .engine
        .update_content(&HOST, id, first.version, exercise("one"));
    assert_eq!(stale.await.unwrap_err().code(), "stale");
    let newest = world.newest(id).await;
    assert_eq!(
        (newest.version, newest.value.draft),
        (Version(2), question("one"))
    );
}

#[tokio::test]
async fn a_search_asks_for_each_of_its_words_however_many() {
    let world = World::new();
    let mut draft = exercise("poem");
    draft.description = "One two three four five six seven eight nine, ten".to_owned();
    world.publish(draft).await;
    let cases = [
        ("one two three four five six seven eight", 1),
        ("ten nine eight seven six five four three two one", 1),
        ("TE ni ei se si fi fo thr tw o", 1),
        ("ten nine eight seven six five four three two x", 0),
        ("absent", 0),
    ];
    for (text, wanted) in cases {
        let query = ContentQuery {
            text: Some(text.to_owned()),
            ..ContentQuery::default()
        };
        let found = world
            .engine
            .contents(&HOST, &query, PageRequest::default())
            .await;
        assert_eq!(found.unwrap().items.len(), wanted, "{text}");
    }
}
