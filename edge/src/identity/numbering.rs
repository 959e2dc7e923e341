//! How each country's numbers are written at home.

use nod_core::{identity::phone::NumberingPlan, region::Region};

/// Every country's plan.
pub(crate) struct Plans;

/// How each country's numbers are written at home.
pub(crate) const fn numbering_plan() -> &'static Plans {
    &Plans
}

impl NumberingPlan for Plans {
    fn international(&self, _written: &str, _home: &Region) -> Option<String> {
        None
    }
}
