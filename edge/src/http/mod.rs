//! HTTP as every capability needs it: the call that comes in, the answer or the problem that goes out; and calls of our own.

mod answer;
mod body;
mod call;
pub(crate) mod cors;
pub(crate) mod outgoing;
mod problem;

pub(crate) use answer::Answer;
pub(crate) use body::{must_be_json, read_body};
pub(crate) use call::{Call, Method};
pub(crate) use outgoing::get;
pub(crate) use problem::Problem;
