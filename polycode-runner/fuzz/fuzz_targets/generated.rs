//! Modules that are valid and call whatever there is: bytes at random hardly ever come to be one.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Unstructured;
use wasm_smith::{Config, Module};

static SHAPE: LazyLock<Vec<u8>> =
    LazyLock::new(|| wat::parse_str(include_str!("generated.wat")).expect("a module"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let config = Config {
        module_shape: Some(SHAPE.clone()),
        // Extensions that every program is refused for.
        gc_enabled: false,
        memory64_enabled: false,
        relaxed_simd_enabled: false,
        threads_enabled: false,
        max_table_elements: 10_000,
        ..Config::default()
    };
    if let Ok(module) = Module::new(config, &mut Unstructured::new(bytes)) {
        polycode_fuzz::module(&module.to_bytes());
    }
});
