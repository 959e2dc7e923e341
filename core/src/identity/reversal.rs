//! What a thief of the database learns, tried out: the same program on a dump of pseudonyms and on one of plain hashes.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{
    Kind, email,
    email::tests_support::Nobody,
    hash::PlainHash,
    pseudonym::{KeyVersion, Keyring, MasterKey},
};
use crate::{canonical::sha256, id::ControllerId};

const PEOPLE: usize = 20_000;
const CONTROLLER: &str = "demo";

fn addresses() -> Vec<String> {
    (0..PEOPLE).map(|number| format!("customer.{number}@example.com")).collect()
}

fn hash(address: &str) -> PlainHash {
    PlainHash::of(&email::canonical(address, &Nobody).unwrap())
}

fn mac(key: &[u8], input: &[u8]) -> [u8; 32] {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(input).finalize().into_bytes().into()
}

/// Everything that can be computed of an address by who knows this source code and the dump, but not the key.
fn guesses(address: &str) -> Vec<[u8; 32]> {
    let plain = sha256(address.as_bytes());
    let tagged = [b"email\0value\0".as_slice(), &plain].concat();
    vec![
        plain,
        sha256(&plain),
        sha256(&tagged),
        mac(CONTROLLER.as_bytes(), &tagged),
        mac(&[0; 32], &tagged),
        mac(&plain, address.as_bytes()),
    ]
}

/// How many of the candidates the dump gives away.
fn found(dump: &BTreeSet<[u8; 32]>, candidates: &[String], guesses: impl Fn(&str) -> Vec<[u8; 32]>) -> usize {
    candidates.iter().filter(|address| guesses(address).iter().any(|guess| dump.contains(guess))).count()
}

#[test]
fn a_dump_of_pseudonyms_gives_nobody_away_where_one_of_plain_hashes_gives_everybody() {
    let keyring = |secret| {
        let master = MasterKey::new(KeyVersion::new(1).unwrap(), secret);
        Keyring::new(&ControllerId::parse(CONTROLLER).unwrap(), Kind::Email, &[master]).unwrap()
    };
    let (ours, thiefs) = (keyring([0x5a; 32]), keyring([0; 32]));
    let people: BTreeMap<String, PlainHash> = addresses().into_iter().map(|one| (one.clone(), hash(&one))).collect();
    let candidates: Vec<String> = people.keys().cloned().collect();
    let with = |ring: &Keyring, address: &str| vec![*ring.pseudonym(&people[address]).unwrap().bytes()];

    let pseudonyms: BTreeSet<[u8; 32]> = candidates.iter().flat_map(|address| with(&ours, address)).collect();
    let plain: BTreeSet<[u8; 32]> = people.values().map(|hash| *hash.expose()).collect();

    assert_eq!(found(&plain, &candidates, guesses), PEOPLE);
    assert_eq!(found(&pseudonyms, &candidates, guesses), 0);
    assert_eq!(found(&pseudonyms, &candidates, |address| with(&thiefs, address)), 0);
    // With the key everybody is there: it is the key alone that the thief lacks.
    assert_eq!(found(&pseudonyms, &candidates, |address| with(&ours, address)), PEOPLE);
}
