//! Cloudflare's binding `EMAIL`. It knows no idempotency key: who was stopped between its answer and ours sends twice.

use nod_core::mail::{Envelope, Failure, judge_code};
use worker::{
    EmailAddress, SendEmail, SendEmailBuilder,
    js_sys::{Object, Reflect},
    wasm_bindgen::{JsCast as _, JsValue},
};

use super::{provider::Provider, store::Row};

pub(super) struct Cloudflare {
    pub(super) binding: SendEmail,
    pub(super) from: String,
}

impl Provider for Cloudflare {
    async fn send(&self, _row: &Row, envelope: &Envelope) -> Result<Option<String>, Failure> {
        let from = EmailAddress::new(&envelope.sender, &self.from);
        let builder = SendEmailBuilder::new_with_email_address_and_str(&from, &envelope.to, &envelope.subject);
        builder.set_html(&envelope.html);
        builder.set_text(&envelope.text);
        if let Some(reply_to) = &envelope.reply_to {
            builder.set_reply_to(reply_to);
        }
        let headers = Object::new();
        // No absence notes in return. The platform refuses a mail with a header that it does not know, but for those with an X.
        let set = Reflect::set(&headers, &JsValue::from_str("X-Auto-Response-Suppress"), &JsValue::from_str("All"));
        if set.is_ok() {
            builder.set_headers(headers.unchecked_ref());
        }
        match self.binding.send_with_builder(&builder).await {
            Ok(result) => {
                let id = Reflect::get(&result, &JsValue::from_str("messageId")).ok();
                Ok(id.and_then(|id| id.as_string()))
            }
            Err(error) => {
                let code = Reflect::get(&error, &JsValue::from_str("code")).ok();
                Err(judge_code(code.and_then(|code| code.as_string()).as_deref()))
            }
        }
    }
}
