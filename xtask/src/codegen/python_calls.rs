//! The Python methods of the use cases: one class that waits, and one for asyncio.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::Result;
use serde_json::Value;

use super::model::{Field, Models, Shape, Type};
use super::python::{attribute, default_text, docstring, given_record, snake, type_text};
use super::use_case::{Argument, UseCase, Wanted, fields_of};

const GENERATED: &str =
    "Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.";

/// The modules of the methods that wait, of those for asyncio, and of the results of both.
pub(crate) fn modules(models: &Models, use_cases: &[UseCase]) -> Result<[String; 3]> {
    Ok([
        calls(models, use_cases, &WAITING)?,
        calls(models, use_cases, &AWAITING)?,
        results(use_cases),
    ])
}

/// What the two classes have that is not the same.
struct Face {
    title: &'static str,
    class: &'static str,
    define: &'static str,
    give: &'static str,
    end: &'static str,
}

const WAITING: Face = Face {
    title: "Every use case of PolyCode, as methods that wait.",
    class: "UseCases",
    define: "def",
    give: "return ",
    end: ".wait()",
};

const AWAITING: Face = Face {
    title: "Every use case of PolyCode, as coroutines.",
    class: "AsyncUseCases",
    define: "async def",
    give: "return await ",
    end: "",
};

/// A parameter of a Python method.
struct Parameter {
    name: String,
    text: String,
    doc: String,
    default: Option<String>,
    is_named: bool,
}

fn calls(models: &Models, use_cases: &[UseCase], face: &Face) -> Result<String> {
    let mut used = BTreeSet::new();
    let mut methods = String::new();
    for use_case in use_cases {
        methods += &method(models, use_case, face, &mut used)?;
    }
    let used = listed(&used);
    let Face { title, class, .. } = face;
    Ok(format!(
        "\"\"\"{title}\n\n{GENERATED}\n\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from collections.abc import Mapping, Sequence, Set\n\n\
         from . import _results\n\
         from ._calls import Calls\n\
         from .models import (\n{used})\n\n\n\
         class {class}:\n    \"\"\"{title}\"\"\"\n\n\
         \x20   _calls: Calls\n{methods}"
    ))
}

fn method(
    models: &Models,
    use_case: &UseCase,
    face: &Face,
    used: &mut BTreeSet<String>,
) -> Result<String> {
    let mut parameters = Vec::new();
    let mut given = String::new();
    for argument in &use_case.arguments {
        note_used(&argument.wanted.kind, argument.is_spread, used);
        let name = &argument.name;
        if argument.is_spread {
            let fields = fields_of(models, argument)?;
            let mut parts = Vec::new();
            for field in fields {
                note_used(&field.kind, false, used);
                parts.push(format!("\"{}\": {}", field.name, attribute(&field.name)));
                parameters.push(of_field(models, field));
            }
            let _ = write!(
                given,
                "\n                \"{name}\": {{{}}},",
                parts.join(", ")
            );
        } else {
            let _ = write!(given, "\n                \"{name}\": {},", attribute(name));
            parameters.push(of_argument(models, argument));
        }
    }
    // First what must be there, then what is given by name; of that, first what must be there.
    parameters.sort_by_key(|parameter| (parameter.is_named, parameter.default.is_some()));
    let mut signature = String::from("\n        self,");
    let mut is_named = false;
    for parameter in &parameters {
        if parameter.is_named && !is_named {
            signature += "\n        *,";
            is_named = true;
        }
        let Parameter {
            name,
            text,
            default,
            ..
        } = parameter;
        let default = default.as_ref().map(|text| format!(" = {text}"));
        let _ = write!(
            signature,
            "\n        {name}: {text}{},",
            default.unwrap_or_default()
        );
    }
    let given = match given.as_str() {
        "" => "{}".to_owned(),
        given => format!("{{{given}\n            }}"),
    };
    let result = use_case.result.as_ref();
    if let Some(result) = result {
        note_used(&result.kind, false, used);
    }
    let (constant, returns) = result_of(result);
    Ok(format!(
        "\n    {} {}({signature}\n    ) -> {returns}:\n{}        {}self._calls.call(\n            \
         \"{}\",\n            {given},\n            _results.{constant},\n        ){}\n",
        face.define,
        use_case.name,
        docstring(&doc(use_case, &parameters), "        "),
        face.give,
        use_case.name,
        face.end,
    ))
}

fn of_argument(models: &Models, argument: &Argument) -> Parameter {
    let Wanted { kind, nullable } = &argument.wanted;
    let none = if *nullable { " | None" } else { "" };
    let default = argument.default.map(|default| match (default, kind) {
        ("null", _) => "None".to_owned(),
        ("{}", Type::Named(name)) => format!("{name}()"),
        (number, _) => number.to_owned(),
    });
    Parameter {
        name: attribute(&argument.name),
        text: given_text(models, kind) + none,
        doc: String::new(),
        is_named: default.is_some(),
        default,
    }
}

fn of_field(models: &Models, field: &Field) -> Parameter {
    let default = field.default.as_ref();
    let none = if field.nullable || default.is_some_and(Value::is_null) {
        " | None"
    } else {
        ""
    };
    let default = default.map(|default| match (default, &field.kind) {
        (Value::Object(given), Type::Named(name)) => match models.get(name) {
            Some(model) => given_record(models, name, &model.shape, given),
            None => format!("{name}()"),
        },
        (default, kind) => default_text(models, kind, default),
    });
    Parameter {
        name: attribute(&field.name),
        text: given_text(models, &field.kind) + none,
        doc: field.doc.clone(),
        default,
        is_named: true,
    }
}

/// The type of what callers give: a record may be given as a plain mapping, too.
fn given_text(models: &Models, kind: &Type) -> String {
    match kind {
        Type::Named(name) => match models.get(name).map(|model| &model.shape) {
            Some(Shape::Record(_) | Shape::Tagged { .. }) => {
                format!("{name} | Mapping[str, object]")
            }
            _ => name.clone(),
        },
        Type::List(item) => format!("Sequence[{}]", given_text(models, item)),
        Type::Set(item) => format!("Set[{}]", given_text(models, item)),
        kind => type_text(kind),
    }
}

fn note_used(kind: &Type, is_spread: bool, used: &mut BTreeSet<String>) {
    match kind {
        Type::Named(name) if !is_spread => {
            used.insert(name.clone());
        }
        Type::List(item) | Type::Set(item) | Type::Map(item) => note_used(item, is_spread, used),
        _ => {}
    }
}

/// The constant for a result in `_results.py`, and its type.
fn result_of(result: Option<&Wanted>) -> (String, String) {
    let Some(Wanted { kind, nullable }) = result else {
        return ("NOTHING".to_owned(), "None".to_owned());
    };
    let (constant, text) = match kind {
        Type::Text => ("TEXT".to_owned(), "str".to_owned()),
        Type::Whole => ("COUNT".to_owned(), "int".to_owned()),
        Type::List(item) => {
            let (constant, text) = result_of(Some(&Wanted {
                kind: (**item).clone(),
                nullable: false,
            }));
            (format!("{constant}_LIST"), format!("list[{text}]"))
        }
        kind => {
            let text = type_text(kind);
            let constant = snake(&text).trim_start_matches('_').to_ascii_uppercase();
            (constant, text)
        }
    };
    if *nullable {
        (format!("MAYBE_{constant}"), format!("{text} | None"))
    } else {
        (constant, text)
    }
}

fn results(use_cases: &[UseCase]) -> String {
    let mut used = BTreeSet::new();
    let mut constants = BTreeMap::new();
    for use_case in use_cases {
        let result = use_case.result.as_ref();
        if let Some(result) = result {
            note_used(&result.kind, false, &mut used);
        }
        let (constant, text) = result_of(result);
        constants.insert(constant, text);
    }
    let used = listed(&used);
    let constants: Vec<_> = constants
        .iter()
        .map(|(constant, text)| format!("{constant}: Result[{text}] = Result({text})\n"))
        .collect();
    let constants = constants.concat();
    format!(
        "\"\"\"What the use cases of PolyCode give, as typed values.\n\n{GENERATED}\n\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from ._wire import Result\n\
         from .models import (\n{used})\n\n{constants}"
    )
}

/// Names to import, a line for each.
fn listed(names: &BTreeSet<String>) -> String {
    let lines: Vec<_> = names.iter().map(|name| format!("    {name},\n")).collect();
    lines.concat()
}

/// What a use case is for, what is given by name, and when it fails.
fn doc(use_case: &UseCase, parameters: &[Parameter]) -> String {
    let mut doc = use_case.doc.replace("`Engine::", "`");
    let named: Vec<_> = parameters
        .iter()
        .filter(|parameter| !parameter.doc.is_empty())
        .map(|Parameter { name, doc, .. }| {
            format!("\n    {name}: {}", doc.replace('\n', "\n        "))
        })
        .collect();
    if !named.is_empty() {
        let _ = write!(doc, "\n\nArgs:{}", named.concat());
    }
    let errors = use_case
        .errors
        .replace("`EngineError::Store`", "`StoreError`")
        .replace("`EngineError::Directory`", "`DirectoryError`")
        .replace("`EngineError::Sandbox`", "`SandboxError`")
        .replace("`EngineError::", "`")
        .replace("`Engine::", "`");
    match errors.strip_prefix("As ") {
        Some(as_of) => {
            let _ = write!(doc, "\n\nRaises as {as_of}");
        }
        None if errors.is_empty() => {}
        None => {
            let _ = write!(doc, "\n\nRaises:\n    {}", errors.replace('\n', "\n    "));
        }
    }
    doc
}
