//! Field mappings, as staff write them.

use nod_core::intake::{FieldMapping, Path};
use serde_json::Value;

use crate::call::line;

/// A mapping's JSON, or a path, in one line; a sample below it.
pub fn mapping(input: &[u8]) {
    let Some((text, sample)) = line(input) else { return };
    let sample: Value = serde_json::from_slice(sample).unwrap_or_default();
    match Path::parse(text) {
        Ok(path) => {
            assert_eq!(path.as_str(), text);
            let _ = path.find(&sample).count();
        }
        Err(invalid) => assert!(!invalid.to_string().is_empty()),
    }
    match FieldMapping::parse(text) {
        Ok(mapping) => {
            let written = serde_json::to_string(&mapping).expect("a mapping is JSON");
            assert_eq!(FieldMapping::parse(&written).as_ref(), Ok(&mapping), "what is stored reads back");
            let trial = mapping.try_on(&sample);
            assert!(trial.problems.iter().all(|problem| !problem.to_string().is_empty()));
        }
        Err(invalid) => assert!(!invalid.to_string().is_empty()),
    }
}
