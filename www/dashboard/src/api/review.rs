//! One rights request, as whoever reviews it sees it.

use nod_pages::{
    dom::object,
    graphql::{Trouble, UserError, text},
};

use super::ask::{ask, change};
use crate::read::records;

records! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Law {
        pub(crate) name: String,
        pub(crate) source: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Agent {
        pub(crate) name: String,
        pub(crate) email: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Extension {
        pub(crate) reason: Option<String>,
        pub(crate) until: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Hold {
        pub(crate) reason: Option<String>,
        pub(crate) since: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Denial {
        pub(crate) reason: String,
        pub(crate) ground: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) appeal_by: Option<String>,
        pub(crate) appealed_at: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Event {
        pub(crate) at: String,
        pub(crate) kind: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Message {
        pub(crate) at: String,
        pub(crate) author: String,
        pub(crate) text: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Task {
        pub(crate) id: String,
        pub(crate) kind: String,
        pub(crate) state: String,
        pub(crate) connection: Option<Named>,
        pub(crate) link: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) done_at: Option<String>,
        pub(crate) failure: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Named {
        pub(crate) label: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct File {
        pub(crate) kind: String,
        pub(crate) name: Option<String>,
        pub(crate) bytes: u32,
        pub(crate) url: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Mail {
        pub(crate) kind: String,
        pub(crate) at: String,
        pub(crate) state: String,
        pub(crate) failure: Option<String>,
    }

    /// All of it.
    #[derive(Clone, Debug, PartialEq)]
    pub(crate) struct Review {
        pub(crate) id: String,
        pub(crate) number: String,
        pub(crate) kind: String,
        pub(crate) status: String,
        pub(crate) received_at: String,
        pub(crate) due_at: String,
        pub(crate) days_left: i32,
        pub(crate) law: Law,
        pub(crate) origin: String,
        pub(crate) site: Option<String>,
        pub(crate) region: Option<String>,
        pub(crate) locale: String,
        pub(crate) verified_at: Option<String>,
        pub(crate) acknowledged_at: Option<String>,
        pub(crate) closed_at: Option<String>,
        pub(crate) email: Option<String>,
        pub(crate) name: Option<String>,
        pub(crate) message: Option<String>,
        pub(crate) agent: Option<Agent>,
        pub(crate) connection: Option<Named>,
        pub(crate) extension: Option<Extension>,
        pub(crate) hold: Option<Hold>,
        pub(crate) denial: Option<Denial>,
        pub(crate) legal_hold: bool,
        pub(crate) duplicate_of: Option<String>,
        pub(crate) assigned: Option<String>,
        pub(crate) erased_at: Option<String>,
        pub(crate) events: Vec<Event>,
        pub(crate) messages: Vec<Message>,
        pub(crate) tasks: Vec<Task>,
        pub(crate) files: Vec<File>,
        pub(crate) mails: Vec<Mail>,
    }

    /// A mail as the person will read it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Preview {
        pub(crate) subject: String,
        pub(crate) text: String,
    }
}

/// By its id.
pub(crate) async fn review(id: &str) -> Result<Option<Review>, Trouble> {
    let document = "query($id: ID!) { rightsRequest(id: $id) {
        id number kind status receivedAt dueAt daysLeft law { name source } origin site region locale verifiedAt acknowledgedAt closedAt
        email name message agent { name email } connection { label } extension { reason until } hold { reason since }
        denial { reason ground note appealBy appealedAt } legalHold duplicateOf assigned erasedAt
        events { at kind } messages { at author text }
        tasks { id kind state connection { label } link note doneAt failure }
        files { kind name bytes url } mails { kind at state failure } } }";
    ask("rightsRequest", document, object(&[("id", id.into())])).await
}

/// What is to be said in a mail.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) mail: &'static str,
    pub(crate) extension: String,
    pub(crate) hold: String,
    pub(crate) denial: String,
    pub(crate) message: String,
}

/// What the person would read.
pub(crate) async fn preview(id: &str, said: &Said) -> Result<(Option<Preview>, Vec<UserError>), Trouble> {
    let document = "mutation($input: PreviewRightsMailInput!) {
        previewRightsMail(input: $input) { mail { subject text } userErrors { field code message } } }";
    let input = object(&[
        ("id", id.into()),
        ("kind", said.mail.into()),
        ("extension", text(&said.extension)),
        ("hold", text(&said.hold)),
        ("denial", text(&said.denial)),
        ("message", text(&said.message)),
    ]);
    change("previewRightsMail", "mail", document, input).await
}

records! {
    struct Entered {
        id: String,
    }
}

/// Enters a request that came by phone or post. Gives its id.
pub(crate) async fn enter(input: &[(&str, wasm_bindgen::JsValue)]) -> Result<(String, Vec<UserError>), Trouble> {
    let document = "mutation($input: EnterRightsRequestInput!) {
        enterRightsRequest(input: $input) { rightsRequest { id } userErrors { field code message } } }";
    let (entered, errors): (Option<Entered>, _) =
        change("enterRightsRequest", "rightsRequest", document, object(input)).await?;
    Ok((entered.map(|entered| entered.id).unwrap_or_default(), errors))
}
