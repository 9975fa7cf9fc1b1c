#![no_main]
#[path = "../readers.rs"]
#[allow(dead_code, reason = "a target runs one of them")]
mod readers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| readers::receipt(data));
