//! Rights requests: what is asked for in a person's name.

mod list;

pub(crate) use list::{Filter, Request, list};
