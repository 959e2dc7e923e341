//! Keys and random bytes: the master keys of the configuration, texts sealed under them, and the keys that are kept apart
//! from what they seal, so that deleting one shreds a text in every copy of the database.

pub(crate) mod shred;

use std::{cell::OnceCell, rc::Rc};

use nod_core::{keys::MasterKeys, seal::Context};

use crate::{environment::Environment, http::Problem};

thread_local! {
    // A secret does not change under a running isolate.
    static MASTERS: OnceCell<Rc<MasterKeys>> = const { OnceCell::new() };
}

/// The master keys; a problem that says what to do where they are not configured.
pub(crate) fn masters(environment: &Environment) -> Result<Rc<MasterKeys>, Problem> {
    MASTERS.with(|known| {
        if let Some(masters) = known.get() {
            return Ok(Rc::clone(masters));
        }
        let texts = environment.master_keys();
        let masters = MasterKeys::parse(texts.iter().map(String::as_str)).map_err(Problem::no_master_key)?;
        Ok(Rc::clone(known.get_or_init(|| Rc::new(masters))))
    })
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Problem::internal("no random bytes"))?;
    Ok(bytes)
}

/// Seals a text for one place: it opens nowhere else.
pub(crate) fn seal(environment: &Environment, place: &Context, plain: &[u8]) -> Result<String, Problem> {
    Ok(masters(environment)?.sealing().seal(place, random()?, plain))
}

/// Opens what was sealed for that place.
pub(crate) fn open(environment: &Environment, place: &Context, sealed: &str) -> Result<Vec<u8>, Problem> {
    masters(environment)?.sealing().open(place, sealed).map_err(|error| Problem::internal(&error.to_string()))
}

/// Opens what was sealed for that place and is a text.
pub(crate) fn open_text(environment: &Environment, place: &Context, sealed: &str) -> Result<String, Problem> {
    String::from_utf8(open(environment, place, sealed)?).map_err(|_| Problem::internal("a sealed text that is none"))
}
