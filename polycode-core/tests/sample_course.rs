//! The sample course under `examples/course` keeps every rule of the catalogue, and has answers
//! of every verdict that a learner can get.
#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests, too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use polycode_core::catalogue::answer::FittingAnswer;
use polycode_core::catalogue::course::CourseFiles;
use polycode_core::catalogue::{Course, CourseContent, Element};
use polycode_core::id::LanguageId;
use polycode_core::judging::judge::judge_choice;
use polycode_core::judging::{Answer, Report, Verdict};

/// The verdicts that no program alone gets for the whole of what it does.
const OF_NO_PROGRAM: [Verdict; 3] = [
    Verdict::Skipped,
    Verdict::AwaitingReview,
    Verdict::SystemError,
];

fn read_folder(folder: &Path, prefix: &str, files: &mut CourseFiles) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn sample_course() -> Course {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/course");
    let mut files = CourseFiles::new();
    read_folder(&folder, "", &mut files);
    Course::from_files(&files).unwrap_or_else(|refusal| panic!("{refusal:#?}"))
}

/// The languages of a content's samples with this verdict, for one component.
fn languages<'a>(
    content: &'a CourseContent,
    component: &str,
    verdict: Verdict,
) -> BTreeSet<&'a str> {
    content
        .samples
        .iter()
        .filter(|sample| sample.verdict == verdict && sample.component.as_str() == component)
        .filter_map(|sample| match &sample.answer {
            Answer::Code(program) => Some(program.language.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn every_sample_fits_its_component() {
    for content in sample_course().contents {
        for sample in &content.samples {
            let component = content.draft.component(&sample.component).unwrap();
            if let Err(refusal) = component.fit(&sample.answer) {
                panic!("{} {}: {refusal}", content.draft.slug, sample.name);
            }
        }
    }
}

#[test]
fn every_editor_has_a_solution_in_each_of_its_languages() {
    let mut editors = 0;
    for content in sample_course().contents {
        for component in content.draft.components() {
            let Element::CodeEditor(editor) = &component.element else {
                continue;
            };
            editors += 1;
            let offered: BTreeSet<_> = editor.languages.keys().map(LanguageId::as_str).collect();
            let solved = languages(&content, component.id.as_str(), Verdict::Passed);
            assert_eq!(solved, offered, "{} {}", content.draft.slug, component.id);
        }
    }
    assert!(editors >= 12, "there are only {editors} editors");
}

#[test]
fn every_exercise_has_answers_that_go_wrong_in_every_way() {
    for content in sample_course().contents {
        let has_editor = content
            .draft
            .components()
            .any(|component| matches!(component.element, Element::CodeEditor(_)));
        if !has_editor {
            continue;
        }
        let verdicts: BTreeSet<_> = content.samples.iter().map(|s| s.verdict).collect();
        for verdict in [
            Verdict::WrongAnswer,
            Verdict::RuntimeError,
            Verdict::TimeLimit,
            Verdict::MemoryLimit,
        ] {
            let slug = &content.draft.slug;
            assert!(verdicts.contains(&verdict), "{slug} has no {verdict}");
        }
    }
}

#[test]
fn every_verdict_of_a_learner_comes_in_both_languages() {
    let course = sample_course();
    for verdict in Verdict::ALL {
        if OF_NO_PROGRAM.contains(&verdict) {
            continue;
        }
        let found: BTreeSet<_> = course
            .contents
            .iter()
            .flat_map(|content| {
                content
                    .draft
                    .submittables()
                    .flat_map(move |part| languages(content, part.id.as_str(), verdict))
            })
            .collect();
        assert_eq!(found, BTreeSet::from(["javascript", "python"]), "{verdict}");
    }
}

#[test]
fn every_editor_has_visible_and_hidden_validators() {
    for content in sample_course().contents {
        for component in content.draft.components() {
            let Element::CodeEditor(editor) = &component.element else {
                continue;
            };
            let visible = editor
                .validators
                .iter()
                .filter(|validator| validator.visibility.is_visible())
                .count();
            let (slug, id) = (&content.draft.slug, &component.id);
            assert!(visible > 0, "{slug} {id} shows no validator");
            assert!(
                visible < editor.validators.len(),
                "{slug} {id} hides no validator"
            );
        }
    }
}

#[test]
fn chosen_options_get_the_verdict_of_their_folder() {
    let mut choices = 0;
    for content in sample_course().contents {
        for sample in &content.samples {
            let component = content.draft.component(&sample.component).unwrap();
            let FittingAnswer::Options(mcq, selected) = component.fit(&sample.answer).unwrap()
            else {
                continue;
            };
            choices += 1;
            let judgements = mcq.validators.iter().map(|v| judge_choice(v, selected));
            let report = Report::of(judgements.collect());
            assert_eq!(report.verdict, sample.verdict, "{}", sample.name);
        }
    }
    assert!(choices >= 10, "there are only {choices} chosen answers");
}
