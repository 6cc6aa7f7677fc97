//! What there is in a program for tests, as its compiler tells.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// Arguments that have the compiler say what is declared, without the inside of functions, instead of compiling it.
pub(in crate::runner) const ACCOUNT_ARGS: [&str; 4] = [
    "-ast-dump=json",
    "-skip-function-bodies",
    "-disable-free",
    "-w",
];

/// The kinds of declarations in which others are looked for.
const INSIDE: [&str; 5] = [
    "TranslationUnitDecl",
    "LinkageSpecDecl",
    "NamespaceDecl",
    "FunctionDecl",
    "EnumDecl",
];

/// What is known of a declaration if it is said at all: these are never said to be false.
const MARKS: [&str; 6] = [
    "inline",
    "constexpr",
    "isImplicit",
    "completeDefinition",
    "scopedEnumTag",
    "init",
];

/// The folder of what is no part of a program.
const SYSTEM: &str = "/usr/";

/// What tests can ask for, by its names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::runner) struct Offers {
    /// Functions; several with one name are in the order in which they are declared.
    pub(super) functions: BTreeMap<String, Vec<Function>>,
    /// Variables of the top level.
    pub(super) variables: BTreeMap<String, Variable>,
    /// Classes, those before others that they are the bases of.
    pub(super) classes: Vec<String>,
}

/// A function as it is declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Function {
    /// Its name in objects.
    pub(super) symbol: String,
    /// Its type: that of the result, and those of parameters between parentheses.
    pub(super) signature: String,
    /// Its parameters.
    pub(super) parameters: Vec<Parameter>,
    /// How many of them, at the end, have a value that they have without being given.
    pub(super) defaults: usize,
    /// Whether it is in this part of the program for certain, and other parts can't see it.
    pub(super) is_inside: bool,
    /// Whether it is made from a template.
    pub(super) is_template: bool,
}

/// A parameter as it is declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parameter {
    /// Its type.
    pub(super) r#type: String,
    /// The same without the names that stand for it.
    pub(super) plain: String,
}

/// A variable as it is declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) r#type: String,
    /// Whether it is only a name for a number.
    pub(super) is_constant: bool,
}

/// What the compiler says of a declaration.
#[derive(Debug, Default)]
struct Node {
    kind: String,
    name: String,
    symbol: String,
    r#type: Type,
    storage: String,
    /// What is said of it by a word alone, such as `inline`.
    marks: Vec<String>,
    loc: Place,
    range: Range,
    inner: Vec<Node>,
}

/// Reads a declaration. What is in it is read where it is needed, and known by what came before it: an
/// expression can be as deep as its author likes.
struct NodeVisitor;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Type {
    qual_type: String,
    desugared_qual_type: Option<String>,
}

impl Type {
    /// The type without the names that stand for it.
    fn text(&self) -> &str {
        let without = self.desugared_qual_type.as_deref();
        without.unwrap_or(&self.qual_type)
    }
}

/// Where something is. A file is named only where the one before it was another.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Place {
    file: Option<String>,
    spelling_loc: Option<Box<Place>>,
    expansion_loc: Option<Box<Place>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Range {
    begin: Place,
    end: Place,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(NodeVisitor)
    }
}

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_str("a declaration")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut node = Node::default();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match &*key {
                "kind" => node.kind = map.next_value()?,
                "name" => node.name = map.next_value()?,
                "mangledName" => node.symbol = map.next_value()?,
                "type" => node.r#type = map.next_value()?,
                "storageClass" => node.storage = map.next_value()?,
                "loc" => node.loc = map.next_value()?,
                "range" => node.range = map.next_value()?,
                "inner" if INSIDE.contains(&node.kind.as_str()) => node.inner = map.next_value()?,
                mark => {
                    if MARKS.contains(&mark) {
                        node.marks.push(mark.to_owned());
                    }
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(node)
    }
}

impl Node {
    fn is(&self, mark: &str) -> bool {
        self.marks.iter().any(|said| said == mark)
    }
}

/// Goes through what the compiler said.
struct Reader {
    offers: Offers,
    /// The file that was named last.
    file: String,
}

impl Offers {
    /// Reads what the compiler said of an entry.
    pub(in crate::runner) fn read(said: &[u8]) -> Option<Self> {
        let whole: Node = serde_json::from_slice(said).ok()?;
        let mut reader = Reader {
            offers: Self::default(),
            file: String::new(),
        };
        reader.all(&whole.inner);
        Some(reader.offers)
    }
}

impl Reader {
    fn all(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.declaration(node);
        }
    }

    fn declaration(&mut self, node: &Node) {
        self.pass(&node.loc);
        let is_own = !self.file.is_empty() && !self.file.starts_with(SYSTEM);
        self.pass(&node.range.begin);
        self.pass(&node.range.end);
        match node.kind.as_str() {
            // What is in them is at the top level all the same.
            "LinkageSpecDecl" => self.all(&node.inner),
            "NamespaceDecl" if node.name.is_empty() => self.all(&node.inner),
            _ if !is_own || node.is("isImplicit") => {}
            "EnumDecl" if !node.is("scopedEnumTag") => self.constants(node),
            _ if !is_name(&node.name) => {}
            "FunctionDecl" if node.name != "main" => self.function(node),
            "FunctionTemplateDecl" => self.template(node),
            "VarDecl" => self.variable(node),
            "CXXRecordDecl" if node.is("completeDefinition") => {
                self.offers.classes.push(node.name.clone());
            }
            _ => {}
        }
    }

    fn pass(&mut self, place: &Place) {
        let places = [&place.spelling_loc, &place.expansion_loc];
        for place in places.into_iter().flatten() {
            self.pass(place);
        }
        if let Some(file) = &place.file {
            self.file.clone_from(file);
        }
    }

    fn function(&mut self, node: &Node) {
        let parameters = node
            .inner
            .iter()
            .filter(|inner| inner.kind == "ParmVarDecl");
        let with_value = parameters.clone().filter(|inner| inner.is("init"));
        let mut function = Function {
            symbol: node.symbol.clone(),
            signature: node.r#type.qual_type.clone(),
            defaults: with_value.count(),
            parameters: parameters
                .map(|inner| Parameter {
                    r#type: inner.r#type.qual_type.clone(),
                    plain: inner.r#type.text().to_owned(),
                })
                .collect(),
            is_inside: node.storage == "static" || node.is("inline") || node.is("constexpr"),
            is_template: false,
        };
        let same = self.offers.functions.entry(node.name.clone()).or_default();
        match same
            .iter_mut()
            .find(|known| known.symbol == function.symbol)
        {
            // It is declared again; what was said of it before still holds.
            Some(known) => {
                function.defaults = function.defaults.max(known.defaults);
                function.is_inside |= known.is_inside;
                *known = function;
            }
            None => same.push(function),
        }
    }

    fn template(&mut self, node: &Node) {
        let same = self.offers.functions.entry(node.name.clone()).or_default();
        if !same.iter().any(|known| known.is_template) {
            same.push(Function {
                is_template: true,
                ..Function::default()
            });
        }
    }

    fn variable(&mut self, node: &Node) {
        // What is only declared here may be nowhere.
        if node.storage != "extern" || node.is("init") {
            let variable = Variable {
                r#type: node.r#type.text().to_owned(),
                is_constant: false,
            };
            self.offers.variables.insert(node.name.clone(), variable);
        }
    }

    fn constants(&mut self, node: &Node) {
        let constants = node.inner.iter();
        for constant in constants.filter(|inner| inner.kind == "EnumConstantDecl") {
            let variable = Variable {
                r#type: constant.r#type.qual_type.clone(),
                is_constant: true,
            };
            self.offers
                .variables
                .insert(constant.name.clone(), variable);
        }
    }
}

/// Whether it is a name that tests may ask for: no operator, and none of ours.
fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    !name.is_empty() && name.chars().all(is_part) && !name.starts_with("__polycode")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Offers {
        let said = format!(r#"{{"kind": "TranslationUnitDecl", "loc": {{}}, "inner": [{inner}]}}"#);
        Offers::read(said.as_bytes()).unwrap()
    }

    #[test]
    fn what_the_library_declares_is_not_the_programs() {
        let offers = read(
            r#"{"kind": "FunctionDecl", "isImplicit": true, "name": "built_in"},
            {"kind": "FunctionDecl", "loc": {"file": "/usr/include/stdio.h"}, "name": "puts"},
            {"kind": "FunctionDecl", "loc": {"line": 9}, "name": "gets"},
            {"kind": "FunctionDecl", "loc": {"file": "./own.h"}, "name": "area"},
            {"kind": "FunctionDecl", "loc": {"spellingLoc": {"file": "/usr/include/m.h"}, "expansionLoc": {"file": "main.c"}}, "name": "made"},
            {"kind": "FunctionDecl", "name": "add"},
            {"kind": "FunctionDecl", "name": "main"},
            {"kind": "FunctionDecl", "name": "operator+"}"#,
        );
        let names: Vec<_> = offers.functions.keys().collect();
        assert_eq!(names, ["add", "area", "made"]);
    }

    #[test]
    fn what_is_declared_twice_is_one_function() {
        let function = |symbol: &str, of: &str, more: &str| {
            format!(
                r#"{{"kind": "FunctionDecl", "loc": {{"file": "main.cpp"}}, "name": "f", "mangledName": "{symbol}",
                "type": {{"qualType": "int ({of})"}}, "inner": [{{"kind": "ParmVarDecl", "type": {{"qualType": "{of}"}}{more}}}]}}"#
            )
        };
        let first = function("_Z1fi", "int", r#", "init": "c""#);
        let again = function("_Z1fi", "int", "");
        let other = function("_Z1fd", "double", "");
        let offers = read(&[first, other, again].join(","));
        let functions = offers.functions["f"].iter();
        let seen: Vec<_> = functions
            .map(|function| (&*function.signature, function.defaults))
            .collect();
        assert_eq!(seen, [("int (int)", 1), ("int (double)", 0)]);
    }

    #[test]
    fn variables_have_a_place_and_constants_none() {
        let offers = read(
            r#"{"kind": "VarDecl", "loc": {"file": "main.c"}, "name": "here", "type": {"qualType": "row", "desugaredQualType": "int[3]"}},
            {"kind": "VarDecl", "name": "elsewhere", "storageClass": "extern"},
            {"kind": "EnumDecl", "inner": [{"kind": "EnumConstantDecl", "name": "RED", "type": {"qualType": "int"}}]},
            {"kind": "EnumDecl", "name": "C", "scopedEnumTag": "class", "inner": [{"kind": "EnumConstantDecl", "name": "BLUE"}]}"#,
        );
        let variables = offers.variables.iter();
        let seen: Vec<_> = variables
            .map(|(name, variable)| (&**name, &*variable.r#type, variable.is_constant))
            .collect();
        assert_eq!(seen, [("RED", "int", true), ("here", "int[3]", false)]);
    }

    #[test]
    fn an_expression_can_be_deep() {
        let deep = format!("{}{}", r#"{"inner": ["#.repeat(5000), "]}".repeat(5000));
        let offers = read(&format!(
            r#"{{"kind": "VarDecl", "loc": {{"file": "main.c"}}, "name": "sum", "inner": [{deep}]}}"#
        ));
        assert!(offers.variables.contains_key("sum"));
    }
}
