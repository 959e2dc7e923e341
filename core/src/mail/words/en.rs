//! English.

use super::{Mails, Texts, Words};

pub(super) const WORDS: Words = Words {
    tag: "en",
    hello: "Hello {person},",
    hello_anybody: "Hello,",
    request: "Request",
    number: "Number",
    received: "Received",
    answer_by: "Answer by",
    law: "Law",
    site: "Site",
    why: "Why",
    wrote: "{controller} writes:",
    no_button: "If the button does not work, copy this address into your browser:",
    questions: "Questions? Write to {controller}: {contact}",
    complaint: "If you disagree, you can also complain to a data protection authority or go to court.",
    complaint_us: "If you disagree, you can also turn to the privacy regulator or the attorney general of your state.",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    date: "{day} {month} {year}",
    kinds: &[
        ("access", "Access to your data"),
        ("deletion", "Deletion of your data"),
        ("portability", "Your data in a form to take with you"),
        ("rectification", "Correction of your data"),
        ("restriction", "Restriction of how your data is used"),
        ("objection", "Objection to how your data is used"),
        ("opt_out_of_sale", "No sale or sharing of your data"),
        ("limit_sensitive", "Limited use of your sensitive data"),
        ("other", "Another privacy request"),
    ],
    laws: &[
        ("gdpr", "GDPR (EU)"),
        ("uk", "UK GDPR"),
        ("ch", "Data Protection Act (Switzerland)"),
        ("ccpa", "CCPA (California)"),
        ("lgpd", "LGPD (Brazil)"),
        ("pipeda", "PIPEDA (Canada)"),
        ("quebec", "Act on personal information in the private sector (Quebec)"),
    ],
    denials: &[
        ("identity_not_verified", "We could not verify that the request comes from the person whose data it is about."),
        ("no_match", "We found no data about you."),
        ("manifestly_unfounded", "The request is manifestly unfounded."),
        ("excessive", "The request is excessive, in particular because it repeats earlier ones."),
        ("legal_obligation", "A law obliges us to keep the data."),
        ("legal_claims", "We need the data to establish, exercise or defend legal claims."),
        ("rights_of_others", "Fulfilling the request would infringe the rights of other people."),
        ("freedom_of_expression", "Freedom of expression and information stands against it."),
        ("compelling_grounds", "There are compelling legitimate grounds that override the objection."),
        ("not_covered", "The right does not cover this data or this use of it."),
        ("suspected_fraud", "There is reason to believe that the request is fraudulent."),
        ("outside_jurisdiction", "The law on which the request is based does not apply here."),
        ("exemption", "The law exempts this data or this use from the right."),
    ],
    extensions: &[
        ("complexity", "The request is complex."),
        ("number_of_requests", "We have received a large number of requests."),
    ],
    mails: MAILS,
};

const CONFIRM: &str = "Confirm the request";
const SEE: &str = "See the request";
const NOT_YOU: &str = "If it was not you, do nothing: without this confirmation nothing happens.";

const MAILS: Mails = Mails {
    verify: Texts {
        subject: "Please confirm your request to {controller}",
        lead: &[
            "Somebody, hopefully you, made a privacy request to {controller} with this e-mail address.",
            "Please confirm that it was you. The link works once, until {until}.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    reminder: Texts {
        subject: "Your request to {controller} still waits for you",
        lead: &[
            "A privacy request to {controller} was made with this e-mail address, and it has not been confirmed yet.",
            "Please confirm that it was you. The link works once, until {until}; then the request is deleted.",
        ],
        button: CONFIRM,
        after: &[NOT_YOU],
    },
    received: Texts {
        subject: "Your request {number} has arrived at {controller}",
        lead: &[
            "{controller} has received a privacy request with this e-mail address. It needs no further proof.",
            "It will be met by {due} at the latest.",
        ],
        button: SEE,
        after: &[],
    },
    confirmed: Texts {
        subject: "Your request {number} to {controller} is confirmed",
        lead: &[
            "Thank you. {controller} has your request and works on it.",
            "You will get the answer by {due} at the latest.",
        ],
        button: SEE,
        after: &[],
    },
    extended: Texts {
        subject: "Your request {number} takes longer",
        lead: &["{controller} needs more time for your request. You will get the answer by {due} at the latest."],
        button: SEE,
        after: &[],
    },
    message: Texts {
        subject: "A message about your request {number}",
        lead: &["There is a message from {controller} about your request."],
        button: "Read and reply",
        after: &[],
    },
    fulfilled: Texts {
        subject: "Your request {number} is done",
        lead: &["{controller} has done what you asked for.", "Your files are there for you until {files_until}."],
        button: "See the answer",
        after: &[],
    },
    denied: Texts {
        subject: "The answer to your request {number}",
        lead: &["{controller} cannot do what you asked for."],
        button: "See the answer",
        after: &["You can appeal this decision until {appeal_by}."],
    },
    withdrawn: Texts {
        subject: "Your request {number} is withdrawn",
        lead: &["Your request to {controller} is withdrawn. Nothing more will be done about it."],
        button: SEE,
        after: &["You can make a new request at any time."],
    },
    duplicate: Texts {
        subject: "Your request {number} goes on with an earlier one",
        lead: &[
            "You have asked {controller} for the same thing before, and that request is still open.",
            "Both go on under the number {other}. You will get the answer by {due} at the latest.",
        ],
        button: SEE,
        after: &[],
    },
    sign_in: Texts {
        subject: "Your link to sign in at {controller}",
        lead: &[
            "With this link you see your privacy requests to {controller}.",
            "It works once, and not for long. Give it to nobody.",
        ],
        button: "Sign in",
        after: &["If you did not ask for it, do nothing: without the link nobody can sign in."],
    },
    agent_filed: Texts {
        subject: "Somebody made a request in your name to {controller}",
        lead: &[
            "{agent} made a privacy request to {controller} and says that you authorised it.",
            "Please confirm that this is so. The link works once, until {until}.",
        ],
        button: CONFIRM,
        after: &["If you authorised nobody, do nothing: without this confirmation nothing happens."],
    },
    staff_notice: Texts {
        subject: "Privacy request {number} on {site}",
        lead: &["There is something to do about a privacy request."],
        button: "Open the request",
        after: &[],
    },
    staff_sign_in: Texts {
        subject: "Your link to the dashboard of {controller}",
        lead: &[
            "With this link you sign in to the dashboard of {controller}.",
            "It works once, and for a quarter of an hour. Give it to nobody.",
        ],
        button: "Sign in",
        after: &["If you did not ask for it, do nothing: without the link nobody can sign in."],
    },
    staff_invited: Texts {
        subject: "You are now staff of {controller}",
        lead: &[
            "You were given access to the privacy dashboard of {controller}.",
            "This link works once, until {until}. Afterwards ask for a new one on the dashboard, with this address.",
        ],
        button: "Open the dashboard",
        after: &["If you do not know why, do nothing, and ask {controller}."],
    },
};
