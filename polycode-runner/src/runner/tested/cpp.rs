//! What tests ask of programs in C++.

use std::fmt::Write as _;

use super::offers::{Function, Variable};
use super::{Writer, quoted};

impl Writer<'_> {
    pub(super) fn call_of_cpp(
        &mut self,
        number: usize,
        name: &str,
        (function, given): (&Function, usize),
        is_only: bool,
    ) -> String {
        let own = format!("__polycode_own_{number}");
        if given < function.parameters.len() {
            // What it does with fewer arguments, only a call tells.
            let (mut list, mut passed) = (Vec::new(), Vec::new());
            for (at, of) in function.parameters.iter().take(given).enumerate() {
                let of = &of.r#type;
                list.push(format!("__polycode::same<{of}> __{at}"));
                passed.push(format!("static_cast<__polycode::same<{of}> &&>(__{at})"));
            }
            let _ = writeln!(
                self.text,
                "static decltype(auto) {own}({}) {{ return ::{name}({}); }}",
                list.join(", "),
                passed.join(", ")
            );
        } else {
            let of = if is_only {
                format!("decltype(::{name})")
            } else {
                format!("__polycode::same<{}>", function.signature)
            };
            let alias = self.found(number, name, function, &of);
            let pointer = if alias == name {
                format!("static_cast<{of} *>(&::{name})")
            } else {
                format!("&{alias}")
            };
            let _ = writeln!(self.text, "static constexpr {of} *{own} = {pointer};");
            let missing = Self::missing(&alias, name);
            let _ = writeln!(
                self.text,
                "static void __polycode_call_{number}() {{\n{missing}__polycode::offer(__polycode_types_{number}, {own});\n}}"
            );
            return format!("__polycode::changes(__polycode_own_{number})");
        }
        let _ = writeln!(
            self.text,
            "static void __polycode_call_{number}() {{ __polycode::offer(__polycode_types_{number}, &{own}); }}"
        );
        format!("__polycode::changes(&{own})")
    }

    pub(super) fn variable_of_cpp(
        &mut self,
        number: usize,
        name: &str,
        variable: &Variable,
    ) -> bool {
        let of = quoted(&variable.r#type);
        let _ = writeln!(
            self.text,
            "static const char *const __polycode_types_{number}[] = {{{of}, {of}}};\n\
             static void __polycode_get_{number}() {{ __polycode::give_variable(__polycode_types_{number}, ::{name}); }}"
        );
        let is_set = !variable.is_constant && !variable.r#type.starts_with("const ");
        if is_set {
            let _ = writeln!(
                self.text,
                "static void __polycode_set_{number}() {{ __polycode::take_variable(__polycode_types_{number}, ::{name}); }}"
            );
        }
        is_set
    }
}
