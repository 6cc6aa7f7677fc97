#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| polycode_fuzz::case(bytes));
