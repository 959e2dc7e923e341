//! Custom applications.

use super::{ClassMapping, FieldMapping, Trial};
use std::collections::BTreeSet;

pub(super) fn standard_classes() -> Vec<ClassMapping> {
    Vec::new()
}

impl FieldMapping {
    /// Tries the mapping on a sample.
    pub fn try_on(&self, _sample: &serde_json::Value) -> Trial {
        Trial {
            event: None,
            occurred_at: None,
            classes: BTreeSet::new(),
            records: Vec::new(),
            consents: Vec::new(),
            problems: Vec::new(),
        }
    }
}
