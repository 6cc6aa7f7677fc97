//! The rules of a course as a whole.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Course, CourseContent};
use crate::catalogue::{Module, Tree};
use crate::id::{ModuleId, Slug};
use crate::refusal::{Problem, Refusal};

impl Course {
    /// Checks every rule of a course: of its contents, its samples and its modules.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        for content in &self.contents {
            let slug = &content.draft.slug;
            problems.extend(below(&format!("content {slug}"), content.draft.check()));
        }
        problems.extend(below("course", self.check_outline()));
        refuse(problems)
    }

    /// Checks what is no rule of one content alone.
    pub(super) fn check_outline(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        let mut add = |field: String, message: &str| problems.push(Problem::new(field, message));
        if !(1..=200).contains(&self.name.len()) {
            add("name".to_owned(), "is 1 to 200 bytes long");
        }
        let mut slugs = BTreeSet::new();
        for content in &self.contents {
            let slug = &content.draft.slug;
            if !slugs.insert(slug) {
                add(
                    format!("content {slug}"),
                    "the slug is taken by another content",
                );
            }
            for (field, message) in sample_problems(content) {
                add(format!("content {slug}: {field}"), message);
            }
        }
        let ids: BTreeMap<&Slug, ModuleId> = (1_u128..)
            .zip(&self.modules)
            .map(|(number, module)| (&module.draft.slug, ModuleId(Uuid::from_u128(number))))
            .collect();
        if ids.len() < self.modules.len() {
            add("modules".to_owned(), "each module has a slug of its own");
        }
        let mut tree = Tree::default();
        for module in &self.modules {
            let field = format!("module {}", module.draft.slug);
            let parent = ids.get(&module.draft.slug);
            for child in &module.modules {
                let Some((parent, child)) = parent.zip(ids.get(child)) else {
                    add(field.clone(), "holds a module that is not in the course");
                    continue;
                };
                match tree.check_edge(*parent, *child) {
                    Ok(()) => tree.insert(*parent, *child),
                    Err(refusal) => add(field.clone(), &refusal.to_string()),
                }
            }
            if module.contents.iter().any(|slug| !slugs.contains(slug)) {
                add(field.clone(), "holds a content that is not in the course");
            }
            let contents: BTreeSet<_> = module.contents.iter().collect();
            let modules: BTreeSet<_> = module.modules.iter().collect();
            let count = (module.contents.len(), module.modules.len());
            if (contents.len(), modules.len()) != count {
                add(field.clone(), "holds each module and content once");
            }
            if count.0 > Module::MAX_CONTENTS || count.1 > Module::MAX_MODULES {
                add(field.clone(), "holds at most 1000 contents and 200 modules");
            }
            if let Err(refusal) = module.draft.check() {
                add(field, &refusal.to_string());
            }
        }
        refuse(problems)
    }
}

fn sample_problems(content: &CourseContent) -> Vec<(String, &'static str)> {
    let mut names = BTreeSet::new();
    let mut problems = Vec::new();
    let parts: Vec<_> = content.draft.submittables().map(|part| part.id).collect();
    for sample in &content.samples {
        let field = format!("sample {}", sample.name);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.+ ".contains(c);
        let (first, last) = (sample.name.chars().next(), sample.name.chars().last());
        let is_safe = (1..=100).contains(&sample.name.len())
            && sample.name.chars().all(is_plain)
            && first.is_some_and(|c| !". ".contains(c))
            && last.is_some_and(|c| !". ".contains(c));
        if !is_safe {
            let rule = "a sample's name is 1 to 100 letters, digits, '-', '_', '.', '+' or spaces \
                inside";
            problems.push((field.clone(), rule));
        }
        if !names.insert((sample.verdict, sample.name.to_lowercase())) {
            problems.push((field.clone(), "the name is taken by another of its verdict"));
        }
        if !parts.contains(&&sample.component) {
            problems.push((field, "the component takes no answers"));
        }
    }
    problems
}

fn below(field: &str, result: Result<(), Refusal>) -> Vec<Problem> {
    match result {
        Ok(()) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems
            .into_iter()
            .map(|problem| Problem {
                field: format!("{field}: {}", problem.field),
                ..problem
            })
            .collect(),
        Err(other) => vec![Problem::new(field, other.to_string())],
    }
}

fn refuse(problems: Vec<Problem>) -> Result<(), Refusal> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems))
    }
}
