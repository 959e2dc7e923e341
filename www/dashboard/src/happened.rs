//! The journal's entries in words.

use crate::{number, tree::Tree, words::readable};

/// Each action of the journal, with what it means.
pub const ACTIONS: &[(&str, &str)] = &[
    ("consent.recorded", "A visitor's choice was recorded"),
    ("consent_record.viewed", "A consent record was looked at by staff"),
    ("notice.published", "A notice was published"),
    ("site.updated", "A site's name, origins or look were changed"),
    ("controller.updated", "What is said of the controller was changed"),
    ("connection.created", "A connection was made"),
    ("connection.secret_rotated", "A connection got a new secret"),
    ("connection.disabled", "A connection takes no more deliveries"),
    ("connection.mapped", "Where a custom application's payloads hold identifiers was saved"),
    ("connection.tested", "A test delivery was made up and read, and nothing of it kept"),
    ("connection.rights_endpoint_set", "A connection's endpoint for rights requests was set or taken away"),
    ("connection.purged", "Everything that came through a connection was erased"),
    ("delivery.processed", "A delivery was read and what is of use in it kept"),
    ("delivery.dead_lettered", "A delivery is authentic and cannot be used"),
    ("delivery.replayed", "A dead letter was processed after all"),
    ("subjects.merged", "Several data subjects turned out to be one"),
    ("subjects.parted", "One data subject turned out to be several"),
    ("subjects.split", "Staff decided that several people are not one"),
    ("subject.viewed", "A data subject was looked up by an identifier or an id"),
    ("identities.rekeyed", "Pseudonyms were put under a newer key"),
    ("events.blocked", "Events were dropped because their purposes were not granted"),
    ("visitor.identified", "A page said who its visitor is"),
    ("destination.secret_set", "A destination got a secret"),
    ("rights.exported", "Rights requests were fetched as a file"),
    ("journal.exported", "The journal was fetched as a file"),
    ("rights_request.received", "A rights request arrived"),
    ("rights_request.submitted", "A rights request was filed"),
    ("rights_request.verified", "The address behind a rights request was proven"),
    ("rights_request.duplicate", "The same was asked before: the earlier request is answered"),
    ("rights_request.acknowledged", "The person was told that a rights request is here"),
    ("rights_request.started", "Staff took a rights request up"),
    ("rights_request.extended", "A rights request takes longer"),
    ("rights_request.held", "A rights request waits for something"),
    ("rights_request.resumed", "A rights request waits no longer"),
    ("rights_request.fulfilled", "A rights request was met"),
    ("rights_request.denied", "A rights request was refused"),
    ("rights_request.appealed", "The person appealed against a refusal"),
    ("rights_request.withdrawn", "A rights request was taken back"),
    ("rights_request.expired", "Nobody proved the address behind a rights request"),
    ("rights_request.message_sent", "The person or staff wrote about a rights request"),
    ("rights_request.downloaded", "A file of a rights request was downloaded"),
    ("rights_request.viewed", "What a rights request says was read by staff"),
    ("rights_request.erased", "What was kept of the person behind a rights request was erased"),
    ("rights_request.file_added", "A file was put to a rights request"),
    ("rights_request.task_done", "A task of a rights request was done"),
    ("rights_request.legal_hold_placed", "The data behind a rights request may not be erased for now"),
    ("rights_request.legal_hold_lifted", "The data behind a rights request may be erased again"),
    ("rights_requests.dropped", "Requests were taken in words and dropped, because there were too many"),
    ("subject.signed_in", "A data subject signed in"),
    ("staff.added", "Somebody became staff"),
    ("staff.role_changed", "A member of staff got another role"),
    ("staff.removed", "Somebody is staff no more"),
    ("staff.signed_in", "A member of staff signed in"),
    ("staff.refused", "Somebody was refused what they may not, or came with what holds no more"),
    ("staff.session_ended", "A session of a member of staff was ended"),
    ("staff.token_created", "A token of the API was made"),
    ("staff.token_revoked", "A token of the API was ended"),
    ("mail.bounced", "A mail could not be delivered"),
    ("tags.drafted", "The draft of a site's tags was saved or thrown away"),
    ("tags.published", "A site's tags were published"),
    ("tags.rolled_back", "An earlier version of a site's tags was published again"),
];

/// What was done, in words.
pub fn happened(action: &str) -> &str {
    ACTIONS.iter().find(|(name, _)| *name == action).map_or(action, |(_, words)| words)
}

/// The facts of an entry in words: what each is about, and what it says. Who did it is said elsewhere.
pub fn facts(detail: &Tree) -> Vec<(String, String)> {
    let facts = detail.members().iter().filter(|(name, _)| name != "by");
    let facts = facts
        .map(|(name, value)| (readable(name), known(name, value.text()).map_or_else(|| said(value), str::to_owned)));
    facts.filter(|(_, words)| !words.is_empty()).collect()
}

/// What a value means that is a name of ours.
fn known(name: &str, value: &str) -> Option<&'static str> {
    Some(match (name, value) {
        ("how", "link") => "By a link in a mail",
        ("how", "access") => "Through Cloudflare Access",
        ("how", "invitation") => "By the invitation of a first owner",
        ("why", "role") => "Their role is too low",
        ("why", "scope") => "The token does not reach there",
        ("why", "revoked") => "It had been ended",
        ("why", "expired") => "It had come to its end",
        ("why", "used") => "The link was used before",
        ("why", "too_many") => "Too many links were asked for",
        ("why", "not_staff") => "Cloudflare Access let them pass, and they are not staff",
        ("what", "sign_in") => "To sign in",
        ("what", "session") => "To go on with a session",
        ("what", "token") => "To use a token of the API",
        _ => return None,
    })
}

fn said(value: &Tree) -> String {
    match value {
        Tree::Nothing => String::new(),
        Tree::Truth(true) => "yes".to_owned(),
        Tree::Truth(false) => "no".to_owned(),
        Tree::Number(number) => number::text(*number),
        Tree::Text(text) => text.clone(),
        Tree::List(items) => items.iter().map(said).collect::<Vec<_>>().join(", "),
        Tree::Object(members) => {
            let pairs = members.iter().map(|(name, value)| [readable(name), said(value)].join(": "));
            pairs.collect::<Vec<_>>().join("; ")
        }
    }
}

/// Who did it, where they are not staff by name.
pub fn actor(name: &str) -> &'static str {
    match name {
        "visitor" => "A visitor",
        "platform" => "A platform",
        "subject" => "The data subject",
        "staff" => "Staff",
        "system" => "Nod itself",
        _ => "Somebody else",
    }
}

#[cfg(test)]
mod tests {
    use nod_core::journal::Action;

    use super::{ACTIONS, facts};
    use crate::tree::Tree;

    #[test]
    fn facts_are_said_in_words_and_who_did_it_is_not_said_twice() {
        let counts = Tree::object(&[("analytics", Tree::Number(2.0)), ("marketing", Tree::Number(1.0))]);
        let detail = Tree::object(&[
            ("by", "AAAA".into()),
            ("why", "scope".into()),
            ("is_whole", Tree::Truth(false)),
            ("classes", Tree::texts(["email", "phone"])),
            ("counts", counts),
            ("note", Tree::Nothing),
        ]);
        let said: Vec<String> = facts(&detail).into_iter().map(|(name, words)| [name, words].join(": ")).collect();
        let words = [
            "Why: The token does not reach there",
            "Is whole: no",
            "Classes: email, phone",
            "Counts: Analytics: 2; Marketing: 1",
        ];
        assert_eq!(said, words);
    }

    #[test]
    fn every_action_of_the_journal_has_words_and_nothing_else_has() {
        let mut known: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
        let mut said: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
        known.sort_unstable();
        said.sort_unstable();
        assert_eq!(said, known);
    }
}
