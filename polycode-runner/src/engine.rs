//! The one configuration of wasmtime, for running programs and for compiling runtimes alike.
//!
//! Compiled modules fit only an engine of the same configuration, so there is exactly one place
//! where it is written.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, Module, OperatorCost, OptLevel,
    PoolingAllocationConfig, Strategy, VariableOperatorCost, WasmFeatures,
};

use crate::rewrite;

/// Stack that WebAssembly may use. Runtimes limit their recursion to less.
const WASM_STACK: usize = 64 << 20;

/// Stack of a run: what WebAssembly may use of it, and a margin for host functions, which must never overflow.
const RUN_STACK: usize = WASM_STACK + (4 << 20);

/// The most linear memory that any limit allows.
pub const MAX_MEMORY: usize = 2 << 30;

/// Memory that a slot keeps when it is given back: the pages that were written are reset by copying
/// instead of by asking the kernel for new ones.
pub const KEPT_RESIDENT: usize = 8 << 20;

/// Extensions of WebAssembly that no runtime needs and no program gets.
const REFUSED_FEATURES: [WasmFeatures; 11] = [
    WasmFeatures::THREADS,
    WasmFeatures::SHARED_EVERYTHING_THREADS,
    WasmFeatures::MEMORY64,
    WasmFeatures::MULTI_MEMORY,
    WasmFeatures::GC,
    WasmFeatures::FUNCTION_REFERENCES,
    WasmFeatures::STACK_SWITCHING,
    WasmFeatures::CUSTOM_PAGE_SIZES,
    WasmFeatures::WIDE_ARITHMETIC,
    WasmFeatures::LEGACY_EXCEPTIONS,
    WasmFeatures::RELAXED_SIMD,
];

/// An engine with room for `slots` runs at the same time.
///
/// Where the address space for the pool is not to be had (a small container, a limit on virtual
/// memory), instances are allocated one by one: slower, with the same results.
///
/// # Errors
/// When wasmtime does not support this machine.
pub fn new_engine(slots: u32) -> wasmtime::Result<Engine> {
    Engine::new(&engine_config(slots)).or_else(|_| {
        let mut config = engine_config(slots);
        config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
        Engine::new(&config)
    })
}

/// The configuration, with a pool of `slots` instances. The size of the pool does not matter
/// for whether a compiled module fits.
pub fn engine_config(slots: u32) -> Config {
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::Speed)
        // Fuel decides a time limit. A run pauses after each slice of it, to be looked at; a clock in the code would
        // be looked at in each turn of each loop.
        .consume_fuel(true)
        .operator_cost(operator_cost())
        .epoch_interruption(false)
        // The same bits on every machine: NaNs are made canonical before a module is compiled.
        .cranelift_nan_canonicalization(false)
        .relaxed_simd_deterministic(true)
        .max_wasm_stack(WASM_STACK)
        .async_stack_size(RUN_STACK)
        .memory_init_cow(true)
        // Traps are told in our own words, and learners' tracebacks come from the guest: neither
        // needs the tables for backtraces, which would make up a fifth of a compiled module.
        .wasm_backtrace_max_frames(None)
        .generate_address_map(false)
        .native_unwind_info(false)
        .wasm_exceptions(true)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool(slots)));
    for feature in REFUSED_FEATURES {
        config.wasm_features(feature, false);
    }
    config
}

/// Bulk operations cost by their size, so that no single instruction is a way around fuel.
fn operator_cost() -> OperatorCost {
    OperatorCost {
        variable: VariableOperatorCost {
            memory_grow_per_page: u8::MAX,
            ..VariableOperatorCost::new()
        },
        ..OperatorCost::new()
    }
}

/// Compiles a module to machine code.
///
/// # Errors
/// When it is not valid, or makes use of what is refused.
pub fn module(engine: &Engine, wasm: &[u8]) -> wasmtime::Result<Module> {
    Module::new(engine, rewritten(wasm)?)
}

/// Compiles a module to machine code that can be kept.
///
/// # Errors
/// When it is not valid, or makes use of what is refused.
pub fn precompiled(engine: &Engine, wasm: &[u8]) -> wasmtime::Result<Vec<u8>> {
    engine.precompile_module(&rewritten(wasm)?)
}

/// What a compiled module depends on beside its source, as a number: it fits engines of the same one.
pub fn fit(engine: &Engine) -> u64 {
    let mut hasher = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    rewrite::REVISION.hash(&mut hasher);
    hasher.finish()
}

fn rewritten(wasm: &[u8]) -> wasmtime::Result<Cow<'_, [u8]>> {
    rewrite::rewritten(wasm).map_err(wasmtime::Error::new)
}

fn pool(slots: u32) -> PoolingAllocationConfig {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(slots)
        // A module with exceptions has a second memory, for the exception objects.
        .total_memories(slots.saturating_mul(2))
        .total_gc_heaps(slots)
        .total_tables(slots)
        .total_stacks(slots)
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .max_memory_size(MAX_MEMORY)
        .table_elements(100_000)
        .max_core_instance_size(16 << 20)
        .max_unused_warm_slots(slots)
        .linear_memory_keep_resident(KEPT_RESIDENT)
        .table_keep_resident(1 << 20)
        .pagemap_scan(Enabled::Auto);
    pool
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_the_one_that_was_decided() {
        let engine = new_engine(3).unwrap();
        assert!(engine.get_consume_fuel());
        assert!(!engine.get_epoch_interruption());
        assert!(engine.get_relaxed_simd_deterministic());
        assert!(engine.get_memory_init_cow());
        assert_eq!(engine.get_cranelift_nan_canonicalization(), Some(false));
        assert_eq!(engine.get_strategy(), Some(Strategy::Cranelift));
        assert_eq!(engine.get_max_wasm_stack(), 64 << 20);
        let features = engine.get_wasm_features();
        assert!(features.contains(WasmFeatures::EXCEPTIONS));
        assert!(features.contains(WasmFeatures::SIMD));
        for feature in REFUSED_FEATURES {
            assert!(!features.contains(feature), "{feature:?}");
        }
        let pool = engine.get_pooling_config().unwrap();
        assert_eq!(pool.get_max_memories_per_module(), 1);
        assert_eq!(pool.get_max_memory_size(), 2 << 30);
        assert_eq!(pool.get_total_core_instances(), 3);
    }

    #[test]
    fn modules_with_refused_extensions_are_not_compiled() {
        let engine = new_engine(1).unwrap();
        for (what, text) in [
            ("shared memory", "(module (memory 1 1 shared))"),
            ("64-bit memory", "(module (memory i64 1))"),
            ("two memories", "(module (memory 1) (memory 1))"),
            ("garbage collection", "(module (type (struct (field i32))))"),
        ] {
            assert!(
                module(&engine, &wat::parse_str(text).unwrap()).is_err(),
                "{what}"
            );
        }
        let exceptions = "(module (tag (param i32)) (func (throw 0 (i32.const 1))))";
        assert!(module(&engine, &wat::parse_str(exceptions).unwrap()).is_ok());
    }

    #[test]
    fn a_module_fits_engines_with_pools_of_any_size() {
        let text = wat::parse_str("(module (memory 1) (func (export \"f\")))").unwrap();
        let small = new_engine(1).unwrap();
        let large = new_engine(64).unwrap();
        assert!(precompiled(&small, &text).is_ok());
        assert_eq!(fit(&small), fit(&large));
    }
}
