//! PR-14 and PR-15: files in the code editor.

use polycode_core::id::ContentId;
use polycode_core::judging::FileName;
use polycode_core::permission::Actor;
use polycode_core::practice::{Edit, WorkspacePlace};
use serde_json::json;

use crate::stories::catalogue::{code, creator, learner, published};
use crate::world::{World, draft};

fn place(content: ContentId) -> WorkspacePlace {
    serde_json::from_value(json!({
        "user": "eve", "content": content, "component": "code", "language": "python",
    }))
    .unwrap()
}

fn name(name: &str) -> FileName {
    FileName::new(name).unwrap()
}

/// An editor with a starter file and a fixed one.
fn editor(slug: &str) -> polycode_core::catalogue::ContentDraft {
    draft(
        slug,
        &json!([{"id": "code", "kind": "code_editor",
            "languages": {"python": {"files": {"main.py": "# here"}, "fixed": {"lib.py": "L = 1"}}},
            "validators": [{"id": "v", "kind": "output", "expected": "5"}]}]),
    )
}

#[tokio::test]
async fn pr_14_a_learner_adds_files_in_the_code_editor() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let id = published(&engine, "ada", editor("sum")).await;
    let begun = engine.workspace(&eve, place(id)).await.unwrap();
    assert_eq!(begun.files[&name("main.py")], "# here");
    let add = |file: &str, text: &str| Edit::Add {
        file: name(file),
        text: text.to_owned(),
    };
    engine
        .edit_workspace(&eve, place(id), add("deep/util.py", "U = 2"))
        .await
        .unwrap();
    let write = Edit::Write {
        file: name("main.py"),
        text: "import util".to_owned(),
    };
    engine.edit_workspace(&eve, place(id), write).await.unwrap();
    let kept = engine.workspace(&eve, place(id)).await.unwrap();
    assert_eq!(kept.files.len(), 2);
    assert_eq!(kept.files[&name("main.py")], "import util");

    let twice = engine.edit_workspace(&eve, place(id), add("deep/util.py", ""));
    assert_eq!(code(twice.await), "invalid");
    let fixed = engine.edit_workspace(&eve, place(id), add("lib.py", ""));
    assert_eq!(code(fixed.await), "not_allowed");
    let huge = engine.edit_workspace(&eve, place(id), add("huge", &"x".repeat(2 << 20)));
    assert_eq!(code(huge.await), "invalid");
    // It is nobody else's.
    for other in [learner("bob"), Actor::guest(), creator("ada")] {
        assert_eq!(code(engine.workspace(&other, place(id)).await), "not_found");
    }
    let mut nowhere = place(id);
    nowhere.language = "cobol".parse().unwrap();
    assert_eq!(code(engine.workspace(&eve, nowhere).await), "not_found");
}

#[tokio::test]
async fn pr_15_a_learner_removes_files_in_the_code_editor() {
    let World { engine, .. } = World::new();
    let eve = learner("eve");
    let id = published(&engine, "ada", editor("sum")).await;
    let remove = |file: &str| Edit::Remove { file: name(file) };
    let edit = |edit: Edit| engine.edit_workspace(&eve, place(id), edit);
    let rename = Edit::Rename {
        file: name("main.py"),
        to: name("start.py"),
    };
    edit(rename).await.unwrap();
    let left = edit(remove("start.py")).await.unwrap();
    assert!(left.files.is_empty());
    assert_eq!(code(edit(remove("start.py")).await), "not_found");
    assert_eq!(code(edit(remove("lib.py")).await), "not_allowed");
    let again = edit(Edit::Reset).await.unwrap();
    assert_eq!(again.files[&name("main.py")], "# here");
}
