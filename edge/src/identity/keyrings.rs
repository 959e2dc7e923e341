//! A controller's keys for every kind of identity.

use nod_core::{
    id::ControllerId,
    identity::{
        Kind,
        pseudonym::{InvalidKeys, Keyring, Pseudonym},
    },
    keys::MasterKeys,
};

use crate::http::Problem;

pub(super) struct Keyrings([Keyring; 3]);

impl Keyrings {
    pub(super) fn of(masters: &MasterKeys, controller: &ControllerId) -> Result<Self, Problem> {
        let ring = |kind| masters.keyring(controller, kind);
        let [email, phone, customer_id] = Kind::ALL.map(ring);
        let rings = || Ok::<_, InvalidKeys>([email?, phone?, customer_id?]);
        rings().map(Self).map_err(Problem::no_master_key)
    }

    /// A stored pseudonym under the newest key; as it is, where this Worker has not heard of its key yet.
    pub(super) fn newest(&self, stored: &Pseudonym) -> Pseudonym {
        self.0.iter().find_map(|ring| ring.rekey(stored)).unwrap_or(*stored)
    }
}
