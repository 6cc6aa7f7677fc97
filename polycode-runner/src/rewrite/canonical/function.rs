//! A function with NaNs made canonical where they are seen.

use wasm_encoder::{Encode as _, Ieee32, Ieee64, InstructionSink, ValType};
use wasmparser::{BinaryReaderError, FuncValidator, FunctionBody, WasmModuleResources};

use super::flow::{Step, seen};
use super::operators::{Effect, Number};
use crate::rewrite::part;

const CANONICAL_F32: u32 = 0x7fc0_0000;
const CANONICAL_F64: u64 = 0x7ff8_0000_0000_0000;

/// The body of a function after a change; none if there is nothing to change.
pub(in crate::rewrite) fn function<R: WasmModuleResources>(
    validator: &mut FuncValidator<R>,
    body: &FunctionBody<'_>,
) -> Result<Option<Vec<u8>>, BinaryReaderError> {
    let parameters = validator.len_locals();
    validator.read_locals(&mut body.get_binary_reader())?;
    let locals = validator.len_locals();
    let (steps, ends) = steps(validator, body)?;
    let seen = seen(&steps, locals as usize, parameters as usize);
    let changes = ends
        .into_iter()
        .zip(seen)
        .filter_map(|(end, number)| Some((end, number?)));
    let changes: Vec<(usize, Number)> = changes.collect();
    if changes.is_empty() {
        return Ok(None);
    }
    let mut written = Vec::with_capacity(body.as_bytes().len().saturating_mul(2));
    let spare = Spare { first: locals };
    let mut start = declare(body, &mut written)?;
    for (end, number) in changes {
        written.extend_from_slice(part(body, start, end));
        spare.make_canonical(number, &mut InstructionSink::new(&mut written));
        start = end;
    }
    written.extend_from_slice(part(body, start, body.range().end));
    Ok(Some(written))
}

/// The steps of a function, and where each of them ends in the module.
fn steps<R: WasmModuleResources>(
    validator: &mut FuncValidator<R>,
    body: &FunctionBody<'_>,
) -> Result<(Vec<Step>, Vec<usize>), BinaryReaderError> {
    let mut reader = body.get_operators_reader()?;
    let (mut steps, mut ends) = (Vec::new(), Vec::new());
    while !reader.eof() {
        let (operator, offset) = reader.read_with_offset()?;
        let whole = (validator.operand_stack_height(), 0);
        let (takes, gives) = operator.operator_arity(validator).unwrap_or(whole);
        validator.op(offset, &operator)?;
        steps.push(Step {
            effect: Effect::of(&operator),
            takes: takes as usize,
            gives: gives as usize,
            height: validator.operand_stack_height() as usize,
        });
        ends.push(reader.original_position());
    }
    Ok((steps, ends))
}

/// Writes the local variables of a function and the spare ones; where its code begins.
fn declare(body: &FunctionBody<'_>, written: &mut Vec<u8>) -> Result<usize, BinaryReaderError> {
    let locals = body.get_locals_reader()?;
    let code = body.get_operators_reader()?.original_position();
    let spare = [ValType::F32, ValType::F64, ValType::V128];
    let groups = u32::try_from(spare.len()).unwrap_or_default();
    locals.get_count().saturating_add(groups).encode(written);
    written.extend_from_slice(part(body, locals.original_position(), code));
    for ty in spare {
        1_u32.encode(written);
        ty.encode(written);
    }
    Ok(code)
}

/// Spare local variables of a function: one for each kind of value, from a place on.
struct Spare {
    first: u32,
}

impl Spare {
    /// Goes on with the same number or, if it is none, with the canonical NaN. What is not at least minus infinity
    /// is no number; with scalars that is a comparison and one jump.
    fn make_canonical(&self, number: Number, code: &mut InstructionSink<'_>) {
        let [f32, f64, v128] = [0, 1, 2].map(|place| self.first.saturating_add(place));
        match number {
            Number::F32 => {
                code.local_tee(f32)
                    .f32_const(Ieee32::new(CANONICAL_F32))
                    .local_get(f32);
                code.f32_const(f32::NEG_INFINITY.into()).f32_ge().select();
            }
            Number::F64 => {
                code.local_tee(f64)
                    .f64_const(Ieee64::new(CANONICAL_F64))
                    .local_get(f64);
                code.f64_const(f64::NEG_INFINITY.into()).f64_ge().select();
            }
            Number::F32x4 => {
                let canonical = u128::from(CANONICAL_F32) * 0x1_0000_0001_0000_0001_0000_0001;
                code.local_tee(v128).v128_const(canonical.cast_signed());
                code.local_get(v128)
                    .local_get(v128)
                    .f32x4_eq()
                    .v128_bitselect();
            }
            Number::F64x2 => {
                let canonical = u128::from(CANONICAL_F64) << 64 | u128::from(CANONICAL_F64);
                code.local_tee(v128).v128_const(canonical.cast_signed());
                code.local_get(v128)
                    .local_get(v128)
                    .f64x2_eq()
                    .v128_bitselect();
            }
        }
    }
}
