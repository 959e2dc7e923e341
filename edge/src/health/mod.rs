//! Whether the Worker can do its work.

use serde_json::{Value, json};

use crate::{
    database::Database,
    http::{Answer, Call, Problem},
};

/// `GET /healthz`: well only if the database answers.
pub(crate) async fn answer(call: &Call) -> Result<Answer, Problem> {
    call.must_be_get()?;
    let database = Database::of(call)?;
    database.first::<Value>(database.statement("SELECT 1 AS one", &[])?).await?;
    Ok(Answer::json(200, &json!({"status": "ok"}))?.with("Cache-Control", "no-store"))
}
