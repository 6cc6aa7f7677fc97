//! Courses that are imported and exported: the same again, samples included, in both forms.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use polycode_core::catalogue::course::CourseFiles;
use polycode_core::catalogue::{ContentQuery, Course, ModuleQuery};
use polycode_core::permission::{Actor, Role};
use polycode_core::quantity::Cursor;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stories::catalogue::{code, creator, learner};
use crate::world::{HOST, World, exercise, page, question, user};

/// What no learner may read.
const SOLUTION: &str = "print('the-whole-solution')";

fn files_of(folder: &Path, prefix: &str, files: &mut CourseFiles) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files_of(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn solved(name: &str, text: &str) -> Value {
    json!({"name": name, "component": "code", "verdict": "passed", "answer":
        {"kind": "code", "language": "python", "files": {"main.py": text}}})
}

/// A course of one content with these samples, and the module that it becomes.
fn course(samples: &[Value]) -> Course {
    let wire = json!({"name": "Sums", "contents": [
        {"draft": exercise("sum"), "samples": samples},
    ]});
    Course::from_json(&wire.to_string()).unwrap()
}

#[tokio::test]
async fn pr_1_the_sample_course_comes_out_as_it_went_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/course");
    let mut files = CourseFiles::new();
    files_of(&folder, "", &mut files);
    let course = Course::from_files(&files).unwrap();
    let samples: usize = course.contents.iter().map(|c| c.samples.len()).sum();
    assert!(samples > 50, "only {samples} samples");

    let World { engine, .. } = World::new();
    let imported = engine.import_course(&HOST, course.clone()).await.unwrap();
    let exported = engine.export_course(&HOST, imported.modules[0].id).await;
    let exported = exported.unwrap();
    assert_eq!(exported, course);
    assert_eq!(exported.to_files().unwrap(), course.to_files().unwrap());
    let submissions = |files: &CourseFiles| -> CourseFiles {
        let of_samples = |(path, _): &(&String, &String)| path.contains("/submissions/");
        let found = files.iter().filter(of_samples);
        found
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    };
    let written = submissions(&exported.to_files().unwrap());
    assert_eq!(
        written.keys().collect::<Vec<_>>(),
        submissions(&files).keys().collect::<Vec<_>>()
    );
    for (path, text) in written
        .iter()
        .filter(|(path, _)| path.strip_suffix(".toml").is_none())
    {
        assert_eq!(Some(text), files.get(path), "{path}");
    }
    let again = engine.import_course(&HOST, exported).await.unwrap();
    assert_eq!(again, imported, "nothing is published anew");
}

#[tokio::test]
async fn pr_1_samples_are_for_the_authors_of_a_content_only() {
    let World { engine, store, .. } = World::new();
    let ada = creator("ada");
    let course = course(&[solved("python", SOLUTION)]);
    let imported = engine.import_course(&ada, course.clone()).await.unwrap();
    let (module, content) = (imported.modules[0].id, imported.contents[0].id);
    assert_eq!(engine.export_course(&ada, module).await.unwrap(), course);
    for other in [
        Actor::guest(),
        learner("eve"),
        creator("bob"),
        learner("ada"),
        learner("ada").with(Role::Candidate),
        learner("eve").with(Role::AssessmentCreator),
    ] {
        let exported = engine.export_course(&other, module).await;
        assert_eq!(code(exported), "not_found", "{other:?}");
        let seen = [
            json!(engine.content(&other, content).await.unwrap()),
            json!(engine.module(&other, module).await.unwrap()),
            json!(
                engine
                    .contents(&other, &ContentQuery::default(), page())
                    .await
                    .unwrap()
            ),
            json!(
                engine
                    .modules(&other, &ModuleQuery::default(), page())
                    .await
                    .unwrap()
            ),
        ];
        assert!(!json!(seen).to_string().contains("whole-solution"));
    }
    let told = store.events(Cursor(0), 100).await.unwrap();
    assert!(!format!("{told:?}").contains("whole-solution"));
    // A module of somebody else's that holds the content does not open it.
    let bob = creator("bob");
    let wire = json!({"name": "Bobs", "contents": []});
    let bobs = Course::from_json(&wire.to_string()).unwrap();
    let bobs = engine.import_course(&bob, bobs).await.unwrap().modules[0].id;
    engine
        .place_content(&bob, bobs, content, None)
        .await
        .unwrap();
    assert_eq!(code(engine.export_course(&bob, bobs).await), "not_found");
    engine
        .share_content(&ada, content, BTreeSet::from([user("bob")]))
        .await
        .unwrap();
    let shared = engine.export_course(&bob, bobs).await.unwrap();
    assert_eq!(shared.contents, course.contents);
}

#[tokio::test]
async fn pr_2_samples_are_those_of_the_last_import_that_still_have_their_submittable() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    for samples in [
        &[solved("python", "1"), solved("python-two", "2")][..],
        &[solved("python-two", "3")],
        &[],
        &[solved("python", "4")],
    ] {
        let course = course(samples);
        let imported = engine.import_course(&ada, course.clone()).await.unwrap();
        let module = imported.modules[0].id;
        assert_eq!(engine.export_course(&ada, module).await.unwrap(), course);
    }
    let imported = engine.import_course(&ada, course(&[solved("python", "4")]));
    let imported = imported.await.unwrap();
    let (module, content) = (imported.modules[0].id, &imported.contents[0]);
    let edited = engine.update_content(&ada, content.id, content.version, question("sum"));
    edited.await.unwrap();
    let exported = engine.export_course(&ada, module).await.unwrap();
    assert_eq!(exported.contents[0].samples, []);
    exported.check().unwrap();
    // What is off the shelf is not put back by a course that has it.
    engine.retire_content(&ada, content.id).await.unwrap();
    let exported = engine.export_course(&ada, module).await.unwrap();
    assert_eq!(exported.contents, []);
    for again in [exercise("sum"), question("sum")] {
        let wire = json!({"name": "Sums", "contents": [{"draft": again}]});
        let again = Course::from_json(&wire.to_string()).unwrap();
        assert_eq!(code(engine.import_course(&ada, again).await), "wrong_state");
    }
}

#[tokio::test]
async fn pr_4_a_retired_module_is_given_out_but_none_that_it_holds() {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let wire = json!({"name": "Top", "contents": [{"draft": exercise("sum")}], "modules": [
        {"slug": "top", "name": "Top", "type": "practice", "modules": ["in"], "contents": ["sum"]},
        {"slug": "in", "name": "In", "type": "submodule", "contents": ["sum"]},
    ]});
    let course = Course::from_json(&wire.to_string()).unwrap();
    let imported = engine.import_course(&ada, course.clone()).await.unwrap();
    let [top, inner] = [0, 1].map(|number| imported.modules[number].id);
    assert_eq!(engine.export_course(&ada, top).await.unwrap(), course);

    engine.retire_module(&ada, top).await.unwrap();
    assert_eq!(engine.export_course(&ada, top).await.unwrap(), course);

    engine.retire_module(&ada, inner).await.unwrap();
    let exported = engine.export_course(&ada, top).await.unwrap();
    assert_eq!(exported.contents, course.contents);
    assert_eq!(exported.modules, []);
}

/// Modules in modules, each below the first; each holds some of the contents.
fn courses() -> impl Strategy<Value = Course> {
    let module = (any::<u8>(), any::<u8>());
    let content = ("[ -~]{0,8}", vec("\\PC{0,12}", 0..4));
    (vec(module, 1..6), vec(content, 0..5)).prop_map(|(modules, contents)| {
        let some = |bits: u8, from: usize, to: usize, name: &str| -> Vec<String> {
            let chosen = (from..to).filter(|n| (bits >> n) & 1 == 1);
            chosen.map(|n| format!("{name}-{n}")).collect()
        };
        let (all, count) = (modules.len(), contents.len());
        let modules = modules.iter().enumerate().map(|(n, (below, held))| {
            let mut contents = some(*held, 0, count, "content");
            if held % 3 == 0 {
                contents.reverse();
            }
            // The first holds whatever may stand nowhere else, in an order of its own.
            let below = if n == 0 { 0xff } else { *below };
            let mut modules = some(below, n + 1, all, "module");
            let turns = usize::from(*held) % modules.len().max(1);
            modules.rotate_left(turns);
            json!({"slug": format!("module-{n}"), "name": format!("M {n}"),
                "type": if n == 0 { "practice" } else { "submodule" },
                "reward": held, "modules": modules, "contents": contents})
        });
        let modules: Vec<_> = modules.collect();
        let contents = contents.iter().enumerate().map(|(n, (name, samples))| {
            let mut draft = json!(exercise(&format!("content-{n}")));
            draft["name"] = json!(format!("C{name}"));
            let samples = samples.iter().enumerate();
            let samples = samples.map(|(n, text)| solved(&format!("python-{n}"), text));
            json!({"draft": draft, "samples": samples.collect::<Vec<_>>()})
        });
        let contents: Vec<_> = contents.collect();
        let wire = json!({"name": "M 0", "modules": modules, "contents": contents});
        Course::from_json(&wire.to_string()).unwrap()
    })
}

/// What an empty platform gives out of a course that it took in.
async fn through_a_platform(course: &Course) -> Course {
    let World { engine, .. } = World::new();
    let ada = creator("ada");
    let imported = engine.import_course(&ada, course.clone()).await.unwrap();
    let of_top = engine.export_course(&ada, imported.modules[0].id).await;
    of_top.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pr_4_import_and_export_lose_nothing(course in courses()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let exported = runtime.block_on(through_a_platform(&course));
        prop_assert_eq!(&exported.name, &course.name);
        prop_assert_eq!(exported.modules.len(), course.modules.len());
        for module in &exported.modules {
            prop_assert!(course.modules.contains(module), "{:?}", module);
        }
        let held: BTreeSet<_> = course.modules.iter().flat_map(|m| &m.contents).collect();
        prop_assert_eq!(exported.contents.len(), held.len());
        for content in &exported.contents {
            prop_assert!(course.contents.contains(content), "{:?}", content);
        }
        let by_files = Course::from_files(&exported.to_files().unwrap()).unwrap();
        let by_json = Course::from_json(&serde_json::to_string(&exported).unwrap()).unwrap();
        for read in [by_files, by_json] {
            prop_assert_eq!(&runtime.block_on(through_a_platform(&read)), &exported);
        }
    }
}
