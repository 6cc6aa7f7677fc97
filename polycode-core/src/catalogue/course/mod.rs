//! A course as a folder of files, read from a map of paths: this crate opens no files itself.
//!
//! ```text
//! course.toml                     name, the folders of its contents in order, its modules
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
//! `second-question.toml`. Any other answer is a file `<name>.toml` that says it all:
//! `component = "…"` and `answer = { kind = "…", … }`.
//!
//! A content that TOML can't say (it has no `null`, and no number beyond 64 bits) stands in
//! `content.json` instead, with all its texts inside. Without `[[modules]]` in `course.toml`, all
//! contents are in one module of the course's name.
//!
//! A course is one JSON document, too: [`Course`] itself.

mod check;
mod kept;
mod read;
mod sample;
mod toml_text;
mod write;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ContentDraft, ModuleDraft, ModuleKind};
use crate::id::{ComponentId, Slug};
use crate::judging::{Answer, Verdict};
use crate::quantity::{Points, Score};
use crate::refusal::Refusal;

pub use kept::KeptSamples;

/// A course and everything in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Course {
    /// Its title.
    pub name: String,
    /// Its contents, in order.
    pub contents: Vec<CourseContent>,
    /// Its modules, in order; without any, all contents are in one module of the course's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<CourseModule>,
}

/// A content of a course, with answers of known verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CourseContent {
    /// The content.
    pub draft: ContentDraft,
    /// Answers that its author tried it with; written in the order of their verdicts and names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
}

/// A module of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseModule {
    /// What its author wrote about it.
    #[serde(flatten)]
    pub draft: ModuleDraft,
    /// The modules of the course in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<Slug>,
    /// The contents of the course in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Slug>,
}

/// An answer and the verdict it should get.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
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

/// The files of a course by their path, with `/` between folders.
pub type CourseFiles = BTreeMap<String, String>;

impl Course {
    /// Reads a course from one JSON document.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with everything that is wrong in it.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let course: Self = serde_json::from_str(text)
            .map_err(|error| Refusal::invalid("course", error.to_string()))?;
        course.check()?;
        Ok(course)
    }

    /// The modules to import: its own, or else one of its name with all its contents in order.
    pub fn outline(&self) -> Vec<CourseModule> {
        if !self.modules.is_empty() {
            return self.modules.clone();
        }
        let slug = |content: &CourseContent| content.draft.slug.clone();
        let Ok(own) = Slug::new(slug_of(&self.name)) else {
            return Vec::new();
        };
        let draft = ModuleDraft {
            slug: own,
            name: self.name.clone(),
            description: String::new(),
            kind: ModuleKind::Practice,
            tags: std::collections::BTreeSet::new(),
            reward: Points(0),
            pass_mark: Score::FULL,
            certificate_lasts: None,
        };
        vec![CourseModule {
            draft,
            modules: Vec::new(),
            contents: self.contents.iter().map(slug).collect(),
        }]
    }

    /// The same course without its modules, where they say no more than [`Course::outline`] says
    /// of a course that has none.
    #[must_use]
    pub(crate) fn in_short(mut self) -> Self {
        let modules = std::mem::take(&mut self.modules);
        if self.outline() != modules {
            self.modules = modules;
        }
        self
    }
}

/// A name as it stands in addresses: `First steps!` is `first-steps`.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == 100 {
            break;
        }
    }
    match slug.trim_end_matches('-') {
        "" => "course".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests;
