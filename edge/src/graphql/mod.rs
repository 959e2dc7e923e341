//! `POST /graphql`: what anyone, data subjects and staff ask and change.
//!
//! The way of a request: [`transport`] reads it, [`crate::staff`] and [`crate::rights`] say who asks, [`limits`] bounds it, the library validates
//! and executes it, and [`table`] says of each field who may have it done. The schema is made once per isolate of what
//! `edge/schema.graphql` says, which is public.
//!
//! A new type is written in `edge/schema.graphql`, and what fills it in [`types`]. A new question or change is written there,
//! too, gets its line in [`table`] and its function in [`query`] or [`change`].

mod access;
mod change;
mod fields;
mod input;
mod json;
mod limits;
mod paging;
mod query;
mod schema;
mod session;
mod shown;
mod table;
mod transport;
mod types;

use std::rc::Rc;

use async_graphql::{
    Request, Response,
    dynamic::{Schema, SchemaError},
};
use session::{Cookie, Refused, Session};
use transport::{Asked, Media};

use crate::{
    http::{Answer, Call, Problem},
    rights,
    staff::{self, Credentials},
};

thread_local! {
    static SCHEMA: Result<Schema, SchemaError> = schema::schema();
}

/// `POST /graphql`
pub(crate) async fn answer(mut call: Call) -> Result<Answer, Problem> {
    transport::check(&call)?;
    let media = Media::accepted(call.header("Accept").as_deref());
    let staff = match staff::authenticate(&call).await? {
        Credentials::None => None,
        Credentials::Valid(staff) => Some(staff),
        Credentials::Invalid => return media.unauthorized(),
    };
    let asked = transport::read(&mut call, staff.is_some()).await?;
    let subject = if call.is_of_our_pages() { rights::authenticate(&call).await? } else { None };
    let (cookie, refused) = (Cookie::new(Rc::default()), Refused::new(Rc::default()));
    let (environment, asking) = (call.environment.clone(), staff.clone());
    let session = Session::new(call, staff, subject, cookie.clone(), refused.clone());
    let response = match request(asked) {
        Ok(request) => schema()?.execute(request.data(session)).await,
        Err(refused) => *refused,
    };
    if let Some(staff) = asking {
        staff::refuse(&environment, &staff, &refused.take()).await;
    }
    let answer = media.answer(response)?;
    Ok(match cookie.take() {
        Some(cookie) => answer.with("Set-Cookie", cookie),
        None => answer,
    })
}

fn schema() -> Result<Schema, Problem> {
    SCHEMA.with(|schema| schema.as_ref().cloned().map_err(|error| Problem::internal(&error.0)))
}

/// A document within its bounds, parsed.
fn request(asked: Asked) -> Result<Request, Box<Response>> {
    let refused = |sentence: String, code| Box::new(Response::from_errors(vec![transport::error(sentence, code)]));
    let excessive = |excess: limits::Excess| refused(excess.sentence(), "TOO_MUCH");
    limits::check_text(&asked.query).map_err(excessive)?;
    let variables = json::variables(asked.variables.unwrap_or_default());
    let mut request = Request::new(asked.query);
    let document = request.parsed_query().map_err(|error| Box::new(Response::from_errors(vec![error])))?;
    limits::check_shape(document, &variables).map_err(excessive)?;
    request.operation_name = asked.operation_name;
    request.variables = variables;
    Ok(request)
}

#[cfg(test)]
mod tests;
