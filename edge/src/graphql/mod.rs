//! Probe.
use crate::http::{Answer, Call, Problem, read_body};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Schema, SimpleObject};
use worker::send::{SendFuture, SendWrapper};
struct Query;
#[derive(SimpleObject)]
struct Me {
    name: String,
}
#[Object]
impl Query {
    async fn me(&self) -> Me {
        Me { name: "x".into() }
    }
}
thread_local! { static SCHEMA: Schema<Query, EmptyMutation, EmptySubscription> = Schema::build(Query, EmptyMutation, EmptySubscription).limit_depth(8).finish(); }
pub(crate) async fn answer(call: &mut Call) -> Result<Answer, Problem> {
    let body = read_body(&mut call.request, 65536).await?;
    let request: Request = serde_json::from_slice(&body).map_err(|_| Problem::unsupported_type())?;
    let schema = SCHEMA.with(Clone::clone);
    let response = schema.execute(request).await;
    Answer::json(200, &response)
}
