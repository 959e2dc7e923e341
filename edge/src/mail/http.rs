//! A provider with an HTTP API in the form of Resend's `POST /emails`. A letter that is sent again carries the same
//! idempotency key, so that it arrives once.

use nod_core::{
    destinations::Request,
    mail::{Envelope, Failure, judge},
};

use super::{provider::Provider, store::Row};
use crate::http::outgoing::{self, Reads};

pub(super) struct Http {
    pub(super) url: String,
    pub(super) key: String,
    pub(super) from: String,
}

impl Provider for Http {
    async fn send(&self, row: &Row, envelope: &Envelope) -> Result<Option<String>, Failure> {
        let request = Request {
            url: self.url.clone(),
            headers: vec![
                ("Authorization", ["Bearer ", &self.key].concat()),
                ("Idempotency-Key", [row.controller.as_str(), "/", row.id.as_str()].concat()),
            ],
            body: envelope.http_body(&self.from, &row.kind, &row.controller, &row.id),
            events: 1,
        };
        judge(&outgoing::post(&request, Reads::Answers).await.map_err(Failure::passing)?)
    }
}
