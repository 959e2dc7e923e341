//! English.

use super::{Locale, PurposeText, StandardPurposes, Texts};

pub(super) const LOCALE: Locale = Locale {
    tag: "en",
    dir: "ltr",
    texts: Texts {
        banner_title: "Your privacy, your choice",
        banner_body: "With your consent we and our partners use cookies and similar techniques to count visits and to show relevant offers. Nothing of that happens before you choose, and you can change your mind at any time.",
        banner_body_opt_out: "We and our partners use cookies and similar techniques to count visits and to show relevant offers, which may be a sale or sharing of personal information. You can opt out now or at any time.",
        gpc_line: "Opt-Out Request Honored: your browser sends Global Privacy Control.",
        accept_all: "Accept all",
        reject_all: "Reject all",
        manage_choices: "Manage choices",
        saving: "Saving your choice…",
        saved: "Your choice is saved.",
        failed: "Your choice counts on this page, but could not be saved yet.",
        retry: "Try again",
        preferences_title: "Privacy choices",
        preferences_body: "Decide for each purpose whether your data may be used. You can come back and change this at any time.",
        preferences_body_opt_out: "Switch off what you do not want. This also opts you out of the sale and sharing of personal information for that purpose.",
        save_choices: "Save choices",
        close: "Close",
        always_on: "Always on",
        details: "Details",
        vendors: "Who is involved",
        legal_basis: "Legal basis",
        legal_basis_consent: "Your consent",
        legal_basis_contract: "To provide what you asked for (contract)",
        legal_basis_legitimate_interest: "Legitimate interest",
        retention: "Kept for",
        retention_days: "{days} days",
        stores: "Stores",
        privacy_policy: "Privacy policy",
        gpc_honoured: "Opt-Out Request Honored: your browser sends Global Privacy Control, so sale and sharing are off unless you switch them on.",
        load_failed: "The details could not be loaded. Your choices still work.",
        record: "Record",
        placeholder_body: "This content comes from a third party. It loads only if you allow “{purpose}”.",
        placeholder_allow: "Allow {purpose}",
    },
    purposes: StandardPurposes {
        necessary: PurposeText {
            name: "Necessary",
            description: "Needed for the site to work, such as keeping your cart or your privacy choice.",
        },
        functional: PurposeText {
            name: "Functional",
            description: "Remembers your settings, such as language or region.",
        },
        analytics: PurposeText {
            name: "Analytics",
            description: "Counts visits and shows which pages are read, so that the site can get better.",
        },
        marketing: PurposeText {
            name: "Marketing",
            description: "Shows offers that fit you, here and on other sites, and measures whether they work.",
        },
    },
};
