//! Whatever a course has in it, its files and its JSON give the same course again.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use crate::catalogue::ContentDraft;
use crate::judging::{FileName, Program};

/// Texts as people write them, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{1,20}",
        2 => "[ -~\n\r\t]{1,40}",
        1 => "\\PC{1,20}",
        1 => vec(any::<char>(), 1..20)
            .prop_map(|chars| chars.into_iter().collect()),
        1 => prop::sample::select(vec![
            "'''\n\"\"\"\n\\", "\u{0}\u{1f}\u{7f}\n", "{ file = \"x\" }\n", "\u{feff}\r\n\r", "#\n[a]\n",
            "\u{2028}\n\u{85}", "a\n", "\n",
        ])
        .prop_map(str::to_owned),
    ]
}

fn file_name() -> impl Strategy<Value = FileName> {
    let names = vec![
        "main.py",
        "MAIN.js",
        "lib/help.py",
        "lib",
        "data.in",
        "a b.txt",
        "content.toml",
        "lib/x/y.z",
    ];
    prop::sample::select(names).prop_map(|name| FileName::new(name).unwrap())
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |n| n.is_finite().then(|| Value::from(n))),
        text().prop_map(Value::from),
        text().prop_map(|name| json!({"file": name})),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Files whose names differ in more than case.
fn sources() -> impl Strategy<Value = Value> {
    btree_map(file_name(), text(), 1..4).prop_map(|files| {
        let mut seen = BTreeSet::new();
        let is_new = |name: &FileName| seen.insert(name.as_str().to_lowercase());
        let files: BTreeMap<_, _> = files
            .into_iter()
            .scan(is_new, |is_new, (name, text)| {
                Some(is_new(&name).then_some((name, text)))
            })
            .flatten()
            .collect();
        json!(files)
    })
}

fn component(id: String) -> impl Strategy<Value = Value> {
    let with = |id: String, mut fields: Value| {
        fields["id"] = json!(id);
        fields
    };
    let editor = (sources(), sources(), text(), json_value(), any::<bool>()).prop_map(
        |(files, fixed, expected, value, is_hidden)| {
            json!({"kind": "code_editor", "languages": {"python": {"files": files}, "c++": {"fixed": fixed}},
                "validators": [
                    {"id": "out", "kind": "output", "stdin": expected, "expected": expected,
                     "hidden": is_hidden},
                    {"id": "call", "kind": "function", "name": "f", "args": [value], "expected": value},
                ]})
        },
    );
    let odd = prop::sample::select(vec!["..", ".x", "submissions", "content", "x"]);
    let element = prop_oneof![
        text().prop_map(|text| json!({"kind": "markdown", "text": text})),
        editor,
        (text(), text()).prop_map(|(question, accepted)| json!({"kind": "short_text",
            "question": question, "validators": [{"id": "v", "kind": "text", "accepted": [accepted]}]})),
        (text(), -1e6..1e6).prop_map(|(question, value)| json!({"kind": "number",
            "question": question, "unit": "kg",
            "validators": [{"id": "v", "kind": "number", "value": value, "tolerance": 0.1}]})),
        text().prop_map(|question| json!({"kind": "free_answer", "question": question,
            "validators": [{"id": "v", "kind": "manual",
                "criteria": [{"id": "c", "text": "Is it clear?", "points": 3}]}]})),
        (text(), text()).prop_map(|(a, b)| json!({"kind": "mcq", "question": a, "options":
            [{"id": "a", "text": a}, {"id": "b", "text": b}],
            "validators": [{"id": "v", "kind": "choice", "correct": ["a"]}]})),
        (text(), text()).prop_map(|(a, b)| json!({"kind": "quiz", "text": a, "questions": [
            {"id": "q", "kind": "text", "question": b}],
            "validators": [{"id": "v", "kind": "question", "question": "q",
                "expected": {"kind": "text", "accepted": [a]}}]})),
    ];
    (element, odd, 0..9_u8).prop_map(move |(element, odd, rare)| {
        let id = if rare == 0 {
            format!("{odd}{id}")
        } else {
            id.clone()
        };
        with(id, element)
    })
}

fn answer() -> impl Strategy<Value = Answer> {
    let language = prop::sample::select(vec!["python", "c++", "objective-c", "f.1"]);
    let code = (
        language,
        btree_map(file_name(), text(), 0..3),
        any::<bool>(),
    );
    let code = code.prop_map(|(language, files, with_entry)| {
        let entry = files.keys().next().filter(|_| with_entry).cloned();
        Answer::Code(Program {
            language: language.parse().unwrap(),
            files,
            entry,
        })
    });
    let wire = prop_oneof![
        btree_set("[ab]", 0..3).prop_map(|s| json!({"kind": "choice", "selected": s})),
        text().prop_map(|text| json!({"kind": "text", "text": text})),
        text().prop_map(|value| json!({"kind": "number", "value": value})),
        text().prop_map(
            |text| json!({"kind": "quiz", "answers": {"q": {"kind": "text", "text": text}}})
        ),
    ];
    prop_oneof![
        code,
        wire.prop_map(|wire| serde_json::from_value(wire).unwrap())
    ]
}

fn sample() -> impl Strategy<Value = (String, Answer, Verdict, usize)> {
    let names = "(python|c\\+\\+|objective-c|code1\\.python|part0\\.python-x|[a-z][a-z0-9.]{0,5}[a-z])(-[a-z])?";
    let verdicts = vec![Verdict::Passed, Verdict::WrongAnswer, Verdict::TimeLimit];
    (names, answer(), prop::sample::select(verdicts), 0..9_usize)
}

fn content(number: usize) -> impl Strategy<Value = CourseContent> {
    let parts = (0..4_usize)
        .map(|n| component(format!("part{n}")))
        .collect::<Vec<_>>();
    (
        text(),
        text(),
        0..1000_u64,
        parts,
        vec(sample(), 0..5),
        btree_set("[a-z]{1,5}", 0..3),
    )
        .prop_map(move |(name, description, reward, parts, samples, tags)| {
            let wire = json!({
                "slug": format!("content-{number}"), "name": name, "description": description,
                "type": "exercise", "reward": reward, "passMark": 700_000, "tags": tags,
                "root": {"id": "root", "kind": "container", "orientation": "horizontal",
                    "components": [{"id": "inner", "kind": "container", "components": parts}]},
            });
            let draft: ContentDraft = serde_json::from_value(wire).unwrap();
            let answered: Vec<_> = draft.submittables().map(|part| part.id.clone()).collect();
            let mut samples: Vec<_> = samples
                .into_iter()
                .filter_map(|(name, answer, verdict, part)| {
                    let component = answered.get(part % answered.len().max(1))?.clone();
                    Some(Sample {
                        name,
                        component,
                        answer,
                        verdict,
                    })
                })
                .collect();
            samples.sort_by(|a, b| (a.verdict, &a.name).cmp(&(b.verdict, &b.name)));
            samples.dedup_by(|a, b| (a.verdict, &a.name) == (b.verdict, &b.name));
            CourseContent { draft, samples }
        })
}

fn course() -> impl Strategy<Value = Course> {
    let contents = (0..3_usize).map(content).collect::<Vec<_>>();
    let modules = vec((text(), text(), 0..3_usize, 0..5_u64), 0..4);
    (text(), contents, modules).prop_map(|(name, contents, modules)| {
        let count = modules.len();
        let module = |(number, (name, description, first, reward)): (
            usize,
            (String, String, usize, u64),
        )| {
            let below = number + 1..count;
            let wire = json!({"slug": format!("module-{number}"), "name": name, "type": "practice",
                "description": description, "reward": reward, "tags": ["a"],
                "modules": below.map(|n| format!("module-{n}")).collect::<Vec<_>>(),
                "contents": (first..3).rev().map(|n| format!("content-{n}")).collect::<Vec<_>>()});
            serde_json::from_value(wire).unwrap()
        };
        let modules = modules.into_iter().enumerate().map(module).collect();
        Course {
            name,
            contents,
            modules,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn files_and_json_give_the_same_course(course in course()) {
        if let Err(refusal) = course.check() {
            // Patterns and lengths that a rule forbids are not what is tried here.
            return Err(TestCaseError::reject(refusal.to_string()));
        }
        let files = course.to_files().unwrap();
        prop_assert!(files.keys().all(|path| path.split('/').all(|part| !part.starts_with('.'))));
        prop_assert_eq!(&Course::from_files(&files).unwrap(), &course);
        let json = serde_json::to_string(&course).unwrap();
        prop_assert_eq!(&Course::from_json(&json).unwrap(), &course);
    }
}

#[test]
fn long_texts_stand_in_files_of_their_own() {
    let wire = json!({"name": "C", "contents": [{"draft": {
        "slug": "one", "name": "One", "type": "exercise",
        "root": {"id": "root", "kind": "container", "components": [
            {"id": "story", "kind": "markdown", "text": "# Title\n\nText\n"},
            {"id": "code", "kind": "code_editor",
             "languages": {"python": {"files": {"main.py": "a = 1\nb = 2\n"}}},
             "validators": [{"id": "v", "kind": "output", "expected": "1\n2\n"}]},
        ]},
    }}]});
    let course = Course::from_json(&wire.to_string()).unwrap();
    let files = course.to_files().unwrap();
    assert_eq!(files["one/story.md"], "# Title\n\nText\n");
    assert_eq!(files["one/code/python/files/main.py"], "a = 1\nb = 2\n");
    assert!(files["one/content.toml"].contains("{ file = \"story.md\" }"));
    assert_eq!(Course::from_files(&files).unwrap(), course);
    assert_eq!(course.outline()[0].draft.slug.as_str(), "c");
}

#[test]
fn a_course_that_does_not_hang_together_is_refused() {
    let lesson = |slug: &str| {
        json!({"draft": {"slug": slug, "name": "n", "type": "lesson",
            "root": {"id": "t", "kind": "markdown", "text": "x"}}})
    };
    let module = |slug: &str, modules: Value, contents: Value| json!({"slug": slug, "name": "n", "type": "practice", "modules": modules, "contents": contents});
    let cases = [
        (
            json!([lesson("a"), lesson("a")]),
            json!([]),
            "taken by another content",
        ),
        (
            json!([]),
            json!([module("m", json!(["m"]), json!([]))]),
            "can't stand in itself",
        ),
        (
            json!([]),
            json!([
                module("m", json!(["n"]), json!([])),
                module("n", json!(["m"]), json!([]))
            ]),
            "can't stand in itself",
        ),
        (
            json!([]),
            json!([module("m", json!(["x"]), json!([]))]),
            "module that is not in the course",
        ),
        (
            json!([]),
            json!([module("m", json!([]), json!(["x"]))]),
            "content that is not in the course",
        ),
        (
            json!([lesson("a")]),
            json!([module("m", json!([]), json!(["a", "a"]))]),
            "once",
        ),
        (
            json!([]),
            json!([
                module("m", json!([]), json!([])),
                module("m", json!([]), json!([]))
            ]),
            "a slug of its own",
        ),
    ];
    for (contents, modules, why) in cases {
        let wire = json!({"name": "C", "contents": contents, "modules": modules});
        let refusal = Course::from_json(&wire.to_string())
            .expect_err(why)
            .to_string();
        assert!(refusal.contains(why), "{refusal}");
    }
}
