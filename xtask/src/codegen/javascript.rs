//! The table that the JavaScript methods of the use cases are made of.

use std::fmt::Write;

use anyhow::Result;

use super::model::{Models, Type};
use super::use_case::{UseCase, fields_of};

const HEAD: &str = "\"use strict\";

// Every use case: its name, what is given in order, what may be given by name and where on the
// wire it goes, what is as usual, and whether it gives a page of a list.
//
// Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.

module.exports = {
";

/// The text of the table.
pub(crate) fn table(models: &Models, use_cases: &[UseCase]) -> Result<String> {
    let mut out = HEAD.to_owned();
    for use_case in use_cases {
        let (mut takes, mut options, mut usual) = (Vec::new(), Vec::new(), Vec::new());
        for argument in &use_case.arguments {
            let name = &argument.name;
            if argument.is_spread {
                usual.push(format!("{name}: {{}}"));
                for field in fields_of(models, argument)? {
                    options.push(format!("{}: [\"{name}\", \"{}\"]", field.name, field.name));
                }
            } else if let Some(default) = argument.default {
                usual.push(format!("{name}: {default}"));
                options.push(format!("{}: [\"{name}\"]", camel(name)));
            } else {
                takes.push(format!("\"{name}\""));
            }
        }
        let _ = write!(
            out,
            "  {}: {{\n    name: \"{}\",\n    takes: [{}],\n    options: {},\n    usual: {},\n    \
             lists: {},\n  }},\n",
            camel(&use_case.name),
            use_case.name,
            takes.join(", "),
            object(&options),
            object(&usual),
            lists(use_case),
        );
    }
    Ok(out + "};\n")
}

/// Whether a use case gives a page of a list.
pub(crate) fn lists(use_case: &UseCase) -> bool {
    let result = use_case.result.as_ref().map(|result| &result.kind);
    matches!(result, Some(Type::Named(name)) if name.ends_with("Page"))
}

/// `snake_case` as `camelCase`.
pub(crate) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(super::model::pascal);
    first + &rest.collect::<String>()
}

fn object(fields: &[String]) -> String {
    if fields.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", fields.join(", "))
    }
}
