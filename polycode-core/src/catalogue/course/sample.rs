//! The answers of known verdict in a course's files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::toml_text::to_toml;
use super::{CourseFiles, Sample};
use crate::catalogue::ContentDraft;
use crate::id::{ComponentId, LanguageId};
use crate::judging::submission::Selection;
use crate::judging::{Answer, FileName, Program, SourceFiles};
use crate::refusal::Problem;

/// An answer as its file says it when its name does not say enough.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeAnswer {
    component: ComponentId,
    answer: Answer,
}

/// Writes an answer into the files of a course, as shortly as it can be read again.
pub(super) fn write_sample(draft: &ContentDraft, sample: &Sample, files: &mut CourseFiles) {
    let (slug, verdict, name) = (&draft.slug, sample.verdict, &sample.name);
    let path = format!("{slug}/submissions/{verdict}/{name}");
    let short = short_files(&sample.answer, &path);
    let again = read_samples(&short, draft).unwrap_or_default();
    if again.as_slice() == std::slice::from_ref(sample) {
        files.extend(short);
        return;
    }
    let whole = WholeAnswer {
        component: sample.component.clone(),
        answer: sample.answer.clone(),
    };
    let whole = serde_json::to_value(whole).unwrap_or_default();
    files.insert(format!("{path}.toml"), to_toml(&whole));
}

fn short_files(answer: &Answer, path: &str) -> CourseFiles {
    match answer {
        Answer::Code(program) => {
            let sources = program.files.iter();
            let file =
                |(name, text): (&FileName, &String)| (format!("{path}/{name}"), text.clone());
            sources.map(file).collect()
        }
        Answer::Choice(selection) => {
            let selection = serde_json::to_value(selection).unwrap_or_default();
            CourseFiles::from([(format!("{path}.toml"), to_toml(&selection))])
        }
        Answer::Text(_) | Answer::Number(_) | Answer::Quiz(_) => CourseFiles::new(),
    }
}

pub(super) fn read_samples(
    files: &CourseFiles,
    draft: &ContentDraft,
) -> Result<Vec<Sample>, Vec<Problem>> {
    let folder = format!("{}/submissions/", draft.slug);
    let mut programs: BTreeMap<(&str, &str), SourceFiles> = BTreeMap::new();
    let mut samples = Vec::new();
    let mut problems = Vec::new();
    let below = files
        .range(folder.clone()..)
        .take_while(|(path, _)| path.starts_with(&folder));
    for (path, text) in below {
        let mut parts = path
            .strip_prefix(&folder)
            .unwrap_or_default()
            .splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(verdict), Some(name), Some(file)) => match FileName::new(file) {
                Ok(file) => {
                    programs
                        .entry((verdict, name))
                        .or_default()
                        .insert(file, text.clone());
                }
                Err(error) => problems.push(Problem::new(path, error.to_string())),
            },
            (Some(verdict), Some(name), None) => {
                samples.push(written_sample(draft, verdict, name, text, path));
            }
            _ => problems.push(Problem::new(path, "is not below a verdict's folder")),
        }
    }
    samples.extend(programs.into_iter().map(|((verdict, name), files)| {
        code_sample(
            draft,
            verdict,
            name,
            files,
            &format!("{folder}{verdict}/{name}"),
        )
    }));
    let mut good = Vec::new();
    for sample in samples {
        match sample {
            Ok(sample) => good.push(sample),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        good.sort_by(|a, b| (a.verdict, &a.name).cmp(&(b.verdict, &b.name)));
        Ok(good)
    } else {
        Err(problems)
    }
}

fn written_sample(
    draft: &ContentDraft,
    verdict: &str,
    name: &str,
    text: &str,
    path: &str,
) -> Result<Sample, Problem> {
    let refuse = |message: String| Problem::new(path, message);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let value: Value = toml::from_str(text).map_err(|error| refuse(error.to_string()))?;
    let (component, answer) = if value.get("component").is_some() {
        let whole: WholeAnswer =
            serde_json::from_value(value).map_err(|error| refuse(error.to_string()))?;
        (whole.component, whole.answer)
    } else {
        let (component, _) = answered(draft, name).map_err(&refuse)?;
        let selection: Selection =
            serde_json::from_value(value).map_err(|error| refuse(error.to_string()))?;
        (component, Answer::Choice(selection))
    };
    Ok(Sample {
        name: name.to_owned(),
        component,
        answer,
        verdict: verdict.parse().map_err(refuse)?,
    })
}

fn code_sample(
    draft: &ContentDraft,
    verdict: &str,
    name: &str,
    files: SourceFiles,
    path: &str,
) -> Result<Sample, Problem> {
    let refuse = |message: String| Problem::new(path, message);
    let (component, rest) = answered(draft, name).map_err(&refuse)?;
    let language = rest.split_once('-').map_or(rest, |(language, _)| language);
    let language = LanguageId::new(language).map_err(|error| refuse(error.to_string()))?;
    Ok(Sample {
        name: name.to_owned(),
        component,
        answer: Answer::Code(Program {
            language,
            files,
            entry: None,
        }),
        verdict: verdict.parse().map_err(refuse)?,
    })
}

/// The submittable that a sample of this name answers, and the rest of the name.
fn answered<'a>(draft: &ContentDraft, name: &'a str) -> Result<(ComponentId, &'a str), String> {
    let parts: Vec<_> = draft.submittables().map(|part| part.id).collect();
    let (prefix, rest) = name.split_once('.').unwrap_or((name, ""));
    match parts.iter().find(|id| id.as_str() == prefix) {
        Some(id) => Ok(((*id).clone(), rest)),
        None => match parts.as_slice() {
            [only] => Ok(((*only).clone(), name)),
            _ => Err("the name begins with a component that takes answers, and a dot".to_owned()),
        },
    }
}
