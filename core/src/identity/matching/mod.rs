//! Which identities are one data subject.
//!
//! Identities that an authoritative record shows together belong to one person. The answer is a function of the set of
//! facts ([`Facts`]): it does not matter in which order they arrive or how often, and whatever the clock of a fact says
//! counts, never its arrival. Joining two people is worse than not joining one, because it shows the one to the other,
//! so where a record leaves a doubt nothing is joined ([`Reason`]):
//!
//! - A record with two e-mail addresses is of two people: a gift. Only where a source says that the one followed the other
//!   ([`Observation::succession`]) they are one person's.
//! - A record with two numbers does not say whose they are; the rest of it counts.
//! - A number that several people have joins none of them ([`Policy::people_per_phone`]).
//! - A customer id that comes back with another e-mail address was given to somebody else, unless a number came along
//!   that only this id has, or the one address followed the other. It is with the newest; the earlier address keeps its
//!   own subject.
//! - What staff have parted stays apart, whatever arrives later ([`Split`]).
//!
//! In one reckoning an identity has one pseudonym: all are of the newest key ([`super::pseudonym::Keyring::rekey`]), or as
//! they are stored ([`super::neighbourhood`]). It can be made for one
//! person alone: facts that share no identity, directly or through others, do not influence each other. What a platform keeps
//! of a customer inside another record (the customer of an order) is an observation of its own.

mod change;
mod fact;
mod groups;
#[cfg(test)]
mod properties;
mod subjects;
mod tenure;
#[cfg(test)]
mod tests;

pub use change::{Change, Split};
pub use fact::{Facts, Observation, ObservationId, Source};
pub use subjects::{Reason, Span, Subject, Subjects, Withheld};

/// What a controller decides about matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How many people, known apart from it, a number may still join. With 1, the default, a number is added to a
    /// person but never joins two: couples and front desks stay themselves.
    pub people_per_phone: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self { people_per_phone: 1 }
    }
}
