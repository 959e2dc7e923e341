//! `POST /v1/consent`: a choice becomes a record, and the visitor gets the receipt.

use super::store;
use crate::{
    circumstances::Circumstances,
    clock,
    http::{Answer, Call, Problem, cors, must_be_json, read_body},
    keys, receipt, site,
};
use nod_core::{
    consent::{Context, Outcome, Submission, decide},
    id::RecordId,
    site::Site,
};
use serde_json::json;

pub(super) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    must_be_json(call)?;
    let body = read_body(&mut call.request, Submission::MAX_BYTES).await?;
    let submission = Submission::parse(&body).map_err(|malformed| Problem::malformed_body("a choice", malformed))?;
    let mut site = site::find(call, &submission.site).await?;
    cors::must_be_admitted(call, &site)?;
    let answer = record(call, &mut site, submission).await.unwrap_or_else(Answer::from);
    Ok(cors::share(answer, call, &site))
}

async fn record(call: &Call, site: &mut Site, submission: Submission) -> Result<Answer, Problem> {
    let key = receipt::key(call)?; // Before anything is stored: no record without its receipt.
    if submission.notice != site.fingerprint {
        *site = site::refresh(call, site).await?; // Perhaps it is our copy that is stale.
    }
    let proposed =
        decide(submission, site, context(call)?).map_err(|refusal| Problem::refused(refusal, &site.fingerprint))?;
    let stored = store::insert(call, &proposed, Outcome::of(&proposed, &site.notice)).await?;
    if !stored.is_same_choice(&proposed) {
        return Err(Problem::other_choice_at_that_time());
    }
    let receipt = key.sign(&stored).map_err(|_| Problem::internal("a record that JSON cannot hold"))?;
    Ok(Answer::json(201, &json!({"record": stored, "receipt": receipt}))?.with("Cache-Control", "no-store"))
}

fn context(call: &Call) -> Result<Context, Problem> {
    let circumstances = Circumstances::of(call);
    Ok(Context {
        id: RecordId::from_random(keys::random()?),
        now: clock::now()?,
        regime: circumstances.regime(),
        region: circumstances.region,
        gpc: circumstances.gpc,
        previous: None, // The database knows, in the same batch.
    })
}
