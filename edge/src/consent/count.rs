//! Counting choices: one row for all of a day that are alike. A choice is counted in the batch that records it, and only if
//! that batch made the record; so one that is delivered again is not counted again.

use nod_core::consent::{Outcome, Record};
use worker::{D1PreparedStatement, D1Type};

use crate::{database::Database, http::Problem};

/// The statement that counts a record behind its insertion.
pub(super) fn one(database: &Database, record: &Record, outcome: Outcome) -> Result<D1PreparedStatement, Problem> {
    database.statement(
        "INSERT INTO consent_counts (controller, site, day, region, locale, outcome, purposes, choices)
         SELECT controller, site, recorded_at - recorded_at % 86400000, COALESCE(region, ''), locale, ?3, purposes, 1
         FROM consent_records WHERE controller = ?1 AND id = ?2
         ON CONFLICT DO UPDATE SET choices = choices + 1",
        &[D1Type::Text(record.controller.as_str()), D1Type::Text(record.id.as_str()), D1Type::Text(outcome.name())],
    )
}
