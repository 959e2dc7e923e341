//! What is fuzzed: every parser and verifier of core that bytes from outside reach, and what must hold of their answers.
//!
//! A target takes any bytes. It panics where a rule of core does, and where an answer breaks a promise; `libFuzzer` looks for
//! bytes that make it (`cargo xtask test fuzz`). Inputs are laid out as text wherever that is possible, so that the seeds can
//! be read and a changed byte still means something. The seeds are run without a fuzzer too: `cargo test` in this folder.

mod call;
mod consent;
mod identity;
mod intake;
mod mapping;
mod sealed;
mod stored;
mod texts;
mod webhook;

/// What is done with an input.
pub type Target = fn(&[u8]);

/// Every target, by name.
pub const TARGETS: [(&str, Target); 15] = [
    ("verify", webhook::verify),
    ("signed", webhook::signed),
    ("secrets", webhook::secrets),
    ("read_shopify", intake::shopify),
    ("read_stripe", intake::stripe),
    ("read_mailchimp", intake::mailchimp),
    ("read_mandrill", intake::mandrill),
    ("read_custom", intake::custom),
    ("mapping", mapping::mapping),
    ("identifiers", identity::identifiers),
    ("stored", stored::stored),
    ("sealed", sealed::sealed),
    ("texts", texts::texts),
    ("consent", consent::consent),
    ("notice", consent::notice),
];

/// Runs one target on one input.
///
/// # Panics
///
/// Where a rule of core panics or breaks a promise, and where there is no target of that name.
pub fn run(target: &str, input: &[u8]) {
    let (_, run) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target of that name");
    run(input);
}
