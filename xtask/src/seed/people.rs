//! People who never were: each with an address at `.example`, which nobody has (RFC 2606).

use anyhow::{Context, Result};
use nod_core::identity::hash::PlainHash;
use nod_core::identity::{Canonical, Kind, customer_id, email};
use nod_core::keys::MasterKeys;

use super::Seed;
use super::rows::Table;

pub(super) const PEOPLE: usize = 2_400;

const FIRST: [&str; 24] = [
    "ada", "bruno", "carla", "dmitri", "elif", "farid", "greta", "hugo", "ines", "jonas", "kaya", "lena", "marek",
    "nora", "otto", "pia", "quinn", "rosa", "sami", "tilda", "umar", "vera", "wim", "yara",
];
const LAST: [&str; 20] = [
    "abel", "brandt", "castro", "dietz", "eriksen", "fuchs", "garcia", "hansen", "ivanov", "jansen", "keller", "lopez",
    "meyer", "novak", "olsen", "petit", "rossi", "silva", "tanaka", "weber",
];

/// One of them.
pub(super) struct Person {
    pub(super) name: String,
    pub(super) email: String,
    /// The id of the address's identity.
    pub(super) identity: String,
    /// The pseudonym of the address: its mark, as long as nobody has proven it.
    pub(super) mark: String,
    /// The identity of the number that a shop gave, for those who bought something.
    pub(super) customer: Option<String>,
}

/// The platform's tables of characters, which addresses in ASCII never ask.
struct Ascii;

impl email::Unicode for Ascii {
    fn nfc(&self, text: &str) -> String {
        text.to_owned()
    }

    fn ascii_domain(&self, _domain: &str) -> Option<String> {
        None
    }
}

/// The people and the rows of their identities. `connection` is the shop whose customers they are.
pub(super) fn people(seed: &mut Seed<'_>, masters: &MasterKeys, connection: &str) -> Result<(Vec<Person>, String)> {
    let mut table = Table::new("identities", "controller, id, kind, pseudonym, key_version, form, created_at");
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let (first, last) = (FIRST[number % FIRST.len()], LAST[number / FIRST.len() % LAST.len()]);
        let address = format!("{first}.{last}.{number}@mail.example");
        let canonical = email::canonical(&address, &Ascii).ok().context("A seeded address is no address.")?;
        let (identity, mark) = identity(seed, masters, &canonical, &mut table)?;
        let namespace = customer_id::Namespace { source: "shopify", connection, kind: customer_id::CUSTOMER };
        let customer = if number % 3 == 0 {
            let number = 7_000_000_000_000 + u64::try_from(number)?;
            let canonical =
                customer_id::canonical_number(namespace, number).ok().context("A seeded number is none.")?;
            Some(identity_only(seed, masters, &canonical, &mut table)?)
        } else {
            None
        };
        people.push(Person {
            name: format!("{} {}", capital(first), capital(last)),
            email: address,
            identity,
            mark,
            customer,
        });
    }
    Ok((people, table.sql()))
}

fn identity_only(
    seed: &mut Seed<'_>,
    masters: &MasterKeys,
    canonical: &Canonical,
    table: &mut Table,
) -> Result<String> {
    identity(seed, masters, canonical, table).map(|(id, _)| id)
}

fn identity(
    seed: &mut Seed<'_>,
    masters: &MasterKeys,
    canonical: &Canonical,
    table: &mut Table,
) -> Result<(String, String)> {
    let kind: Kind = canonical.kind();
    let keyring = masters.keyring(&seed.site().controller, kind)?;
    let pseudonym = keyring.pseudonym(&PlainHash::of(canonical)).context("The master key makes no pseudonym.")?;
    let (id, mark) = (seed.id(), pseudonym.to_string());
    let at = seed.moment(120);
    table.add(&[
        seed.site().controller.as_str().into(),
        id.as_str().into(),
        kind.name().into(),
        mark.as_str().into(),
        i64::from(pseudonym.version().number()).into(),
        i64::from(canonical.form()).into(),
        at.into(),
    ]);
    Ok((id, mark))
}

fn capital(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}
