//! The list of core's use cases: every public method of `Engine`, read from core's own source.

mod doc;
mod source;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::model::{Field, Models, Shape, Type};
use crate::step;

/// Where core's use cases are.
const SOURCE: &str = "polycode-core/src/engine";

/// A use case, as its method in core declares it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UseCase {
    /// The method's name.
    pub(crate) name: String,
    /// What it is for, without the ids of the stories that it tells.
    pub(crate) doc: String,
    /// When it fails; empty when nothing is said.
    pub(crate) errors: String,
    /// Whether it depends on who asks.
    pub(crate) is_acting: bool,
    /// What it takes, without the actor.
    pub(crate) arguments: Vec<Argument>,
    /// What it gives; none when it only does something.
    pub(crate) result: Option<Wanted>,
}

/// What a use case takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    /// Its name in the faces and on the wire.
    pub(crate) name: String,
    /// Its type.
    pub(crate) wanted: Wanted,
    /// How the method takes it.
    pub(crate) passing: Passing,
    /// Whether the faces take its fields one by one.
    pub(crate) is_spread: bool,
    /// What it is when it is left out, as JSON; an argument without one must be there.
    pub(crate) default: Option<&'static str>,
}

/// A type, and whether there may be nothing instead.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    /// The type.
    pub(crate) kind: Type,
    /// Whether it may be null.
    pub(crate) nullable: bool,
}

/// How a method takes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passing {
    Owned,
    Borrowed,
    /// An `Option` of a reference.
    Optional,
    /// A slice.
    List,
    /// A `&str`.
    Text,
    /// The bytes of a text.
    Bytes,
}

/// Every use case, in the order of their names.
pub(crate) fn read(models: &Models) -> Result<Vec<UseCase>> {
    let mut use_cases = Vec::new();
    read_folder(&step::root().join(SOURCE), &mut use_cases)?;
    use_cases.sort_by(|a, b| a.name.cmp(&b.name));
    ensure!(!use_cases.is_empty(), "{SOURCE} has no use cases");
    let problem = |use_case: &UseCase| {
        let problem = check(models, use_case).err()?;
        Some(format!("`{}`: {problem}", use_case.name))
    };
    let problems: Vec<_> = use_cases.iter().filter_map(problem).collect();
    ensure!(problems.is_empty(), "use cases: {}", problems.join("; "));
    Ok(use_cases)
}

fn read_folder(folder: &Path, into: &mut Vec<UseCase>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            source::read(&text, into).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// The name of the schema of a page of these items.
fn page_name(item: &Type) -> Result<String> {
    match item {
        Type::Named(item) => Ok(format!("{}Page", item.trim_end_matches("View"))),
        _ => Err(anyhow!("a page of items without a name")),
    }
}

/// The name of the schema of a document with its version.
fn versioned_name(value: &Type) -> Result<String> {
    match value {
        Type::Named(value) => Ok(format!("Versioned{value}")),
        _ => Err(anyhow!("a version of a value without a name")),
    }
}

/// Checks that there is a schema for everything, and that no two arguments are called alike.
fn check(models: &Models, use_case: &UseCase) -> Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for argument in &use_case.arguments {
        check_type(models, &argument.wanted.kind)?;
        if argument.is_spread {
            let fields = fields_of(models, argument)?;
            names.extend(fields.iter().map(|field| field.name.as_str()));
        } else {
            names.push(&argument.name);
        }
    }
    if let Some(result) = &use_case.result {
        check_type(models, &result.kind)?;
    }
    names.sort_unstable();
    let twice = names.array_windows().find(|[one, other]| one == other);
    match twice {
        Some([name, _]) => bail!("two arguments are called `{name}`"),
        None => Ok(()),
    }
}

fn check_type(models: &Models, kind: &Type) -> Result<()> {
    match kind {
        Type::Named(name) => ensure!(
            models.contains_key(name),
            "there is no schema of `{name}`: name its type in xtask/src/codegen/schema.rs"
        ),
        Type::List(item) | Type::Set(item) | Type::Map(item) => check_type(models, item)?,
        _ => {}
    }
    Ok(())
}

/// The fields of an argument that is spread.
pub(crate) fn fields_of<'a>(models: &'a Models, argument: &Argument) -> Result<&'a [Field]> {
    let Type::Named(name) = &argument.wanted.kind else {
        bail!("`{}` is spread and has no name", argument.name);
    };
    match models.get(name).map(|model| &model.shape) {
        Some(Shape::Record(fields)) => Ok(fields),
        _ => bail!("`{name}` is spread and is no record"),
    }
}
