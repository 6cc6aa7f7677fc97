//! What the schemas say, in the few shapes that core's types have: names for plain values,
//! words to choose from, records, and records told apart by a tag.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Every type of a schema's `$defs`, by name.
pub(crate) type Models = BTreeMap<String, Model>;

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    /// What it is for.
    pub(crate) doc: String,
    /// What it is made of.
    pub(crate) shape: Shape,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// Another name for a plain value.
    Alias(Type),
    /// One of several words, each with its meaning.
    Words(Vec<(String, String)>),
    /// Named fields.
    Record(Vec<Field>),
    /// Records told apart by a tag.
    Tagged { tag: String, variants: Vec<Variant> },
    /// One of several words, or a record with one field named by a word.
    WordsOr {
        words: Vec<(String, String)>,
        variants: Vec<Variant>,
    },
}

/// One of the records of a tagged type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    /// The name of its own type.
    pub(crate) name: String,
    /// The value of its tag.
    pub(crate) word: String,
    /// What it is for.
    pub(crate) doc: String,
    /// Its fields, without the tag.
    pub(crate) fields: Vec<Field>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Its name on the wire.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) doc: String,
    /// Its type.
    pub(crate) kind: Type,
    /// Whether it may be null.
    pub(crate) nullable: bool,
    /// What it is when it is left out; a field without one must be there.
    pub(crate) default: Option<Value>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    /// A type of the schema.
    Named(String),
    Text,
    Time,
    Whole,
    Number,
    Flag,
    /// Any JSON value.
    Any,
    List(Box<Self>),
    Set(Box<Self>),
    /// By text keys.
    Map(Box<Self>),
    /// A record that has no name of its own.
    Inline(Vec<Field>),
}

/// Reads every definition of a schema.
///
/// # Errors
/// The name of a definition that has none of the known shapes.
pub(crate) fn read(schema: &Value) -> Result<Models, String> {
    let definitions = schema.get("$defs").and_then(Value::as_object);
    let definitions = definitions.ok_or("the schema has no `$defs`")?;
    let read = |(name, definition): (&String, &Value)| {
        let shape =
            shape_of(name, definition).ok_or_else(|| format!("`{name}` has a new shape"))?;
        Ok((
            name.clone(),
            Model {
                doc: doc_of(definition),
                shape,
            },
        ))
    };
    let models = definitions
        .iter()
        .map(read)
        .collect::<Result<Models, String>>()?;
    let mut names: BTreeSet<&str> = models.keys().map(String::as_str).collect();
    for model in models.values() {
        let (Shape::Tagged { variants, .. } | Shape::WordsOr { variants, .. }) = &model.shape
        else {
            continue;
        };
        if let Some(twice) = variants.iter().find(|variant| !names.insert(&variant.name)) {
            return Err(format!("two types are called `{}`", twice.name));
        }
    }
    // The generator tells types of one name apart by a number.
    let numbered: Vec<&str> = models
        .keys()
        .map(String::as_str)
        .filter(|name| name.ends_with(char::is_numeric))
        .collect();
    if numbered.is_empty() {
        Ok(models)
    } else {
        Err(format!(
            "types of one name: {} (tell them apart by `#[schemars(rename)]`)",
            numbered.join(", ")
        ))
    }
}

/// `code_editor` as a part of a type's name: `CodeEditor`.
pub(crate) fn pascal(word: &str) -> String {
    let upper = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect()
    };
    word.split('_').map(upper).collect::<Vec<String>>().concat()
}

fn shape_of(name: &str, schema: &Value) -> Option<Shape> {
    let Some(variants) = schema.get("oneOf").and_then(Value::as_array) else {
        return match (schema.get("properties"), schema.get("enum")) {
            (Some(_), _) => Some(Shape::Record(fields_of(schema, &[])?)),
            (None, Some(words)) => {
                let words = words.as_array()?.iter();
                let word = |word: &Value| Some((word.as_str()?.to_owned(), String::new()));
                Some(Shape::Words(words.map(word).collect::<Option<_>>()?))
            }
            (None, None) => Some(Shape::Alias(type_of(schema)?.0)),
        };
    };
    let word = |schema: &Value| Some((schema.get("const")?.as_str()?.to_owned(), doc_of(schema)));
    let words: Vec<_> = variants.iter().filter_map(word).collect();
    if words.len() == variants.len() {
        return Some(Shape::Words(words));
    }
    if !words.is_empty() {
        let records = variants
            .iter()
            .filter(|variant| variant.get("const").is_none());
        let variants = records
            .map(|record| keyed(name, record))
            .collect::<Option<_>>()?;
        return Some(Shape::WordsOr { words, variants });
    }
    let tag = tag_of(variants.first()?)?;
    let shared = match schema.get("properties") {
        Some(_) => fields_of(schema, &[])?,
        None => Vec::new(),
    };
    let tagged = |variant: &Value| {
        let word = constant(variant, &tag)?;
        let mut fields = shared.clone();
        fields.extend(fields_of(variant, &[&tag])?);
        fields.sort_by_key(|field| field.default.is_some());
        Some(Variant {
            name: pascal(&word) + name,
            word,
            doc: doc_of(variant),
            fields,
        })
    };
    let variants = variants.iter().map(tagged).collect::<Option<_>>()?;
    Some(Shape::Tagged { tag, variants })
}

/// A variant that is an object with one field, named by the variant's word.
fn keyed(name: &str, schema: &Value) -> Option<Variant> {
    let fields = fields_of(schema, &[])?;
    let [field] = fields.as_slice() else {
        return None;
    };
    let word = field.name.clone();
    Some(Variant {
        name: pascal(&word) + name,
        word,
        doc: doc_of(schema),
        fields,
    })
}

fn tag_of(variant: &Value) -> Option<String> {
    let mut properties = variant.get("properties")?.as_object()?.iter();
    properties
        .find(|(_, value)| value.get("const").is_some())
        .map(|(name, _)| name.clone())
}

fn constant(variant: &Value, tag: &str) -> Option<String> {
    Some(
        variant
            .get("properties")?
            .get(tag)?
            .get("const")?
            .as_str()?
            .to_owned(),
    )
}

fn reference(schema: &Value) -> Option<String> {
    schema
        .get("$ref")?
        .as_str()?
        .rsplit('/')
        .next()
        .map(str::to_owned)
}

fn fields_of(schema: &Value, without: &[&str]) -> Option<Vec<Field>> {
    let nothing = Vec::new();
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .unwrap_or(&nothing);
    let properties: &Map<String, Value> = schema.get("properties")?.as_object()?;
    let properties = properties
        .iter()
        .filter(|(name, _)| !without.contains(&name.as_str()));
    let field = |(name, property): (&String, &Value)| {
        let (kind, nullable) = type_of(property)?;
        let given = property.get("default").cloned();
        let is_required = required
            .iter()
            .any(|required| required.as_str() == Some(name));
        let default = match given {
            _ if is_required => None,
            Some(default) => Some(default),
            None if nullable => Some(Value::Null),
            None => Some(empty(&kind)),
        };
        Some(Field {
            name: name.clone(),
            doc: doc_of(property),
            kind,
            nullable,
            default,
        })
    };
    let mut fields: Vec<_> = properties.map(field).collect::<Option<_>>()?;
    fields.sort_by_key(|field| field.default.is_some());
    Some(fields)
}

/// What a field is that may be left out although its schema names no default.
fn empty(kind: &Type) -> Value {
    match kind {
        Type::Flag => Value::Bool(false),
        Type::List(_) | Type::Set(_) => Value::Array(Vec::new()),
        Type::Map(_) => Value::Object(Map::new()),
        Type::Text => Value::String(String::new()),
        _ => Value::Null,
    }
}

/// The type that a schema stands for, and whether it may be null.
fn type_of(schema: &Value) -> Option<(Type, bool)> {
    if let Some(name) = reference(schema) {
        return Some((Type::Named(name), false));
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        return match choices.as_slice() {
            [some, none] if is_null(none) => Some((type_of(some)?.0, true)),
            _ => None,
        };
    }
    let format = schema.get("format").and_then(Value::as_str);
    let (word, nullable) = match schema.get("type") {
        None => return Some((Type::Any, false)),
        Some(Value::String(word)) => (word.as_str(), false),
        Some(Value::Array(words)) => match words.as_slice() {
            [Value::String(word), Value::String(none)] if none == "null" => (word.as_str(), true),
            _ => return None,
        },
        Some(_) => return None,
    };
    let inner = |key: &str| Some(Box::new(type_of(schema.get(key)?)?.0));
    let kind = match word {
        "string" if format == Some("date-time") => Type::Time,
        "string" => Type::Text,
        "integer" => Type::Whole,
        "number" => Type::Number,
        "boolean" => Type::Flag,
        "array" if schema.get("uniqueItems").is_some() => Type::Set(inner("items")?),
        "array" => Type::List(inner("items")?),
        "object" if schema.get("properties").is_some() => Type::Inline(fields_of(schema, &[])?),
        "object" => Type::Map(Box::new(type_of(value_of_map(schema)?)?.0)),
        _ => return None,
    };
    Some((kind, nullable))
}

/// What stands under the keys of a map, whether they have a form of their own or not.
fn value_of_map(schema: &Value) -> Option<&Value> {
    let by_form = schema.get("patternProperties").and_then(Value::as_object);
    by_form.map_or_else(
        || schema.get("additionalProperties"),
        |forms| forms.values().next(),
    )
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// The description without its section of examples, which are in Rust, and without the brackets
/// of links between items.
fn doc_of(schema: &Value) -> String {
    let doc = schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let doc = doc.split("\n# Examples").next().unwrap_or_default().trim();
    doc.replace("[`", "`").replace("`]", "`")
}
