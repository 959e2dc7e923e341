//! Moments.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use nod_core::time::Timestamp;

/// A moment, RFC 3339 in UTC with milliseconds: `2026-11-23T12:00:00.000Z`.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateTime(pub(super) Timestamp);

/// As of today no argument is a moment.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(_: Value) -> InputValueResult<Self> {
        Err(InputValueError::custom("no argument takes a DateTime"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.rfc3339())
    }
}

impl From<Timestamp> for DateTime {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}
