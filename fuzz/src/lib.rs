//! What is fuzzed: every parser and verifier of core that bytes from outside reach, and what must hold of their answers.
//!
//! A target takes any bytes. It panics where a rule of core does, and where an answer breaks a promise; `libFuzzer` looks for
//! bytes that make it (`cargo xtask test fuzz`). Inputs are laid out as text wherever that is possible, so that the seeds can
//! be read and a changed byte still means something. The seeds are run without a fuzzer too: `cargo test` in this folder.

mod access;
mod call;
mod consent;
mod events;
mod identity;
mod intake;
mod mapping;
mod sealed;
mod stored;
mod tags;
mod texts;
mod webhook;

pub use access::access;
pub use consent::{consent, notice};
pub use events::events;
pub use identity::identifiers;
pub use intake::{read_custom, read_mailchimp, read_mandrill, read_shopify, read_stripe};
pub use mapping::mapping;
pub use sealed::sealed;
pub use stored::stored;
pub use tags::tags;
pub use texts::texts;
pub use webhook::{secrets, signed, verify};

/// What is done with an input. It panics where a rule of core panics or breaks a promise.
pub type Target = fn(&[u8]);

/// Every target, by name.
pub const TARGETS: [(&str, Target); 18] = [
    ("verify", verify),
    ("signed", signed),
    ("secrets", secrets),
    ("read_shopify", read_shopify),
    ("read_stripe", read_stripe),
    ("read_mailchimp", read_mailchimp),
    ("read_mandrill", read_mandrill),
    ("read_custom", read_custom),
    ("mapping", mapping),
    ("identifiers", identifiers),
    ("stored", stored),
    ("sealed", sealed),
    ("texts", texts),
    ("consent", consent),
    ("notice", notice),
    ("events", events),
    ("tags", tags),
    ("access", access),
];
