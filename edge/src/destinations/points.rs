//! Data points for Workers Analytics Engine. The platform takes a limited number in one invocation and drops what is more
//! in silence, so that is counted here.

use std::cell::Cell;

use nod_core::destinations::{DataPoint, MOST_POINTS};
use worker::AnalyticsEngineDataPointBuilder;

use crate::{environment::Environment, http::Problem};

/// How many points this invocation has written.
#[derive(Default)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// Whether so many more can be written; if so, they count as written.
    fn takes(&self, points: usize) -> bool {
        let after = self.0.get().saturating_add(points);
        let fits = after <= MOST_POINTS;
        if fits {
            self.0.set(after);
        }
        fits
    }
}

/// Writes points, all of them or none: then it is the next invocation's turn.
pub(super) fn write(environment: &Environment, budget: &Budget, points: &[DataPoint]) -> Result<bool, Problem> {
    if points.is_empty() {
        return Ok(true);
    }
    let dataset = environment.analytics()?;
    if !budget.takes(points.len()) {
        return Ok(false);
    }
    for point in points {
        let builder = AnalyticsEngineDataPointBuilder::new()
            .indexes([point.index.as_str()])
            .doubles(point.doubles.iter().copied())
            .blobs(point.blobs.iter().map(String::as_str));
        dataset.write_data_point(&builder.build())?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invocation_writes_no_more_than_the_platform_takes() {
        let budget = Budget::default();
        assert_eq!([100, 100, 100, 50, 1].map(|points| budget.takes(points)), [true, true, false, true, false]);
    }
}
