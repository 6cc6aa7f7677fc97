//! What tests ask of programs in C.

use std::fmt::Write as _;

use super::offers::{Function, Variable};
use super::{Writer, quoted};

impl Writer<'_> {
    /// Each value has a place of its type, so that all types can be written down; what does not cross is refused
    /// before anything is called.
    pub(super) fn call_of_c(&mut self, number: usize, name: &str, function: &Function) -> String {
        let is_list = is_list(&function.signature);
        let alias = self.found(number, name, function, &format!("__typeof__({name})"));
        let (taken, length) = match function.parameters.split_last() {
            Some((last, others)) if is_list => (others, Some(last)),
            _ => (&function.parameters[..], None),
        };
        let kinds = taken.iter().fold(String::new(), |all, of| {
            all + &format!("__POLYCODE_KIND({of}), ")
        });
        let mut body = format!(
            "static const unsigned char __polycode_kinds[] = {{{kinds}0}};\n\
             __polycode_offered(__polycode_types_{number});\n"
        );
        let mut arguments = Vec::new();
        for (at, of) in taken.iter().enumerate() {
            let _ = writeln!(
                body,
                "if (!__polycode_kinds[{at}]) __polycode_refuse({});\n\
                 _Alignas(16) char __polycode_place_{at}[sizeof(__typeof__({of}))];",
                at + 1
            );
            arguments.push(format!("*(__typeof__({of}) *)__polycode_place_{at}"));
        }
        if is_list {
            body.push_str("long long __polycode_count = 0;\n");
        }
        if let Some(of) = length {
            let last = function.parameters.len();
            let _ = writeln!(
                body,
                "if (!__POLYCODE_COUNTS({of})) __polycode_refuse({last});"
            );
            arguments.push(format!("(__typeof__({of}))&__polycode_count"));
        }
        let call = format!("{alias}({})", arguments.join(", "));
        let is_nothing = function.signature.starts_with("void (");
        let kind = format!("__POLYCODE_KIND(__typeof__({call}))");
        match (is_nothing, is_list) {
            (true, _) => {}
            (_, true) => {
                let is_known = u8::from(length.is_some());
                let _ = writeln!(
                    body,
                    "if (!{is_known} || !({kind} & __POLYCODE_LIST)) __polycode_refuse(0);"
                );
            }
            _ => {
                let _ = writeln!(
                    body,
                    "if (!__POLYCODE_IS_VALUE(__typeof__({call}))) __polycode_refuse(0);"
                );
            }
        }
        let _ = writeln!(
            body,
            "__polycode_parameters(__polycode_kinds, {});",
            taken.len()
        );
        for at in 0..taken.len() {
            let _ = writeln!(
                body,
                "__polycode_take_place(__polycode_place_{at}, {at}, __polycode_kinds[{at}]);"
            );
        }
        body.push_str("__polycode_made();\n");
        let _ = match (is_nothing, is_list) {
            (true, _) => writeln!(body, "{call};\n__polycode_give_changes();"),
            (_, true) => writeln!(
                body,
                "__typeof__({call}) __polycode_list = {call};\n\
                 __polycode_give_list(__polycode_list, {kind}, __polycode_count);"
            ),
            _ => writeln!(
                body,
                "__typeof__({call}) __polycode_value = {call};\n__polycode_give_place(&__polycode_value, {kind});"
            ),
        };
        let missing = Self::missing(&alias, name);
        let _ = writeln!(
            self.text,
            "static void __polycode_call_{number}(void) {{\n{missing}{body}__polycode_put_changes();\n}}"
        );
        let changes = taken
            .iter()
            .take(64)
            .enumerate()
            .map(|(at, of)| format!(" | __POLYCODE_CHANGED({of}, {at})"));
        format!("0{}", changes.collect::<String>())
    }

    pub(super) fn variable_of_c(&mut self, number: usize, name: &str, variable: &Variable) -> bool {
        let of = quoted(&variable.r#type);
        let is_array = variable.r#type.ends_with(']');
        let _ = writeln!(
            self.text,
            "static const char *const __polycode_types_{number}[] = {{{of}, {of}}};"
        );
        let give = if variable.is_constant {
            format!("__polycode_give_signed({name});")
        } else if is_array {
            let kind = format!("__POLYCODE_KIND(__typeof__(&*{name}))");
            format!(
                "if ({kind} & __POLYCODE_LIST) __polycode_give_list({name}, {kind}, sizeof {name} / sizeof *{name});\n\
                 else if ({kind}) __polycode_give_text((const char *){name});\nelse __polycode_refuse(0);"
            )
        } else {
            format!(
                "if (!__POLYCODE_IS_VALUE(__typeof__({name}))) __polycode_refuse(0);\n\
                 __polycode_give_place((const void *)&{name}, __POLYCODE_KIND(__typeof__({name})));"
            )
        };
        let _ = writeln!(
            self.text,
            "static void __polycode_get_{number}(void) {{\n__polycode_offered(__polycode_types_{number});\n{give}\n}}"
        );
        let is_const = variable.r#type.starts_with("const ") && !variable.r#type.contains('*')
            || variable.r#type.ends_with("const");
        let is_set = !variable.is_constant && !is_array && !is_const;
        if is_set {
            let kind = format!("__POLYCODE_KIND(__typeof__({name}))");
            let _ = writeln!(
                self.text,
                "static void __polycode_set_{number}(void) {{\n__polycode_offered(__polycode_types_{number});\n\
                 if (!__POLYCODE_IS_VALUE(__typeof__({name}))) __polycode_refuse(1);\n__polycode_take_place((void *)&{name}, 0, {kind});\n}}"
            );
        }
        is_set
    }
}

/// Whether what a function of C returns is a place of several, by its type `int *(const int *, int *)`.
fn is_list(signature: &str) -> bool {
    let result = signature.split('(').next().unwrap_or_default().trim();
    let of = result.strip_suffix('*').map(str::trim_end);
    of.is_some_and(|of| of != "char" && of != "const char")
}
