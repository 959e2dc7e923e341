#![no_main]
#![expect(missing_docs, reason = "a binary")]

libfuzzer_sys::fuzz_target!(|input: &[u8]| nod_fuzz::access(input));
