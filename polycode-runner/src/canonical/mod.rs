//! The same bits of floating-point numbers on every machine.
//!
//! Arithmetic may give any NaN, and processors differ in which one (WebAssembly Core Specification 3.0,
//! "NaN propagation"). A module is rewritten so that none of them is ever seen: where a result of arithmetic gets
//! to where its bits count, a NaN becomes the canonical one. That is when it is stored, looked at as an integer,
//! passed on to a function or out of a block; not when it only goes into further arithmetic or is compared. Numbers
//! that a program only moves keep their bits, whatever they are.

mod flow;
mod operators;
mod rewrite;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{
    BinaryReaderError, FuncValidatorAllocations, Parser, Payload, ValidPayload, Validator,
    WasmFeatures,
};

/// Changes whenever the same module would become another one.
pub(crate) const REVISION: u32 = 2;

/// The module without NaNs that depend on the machine. Where it changes, it is also without custom sections: they
/// tell of places in the code, which move, or give names, which nobody reads, and a tenth of what is kept of Python
/// would be names.
///
/// # Errors
/// When a function that computes with floating-point numbers is not valid. The rest of the module is not looked at
/// closely: who compiles it validates it.
pub(crate) fn canonical(wasm: &[u8]) -> Result<Cow<'_, [u8]>, BinaryReaderError> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut allocations = FuncValidatorAllocations::default();
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let mut left = 0;
    let mut changed = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            left = u32::saturating_sub(left, 1);
            let rewritten = if operators::computes(&body)? {
                let mut function = function.into_validator(allocations);
                let rewritten = rewrite::function(&mut function, &body)?;
                allocations = function.into_allocations();
                rewritten
            } else {
                None
            };
            changed |= rewritten.is_some();
            code.raw(rewritten.as_deref().unwrap_or(body.as_bytes()));
        }
        match &payload {
            Payload::CodeSectionStart { count, .. } => left = *count,
            Payload::CodeSectionEntry(_) => {}
            Payload::CustomSection(_) => continue,
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    let data = wasm.get(range).unwrap_or_default();
                    module.section(&RawSection { id, data });
                }
                continue;
            }
        }
        if left == 0 {
            module.section(&code);
        }
    }
    Ok(if changed {
        Cow::Owned(module.finish())
    } else {
        Cow::Borrowed(wasm)
    })
}
