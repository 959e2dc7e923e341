//! Sealed texts: only what was sealed opens, and only in its place.

use nod_core::{
    id::ControllerId,
    keys::MasterKeys,
    seal::{Context, ShredKey},
};

use crate::call::line;

/// A row and a sealed text in one line; a plain text below it.
pub fn sealed(input: &[u8]) {
    let Some((head, plain)) = line(input) else { return };
    let (row, claimed) = head.split_once(' ').unwrap_or((head, ""));
    let keys = ["AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"];
    let master = MasterKeys::parse(keys).expect("master keys").sealing();
    let shred = ShredKey::from_bytes([7; 32]);
    let controller = ControllerId::parse("demo").expect("an id");
    let here = Context::new("connections", &controller, row, "secret");
    let there = Context::new("connections", &controller, row, "previous_secret");

    let _ = master.open(&here, claimed);
    let _ = shred.open(&here, claimed);

    let by_master = master.seal(&here, [9; 12], plain);
    assert_eq!(master.open(&here, &by_master).as_deref(), Ok(plain));
    assert!(master.open(&there, &by_master).is_err() && shred.open(&here, &by_master).is_err());
    let by_shred = shred.seal(&here, [9; 12], plain);
    assert_eq!(shred.open(&here, &by_shred).as_deref(), Ok(plain));
    assert!(shred.open(&there, &by_shred).is_err() && master.open(&here, &by_shred).is_err());
}
