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
            all + &format!("__POLYCODE_KIND({}), ", of.r#type)
        });
        let mut body = format!(
            "static const unsigned char __polycode_kinds[] = {{{kinds}0}};\n\
             __polycode_offered(__polycode_types_{number});\n"
        );
        let (mut arguments, mut reads) = (Vec::new(), String::new());
        for (at, of) in taken.iter().enumerate() {
            let (can, read) = match callback(&of.plain) {
                Some((result, inner)) => self.callback((number, at), result, &inner),
                None => (
                    format!("__polycode_kinds[{at}]"),
                    format!(
                        "__polycode_take_place(__polycode_place_{at}, {at}, __polycode_kinds[{at}]);\n"
                    ),
                ),
            };
            let (of, parameter) = (&of.r#type, at + 1);
            let _ = writeln!(
                body,
                "if (!({can})) __polycode_refuse({parameter});\n\
                 _Alignas(16) char __polycode_place_{at}[sizeof(__typeof__({of}))];"
            );
            arguments.push(format!("*(__typeof__({of}) *)__polycode_place_{at}"));
            reads.push_str(&read);
        }
        if is_list {
            body.push_str("long long __polycode_count = 0;\n");
        }
        let length = length.map(|of| &of.r#type);
        arguments.extend(length.map(|of| format!("(__typeof__({of}))&__polycode_count")));
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
        if let Some(of) = length {
            let last = function.parameters.len();
            let _ = writeln!(
                body,
                "if (!__POLYCODE_COUNTS({of})) __polycode_refuse({last});"
            );
        }
        let _ = writeln!(
            body,
            "__polycode_parameters(__polycode_kinds, {});",
            taken.len()
        );
        body.push_str(&reads);
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
            .map(|(at, of)| format!(" | __POLYCODE_CHANGED({}, {at})", of.r#type));
        format!("0{}", changes.collect::<String>())
    }

    /// A function that calls one of the tests, for a parameter that is a pointer to such. A pointer has no room for a
    /// number: it is that of the function which was given last. Whether its types cross, and what takes it.
    fn callback(
        &mut self,
        (number, at): (usize, usize),
        result: &str,
        parameters: &[&str],
    ) -> (String, String) {
        let (given, own) = (
            format!("__polycode_given_{number}_{at}"),
            format!("__polycode_back_{number}_{at}"),
        );
        let mut can = String::from("1");
        let mut list = Vec::new();
        let mut body = format!("__SIZE_TYPE__ __polycode_part = __polycode_ask({given});\n");
        for (inner, of) in parameters.iter().enumerate() {
            list.push(format!("__typeof__({of}) __polycode_{inner}"));
            let comma = if inner > 0 {
                "__polycode_give(\",\"); "
            } else {
                ""
            };
            let _ = writeln!(
                body,
                "{comma}__polycode_give_place(&__polycode_{inner}, __POLYCODE_KIND({of}));"
            );
            let _ = write!(can, " && __POLYCODE_IS_VALUE({of})");
        }
        let asked = "__polycode_asked_or_left(__polycode_part)";
        if result == "void" {
            let _ = writeln!(body, "{asked};");
        } else {
            let _ = writeln!(
                body,
                "__typeof__({result}) __polycode_result;\n\
                 __polycode_take_value(&__polycode_result, {asked}, __POLYCODE_KIND({result}));\n\
                 return __polycode_result;"
            );
            let _ = write!(can, " && __POLYCODE_IS_VALUE({result})");
        }
        let list = if list.is_empty() {
            "void".to_owned()
        } else {
            list.join(", ")
        };
        let _ = writeln!(
            self.text,
            "static int {given};\nstatic __typeof__({result}) {own}({list}) {{\n{body}}}"
        );
        let read = format!(
            "{given} = __polycode_take_function(__polycode_argument({at}));\n\
             *(void **)__polycode_place_{at} = (void *){own};\n"
        );
        (can, read)
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

/// The result and the parameters of a function to which a pointer is, by the type of that, `int (*)(int, double)`.
fn callback(of: &str) -> Option<(&str, Vec<&str>)> {
    let (result, rest) = of.split_once(" (*)(")?;
    let parameters = rest.strip_suffix(')')?;
    if parameters.contains(['(', '[', '.']) {
        return None;
    }
    let parameters = parameters.split(", ");
    let parameters = parameters.filter(|of| !of.is_empty() && *of != "void");
    Some((result, parameters.collect()))
}

/// Whether what a function of C returns is a place of several, by its type `int *(const int *, int *)`.
fn is_list(signature: &str) -> bool {
    let result = signature.split('(').next().unwrap_or_default().trim();
    let of = result.strip_suffix('*').map(str::trim_end);
    of.is_some_and(|of| of != "char" && of != "const char")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_to_a_function_is_told_by_its_type() {
        assert_eq!(
            callback("int (*)(int, const char *)"),
            Some(("int", vec!["int", "const char *"]))
        );
        assert_eq!(callback("void (*)(void)"), Some(("void", vec![])));
        for other in [
            "int",
            "int *",
            "int (*)[3]",
            "int (*)(int (*)(int))",
            "int (*)(int, ...)",
        ] {
            assert_eq!(callback(other), None, "{other}");
        }
    }

    #[test]
    fn lists_are_told_by_the_type_of_the_function() {
        for (signature, is) in [
            ("int *(const int *, int *)", true),
            ("char **(int *)", true),
            ("char *(void)", false),
            ("const char *(int)", false),
            ("void (int *)", false),
        ] {
            assert_eq!(is_list(signature), is, "{signature}");
        }
    }
}
