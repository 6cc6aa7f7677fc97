//! A course as a folder of files, read from a map of paths: this crate opens no files itself.
//!
//! ```text
//! course.toml                     name, and the folders of its contents in order
//! sum-of-two/content.toml         a content: the fields of `ContentDraft` but its slug
//! sum-of-two/statement.md         texts that content.toml refers to by { file = "statement.md" }
//! sum-of-two/submissions/passed/python/main.py
//!                                 programs of known verdict, by verdict, then language
//! ```
//!
//! Wherever `content.toml` wants a text, it may say `{ file = "…" }` instead, with a path beside
//! it. A submission's folder is named by its language, or by its language and a word:
//! `python`, `python-slow`. For a question it is a file `<name>.toml` with `selected = […]`. Where
//! a content has several submittables, the name of one and a dot come first: `part-b.python`,
//! `second-question.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::catalogue::ContentDraft;
use crate::id::{ComponentId, LanguageId, Slug};
use crate::judging::submission::Selection;
use crate::judging::{Answer, FileName, Program, SourceFiles, Verdict};
use crate::refusal::{Problem, Refusal};

/// A course and everything in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its title.
    pub name: String,
    /// Its contents, in order.
    pub contents: Vec<CourseContent>,
}

/// A content of a course, with answers of known verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseContent {
    /// The content.
    pub draft: ContentDraft,
    /// Answers that its author tried it with.
    pub samples: Vec<Sample>,
}

/// An answer and the verdict it should get.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Its folder or file below `submissions/<verdict>/`.
    pub name: String,
    /// The submittable that it answers.
    pub component: ComponentId,
    /// The answer.
    pub answer: Answer,
    /// The verdict it should get.
    pub verdict: Verdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    contents: Vec<Slug>,
}

/// The files of a course by their path, with `/` between folders.
pub type CourseFiles = BTreeMap<String, String>;

impl Course {
    /// Reads a course from its files.
    ///
    /// # Examples
    /// ```
    /// use polycode_core::catalogue::Course;
    ///
    /// let files = [
    ///     ("course.toml", "name = 'First steps'\ncontents = ['hello']"),
    ///     ("hello/content.toml", "name = 'Hello'\ntype = 'lesson'\n\
    ///         root = { id = 'text', kind = 'markdown', text = { file = 'hello.md' } }"),
    ///     ("hello/hello.md", "# Hello"),
    /// ];
    /// let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    /// let course = Course::from_files(&files)?;
    /// assert_eq!(course.contents[0].draft.slug.as_str(), "hello");
    /// # Ok::<(), polycode_core::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the file and what is wrong in it, for every content at once.
    pub fn from_files(files: &CourseFiles) -> Result<Self, Refusal> {
        let manifest: Manifest = read_toml(files, "course.toml", None).map_err(one)?;
        let mut problems = Vec::new();
        let mut contents = Vec::new();
        for slug in manifest.contents {
            match read_content(files, &slug) {
                Ok(content) => contents.push(content),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() {
            Ok(Self {
                name: manifest.name,
                contents,
            })
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

fn one(problem: Problem) -> Refusal {
    Refusal::Invalid(vec![problem])
}

fn read_content(files: &CourseFiles, slug: &Slug) -> Result<CourseContent, Vec<Problem>> {
    let path = format!("{slug}/content.toml");
    let draft: ContentDraft = read_toml(files, &path, Some(slug)).map_err(|p| vec![p])?;
    draft.check().map_err(|refusal| match refusal {
        Refusal::Invalid(problems) => problems
            .into_iter()
            .map(|problem| Problem {
                field: format!("{path}: {}", problem.field),
                ..problem
            })
            .collect(),
        other => vec![Problem::new(&path, other.to_string())],
    })?;
    let samples = read_samples(files, &draft)?;
    Ok(CourseContent { draft, samples })
}

fn read_toml<T: DeserializeOwned>(
    files: &CourseFiles,
    path: &str,
    slug: Option<&Slug>,
) -> Result<T, Problem> {
    let refuse = |message: String| Problem::new(path, message);
    let text = files
        .get(path)
        .ok_or_else(|| refuse("there is no such file".to_owned()))?;
    let mut value: Value = toml::from_str(text).map_err(|error| refuse(error.to_string()))?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    include_files(&mut value, &|name| files.get(&format!("{folder}/{name}"))).map_err(&refuse)?;
    if let (Some(slug), Value::Object(fields)) = (slug, &mut value) {
        fields.insert("slug".to_owned(), Value::String(slug.to_string()));
    }
    serde_json::from_value(value).map_err(|error| refuse(error.to_string()))
}

/// Replaces every `{ file = "…" }` by the text of that file.
fn include_files<'a>(
    value: &mut Value,
    find: &impl Fn(&str) -> Option<&'a String>,
) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            let included = match (fields.len(), fields.get("file")) {
                (1, Some(Value::String(name))) => {
                    let text = find(name).ok_or_else(|| format!("there is no file `{name}`"))?;
                    Some(text.clone())
                }
                _ => None,
            };
            match included {
                Some(text) => *value = Value::String(text),
                None => fields
                    .values_mut()
                    .try_for_each(|field| include_files(field, find))?,
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| include_files(item, find))?,
        _ => {}
    }
    Ok(())
}

fn read_samples(files: &CourseFiles, draft: &ContentDraft) -> Result<Vec<Sample>, Vec<Problem>> {
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
                samples.push(choice_sample(draft, verdict, name, text, path));
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
        Ok(good)
    } else {
        Err(problems)
    }
}

fn choice_sample(
    draft: &ContentDraft,
    verdict: &str,
    name: &str,
    text: &str,
    path: &str,
) -> Result<Sample, Problem> {
    let refuse = |message: String| Problem::new(path, message);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let (component, _) = answered(draft, name).map_err(&refuse)?;
    let selection = toml::from_str::<Selection>(text).map_err(|error| refuse(error.to_string()))?;
    Ok(Sample {
        name: name.to_owned(),
        component,
        answer: Answer::Choice(selection),
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

#[cfg(test)]
mod tests;
