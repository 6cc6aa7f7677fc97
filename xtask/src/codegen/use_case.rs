//! The list of core's use cases: every public method of `Engine`, read from core's own source.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use syn::{
    Attribute, Expr, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Lit, Meta, Pat, PatType,
    PathArguments, ReturnType, UseTree, Visibility,
};

use super::model::{Models, Shape, Type};
use crate::step;

/// Where core's use cases are.
const SOURCE: &str = "polycode-core/src/engine";

/// Methods of `Engine` that are no use cases of a face, and why.
const ELSEWHERE: [(&str, &str); 3] = [
    ("new", "the faces open stores by their URL"),
    ("import_course", "the faces read a course from its folder"),
    (
        "content_by_slug",
        "wherever the faces take a content, its slug will do",
    ),
];

/// Types of arguments whose fields the faces take one by one.
const SPREAD: [&str; 9] = [
    "AnswerTo",
    "BuyItem",
    "ContentQuery",
    "ModuleQuery",
    "PageRequest",
    "Registration",
    "ReviewSubmission",
    "RunValidator",
    "Submit",
];

/// Types of arguments that may be left out: all their fields then are as usual.
const CRITERIA: [&str; 2] = ["Filter", "SimilaritySearch"];

/// Types whose schema has another name, because another type has theirs already.
const RENAMED: [(&str, &str); 1] = [("crate::assessment::attempt::Grade", "TestGrade")];

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
            read_file(&text, into).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// Reads the use cases of one file of source.
fn read_file(text: &str, into: &mut Vec<UseCase>) -> Result<()> {
    let file = syn::parse_file(text)?;
    let mut imports = Vec::new();
    for item in &file.items {
        if let Item::Use(import) = item {
            note_imports("", &import.tree, &mut imports);
        }
    }
    for item in file.items {
        let Item::Impl(item) = item else { continue };
        let syn::Type::Path(of) = &*item.self_ty else {
            continue;
        };
        if item.trait_.is_some() || !of.path.is_ident("Engine") {
            continue;
        }
        for method in item.items {
            let ImplItem::Fn(method) = method else {
                continue;
            };
            let name = method.sig.ident.to_string();
            let is_public = matches!(method.vis, Visibility::Public(_));
            if is_public && !ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == name) {
                let use_case = use_case(&method, &imports);
                into.push(use_case.with_context(|| format!("`Engine::{name}`"))?);
            }
        }
    }
    Ok(())
}

/// Notes the full path of everything that a `use` names.
fn note_imports(path: &str, tree: &UseTree, into: &mut Vec<String>) {
    match tree {
        UseTree::Path(tree) => note_imports(&format!("{path}{}::", tree.ident), &tree.tree, into),
        UseTree::Group(group) => {
            for tree in &group.items {
                note_imports(path, tree, into);
            }
        }
        UseTree::Name(name) => into.push(format!("{path}{}", name.ident)),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// Gives a type the name of its schema.
fn rename(kind: &mut Type, imports: &[String]) {
    match kind {
        Type::Named(name) => {
            let imported = format!("::{name}");
            let path = imports.iter().find(|path| path.ends_with(&imported));
            let renamed = RENAMED
                .iter()
                .find(|(from, _)| Some(*from) == path.map(String::as_str));
            if let Some((_, to)) = renamed {
                (*to).clone_into(name);
            }
        }
        Type::List(item) | Type::Set(item) | Type::Map(item) => rename(item, imports),
        _ => {}
    }
}

fn use_case(method: &ImplItemFn, imports: &[String]) -> Result<UseCase> {
    ensure!(
        method.sig.asyncness.is_some(),
        "is public and not async: name it in ELSEWHERE if it is no use case"
    );
    let (doc, errors) = docs(&method.attrs);
    let mut use_case = UseCase {
        name: method.sig.ident.to_string(),
        doc,
        errors,
        is_acting: false,
        arguments: Vec::new(),
        result: result(&method.sig.output)?,
    };
    for input in &method.sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        let argument = argument(input)?;
        if argument.name == "actor" {
            use_case.is_acting = true;
        } else {
            use_case.arguments.push(argument);
        }
    }
    let arguments = use_case.arguments.iter_mut();
    let kinds = arguments.map(|argument| &mut argument.wanted.kind);
    for kind in kinds.chain(use_case.result.as_mut().map(|result| &mut result.kind)) {
        rename(kind, imports);
    }
    Ok(use_case)
}

fn argument(input: &PatType) -> Result<Argument> {
    let Pat::Ident(pattern) = &*input.pat else {
        bail!("an argument has no name");
    };
    let (ty, is_borrowed) = match &*input.ty {
        syn::Type::Reference(reference) => (&*reference.elem, true),
        ty => (ty, false),
    };
    let wanted = wanted(ty)?;
    let named = match &wanted.kind {
        Type::Named(name) => name.as_str(),
        _ => "",
    };
    let passing = match (is_borrowed, ty, &wanted.kind) {
        (true, syn::Type::Slice(_), Type::Text) => Passing::Bytes,
        (true, syn::Type::Slice(_), _) => Passing::List,
        (true, _, Type::Text) => Passing::Text,
        (true, ..) => Passing::Borrowed,
        (false, ..) if wanted.nullable && has_reference(ty) => Passing::Optional,
        (false, ..) => Passing::Owned,
    };
    let name = pattern.ident.to_string();
    let name = match (name.as_str(), named.strip_suffix("Id")) {
        ("id", Some(of)) => of.to_ascii_lowercase(),
        ("read", _) => "version".to_owned(),
        _ => name,
    };
    let default = match (name.as_str(), &wanted.kind) {
        ("limit", Type::Whole) => Some("100"),
        ("after", _) if named == "Cursor" => Some("0"),
        _ if CRITERIA.contains(&named) => Some("{}"),
        _ if wanted.nullable => Some("null"),
        _ => None,
    };
    Ok(Argument {
        is_spread: SPREAD.contains(&named),
        name,
        wanted,
        passing,
        default,
    })
}

/// The `T` of `Result<T, EngineError>`.
fn result(output: &ReturnType) -> Result<Option<Wanted>> {
    let ReturnType::Type(_, ty) = output else {
        return Ok(None);
    };
    match generic(ty) {
        Some((name, arguments)) if name == "Result" => match arguments.first().copied() {
            Some(syn::Type::Tuple(nothing)) if nothing.elems.is_empty() => Ok(None),
            Some(ty) => wanted(ty).map(Some),
            None => bail!("gives a `Result` of nothing known"),
        },
        _ => bail!("gives no `Result`"),
    }
}

fn wanted(ty: &syn::Type) -> Result<Wanted> {
    let plain = |kind| Wanted {
        kind,
        nullable: false,
    };
    match ty {
        syn::Type::Reference(reference) => return wanted(&reference.elem),
        syn::Type::Slice(slice) => {
            let item = wanted(&slice.elem)?.kind;
            let is_bytes = generic(&slice.elem).is_some_and(|(name, _)| name == "u8");
            return Ok(plain(if is_bytes {
                Type::Text
            } else {
                Type::List(Box::new(item))
            }));
        }
        _ => {}
    }
    let (name, arguments) = generic(ty).context("has a type of a new form")?;
    let inner = || {
        let first = arguments.first().context("a type has no parameter")?;
        wanted(first).map(|wanted| wanted.kind)
    };
    Ok(plain(match name.as_str() {
        "Option" => {
            return Ok(Wanted {
                kind: inner()?,
                nullable: true,
            });
        }
        "Vec" => Type::List(Box::new(inner()?)),
        "BTreeSet" => Type::Set(Box::new(inner()?)),
        "Page" => Type::Named(page_name(&inner()?)?),
        "Versioned" => Type::Named(versioned_name(&inner()?)?),
        "str" | "String" => Type::Text,
        "u8" | "u32" | "u64" => Type::Whole,
        "bool" => Type::Flag,
        _ => Type::Named(name),
    }))
}

/// The name of the schema of a page of these items.
pub(crate) fn page_name(item: &Type) -> Result<String> {
    match item {
        Type::Named(item) => Ok(format!("{}Page", item.trim_end_matches("View"))),
        _ => Err(anyhow!("a page of items without a name")),
    }
}

/// The name of the schema of a document with its version.
pub(crate) fn versioned_name(value: &Type) -> Result<String> {
    match value {
        Type::Named(value) => Ok(format!("Versioned{value}")),
        _ => Err(anyhow!("a version of a value without a name")),
    }
}

fn has_reference(ty: &syn::Type) -> bool {
    let arguments = generic(ty).map(|(_, arguments)| arguments);
    matches!(arguments.as_deref(), Some([syn::Type::Reference(_)]))
}

/// The last name of a path and its parameters.
fn generic(ty: &syn::Type) -> Option<(String, Vec<&syn::Type>)> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(given) => given
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Some((last.ident.to_string(), arguments))
}

/// What a method is for, and when it fails.
fn docs(attributes: &[Attribute]) -> (String, String) {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    let text = without_links(&lines.join("\n"));
    let (doc, errors) = text.split_once("# Errors").unwrap_or((&text, ""));
    let doc = doc.split("# Examples").next().unwrap_or_default();
    (without_stories(doc.trim()), errors.trim().to_owned())
}

/// The text without its links between items; a refusal is named by its code.
fn without_links(text: &str) -> String {
    let mut parts = text.split("`](");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_target, rest) = part.split_once(')').unwrap_or(("", part));
        out.push('`');
        out.push_str(rest);
    }
    let out = out.replace("[`", "`").replace("`]", "`");
    let mut parts = out.split("`Refusal::");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('`').unwrap_or((part, ""));
        let code = super::python::snake(name);
        let _ = write!(out, "code `{}`{rest}", code.trim_start_matches('_'));
    }
    out
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(value) = &meta.value else {
        return None;
    };
    match &value.lit {
        Lit::Str(text) if meta.path.is_ident("doc") => {
            let text = text.value();
            Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}

/// `AS-1, AS-4: publishes …` as `Publishes …`.
fn without_stories(doc: &str) -> String {
    let is_story = |text: &str| {
        let is_id = |part: &str| {
            part.split_once('-').is_some_and(|(kind, number)| {
                kind.chars().all(|letter| letter.is_ascii_uppercase())
                    && number.chars().all(|digit| digit.is_ascii_digit())
            })
        };
        text.split([',', ' '])
            .filter(|part| !part.is_empty())
            .all(is_id)
    };
    let text = match doc.split_once(": ") {
        Some((stories, text)) if is_story(stories) => text,
        _ => doc,
    };
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
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
pub(crate) fn fields_of<'a>(
    models: &'a Models,
    argument: &Argument,
) -> Result<&'a [super::model::Field]> {
    let Type::Named(name) = &argument.wanted.kind else {
        bail!("`{}` is spread and has no name", argument.name);
    };
    match models.get(name).map(|model| &model.shape) {
        Some(Shape::Record(fields)) => Ok(fields),
        _ => bail!("`{name}` is spread and is no record"),
    }
}
