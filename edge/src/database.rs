//! D1, with its failures told apart: a database that does not answer is the caller's chance to try again; a row that
//! cannot be read is a fault of ours.

use nod_core::time::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use worker::{D1Database, D1PreparedStatement, D1Result, D1Type, console_log};

use crate::{
    environment::Environment,
    http::{Call, Problem},
};

/// The database.
pub(crate) struct Database {
    d1: D1Database,
    /// Whether each statement is said, so that a test can have its plan explained.
    is_said: bool,
}

impl Database {
    pub(crate) fn of(call: &Call) -> Result<Self, Problem> {
        Self::of_environment(&call.environment)
    }

    /// For work that no call asked for.
    pub(crate) fn of_environment(environment: &Environment) -> Result<Self, Problem> {
        let d1 = environment.database().map_err(Problem::database)?;
        Ok(Self { d1, is_said: environment.says_statements() })
    }

    /// A statement with its arguments `?1`, `?2`, …
    pub(crate) fn statement(&self, sql: &str, arguments: &[D1Type<'_>]) -> Result<D1PreparedStatement, Problem> {
        if self.is_said {
            console_log!("nod:statement {}", json(&sql)?);
        }
        Ok(self.d1.prepare(sql).bind_refs(arguments)?)
    }

    /// The first row of an answer.
    pub(crate) async fn first<Row: DeserializeOwned>(
        &self,
        statement: D1PreparedStatement,
    ) -> Result<Option<Row>, Problem> {
        first_row(&statement.all().await.map_err(Problem::database)?)
    }

    /// All of the statements or none; the answer is the last one's first row.
    pub(crate) async fn batch<Row: DeserializeOwned>(
        &self,
        statements: Vec<D1PreparedStatement>,
    ) -> Result<Option<Row>, Problem> {
        self.results(statements).await?.last().map_or(Ok(None), first_row)
    }

    /// Every row of an answer.
    pub(crate) async fn all<Row: DeserializeOwned>(&self, statement: D1PreparedStatement) -> Result<Vec<Row>, Problem> {
        Ok(statement.all().await.map_err(Problem::database)?.results()?)
    }

    /// A statement whose answer nobody reads.
    pub(crate) async fn run(&self, statement: D1PreparedStatement) -> Result<(), Problem> {
        statement.run().await.map(drop).map_err(Problem::database)
    }

    /// All of the statements or none, with the answer of each.
    pub(crate) async fn results(&self, statements: Vec<D1PreparedStatement>) -> Result<Vec<D1Result>, Problem> {
        self.d1.batch(statements).await.map_err(Problem::database)
    }
}

/// The first row of an answer.
pub(crate) fn first_row<Row: DeserializeOwned>(result: &D1Result) -> Result<Option<Row>, Problem> {
    Ok(result.results()?.into_iter().next())
}

/// The rows of one of several answers, by its place; none where there is no such answer.
pub(crate) fn rows<Row: DeserializeOwned>(results: &[D1Result], place: usize) -> Result<Vec<Row>, Problem> {
    Ok(results.get(place).map(D1Result::results).transpose()?.unwrap_or_default())
}

/// A time as an argument.
#[expect(clippy::cast_precision_loss, reason = "a Timestamp is always an exact JavaScript number")]
pub(crate) fn time(at: Timestamp) -> D1Type<'static> {
    D1Type::Real(at.millis() as f64)
}

/// A text, or NULL.
pub(crate) fn optional_text(text: Option<&str>) -> D1Type<'_> {
    text.map_or(D1Type::Null, D1Type::Text)
}

/// A time, or NULL.
pub(crate) fn optional_time(at: Option<Timestamp>) -> D1Type<'static> {
    at.map_or(D1Type::Null, time)
}

/// A list or an object as one argument, which the statement spreads with `json_each`.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|_| Problem::internal("a row that JSON cannot hold"))
}
