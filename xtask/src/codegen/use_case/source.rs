//! From the text of a source file to the use cases in it.

use anyhow::{Context, Result, bail, ensure};
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Pat, PatType, PathArguments, ReturnType,
    UseTree, Visibility,
};

use super::doc::docs;
use super::{Argument, Passing, UseCase, Wanted, page_name, versioned_name};
use crate::codegen::model::Type;

/// Methods of `Engine` that are no use cases of a face, and why.
const ELSEWHERE: [(&str, &str); 9] = [
    ("new", "the faces open stores by their URL"),
    (
        "with_grader",
        "the faces take graders where a store is opened",
    ),
    (
        "with_directory",
        "the faces take a directory where a store is opened",
    ),
    ("import_course", "the faces read a course from its folder"),
    (
        "content_by_slug",
        "wherever the faces take a content, its slug will do",
    ),
    ("sandbox", "the faces run programs by a runner of their own"),
    ("results_file", "the faces give the file of results whole"),
    ("begin_import", "the faces take a list of candidates whole"),
    ("begin_removal", "the faces take a list of candidates whole"),
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

/// Reads the use cases of one file of source.
pub(super) fn read(text: &str, into: &mut Vec<UseCase>) -> Result<()> {
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
