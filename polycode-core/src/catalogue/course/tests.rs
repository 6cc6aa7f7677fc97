mod round_trip;

use super::*;

const CONTENT: &str = "
name = 'Two parts'
type = 'exercise'
[root]
id = 'root'
kind = 'container'
[[root.components]]
id = 'code'
kind = 'code_editor'
languages.python.files.'main.py' = { file = 'starter/main.py' }
validators = [{ id = 'v', kind = 'output', expected = '1' }]
[[root.components]]
id = 'quiz'
kind = 'mcq'
question = '?'
options = [{ id = 'a', text = 'A' }, { id = 'b', text = 'B' }]
validators = [{ id = 'v', kind = 'choice', correct = ['a'] }]
";

fn files(extra: &[(&str, &str)]) -> CourseFiles {
    let mut files = CourseFiles::from([
        (
            "course.toml".to_owned(),
            "name = 'C'\ncontents = ['two']".to_owned(),
        ),
        ("two/content.toml".to_owned(), CONTENT.to_owned()),
        ("two/starter/main.py".to_owned(), "# here".to_owned()),
    ]);
    files.extend(
        extra
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
    );
    files
}

#[track_caller]
fn refused(files: &CourseFiles) -> String {
    Course::from_files(files).expect_err("refused").to_string()
}

#[test]
fn texts_are_taken_from_files() {
    let course = Course::from_files(&files(&[])).expect("a course");
    let wire = serde_json::to_value(&course.contents[0].draft).expect("JSON");
    let starter = &wire["root"]["components"][0]["languages"]["python"]["files"]["main.py"];
    assert_eq!(starter, "# here");
}

#[test]
fn samples_name_their_submittable_and_language() {
    let course = Course::from_files(&files(&[
        ("two/submissions/passed/code.python/main.py", "print(1)"),
        ("two/submissions/passed/code.python/lib/help.py", ""),
        (
            "two/submissions/wrong_answer/code.python-off/main.py",
            "print(2)",
        ),
        (
            "two/submissions/wrong_answer/quiz.b.toml",
            "selected = ['b']",
        ),
    ]))
    .expect("a course");
    let samples = &course.contents[0].samples;
    let told: Vec<_> = samples
        .iter()
        .map(|sample| {
            (
                sample.name.as_str(),
                sample.component.as_str(),
                sample.verdict,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("code.python", "code", Verdict::Passed),
            ("code.python-off", "code", Verdict::WrongAnswer),
            ("quiz.b", "quiz", Verdict::WrongAnswer),
        ]
    );
    let Answer::Code(program) = &samples[0].answer else {
        panic!("a program")
    };
    assert_eq!(
        (program.language.as_str(), program.files.len()),
        ("python", 2)
    );
}

#[test]
fn what_is_wrong_is_named_with_its_file() {
    let cases = [
        (
            files(&[("two/submissions/nice/code.python/main.py", "")]),
            "no verdict `nice`",
        ),
        (
            files(&[("two/submissions/passed/python/main.py", "")]),
            "begins with a component",
        ),
        (
            files(&[("two/submissions/stray.txt", "")]),
            "two/submissions/stray.txt",
        ),
        (
            files(&[("two/content.toml", "name = 1")]),
            "two/content.toml",
        ),
        (
            files(&[("course.toml", "name = 'C'\ncontents = ['gone']")]),
            "gone/content.toml",
        ),
        (
            files(&[("two/submissions/passed/quiz.toml", "chosen = ['a']")]),
            "quiz.toml",
        ),
        (CourseFiles::new(), "course.toml"),
    ];
    for (files, fragment) in cases {
        let message = refused(&files);
        assert!(
            message.contains(fragment),
            "{message:?} should name {fragment:?}"
        );
    }
    let mut lost = files(&[]);
    lost.remove("two/starter/main.py");
    assert!(refused(&lost).contains("starter/main.py"));
}
