//! Schemas in a form that programs which write clients understand. They say the same as before:
//! only what is nested gets a name, and what goes without saying is said.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Where the document keeps schemas.
const PLACE: &str = "#/components/schemas/";

/// Types that would be called like one of their own fields, which Python can't tell apart.
const RENAMED: [(&str, &str); 1] = [("Marks", "ValidatorMarks")];

type Object = Map<String, Value>;

/// Brings the schemas of a document into form.
pub(super) fn reshape(document: &mut Value) {
    visit(document, &mut |object| {
        bound_integer(object);
        say_anything(object);
        name_keys(object);
        // A list that names something twice is taken for the set that it means.
        object.remove("uniqueItems");
        let reference = object.get_mut("$ref");
        if let Some(Value::String(reference)) = reference {
            for (old, new) in RENAMED {
                if reference.strip_prefix(PLACE) == Some(old) {
                    *reference = format!("{PLACE}{new}");
                }
            }
        }
    });
    if let Some(schemas) = schemas_of(document) {
        for (old, new) in RENAMED {
            if let Some(schema) = schemas.remove(old) {
                schemas.insert(new.to_owned(), schema);
            }
        }
        name_variants(schemas);
    }
    forget_unused(document);
}

fn schemas_of(document: &mut Value) -> Option<&mut Object> {
    document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
}

fn visit(value: &mut Value, change: &mut impl FnMut(&mut Object)) {
    match value {
        Value::Object(object) => {
            change(object);
            object.values_mut().for_each(|value| visit(value, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| visit(value, change)),
        _ => {}
    }
}

/// The formats of unsigned and large numbers are ours alone: their bounds tell everybody.
fn bound_integer(schema: &mut Object) {
    let format = schema.get("format").and_then(Value::as_str);
    let (least, most) = match format {
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint" | "uint64") => (json!(0), json!(u64::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    schema.entry("minimum").or_insert(least);
    schema.entry("maximum").or_insert(most);
}

/// A value that may be anything has an empty schema; not all know that `true` says so too.
fn say_anything(schema: &mut Object) {
    if schema.get("items") == Some(&Value::Bool(true)) {
        schema.insert("items".to_owned(), json!({}));
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for property in properties.values_mut() {
            if *property == Value::Bool(true) {
                *property = json!({});
            }
        }
    }
}

/// A map whose keys have a form: what stands under them is said where it is looked for.
fn name_keys(schema: &mut Object) {
    let forms = schema.get("patternProperties").and_then(Value::as_object);
    let only = forms.filter(|forms| forms.len() == 1 && !schema.contains_key("properties"));
    let only = only.and_then(|forms| forms.iter().next());
    let Some((pattern, values)) = only.map(|(pattern, values)| (pattern.clone(), values.clone()))
    else {
        return;
    };
    schema.remove("patternProperties");
    schema.insert("additionalProperties".to_owned(), values);
    schema.insert("propertyNames".to_owned(), json!({ "pattern": pattern }));
}

/// Gives every form that a value may have a name of its own: `code` of `Answer` is `AnswerCode`.
fn name_variants(schemas: &mut Object) {
    let before = schemas.clone();
    let mut named = Object::new();
    for (name, schema) in schemas.iter_mut() {
        if let Some(schema) = schema.as_object_mut() {
            split(name, schema, &before, &mut named);
        }
    }
    schemas.append(&mut named);
}

fn split(name: &str, schema: &mut Object, all: &Object, named: &mut Object) {
    let Some(Value::Array(variants)) = schema.remove("oneOf") else {
        return;
    };
    let (words, variants): (Vec<_>, Vec<_>) = variants
        .into_iter()
        .partition(|variant| word_of(variant).is_some());
    let words: Vec<_> = words.iter().filter_map(word_of).flatten().collect();
    if variants.is_empty() {
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("enum".to_owned(), json!(words));
        return;
    }
    // What all forms have in common stands beside them: each gets it.
    let common = schema.remove("properties");
    let required = schema.remove("required");
    schema.remove("type");
    let mut references = Vec::new();
    if !words.is_empty() {
        let of = format!("{name}Word");
        references.push(json!({ "$ref": format!("{PLACE}{of}") }));
        named.insert(of, json!({ "type": "string", "enum": words }));
    }
    let mut tags = Object::new();
    let mut tag_name = None;
    for variant in variants {
        let Value::Object(mut variant) = variant else {
            continue;
        };
        if variant.get("type") != Some(&json!("object")) {
            references.push(Value::Object(variant));
            continue;
        }
        take_in_reference(&mut variant, all);
        add_properties(&mut variant, common.as_ref(), required.as_ref());
        let tag = tag_of(&variant);
        let word = tag.as_ref().map(|(_, word)| word.clone());
        let word = word.or_else(|| Some(variant.get("required")?.get(0)?.as_str()?.to_owned()));
        let of = format!("{name}{}", pascal(&word.unwrap_or_default()));
        if let Some((field, word)) = tag {
            tags.insert(word, json!(format!("{PLACE}{of}")));
            tag_name = Some(field);
        }
        references.push(json!({ "$ref": format!("{PLACE}{of}") }));
        named.insert(of, Value::Object(variant));
    }
    if let Some(field) = tag_name.filter(|_| tags.len() == references.len()) {
        let discriminator = json!({ "propertyName": field, "mapping": tags });
        schema.insert("discriminator".to_owned(), discriminator);
    }
    schema.insert("oneOf".to_owned(), Value::Array(references));
}

/// The words to choose from, if a form is nothing else.
fn word_of(variant: &Value) -> Option<Vec<Value>> {
    let word = variant.get("const").map(|word| vec![word.clone()]);
    word.or_else(|| variant.get("enum")?.as_array().cloned())
}

/// A reference beside properties: few read both, so that one takes the other in.
fn take_in_reference(variant: &mut Object, all: &Object) {
    let name = variant.get("$ref").and_then(Value::as_str);
    let target = name.and_then(|name| all.get(name.strip_prefix(PLACE)?));
    let Some(target) = target.filter(|target| target.get("properties").is_some()) else {
        return;
    };
    let (properties, required) = (target.get("properties"), target.get("required"));
    variant.remove("$ref");
    add_properties(variant, properties, required);
}

fn add_properties(variant: &mut Object, properties: Option<&Value>, required: Option<&Value>) {
    let own = variant.entry("properties").or_insert_with(|| json!({}));
    if let (Some(own), Some(properties)) =
        (own.as_object_mut(), properties.and_then(Value::as_object))
    {
        for (name, property) in properties {
            own.entry(name.as_str()).or_insert_with(|| property.clone());
        }
    }
    let own = variant.entry("required").or_insert_with(|| json!([]));
    if let (Some(own), Some(required)) = (own.as_array_mut(), required.and_then(Value::as_array)) {
        own.extend(required.iter().cloned());
    }
}

/// The field that tells one form from the others, and its value here.
fn tag_of(variant: &Object) -> Option<(String, String)> {
    let properties = variant.get("properties")?.as_object()?;
    properties.iter().find_map(|(name, property)| {
        let word = property.get("const")?.as_str()?;
        Some((name.clone(), word.to_owned()))
    })
}

/// `code_editor` as a part of a type's name: `CodeEditor`.
fn pascal(word: &str) -> String {
    let mut is_first = true;
    let mut name = String::new();
    for letter in word.chars() {
        if !letter.is_alphanumeric() {
            is_first = true;
        } else if is_first {
            name.extend(letter.to_uppercase());
            is_first = false;
        } else {
            name.push(letter);
        }
    }
    name
}

/// Takes away the schemas that nothing leads to, such as those of paths, which stand as parameters.
fn forget_unused(document: &mut Value) {
    let mut used = BTreeSet::new();
    if let Some(paths) = document.get("paths") {
        collect(paths, &mut used);
    }
    if let Some(responses) = document.pointer("/components/responses") {
        collect(responses, &mut used);
    }
    let Some(schemas) = schemas_of(document) else {
        return;
    };
    let mut looked_at = BTreeSet::new();
    while let Some(name) = used.iter().find(|name| !looked_at.contains(*name)).cloned() {
        if let Some(schema) = schemas.get(&name) {
            collect(schema, &mut used);
        }
        looked_at.insert(name);
    }
    schemas.retain(|name, _| used.contains(name));
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|reference| reference.strip_prefix(PLACE));
            names.extend(name.map(str::to_owned));
            object.values().for_each(|value| collect(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reshaped(schemas: &Value) -> Value {
        let names = schemas.as_object().unwrap().keys();
        let all: Vec<_> = names
            .map(|name| json!({ "$ref": format!("{PLACE}{name}") }))
            .collect();
        let mut document = json!({ "paths": all, "components": { "schemas": schemas } });
        reshape(&mut document);
        document["components"]["schemas"].take()
    }

    #[test]
    fn each_form_of_a_value_has_a_name_and_what_is_common() {
        let schemas = reshaped(&json!({ "Answer": {
            "description": "An answer.",
            "type": "object",
            "properties": { "by": { "type": "string" } },
            "required": ["by"],
            "oneOf": [{
                "type": "object",
                "properties": { "kind": { "type": "string", "const": "free_text" } },
                "required": ["kind"],
            }],
        }}));
        let answer = json!({
            "description": "An answer.",
            "oneOf": [{ "$ref": "#/components/schemas/AnswerFreeText" }],
            "discriminator": {
                "propertyName": "kind",
                "mapping": { "free_text": "#/components/schemas/AnswerFreeText" },
            },
        });
        assert_eq!(schemas["Answer"], answer);
        let text = json!({
            "type": "object",
            "properties": {
                "by": { "type": "string" },
                "kind": { "type": "string", "const": "free_text" },
            },
            "required": ["kind", "by"],
        });
        assert_eq!(schemas["AnswerFreeText"], text);
    }

    #[test]
    fn words_are_one_list() {
        let schemas = reshaped(&json!({ "Role": { "oneOf": [
            { "type": "string", "const": "admin", "description": "Runs it." },
            { "type": "string", "enum": ["a", "b"] },
        ]}}));
        assert_eq!(
            schemas["Role"],
            json!({ "type": "string", "enum": ["admin", "a", "b"] })
        );
    }

    #[test]
    fn words_beside_other_forms_are_one_form() {
        let schemas = reshaped(&json!({ "Column": { "oneOf": [
            { "type": "string", "const": "name" },
            { "type": "string", "const": "score" },
            { "type": "object", "properties": { "question": {} }, "required": ["question"] },
        ]}}));
        let column = json!({ "oneOf": [
            { "$ref": "#/components/schemas/ColumnWord" },
            { "$ref": "#/components/schemas/ColumnQuestion" },
        ]});
        assert_eq!(schemas["Column"], column);
        assert_eq!(
            schemas["ColumnWord"],
            json!({ "type": "string", "enum": ["name", "score"] })
        );
    }

    #[test]
    fn numbers_keys_and_anything_say_what_they_are() {
        let schemas = reshaped(&json!({ "Case": { "properties": {
            "size": { "type": "integer", "format": "uint32", "maximum": 7 },
            "whole": { "type": "integer", "format": "uint64", "minimum": 1 },
            "args": { "type": "array", "items": true },
            "value": true,
            "files": {
                "type": "object",
                "patternProperties": { "^a$": { "type": "string" } },
                "additionalProperties": false,
            },
        }}}));
        let properties = json!({
            "size": { "type": "integer", "format": "uint32", "minimum": 0, "maximum": 7 },
            "whole": { "type": "integer", "format": "uint64", "minimum": 1, "maximum": u64::MAX },
            "args": { "type": "array", "items": {} },
            "value": {},
            "files": {
                "type": "object",
                "propertyNames": { "pattern": "^a$" },
                "additionalProperties": { "type": "string" },
            },
        });
        assert_eq!(schemas["Case"]["properties"], properties);
    }

    #[test]
    fn a_type_is_not_called_like_its_field_and_what_nobody_needs_goes() {
        let mut document = json!({
            "paths": { "/": { "$ref": "#/components/schemas/Marks" } },
            "components": { "schemas": { "Marks": { "items": {} }, "Path": {} } },
        });
        reshape(&mut document);
        assert_eq!(
            document["paths"]["/"]["$ref"],
            "#/components/schemas/ValidatorMarks"
        );
        let schemas = json!({ "ValidatorMarks": { "items": {} } });
        assert_eq!(document["components"]["schemas"], schemas);
    }
}
