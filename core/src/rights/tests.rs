//! What one request goes through, and that the documents say the same as the tables.

mod documents;
mod life;
mod refusals;
mod support;
