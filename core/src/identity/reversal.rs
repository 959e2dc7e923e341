//! What a thief of the database learns, tried out: the same program, with a million candidates, on a dump of pseudonyms
//! and on one of plain hashes.

use std::collections::HashSet;

use super::{
    Canonical, Kind, email,
    email::tests_support::Nobody,
    hash::PlainHash,
    phone,
    pseudonym::{KeyVersion, Keyring, MasterKey},
};
use crate::id::ControllerId;

/// Of each kind. So many addresses and numbers anybody can list.
const CANDIDATES: usize = 500_000;
/// Every how many candidates one is a customer.
const ONE_IN: usize = 50;
const CONTROLLER: &str = "demo";

type Digest = [u8; 32];

fn candidate(kind: Kind, number: usize) -> Canonical {
    // Already in the canonical form, as a list of a thief's would be: see the test below.
    let text = match kind {
        Kind::Email => format!("customer.{number}@example.com"),
        _ => format!("+49151{number:08}"),
    };
    Canonical { kind, form: kind.form(), text }
}

fn keyring(kind: Kind, secret: [u8; 32]) -> Keyring {
    let master = MasterKey::new(KeyVersion::FIRST, secret);
    Keyring::new(&ControllerId::parse(CONTROLLER).unwrap(), kind, &[master]).unwrap()
}

/// SHA-256 as somebody in a hurry has it: everything here is shorter than a block, so hashing is one compression.
#[derive(Clone, Copy)]
struct State([u32; 8]);

impl State {
    const INITIAL: Self =
        Self([0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19]);

    fn after(mut self, block: [u8; 64]) -> Self {
        sha2::block_api::compress256(&mut self.0, &[block]);
        self
    }

    /// Of `parts`, after `blocks` that are in the state already.
    fn digest(self, blocks: usize, parts: &[&[u8]]) -> Digest {
        let mut block = [0; 64];
        let mut length = 0;
        for part in parts {
            block[length..length + part.len()].copy_from_slice(part);
            length += part.len();
        }
        block[length] = 0x80;
        block[56..].copy_from_slice(&((blocks * 64 + length) as u64 * 8).to_be_bytes());
        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.after(block).0) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }
}

/// HMAC-SHA256 with a key that is known.
struct Mac {
    inner: State,
    outer: State,
}

impl Mac {
    fn new(key: &[u8]) -> Self {
        let state = |pad: u8| {
            let mut block = [pad; 64];
            block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
            State::INITIAL.after(block)
        };
        Self { inner: state(0x36), outer: state(0x5c) }
    }

    fn code(&self, parts: &[&[u8]]) -> Digest {
        self.outer.digest(1, &[&self.inner.digest(1, parts)])
    }
}

/// Everything that can be computed of a value by who knows this source code and the dump, but not the key.
fn guesses(value: &Canonical, macs: &[Mac; 2]) -> [Digest; 5] {
    let hash = |parts: &[&[u8]]| State::INITIAL.digest(0, parts);
    let plain = hash(&[value.expose().as_bytes()]);
    let tagged = [value.kind().name().as_bytes(), b"\0value\0", &plain];
    [plain, hash(&[&plain]), hash(&tagged), macs[0].code(&tagged), macs[1].code(&tagged)]
}

/// A column of the stolen database.
struct Dump {
    all: HashSet<Digest>,
    /// By their first three bytes: most candidates need no second look.
    begins: Vec<bool>,
}

impl Dump {
    fn of(digests: impl Iterator<Item = Digest>) -> Self {
        let all: HashSet<Digest> = digests.collect();
        let mut begins = vec![false; 1 << 24];
        all.iter().for_each(|digest| begins[Self::begin(digest)] = true);
        Self { all, begins }
    }

    fn begin(digest: &Digest) -> usize {
        usize::from(digest[0]) << 16 | usize::from(digest[1]) << 8 | usize::from(digest[2])
    }

    fn has(&self, digest: &Digest) -> bool {
        self.begins[Self::begin(digest)] && self.all.contains(digest)
    }
}

/// How many of a kind's customers the candidates find in a dump of plain hashes, and in one of pseudonyms.
fn found(kind: Kind) -> (usize, usize) {
    let [ours, guessed] = [[0x5a; 32], [0; 32]].map(|secret| keyring(kind, secret));
    let customers: Vec<PlainHash> =
        (0..CANDIDATES).step_by(ONE_IN).map(|number| PlainHash::of(&candidate(kind, number))).collect();
    let under = |ring: &Keyring, hash: &PlainHash| *ring.pseudonym(hash).unwrap().bytes();
    let plain = Dump::of(customers.iter().map(|hash| *hash.expose()));
    let pseudonyms = Dump::of(customers.iter().map(|hash| under(&ours, hash)));
    // With the key everybody is there, and with any other nobody: it is the key alone that the thief lacks.
    assert!(customers.iter().all(|hash| pseudonyms.has(&under(&ours, hash))));
    assert!(!customers.iter().any(|hash| pseudonyms.has(&under(&guessed, hash))));

    let macs = [CONTROLLER.as_bytes(), &[0; 32]].map(Mac::new);
    let (mut in_plain, mut in_pseudonyms) = (0, 0);
    for number in 0..CANDIDATES {
        let guesses = guesses(&candidate(kind, number), &macs);
        in_plain += usize::from(guesses.iter().any(|guess| plain.has(guess)));
        in_pseudonyms += usize::from(guesses.iter().any(|guess| pseudonyms.has(guess)));
    }
    (in_plain, in_pseudonyms)
}

#[test]
fn a_million_addresses_and_numbers_find_nobody_in_a_dump_and_everybody_in_plain_hashes() {
    let kinds = [Kind::Email, Kind::Phone].map(|kind| std::thread::spawn(move || found(kind)));
    for kind in kinds {
        assert_eq!(kind.join().unwrap(), (CANDIDATES / ONE_IN, 0));
    }
}

#[test]
fn the_candidates_are_what_a_platform_would_send() {
    for number in [0, 1, CANDIDATES - 1] {
        let [address, phone] = [Kind::Email, Kind::Phone].map(|kind| candidate(kind, number));
        assert_eq!(email::canonical(address.expose(), &Nobody).unwrap(), address);
        assert_eq!(phone::canonical(phone.expose()).unwrap(), phone);
    }
}

#[test]
fn the_thief_computes_what_everybody_computes() {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let address = candidate(Kind::Email, 7);
    let plain = crate::canonical::sha256(address.expose().as_bytes());
    let tagged = [b"email\0value\0".as_slice(), &plain].concat();
    let code = Hmac::<sha2::Sha256>::new_from_slice(b"demo").unwrap().chain_update(tagged).finalize().into_bytes();
    let guesses = guesses(&address, &[Mac::new(b"demo"), Mac::new(b"")]);
    assert_eq!((guesses[0], guesses[3]), (plain, code.into()));
}
