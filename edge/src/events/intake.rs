//! `POST /v1/events`

use nod_core::id::ControllerId;
use worker::console_log;

use crate::{
    http::{Answer, Call, Problem},
    queue::{self, Queue},
};

pub(super) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    let controller = ControllerId::parse("demo").ok_or_else(Problem::unknown_site)?;
    let limit = call.environment.events_limit()?.limit("x".to_owned()).await;
    console_log!("limit {limit:?}");
    queue::send(&call.environment, Queue::Events, &controller, &["{}".to_owned(), "{1}".to_owned()]).await?;
    Ok(Answer::empty(202))
}
