//! Where it plays: the law, and what the owner has configured.

use crate::{
    id::PurposeId,
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
    /// The server-side destinations, with the purposes they need.
    pub(super) destinations: Vec<(&'static str, Vec<PurposeId>)>,
}

impl Configuration {
    pub(super) fn version(number: u32) -> Self {
        let purposes = |ids: &[&str]| ids.iter().filter_map(|id| PurposeId::parse(id)).collect::<Vec<_>>();
        let needs = |bits: &[u32]| bits.iter().copied().map(Permissions::from_bits).collect();
        match number % 3 {
            0 => Self {
                vendors: needs(&[0b010, 0b110, 0b001]),
                destinations: vec![("warehouse", purposes(&["analytics"]))],
            },
            1 => Self {
                vendors: needs(&[0b100, 0b010]),
                destinations: vec![
                    ("warehouse", purposes(&["analytics"])),
                    ("ads", purposes(&["analytics", "marketing"])),
                ],
            },
            _ => Self {
                vendors: needs(&[0b110, 0b110, 0b010]),
                destinations: vec![("warehouse", purposes(&["marketing"])), ("ads", purposes(&["marketing"]))],
            },
        }
    }
}
