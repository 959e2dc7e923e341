//! A mail with whom it goes to: what waits in the outbox, sealed, exactly as it will be sent. So what staff previewed is what
//! goes, another try has the same bytes (without which a provider refuses its idempotency key), and a later wording changes nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Kind, Letter, Mail, compose, inert};
use crate::{
    id::{ControllerId, ItemId},
    json,
};

/// A mail that is ready to go.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Whom it goes to.
    pub to: String,
    /// The name of who sends it. The address is the deployment's.
    pub sender: String,
    /// Who gets the answers.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The page.
    pub html: String,
    /// The text.
    pub text: String,
}

impl Envelope {
    /// Writes the letter. `None` where the address is none that mail can be sent to.
    pub fn new(to: &str, letter: &Letter<'_>) -> Option<Self> {
        let Mail { subject, html, text } = compose(letter);
        let is_to_subject = letter.kind != Kind::StaffNotice;
        Some(Self {
            to: is_address(to).then(|| to.to_owned())?,
            sender: display_name(letter.controller),
            reply_to: letter.contact.filter(|contact| is_to_subject && is_address(contact)).map(ToOwned::to_owned),
            subject,
            html,
            text,
        })
    }

    /// What is sealed.
    pub fn to_json(&self) -> String {
        json!(self).to_string()
    }

    /// Reads what was sealed.
    pub fn from_json(text: &[u8]) -> Option<Self> {
        json::read(text)
    }

    /// The body for `POST /emails`, as Resend reads it. The tags come back with what the provider reports of the mail.
    pub fn http_body(&self, from: &str, kind: &str, controller: &ControllerId, id: &ItemId) -> String {
        let tag = |name: &str, value: &str| json!({"name": name, "value": value});
        let from =
            if self.sender.is_empty() { from.to_owned() } else { ["\"", &self.sender, "\" <", from, ">"].concat() };
        let mut body = json!({
            "from": from,
            "to": [self.to],
            "subject": self.subject,
            "html": self.html,
            "text": self.text,
            // RFC 3834: no absence notes in return.
            "headers": {"Auto-Submitted": "auto-generated"},
            "tags": [tag("kind", kind), tag(CONTROLLER, controller.as_str()), tag(MAIL, id.as_str())],
        });
        if let (Some(reply_to), Value::Object(members)) = (&self.reply_to, &mut body) {
            members.insert("reply_to".to_owned(), json!(reply_to));
        }
        body.to_string()
    }
}

/// The tag that says whose mail it is.
pub(super) const CONTROLLER: &str = "controller";
/// The tag that says which.
pub(super) const MAIL: &str = "mail";

/// It holds what somebody is told, so it does not show itself.
impl std::fmt::Debug for Envelope {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Envelope (hidden)")
    }
}

/// A name for a header, without what has a meaning there.
fn display_name(name: &str) -> String {
    let name = inert::line(name, 80);
    name.chars().filter(|letter| !r#""\<>()[]@,;:"#.contains(*letter)).collect()
}

/// One address and nothing else: whoever checks addresses does it elsewhere; here no header is to be made of one.
pub fn is_address(text: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && !part.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    let is_plain = !text.contains(['"', '\\', '<', '>', '(', ')', '[', ']', ',', ';', ':']);
    text.len() <= 320
        && is_plain
        && matches!(text.split_once('@'), Some((local, domain)) if is_part(local) && is_part(domain) && !domain.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::{display_name, is_address};

    #[test]
    fn an_address_is_one() {
        for text in ["a@example.com", "a.b+c'd@xn--bcher-kva.example", "ü@bücher.example"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "a",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "a@b, c@d",
            "a@b;c@d",
            "<a@b>",
            "A <a@b>",
            "a@b\r\nBcc: c@d",
            "a @b",
            "\"a\"@b",
            "a@[::1]",
            "a@b\u{0}",
        ] {
            assert!(!is_address(text), "{text:?}");
        }
        assert!(!is_address(&["a@", &"b".repeat(320)].concat()));
    }

    #[test]
    fn a_name_makes_no_header() {
        assert_eq!(display_name("Évil\", <x@y> (c)\r\nBcc: z"), "Évil xy c Bcc z");
    }
}
