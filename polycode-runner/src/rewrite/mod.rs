//! What is done to a module before it is compiled to machine code: it does the same then, on every machine, sooner.

mod canonical;
mod unrolled;

use std::borrow::Cow;
use std::mem;

use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{
    BinaryReader, BinaryReaderError, FuncToValidate, FuncValidatorAllocations, FunctionBody,
    Parser, Payload, ValidPayload, Validator, ValidatorResources, WasmFeatures,
};

use unrolled::Room;

/// Changes whenever the same module would become another one.
pub(crate) const REVISION: u32 = 3;

/// The module after what is done to every module.
///
/// # Errors
/// When a function can't be read, or computes with floating-point numbers and is not valid. The rest of the module is
/// not looked at closely: who compiles it validates it.
pub(crate) fn rewritten(wasm: &[u8]) -> Result<Cow<'_, [u8]>, BinaryReaderError> {
    let mut allocations = FuncValidatorAllocations::default();
    let mut room = Room::of(wasm.len());
    with_functions(wasm, |function, body| {
        let unrolled = unrolled::function(body, &mut room)?;
        let body = match &unrolled {
            Some(bytes) => FunctionBody::new(BinaryReader::new(bytes, 0)),
            None => body.clone(),
        };
        if !canonical::computes(&body)? {
            return Ok(unrolled);
        }
        let mut function = function.into_validator(mem::take(&mut allocations));
        let canonical = canonical::function(&mut function, &body)?;
        allocations = function.into_allocations();
        Ok(canonical.or(unrolled))
    })
}

/// The module with functions that are given other bodies; those without one stay as they are. Where any changes, it is
/// also without custom sections: they tell of places in the code, which move, or give names, which nobody reads, and
/// which would be 19 MB of what is kept of Python.
///
/// # Errors
/// When the module can't be read, or what gives the bodies fails.
pub(crate) fn with_functions(
    wasm: &[u8],
    mut body_of: impl FnMut(
        FuncToValidate<ValidatorResources>,
        &FunctionBody<'_>,
    ) -> Result<Option<Vec<u8>>, BinaryReaderError>,
) -> Result<Cow<'_, [u8]>, BinaryReaderError> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let mut left = 0;
    let mut changed = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            left = u32::saturating_sub(left, 1);
            let other = body_of(function, &body)?;
            changed |= other.is_some();
            code.raw(other.as_deref().unwrap_or(body.as_bytes()));
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

/// What is between two positions of a function.
fn part<'a>(body: &FunctionBody<'a>, from: usize, to: usize) -> &'a [u8] {
    let start = body.range().start;
    let range = from.saturating_sub(start)..to.saturating_sub(start);
    body.as_bytes().get(range).unwrap_or_default()
}
