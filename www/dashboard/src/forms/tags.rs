//! The forms of tags: rules with their triggers, conditions and actions, vendors, destinations, Google Consent Mode.

use std::borrow::Cow;

use super::{ANY, Field, Is, Kind, Parts};
use crate::tree::Tree;

const SELECTOR: Is = Is::Text;
const SELECTED: &[Field] = &[whole!(
    "selector",
    "CSS selector",
    SELECTOR,
    true,
    "Which elements: #signup is the one with this id, .buy those of this class, a[href] every link.",
)];
const EVENT: &str = "Letters, digits and _ . : -, such as add_to_cart.";
const EVENTS: &str = "Names with commas between them; cart_* for all that begin so, * for every event.";
const ID: &str = "Lower-case letters, digits, - and _.";
const PURPOSES: &str = "All of them must be allowed.";

/// What makes a rule ask.
pub static TRIGGERS: Parts = Parts {
    legend: "When",
    one: "trigger",
    by: "on",
    by_label: "What happens",
    kinds: &[
        kind!("page", "A page is viewed", "a page is viewed", &[]),
        kind!("ready", "The document is there", "the document is there", &[]),
        kind!("loaded", "Everything in it is there", "everything in the page is there", &[]),
        kind!("click", "A click", "{selector} is clicked", SELECTED),
        kind!("submit", "A form is sent", "{selector} is sent", SELECTED),
        kind!("view", "Something is seen", "{selector} is seen", SELECTED),
        kind!(
            "scroll",
            "The page is scrolled",
            "{percent} % of the page is scrolled by",
            &[needed!("percent", "Percent of the page", Is::Number)],
        ),
        kind!(
            "timer",
            "Time passes",
            "{seconds} seconds have passed[, {times} times]",
            &[
                needed!("seconds", "Seconds", Is::Number),
                whole!("times", "How often", Is::Number, false, "Once, where nothing is said."),
            ],
        ),
        kind!(
            "visibility",
            "The page is left, or comes back",
            "the page is {state}",
            &[needed!("state", "The page is", Is::Choice(&[("hidden", "hidden"), ("visible", "visible")]))],
        ),
        kind!("error", "A JavaScript error", "there is a JavaScript error", &[]),
        kind!(
            "consent",
            "A choice is made",
            "a choice is made[ that allows {purpose}]",
            &[field!("purpose", "Only when it allows", Is::Purpose)],
        ),
        kind!(
            "datalayer",
            "Something is pushed into the data layer",
            "{event} is pushed into the data layer",
            &[needed!("event", "Its event", Is::Text)],
        ),
        kind!(
            "event",
            "An event is tracked",
            "the event {name} is tracked",
            &[whole!("name", "Its name", Is::Text, true, "Or a beginning: cart_*")],
        ),
    ],
    first: &[],
    last: &[],
};

const TEXT: &[Field] = &[needed!("value", "The text", Is::Text)];
const PLAIN: &[Field] = &[needed!("value", "With", Is::Plain)];
const AMOUNT: &[Field] = &[needed!("value", "The number", Is::Number)];

/// What must hold, or must not.
pub static CONDITIONS: Parts = Parts {
    legend: "Only if",
    one: "condition",
    by: "is",
    by_label: "How it compares",
    kinds: &[
        kind!("equals", "is", "{path} is {value}", PLAIN),
        kind!("not_equals", "is not", "{path} is not {value}", PLAIN),
        kind!("contains", "contains", "{path} contains {value}", PLAIN),
        kind!("starts_with", "begins with", "{path} begins with {value}", TEXT),
        kind!("ends_with", "ends with", "{path} ends with {value}", TEXT),
        kind!(
            "matches",
            "has the form",
            "{path} has the form {value}",
            &[whole!("value", "The form", Is::Text, true, "* stands for anything: /shop/*/buy")],
        ),
        kind!("one_of", "is one of", "{path} is one of {value}", &[needed!("value", "Which", Is::List)]),
        kind!("greater", "is greater than", "{path} is greater than {value}", AMOUNT),
        kind!("less", "is less than", "{path} is less than {value}", AMOUNT),
        kind!("exists", "is there", "{path} is there", &[]),
        kind!("missing", "is not there", "{path} is not there", &[]),
        kind!(ANY, "one of several conditions holds", "", &[needed!(ANY, "Several", Is::Parts(&CONDITIONS))]),
    ],
    first: &[whole!("path", "What is compared", Is::Path, true, "")],
    last: &[],
};

/// The same conditions, where they are exceptions.
pub static EXCEPTIONS: Parts = Parts {
    legend: "Unless",
    one: "exception",
    by: CONDITIONS.by,
    by_label: CONDITIONS.by_label,
    kinds: CONDITIONS.kinds,
    first: CONDITIONS.first,
    last: &[],
};

/// What a rule does.
pub static ACTIONS: Parts = Parts {
    legend: "Then",
    one: "action",
    by: "do",
    by_label: "What is done",
    kinds: &[
        kind!(
            "track",
            "Make an event",
            "make the event {event}[ for {purpose}]",
            &[
                whole!("event", "Its name", Is::Text, true, EVENT),
                whole!("purpose", "Purpose", Is::Purpose, false, "analytics, where nothing is said."),
                field!("props", "Properties", Is::Pairs(&Is::Value)),
            ],
        ),
        kind!(
            "set",
            "Set a variable",
            "set the variable {variable}",
            &[needed!("variable", "Variable", Is::Text), needed!("value", "To", Is::Value)],
        ),
        kind!("load", "Load a vendor", "load the vendor {vendor}", &[needed!("vendor", "Vendor", Is::Vendor)]),
        kind!(
            "insert",
            "Put an element into the page",
            "put an element {element} into the page for {purposes}",
            &[
                needed!(
                    "element",
                    "Element",
                    Is::Choice(&[("img", "image"), ("iframe", "frame"), ("script", "script"), ("link", "link")]),
                ),
                whole!(
                    "attributes",
                    "Attributes",
                    Is::Pairs(&Is::Value),
                    true,
                    "src is where it comes from (href for a link); async, title, width and others may be said.",
                ),
                whole!("into", "Into (CSS selector)", SELECTOR, false, "The page's body, where nothing is said."),
                whole!("purposes", "Purposes", Is::Purposes, true, PURPOSES),
            ],
        ),
        kind!(
            "call",
            "Call an address",
            "call {url} for {purposes}",
            &[
                whole!("url", "Address", Is::Address, true, "{page.path} and the like are filled in behind the host."),
                whole!("method", "Method", Is::Choice(&[("POST", "POST"), ("GET", "GET")]), false, ""),
                field!("body", "Body", Is::Value),
                whole!("purposes", "Purposes", Is::Purposes, true, PURPOSES),
            ],
        ),
    ],
    first: &[],
    last: &[],
};

/// The rules.
pub static RULES: Parts = Parts {
    legend: "Rules",
    one: "rule",
    by: "",
    by_label: "",
    kinds: &[],
    first: &[
        field!("name", "Name", Is::Text),
        whole!("id", "Id", Is::Text, true, ID),
        needed!("when", "When", Is::Parts(&TRIGGERS)),
        field!("if", "Only if", Is::Parts(&CONDITIONS)),
        field!("unless", "Unless", Is::Parts(&EXCEPTIONS)),
        needed!("then", "Then", Is::Parts(&ACTIONS)),
    ],
    last: &[],
};

/// Vendors in the page. Their kinds are the API's templates.
pub static VENDORS: Parts = Parts {
    legend: "Vendors in the page",
    one: "vendor",
    by: "template",
    by_label: "Template",
    kinds: &[],
    first: &[whole!("id", "Id", Is::Text, true, ID)],
    last: &[
        whole!("purposes", "Purposes", Is::Purposes, true, PURPOSES),
        whole!("events", "Events that it gets", Is::List, false, EVENTS),
    ],
};

/// Destinations at the edge.
pub static DESTINATIONS: Parts = Parts {
    legend: "Destinations at the edge",
    one: "destination",
    by: "kind",
    by_label: "Kind",
    kinds: &[
        kind!(
            "ga4",
            "Google Analytics 4",
            "Google Analytics 4",
            &[
                whole!("settings.measurement_id", "Measurement id", Is::Text, true, "G-…, of the web stream."),
                whole!("settings.endpoint", "Another address", Is::Text, false, "Such as Google's for Europe."),
                field!("settings.user_data", "Send Google's hashes of e-mail address and telephone number", Is::Truth),
            ],
        ),
        kind!(
            "meta",
            "Meta Conversions API",
            "Meta's Conversions API",
            &[
                whole!("settings.pixel", "Pixel", Is::Text, true, "Its number, also called dataset id."),
                field!("settings.endpoint", "Another address", Is::Text),
                whole!("settings.test_event_code", "Test event code", Is::Text, false, "Only while you test."),
            ],
        ),
        kind!(
            "webhook",
            "Signed webhook",
            "A webhook",
            &[
                whole!("settings.url", "Address", Is::Text, true, "https://…, of your own application."),
                field!("settings.identity", "Send Nod's hashes of the visitor's identifiers", Is::Truth),
            ],
        ),
        kind!(
            "analytics_engine",
            "Workers Analytics Engine",
            "Workers Analytics Engine",
            &[
                whole!("settings.blobs", "Properties kept as texts", Is::List, false, "With commas between them."),
                whole!("settings.doubles", "Properties kept as numbers", Is::List, false, "With commas between them."),
            ],
        ),
    ],
    first: &[whole!("id", "Id", Is::Text, true, ID)],
    last: &[
        whole!("purposes", "Purposes", Is::Purposes, true, PURPOSES),
        whole!("events", "Events that it gets", Is::List, true, EVENTS),
        field!("if", "Only if", Is::Parts(&CONDITIONS)),
        field!("unless", "Unless", Is::Parts(&EXCEPTIONS)),
        field!("mapping.names", "Other names for events", Is::Pairs(&Is::Text)),
        whole!(
            "mapping.props",
            "Properties that it learns",
            Is::Pairs(&Is::Value),
            false,
            "All of them as they are, where none is named.",
        ),
    ],
};

const TYPE: &str = "Allowed when all of these are.";

/// Google Consent Mode, once it is on.
pub static CONSENT_MODE: &[Field] = &[
    whole!("wait_for_update", "Wait for a choice, in milliseconds", Is::Number, false, "500, where nothing is said."),
    field!("url_passthrough", "url_passthrough: pass ids on in addresses", Is::Truth),
    field!("ads_data_redaction", "ads_data_redaction: redact data of advertisements", Is::Truth),
    whole!("types.ad_storage", "ad_storage (marketing, where nothing is said)", Is::Purposes, false, TYPE),
    whole!("types.ad_user_data", "ad_user_data (marketing, where nothing is said)", Is::Purposes, false, TYPE),
    whole!(
        "types.ad_personalization",
        "ad_personalization (marketing, where nothing is said)",
        Is::Purposes,
        false,
        TYPE
    ),
    whole!(
        "types.analytics_storage",
        "analytics_storage (analytics, where nothing is said)",
        Is::Purposes,
        false,
        TYPE
    ),
    whole!(
        "types.functionality_storage",
        "functionality_storage (functional, where nothing is said)",
        Is::Purposes,
        false,
        TYPE,
    ),
    whole!(
        "types.personalization_storage",
        "personalization_storage (functional, where nothing is said)",
        Is::Purposes,
        false,
        TYPE,
    ),
    whole!("types.security_storage", "security_storage (granted, where nothing is said)", Is::Purposes, false, TYPE),
];

/// What rules share.
pub static OTHERS: &[Field] = &[
    whole!("variables", "Variables", Is::Pairs(&Is::Value), false, "Values that rules can use, by name."),
    whole!(
        "breakdowns",
        "Properties that are counted",
        Is::Pairs(&Is::List),
        false,
        "By event: the properties whose values are counted, with commas between them.",
    ),
];

/// Where something can be read, with its words.
pub const PATHS: &[(&str, &str)] = &[
    ("page.path", "the page's path"),
    ("page.host", "the page's host"),
    ("page.url", "the page's address"),
    ("page.title", "the page's title"),
    ("page.referrer", "where the visitor came from"),
    ("page.language", "the page's language"),
    ("page.campaign.source", "the campaign's source"),
    ("element.text", "the element's text"),
    ("element.href", "the element's link"),
    ("element.id", "the element's id"),
    ("event.name", "the event's name"),
    ("event.purpose", "the event's purpose"),
    ("regime", "the law of the visit"),
    ("model", "how the law works"),
];

/// A vendor's kind, made of a template as the API has it.
pub fn template(name: &str, title: &str, settings: &Tree) -> Kind {
    let fields = settings.members().iter().map(|(name, setting)| Field {
        name: ["settings.", name].concat().into(),
        label: [title, ": ", name].concat().into(),
        is: if setting.at("form").text() == "object" { Is::Json } else { Is::Text },
        is_needed: *setting.at("required") == Tree::Truth(true),
        help: setting.at("help").text().to_owned().into(),
        otherwise: setting.at("default").text().to_owned().into(),
    });
    Kind {
        name: name.to_owned().into(),
        label: title.to_owned().into(),
        says: Cow::Owned(title.to_owned()),
        fields: fields.collect(),
    }
}

#[cfg(test)]
mod tests;
