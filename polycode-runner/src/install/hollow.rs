//! A runtime without some of its functions, whose code would only take long to compile.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use wasm_encoder::{Function, InstructionSink};
use wasmparser::{BinaryReaderError, FuncType, ValType, WasmModuleResources as _};

use crate::rewrite::with_functions;

/// The module with functions that have nothing in them, by their numbers in the module.
///
/// One without parameters gives zeros: what makes something ready for others does nothing then, or
/// says that it could not. Any other traps.
///
/// # Errors
/// When the module can't be read.
pub(super) fn hollow<'a>(
    wasm: &'a [u8],
    functions: &RangeInclusive<u32>,
) -> Result<Cow<'a, [u8]>, BinaryReaderError> {
    with_functions(wasm, |function, _| {
        let is_left_out = functions.contains(&function.index);
        let ty = function.resources.sub_type_at(function.ty);
        Ok(ty
            .filter(|_| is_left_out)
            .map(|ty| nothing(ty.unwrap_func())))
    })
}

/// A function of a type with nothing in it.
fn nothing(ty: &FuncType) -> Vec<u8> {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    let zeros =
        ty.params().is_empty() && ty.results().iter().all(|result| zero(&mut code, *result));
    if !zeros {
        code.unreachable();
    }
    code.end();
    function.into_raw_body()
}

/// Gives the zero of a type, if it has one.
fn zero(code: &mut InstructionSink<'_>, ty: ValType) -> bool {
    match ty {
        ValType::I32 => code.i32_const(0),
        ValType::I64 => code.i64_const(0),
        ValType::F32 => code.f32_const(0.0.into()),
        ValType::F64 => code.f64_const(0.0.into()),
        ValType::V128 | ValType::Ref(_) => return false,
    };
    true
}

#[cfg(test)]
mod tests {
    use wasmtime::{Engine, Instance, Store};

    use super::*;

    #[test]
    fn functions_in_the_range_have_nothing_in_them_and_others_are_as_they_were() {
        let wasm = wat::parse_str(
            r#"(module
                (import "" "" (func))
                (func (export "one") (result i32) (i32.const 1))
                (func (export "two") (result i32) (i32.const 2))
                (func (export "same") (param i32) (result i32) (local.get 0))
                (func $start unreachable)
                (func (export "four") (result i32) (i32.const 4))
                (start $start))"#,
        )
        .unwrap();
        let wasm = hollow(&wasm, &(2..=4)).unwrap();
        let engine = Engine::default();
        let module = wasmtime::Module::new(&engine, wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let import = wasmtime::Func::wrap(&mut store, || {});
        let instance = Instance::new(&mut store, &module, &[import.into()]).unwrap();
        let mut called = |name: &str| {
            let function = instance
                .get_typed_func::<(), i32>(&mut store, name)
                .unwrap();
            function.call(&mut store, ()).unwrap()
        };
        assert_eq!(["one", "two", "four"].map(&mut called), [1, 0, 4]);
        let same = instance
            .get_typed_func::<i32, i32>(&mut store, "same")
            .unwrap();
        let trap = same.call(&mut store, 7).unwrap_err();
        assert_eq!(
            trap.downcast_ref(),
            Some(&wasmtime::Trap::UnreachableCodeReached)
        );
    }

    #[test]
    fn what_can_not_be_read_is_an_error() {
        assert!(hollow(b"\0asm\x01\0\0\0\x01\xff", &(0..=1)).is_err());
    }
}
