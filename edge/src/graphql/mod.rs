//! `POST /graphql`: what staff ask and change.
//!
//! The way of a request: [`transport`] reads it, [`crate::staff`] says who asks, [`limits`] bounds it, the library validates
//! and executes it, and each field asks [`session`] whether it may. The schema is made once per isolate; it is public, and
//! `edge/schema.graphql` holds it.

#![expect(clippy::unused_async, reason = "the library's macros take nothing else for a field")]

mod limits;
mod mutation;
mod names;
mod paging;
mod query;
mod session;
mod time;
mod transport;
mod types;

use async_graphql::{EmptySubscription, Request, Response, Schema, Variables};
use mutation::Mutation;
use query::Query;
use session::Session;
use transport::{Asked, Media};

use crate::{
    http::{Answer, Call, Problem},
    staff::{self, Credentials},
};

type Api = Schema<Query, Mutation, EmptySubscription>;

thread_local! {
    static API: Api = api();
}

fn api() -> Api {
    Schema::build(Query, Mutation, EmptySubscription)
        .limit_complexity(limits::COST)
        .limit_depth(limits::DEPTH)
        .limit_recursive_depth(limits::BRACKETS)
        .limit_directives(limits::DIRECTIVES)
        .finish()
}

/// `POST /graphql`
pub(crate) async fn answer(mut call: Call) -> Result<Answer, Problem> {
    let asked = transport::read(&mut call).await?;
    let media = Media::accepted(call.header("Accept").as_deref());
    let staff = match staff::authenticate(&call).await? {
        Credentials::None => None,
        Credentials::Valid(staff) => Some(staff),
        Credentials::Invalid => return media.unauthorized(),
    };
    let response = match request(asked) {
        Ok(request) => API.with(Clone::clone).execute(request.data(Session::new(call, staff))).await,
        Err(refused) => *refused,
    };
    media.answer(&response)
}

/// A document within its bounds, parsed.
fn request(asked: Asked) -> Result<Request, Box<Response>> {
    let refused = |sentence: String, code| Box::new(Response::from_errors(vec![transport::error(sentence, code)]));
    let excessive = |excess: limits::Excess| refused(excess.sentence(), "TOO_MUCH");
    limits::check_text(&asked.query).map_err(excessive)?;
    let mut request = Request::new(asked.query);
    let document = request.parsed_query().map_err(|error| Box::new(Response::from_errors(vec![error])))?;
    limits::check_shape(document).map_err(excessive)?;
    request.operation_name = asked.operation_name;
    request.variables = Variables::from_json(asked.variables.unwrap_or_default().into());
    Ok(request)
}

#[cfg(test)]
mod tests;
