#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nod_fuzz::run("read_stripe", data));
