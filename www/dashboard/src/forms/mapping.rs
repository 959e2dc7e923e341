//! The forms of a field mapping: where a custom application's JSON says what. And a mapping, and what it finds in a sample, in words.

use super::{Field, Is, Parts, slug};
use crate::{problem::Problem, tree::Tree, words::readable};

/// Where the event is.
pub static EVENT: &[Field] = &[
    whole!(
        "event",
        "The event's name",
        Is::List,
        true,
        "A path is keys with dots between them: data.type. With commas between several; the first at which something stands counts.",
    ),
    whole!("occurredAt", "When it happened", Is::List, false, "The time of arrival, where nothing is found."),
];

/// Where people are.
pub static RECORDS: Parts = Parts {
    legend: "People",
    one: "record",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[
        whole!("part", "Name", Is::Text, true, "Lower-case letters, digits and _."),
        whole!(
            "root",
            "Where they are, if not at the top",
            Is::Text,
            false,
            "users[] for a list: each of it is a person, and the other paths start there.",
        ),
        field!("email", "E-mail address", Is::List),
        field!("phone", "Telephone number", Is::List),
        field!("customerId", "Your own number or name of the person", Is::List),
        whole!(
            "authoritative",
            "Your application answers for it that these are one person's",
            Is::YesOrNo,
            true,
            "Otherwise they join nobody.",
        ),
    ],
    last: &[],
};

/// The classes of personal data.
pub const NAMES: &[(&str, &str)] = &[
    ("name", "Name"),
    ("postal_address", "Postal address"),
    ("online_identifier", "Online identifier"),
    ("transaction", "Transaction"),
    ("payment", "Payment"),
    ("free_text", "Free text"),
    ("preference", "Preference"),
    ("credential", "Credential"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("customer_id", "Customer id"),
];

/// Where other personal data is.
pub static CLASSES: Parts = Parts {
    legend: "Other personal data",
    one: "class",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[needed!("class", "Class", Is::Choice(NAMES)), needed!("path", "Where", Is::Text)],
    last: &[],
};

/// By what people are written to.
pub const CHANNELS: &[(&str, &str)] = &[("EMAIL", "E-mail"), ("SMS", "Text messages")];

/// Where it stands what people allow.
pub static CONSENTS: Parts = Parts {
    legend: "What people allow",
    one: "consent",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[
        needed!("channel", "Marketing by", Is::Choice(CHANNELS)),
        whole!("granted", "Where yes or no stands", Is::Text, true, "It begins where the record's paths do."),
        whole!("part", "Whose", Is::Text, false, "The name of a record; the first, where nothing is said."),
        field!("decidedAt", "When it was decided", Is::Text),
    ],
    last: &[],
};

/// The lists, by their places.
pub static LISTS: [(&str, &Parts); 3] = [("records", &RECORDS), ("classes", &CLASSES), ("consents", &CONSENTS)];

/// A mapping as it is at first: where everything is looked for while none is saved.
pub fn begun() -> Tree {
    let mut person = another("records", "", "", &[]);
    person.set("email", Tree::texts(["data.email", "email"]));
    person.set("phone", Tree::texts(["data.phone", "phone"]));
    person.set("customerId", Tree::texts(["data.customer_id", "data.user_id", "customer_id", "user_id"]));
    Tree::object(&[
        ("event", Tree::texts(["type", "event"])),
        ("occurredAt", Tree::texts(["timestamp", "occurred_at"])),
        ("records", Tree::List(vec![person])),
    ])
}

/// Another one of a list: a class or a consent of this kind, or a record of this name.
pub fn another(list: &str, kind: &str, name: &str, there: &[Tree]) -> Tree {
    match list {
        "records" => {
            let taken: Vec<String> = there.iter().map(|record| record.at("part").text().replace('_', "-")).collect();
            let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
            let name: String = name.chars().take(12).collect();
            let part = slug(&name, "person", &taken).replace('-', "_");
            Tree::object(&[("part", Tree::Text(part)), ("authoritative", Tree::Truth(true))])
        }
        "classes" => Tree::object(&[("class", kind.into())]),
        _ => Tree::object(&[("channel", kind.into())]),
    }
}

/// What must be filled in before the mapping can be tried.
pub fn missing(mapping: &Tree) -> Vec<Problem> {
    let mut all = empty(mapping, "", EVENT);
    for (list, parts) in LISTS {
        for (number, part) in mapping.at(list).items().iter().enumerate() {
            all.extend(empty(part, &[list, "[", &number.to_string(), "]."].concat(), parts.first));
        }
    }
    if mapping.at("records").items().is_empty() {
        all.push(Problem { place: "records".to_owned(), message: "At least one is needed. Add a record.".to_owned() });
    }
    all
}

fn empty(part: &Tree, place: &str, fields: &[Field]) -> Vec<Problem> {
    let is_empty = |field: &&Field| {
        let value = part.at(&field.name);
        field.is_needed && (value.is_nothing() || *value == Tree::from("") || *value == Tree::List(Vec::new()))
    };
    let message = "Something is needed here. Fill it in.";
    let problem = |field: &Field| Problem { place: [place, &field.name].concat(), message: message.to_owned() };
    fields.iter().filter(is_empty).map(problem).collect()
}

/// What a trial of the mapping did not find, each at its place and with what to do.
pub fn problems(mapping: &Tree, trial: &Tree) -> Vec<Problem> {
    let all = trial.at("problems").items().iter();
    all.map(|problem| told(mapping, problem.at("code").text(), problem.at("message").text())).collect()
}

fn told(mapping: &Tree, code: &str, message: &str) -> Problem {
    // Which of a list it is, is known by what its sentence names.
    let nth = |list: &str, name: &str, before: &str, behind: &str, member: &str| {
        let is_it = |part: &Tree| message.contains(&[before, part.at(name).text(), behind].concat());
        let number = mapping.at(list).items().iter().position(is_it);
        number.map_or_else(|| list.to_owned(), |number| [list, "[", &number.to_string(), "]", member].concat())
    };
    let (place, advice) = match code {
        "NO_EVENT" => ("event".to_owned(), "Say where it stands."),
        "NO_TIME" => ("occurredAt".to_owned(), "Say where it stands, or leave it so."),
        "NO_IDENTIFIER" => (
            nth("records", "part", "'", "'", ""),
            "Say where the e-mail address, the telephone number or the customer id stands.",
        ),
        "NOTHING_AT" => (
            nth("classes", "path", " at ", " in ", ".path"),
            "Mend the path, or leave it if others have something there.",
        ),
        "NO_DECISION" => (
            nth("consents", "granted", " at ", " in ", ".granted"),
            "It is read as true, false or a word such as subscribed.",
        ),
        _ => (String::new(), "Try a smaller sample, and send fewer at once."),
    };
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase().to_string()).unwrap_or_default();
    Problem { place, message: [&first, letters.as_str(), ". ", advice].concat() }
}

fn paths(list: &Tree) -> String {
    list.items().iter().map(Tree::text).collect::<Vec<_>>().join(" or ")
}

/// One of a list in words.
pub fn says(list: &str, part: &Tree) -> String {
    let text = |name: &str| part.at(name).text();
    let some = |before: &str, name: &str| match text(name) {
        "" => String::new(),
        it => [before, it].concat(),
    };
    match list {
        "records" => {
            let kinds = [("email", "e-mail at "), ("phone", "phone at "), ("customerId", "customer id at ")];
            let found = kinds.into_iter().map(|(name, words)| (words, paths(part.at(name))));
            let found: Vec<String> =
                found.filter(|(_, paths)| !paths.is_empty()).map(|(words, paths)| [words, &paths].concat()).collect();
            let found = if found.is_empty() { "nothing is said yet".to_owned() } else { found.join(", ") };
            [text("part"), ": ", &found, &some(", in ", "root"), "."].concat()
        }
        "classes" => [&readable(text("class")), &some(" at ", "path"), "."].concat(),
        _ => {
            let channel = CHANNELS.iter().find(|(name, _)| *name == text("channel")).map_or("", |(_, words)| words);
            [channel, &some(" of ", "part"), &some(": yes or no at ", "granted"), "."].concat()
        }
    }
}

/// A whole mapping in words.
pub fn words(mapping: &Tree) -> Vec<String> {
    let mut all = vec![["The event's name: ", &paths(mapping.at("event")), "."].concat()];
    let times = paths(mapping.at("occurredAt"));
    if !times.is_empty() {
        all.push(["When it happened: ", &times, "."].concat());
    }
    for (list, _) in LISTS {
        all.extend(mapping.at(list).items().iter().map(|part| says(list, part)));
    }
    all
}

/// What a trial found, in words.
pub fn found(trial: &Tree) -> [(&'static str, String); 5] {
    let path = |name: &str| match trial.at(name).text() {
        "" => "Not found".to_owned(),
        path => ["At ", path].concat(),
    };
    let at = |it: &Tree, name: &str| {
        [&*readable(it.at(name).text()), " at ", it.at("path").text(), " (", &it.at("count").count().to_string(), ")"]
            .concat()
    };
    let list = |all: Vec<String>| if all.is_empty() { "Nothing".to_owned() } else { all.join(", ") };
    let people = trial.at("records").items().iter().flat_map(|record| record.at("found").items());
    [
        ("Event", path("event")),
        ("Time", path("occurredAt")),
        ("People", list(people.map(|it| at(it, "kind")).collect())),
        ("Found in it", list(trial.at("classes").items().iter().map(|class| readable(class.text())).collect())),
        ("Consents", list(trial.at("consents").items().iter().map(|it| at(it, "channel")).collect())),
    ]
}

#[cfg(test)]
mod tests;
