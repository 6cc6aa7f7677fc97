#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| polycode_fuzz::names(text));
