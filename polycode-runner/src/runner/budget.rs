//! What a module may be made of before it is compiled to machine code.
//!
//! Modules come from strangers, and the compiler to machine code runs in the host's process: it must
//! not be held up by one. Its time grows with the length of a function, and faster than that with
//! how much is alive in it at a time, so both have limits that no real program comes near.

use wasmparser::{BinaryReaderError, Parser, Payload};

/// Bytes of a module.
const MODULE_BYTES: usize = 32 << 20;
/// Functions of a module.
const FUNCTIONS: u32 = 50_000;
/// Bytes of the code of one function.
const FUNCTION_BYTES: usize = 256 << 10;
/// Local variables of one function, its parameters aside.
const LOCALS: u64 = 10_000;
/// Imports and exports.
const NAMES: u32 = 10_000;
/// Segments of data, and of elements.
const SEGMENTS: u32 = 100_000;

/// Checks a module; in words what is too much, or what is wrong with it.
pub(super) fn check(wasm: &[u8]) -> Result<(), String> {
    let limit = |what: &str, count: u64, most: u64| {
        if count <= most {
            return Ok(());
        }
        Err(format!("{what}: {count}, and {most} is the most"))
    };
    limit(
        "bytes of the module",
        wasm.len() as u64,
        MODULE_BYTES as u64,
    )?;
    let broken = |error: BinaryReaderError| format!("it is no module of WebAssembly: {error}");
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(broken)? {
            Payload::Version {
                encoding: wasmparser::Encoding::Component,
                ..
            } => return Err("it is a component; modules can be run".to_owned()),
            Payload::CodeSectionStart { count, .. } => {
                limit("functions", count.into(), FUNCTIONS.into())?;
            }
            Payload::ImportSection(section) => {
                limit("imports", section.count().into(), NAMES.into())?;
            }
            Payload::ExportSection(section) => {
                limit("exports", section.count().into(), NAMES.into())?;
            }
            Payload::DataSection(section) => {
                limit("segments of data", section.count().into(), SEGMENTS.into())?;
            }
            Payload::ElementSection(section) => {
                let count = section.count().into();
                limit("segments of elements", count, SEGMENTS.into())?;
            }
            Payload::CodeSectionEntry(body) => {
                let bytes = body.as_bytes().len() as u64;
                limit("bytes of a function", bytes, FUNCTION_BYTES as u64)?;
                let mut locals = 0_u64;
                for group in body.get_locals_reader().map_err(broken)? {
                    locals = locals.saturating_add(group.map_err(broken)?.0.into());
                }
                limit("local variables of a function", locals, LOCALS)?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn checked(text: &str) -> Result<(), String> {
        check(&wat::parse_str(text).unwrap())
    }

    #[test]
    fn what_is_within_the_limits_is_compiled() {
        assert_eq!(checked("(module (func (local i32 i32) nop))"), Ok(()));
        let locals = "i32 ".repeat(10_000);
        assert_eq!(
            checked(&format!("(module (func (local {locals})))")),
            Ok(())
        );
    }

    #[test]
    fn what_is_too_much_is_named() {
        let locals = "i32 ".repeat(10_001);
        let long = "(drop (i64.const 1234567890123456789))".repeat(25_000);
        for (text, words) in [
            (
                format!("(module (func (local {locals})))"),
                "local variables of a function: 10001, and 10000 is the most",
            ),
            (
                format!("(module (func {long}))"),
                "bytes of a function: 275002, and 262144 is the most",
            ),
            (
                format!("(module {})", "(func)".repeat(50_001)),
                "functions: 50001, and 50000 is the most",
            ),
        ] {
            assert_eq!(checked(&text), Err(words.to_owned()));
        }
        let component = checked("(component)").unwrap_err();
        assert_eq!(component, "it is a component; modules can be run");
        assert!(check(b"\0asm").unwrap_err().contains("no module"));
        assert!(check(b"hello").is_err());
    }

    proptest! {
        /// Modules come from strangers: whatever the bytes, there is an answer.
        #[test]
        fn no_bytes_are_too_odd_to_be_checked(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            prop_assert!(check(&bytes).is_err());
            let _ = check(&[b"\0asm\x01\0\0\0".as_slice(), &bytes].concat());
        }

        #[test]
        fn a_module_with_a_changed_byte_is_checked(at in any::<prop::sample::Index>(), to: u8) {
            let text = "(module (import \"a\" \"b\" (func)) (memory 1) (data (i32.const 0) \"text\")
                (table 2 funcref) (elem (i32.const 0) 0 1) (func (export \"_start\") (local i32 i64) nop))";
            let mut wasm = wat::parse_str(text).unwrap();
            let at = at.index(wasm.len());
            wasm[at] = to;
            let _ = check(&wasm);
            wasm.truncate(at);
            let _ = check(&wasm);
        }
    }
}
