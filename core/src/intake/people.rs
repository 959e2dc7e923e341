//! The identities of one delivery: from identifiers in the clear to the rows that stand for them.

use crate::sorted::SortedMap;

use super::{Identifier, IdentityRow, Random, Setting};
use crate::{
    id::IdentityId,
    identity::{
        Canonical, Kind,
        customer_id::{self, CUSTOMER, Namespace},
        email,
        hash::PlainHash,
        phone,
        pseudonym::{Keyring, Pseudonym},
    },
    keys::{EvidenceKeys, InvalidKeys},
};

/// Gathers identities, each once, and remembers what named nobody. Keys are derived when they are first needed.
pub(super) struct People<'a, 'r> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) random: Random<'r>,
    rings: SortedMap<Kind, Keyring>,
    evidence: Option<EvidenceKeys>,
    rows: Vec<IdentityRow>,
    by_pseudonym: SortedMap<Pseudonym, usize>,
    seen: SortedMap<Identifier, Option<usize>>,
}

impl<'a, 'r> People<'a, 'r> {
    pub(super) fn new(setting: &'a Setting<'a>, random: Random<'r>) -> Self {
        Self {
            setting,
            random,
            rings: SortedMap::new(),
            evidence: None,
            rows: Vec::new(),
            by_pseudonym: SortedMap::new(),
            seen: SortedMap::new(),
        }
    }

    /// The rows of these identifiers, by their indices, ascending. Those that name nobody are left out.
    pub(super) fn indices<'i>(
        &mut self,
        identifiers: impl IntoIterator<Item = &'i Identifier>,
    ) -> Result<Vec<usize>, InvalidKeys> {
        let mut indices = Vec::new();
        for identifier in identifiers {
            indices.extend(self.index(identifier)?);
        }
        indices.sort_unstable();
        // Two spellings of one address are one identity.
        indices.dedup();
        Ok(indices)
    }

    /// The keyed hash of a detail that is personal.
    pub(super) fn keyed_hash(&mut self, name: &str, value: &str) -> Result<String, InvalidKeys> {
        let keys = match self.evidence.take() {
            Some(keys) => keys,
            None => self.setting.keys.evidence(self.setting.controller)?,
        };
        Ok(self.evidence.insert(keys).hash(name, value))
    }

    /// The rows, and how many identifiers of each kind named nobody.
    pub(super) fn into_rows(self) -> (Vec<IdentityRow>, SortedMap<Kind, u32>) {
        let mut unreadable = SortedMap::new();
        for (identifier, _) in self.seen.iter().filter(|(_, index)| index.is_none()) {
            let count: &mut u32 = unreadable.entry(identifier.kind).or_default();
            *count = count.saturating_add(1);
        }
        (self.rows, unreadable)
    }

    fn index(&mut self, identifier: &Identifier) -> Result<Option<usize>, InvalidKeys> {
        if let Some(index) = self.seen.get(identifier) {
            return Ok(*index);
        }
        let index = match self.canonical(identifier) {
            Some(value) => self.row(&PlainHash::of(&value))?,
            None => None,
        };
        self.seen.insert(identifier.clone(), index);
        Ok(index)
    }

    fn row(&mut self, hash: &PlainHash) -> Result<Option<usize>, InvalidKeys> {
        let candidates = self.ring(hash.kind())?.candidates(hash);
        let Some(newest) = candidates.first() else { return Ok(None) };
        if let Some(index) = self.by_pseudonym.get(newest) {
            return Ok(Some(*index));
        }
        let index = self.rows.len();
        self.by_pseudonym.insert(*newest, index);
        self.rows.push(IdentityRow { id: IdentityId::from_random((self.random)()), candidates, form: hash.form() });
        Ok(Some(index))
    }

    fn ring(&mut self, kind: Kind) -> Result<&Keyring, InvalidKeys> {
        use crate::sorted::Entry;
        Ok(match self.rings.entry(kind) {
            Entry::Occupied(ring) => ring,
            Entry::Vacant(entry) => entry.insert(self.setting.keys.keyring(self.setting.controller, kind)?),
        })
    }

    /// The one spelling of what somebody wrote; `None` where it names nobody.
    fn canonical(&self, identifier: &Identifier) -> Option<Canonical> {
        let setting = self.setting;
        let written = identifier.value.expose();
        match identifier.kind {
            Kind::Email => email::canonical(written, setting.unicode).ok(),
            Kind::Phone => match setting.home {
                Some(home) => phone::canonical_from(written, setting.plan, home).ok(),
                None => phone::canonical(written).ok(),
            },
            Kind::CustomerId => {
                let (source, connection) = (setting.source.name(), setting.connection.as_str());
                customer_id::canonical(Namespace { source, connection, kind: CUSTOMER }, written).ok()
            }
        }
    }
}
