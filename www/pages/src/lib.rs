//! What the pages that people open share: the way to the API ([`graphql`]), and the page itself ([`dom`]).
//!
//! Only for browsers: without one nothing of this does anything.

pub mod dom;
pub mod graphql;
