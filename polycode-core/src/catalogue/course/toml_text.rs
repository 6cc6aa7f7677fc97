//! JSON values as TOML: what TOML can't say, and how it says the rest.

use serde_json::{Map, Value};

/// Whether TOML can say a value, and say nothing else by it: it has no null and no whole number
/// beyond 64 bits, a table of one `file` is a file's text, and readers go only so deep.
pub(super) fn fits(value: &Value) -> bool {
    const DEEPEST: usize = 60;
    let mut left = vec![(value, 1)];
    while let Some((value, depth)) = left.pop() {
        let fits = match value {
            Value::Null => false,
            Value::Bool(_) | Value::String(_) => true,
            Value::Number(number) => number.is_i64() || number.is_f64(),
            Value::Array(items) => {
                left.extend(items.iter().map(|item| (item, depth + 1)));
                true
            }
            Value::Object(fields) => {
                left.extend(fields.values().map(|field| (field, depth + 1)));
                !(fields.len() == 1 && fields.get("file").is_some_and(Value::is_string))
            }
        };
        if !fits || depth > DEEPEST {
            return false;
        }
    }
    true
}

/// An object as a TOML document.
pub(super) fn to_toml(value: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(fields) = value {
        for (name, field) in fields {
            write_key(name, &mut text);
            text.push_str(" = ");
            write(field, 0, &mut text);
            text.push('\n');
        }
    }
    text
}

fn write(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Null => text.push_str("\"\""),
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::String(string) => write_string(string, text),
        Value::Array(items) => write_array(items, depth, text),
        Value::Object(fields) => write_table(fields, depth, text),
    }
}

/// Tables stand on lines of their own, anything else side by side.
fn write_array(items: &[Value], depth: usize, text: &mut String) {
    let has_lines = items.iter().any(Value::is_object);
    text.push('[');
    for (index, item) in items.iter().enumerate() {
        if has_lines {
            text.push('\n');
            text.push_str(&"    ".repeat(depth + 1));
        } else if index > 0 {
            text.push(' ');
        }
        write(item, depth + 1, text);
        if has_lines || index + 1 < items.len() {
            text.push(',');
        }
    }
    if has_lines {
        text.push('\n');
        text.push_str(&"    ".repeat(depth));
    }
    text.push(']');
}

fn write_table(fields: &Map<String, Value>, depth: usize, text: &mut String) {
    text.push('{');
    for (index, (name, field)) in fields.iter().enumerate() {
        text.push_str(if index > 0 { ", " } else { " " });
        write_key(name, text);
        text.push_str(" = ");
        write(field, depth, text);
    }
    text.push_str(if fields.is_empty() { "}" } else { " }" });
}

fn write_key(name: &str, text: &mut String) {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) {
        text.push_str(name);
    } else {
        write_string(name, text);
    }
}

/// A string of JSON is one of TOML, but for the one control character that JSON lets through.
fn write_string(string: &str, text: &mut String) {
    let json = Value::from(string).to_string();
    text.push_str(&json.replace('\u{7f}', "\\u007f"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn odd_values_are_read_as_they_were_written() {
        let value = json!({
            "plain": "a", "odd key\n": "\u{0}\u{7f}\u{1f}\"\\\r\n\t\u{8}'''\u{1f600}\u{feff}",
            "": [], "empty": {}, "numbers": [1, -1, i64::MIN, 0.5, 1e300, 5.0, -0.0, 1e-7],
            "deep": [{"a": [{"b": {"c": [true]}}]}, {"file": "x", "other": 1}],
        });
        assert!(fits(&value));
        let again: Value = toml::from_str(&to_toml(&value)).unwrap();
        assert_eq!(again, value);
    }

    #[test]
    fn what_toml_cannot_say_is_known() {
        let mut deep = json!(1);
        for _ in 0..70 {
            deep = json!([deep]);
        }
        let values = [
            json!({"a": null}),
            json!([[null]]),
            json!(u64::MAX),
            json!({"a": {"file": "x"}}),
            deep,
        ];
        for value in values {
            assert!(!fits(&value), "{value}");
        }
    }
}
