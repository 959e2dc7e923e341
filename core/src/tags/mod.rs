//! The tag configuration: rules, vendors and destinations, read and judged the same in the page and at the edge.
//!
//! A rule is: when one of its triggers fires, and its conditions hold, and none of its exceptions does, then its actions.
//! The language is `docs/tags.md`. What evaluates it ([`Rules`], [`condition`], [`value`]) reads documents through one small
//! trait, [`Node`]: JavaScript's own objects in the page, [`serde_json`]'s at the edge. What reads and checks what an owner
//! writes ([`configuration`], [`template`], [`page`]) is the edge's alone.

mod action;
pub mod condition;
pub mod effect;
pub mod json;
mod node;
mod number;
pub mod pattern;
pub mod rules;
pub mod scope;
pub mod value;

#[cfg(feature = "records")]
mod address;
#[cfg(feature = "records")]
pub mod changes;
#[cfg(feature = "records")]
mod check;
#[cfg(feature = "records")]
pub mod configuration;
#[cfg(feature = "records")]
pub mod consent_mode;
#[cfg(feature = "records")]
mod native;
#[cfg(feature = "records")]
pub mod page;
#[cfg(feature = "records")]
mod problem;
#[cfg(feature = "records")]
pub mod template;

#[cfg(feature = "records")]
pub use {configuration::Configuration, problem::Problem, template::Template};

pub use effect::Effect;
pub use node::Node;
pub use rules::Rules;
pub use scope::Scope;

#[cfg(all(test, feature = "records"))]
mod tests;
