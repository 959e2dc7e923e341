//! The seeds without a fuzzer: as they are, and spoiled in every way that is simple. For machines that libFuzzer cannot be
//! built on, and for a look at one input in a debugger.

use std::{fs, path::Path};

use nod_fuzz::TARGETS;

/// How many spoiled copies are made of a seed.
const COPIES: usize = 600;

#[test]
fn every_target_has_seeds_and_none_of_them_spoils_anything() {
    for (name, run) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let seeds: Vec<_> = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{name} has no seeds")).collect();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in seeds {
            let seed = fs::read(seed.unwrap().path()).unwrap();
            run(&seed);
            spoil(&seed, run);
        }
    }
}

#[test]
fn every_folder_of_seeds_has_its_target() {
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(TARGETS.iter().any(|(target, _)| *target == name), "{name} is no target");
    }
}

/// Bits turned, ends cut off, pieces taken out and put in twice, spread evenly over the seed.
fn spoil(seed: &[u8], run: nod_fuzz::Target) {
    let step = (seed.len() * 5).div_ceil(COPIES).max(1);
    for at in (0..seed.len()).step_by(step) {
        let (before, after) = seed.split_at(at);
        let mut turned = seed.to_vec();
        turned[at] ^= 1 << (at % 8);
        run(&turned);
        run(before);
        run(after);
        run(&[before, after.get(1..).unwrap_or_default()].concat());
        run(&[before, &after[..after.len().min(20)], after].concat());
    }
}
