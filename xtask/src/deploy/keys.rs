//! Which of the Worker's secrets a deployment draws. One that is there is never drawn again.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};

use crate::secrets::{SIGNING_KEY, master_key};

/// The secrets to draw, from those that the Worker has. `knows_people` says whether the database holds anything that was
/// made with a master key.
pub(super) fn to_draw(there: &BTreeSet<String>, knows_people: bool, rotate: bool) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    if !there.contains(SIGNING_KEY) {
        missing.push(SIGNING_KEY.to_owned());
    }
    let newest = newest(there);
    match (newest, rotate) {
        (0, _) if knows_people => bail!(
            "The database holds identities, and the Worker has no secret {}: nobody could be found again with a new one. \
             Put back the one that they were made with: `npx wrangler secret put {}`.",
            master_key(1),
            master_key(1)
        ),
        (0, true) => bail!("There is no master key to rotate yet. Deploy without --rotate-master-key first."),
        (0, false) => missing.push(master_key(1)),
        (newest, true) => missing.push(master_key(newest.saturating_add(1))),
        (_, false) => {}
    }
    Ok(missing)
}

/// The newest master key's version, 0 where there is none. The Worker reads versions up to the first that is missing, so
/// one behind a gap is not taken for it.
fn newest(there: &BTreeSet<String>) -> u32 {
    let has = |version: &u32| there.contains(&master_key(*version));
    (1..=u32::MAX).take_while(has).last().unwrap_or(0)
}

/// A master key behind a gap would be overwritten by one rotation, and is read by nobody until then.
pub(super) fn check_gaps(there: &BTreeSet<String>) -> Result<()> {
    let next = master_key(newest(there).saturating_add(1));
    let stray = there.iter().find(|name| {
        name.strip_prefix("NOD_MASTER_KEY_")
            .and_then(|version| version.parse().ok())
            .is_some_and(|version: u32| version > newest(there))
    });
    let stray = stray.map_or("", String::as_str);
    ensure!(stray.is_empty(), "The Worker has {stray} but no {next}, so it does not read {stray}. Put {next} back.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{check_gaps, to_draw};

    fn there(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_new_worker_gets_both_keys_and_one_that_has_them_none() {
        assert_eq!(to_draw(&there(&[]), false, false).unwrap(), ["NOD_SIGNING_KEY", "NOD_MASTER_KEY_1"]);
        assert!(to_draw(&there(&["NOD_SIGNING_KEY", "NOD_MASTER_KEY_1"]), true, false).unwrap().is_empty());
    }

    #[test]
    fn a_lost_master_key_is_not_replaced() {
        let error = to_draw(&there(&["NOD_SIGNING_KEY"]), true, false).unwrap_err();
        assert!(error.to_string().contains("NOD_MASTER_KEY_1"));
    }

    #[test]
    fn a_rotation_draws_the_next_version() {
        let keys = there(&["NOD_SIGNING_KEY", "NOD_MASTER_KEY_1", "NOD_MASTER_KEY_2"]);
        assert_eq!(to_draw(&keys, true, true).unwrap(), ["NOD_MASTER_KEY_3"]);
        assert!(to_draw(&there(&[]), false, true).is_err());
    }

    #[test]
    fn a_version_behind_a_gap_is_noticed() {
        assert!(check_gaps(&there(&["NOD_MASTER_KEY_1", "NOD_MASTER_KEY_3"])).is_err());
        assert!(check_gaps(&there(&["NOD_MASTER_KEY_2"])).is_err());
        assert!(check_gaps(&there(&["NOD_MASTER_KEY_1", "NOD_MASTER_KEY_2", "OTHER"])).is_ok());
    }
}
