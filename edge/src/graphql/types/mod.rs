//! How what is read fills the types of the API.

pub(super) mod connection;
pub(super) mod consent;
pub(super) mod delivery;
pub(super) mod destination;
pub(super) mod events;
pub(super) mod journal;
pub(super) mod law;
pub(super) mod mapping;
pub(super) mod rights;
pub(super) mod site;
pub(super) mod staff;
pub(super) mod subject;
pub(super) mod tags;
