//! Where it plays: the law, and what the owner has configured.

use serde_json::json;

use crate::{
    destinations::{Destination, Hosts},
    permissions::Permissions,
    regime::{self, Regime},
    region::Region,
};

/// The two kinds of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Law {
    Europe,
    California,
}

impl Law {
    pub(super) fn regime(self) -> &'static Regime {
        let place = if self == Self::Europe { "DE" } else { "US-CA" };
        regime::governing(Region::parse(place).as_ref())
    }

    pub(super) fn honours_gpc(self) -> bool {
        self == Self::California
    }

    /// What is allowed before a choice and without a signal.
    pub(super) fn defaults(self) -> Permissions {
        Permissions::from_bits(if self == Self::Europe { 0b001 } else { 0b111 })
    }
}

/// One version of what the owner has configured.
#[derive(Clone, Debug)]
pub(super) struct Configuration {
    /// What the page's vendors need.
    pub(super) vendors: Vec<Permissions>,
    /// The server-side destinations.
    pub(super) destinations: Vec<Destination>,
}

impl Configuration {
    pub(super) fn version(number: u32) -> Self {
        let needs = |bits: &[u32]| bits.iter().copied().map(Permissions::from_bits).collect();
        match number % 3 {
            0 => Self {
                vendors: needs(&[0b010, 0b110, 0b001]),
                destinations: destinations(&[("warehouse", &["analytics"])]),
            },
            1 => Self {
                vendors: needs(&[0b100, 0b010]),
                destinations: destinations(&[("warehouse", &["analytics"]), ("ads", &["analytics", "marketing"])]),
            },
            _ => Self {
                vendors: needs(&[0b110, 0b110, 0b010]),
                destinations: destinations(&[("warehouse", &["marketing"]), ("ads", &["marketing"])]),
            },
        }
    }
}

/// Webhooks that want every event, each with the purposes it needs.
fn destinations(listed: &[(&str, &[&str])]) -> Vec<Destination> {
    let one = |(id, purposes): &(&str, &[&str])| {
        json!({
            "id": id, "kind": "webhook", "purposes": purposes, "events": ["*"], "settings": {"url": "https://sink.example/"},
        })
    };
    let listed: Vec<_> = listed.iter().map(one).collect();
    Destination::all(&json!({ "destinations": listed }), Hosts::Public)
}
