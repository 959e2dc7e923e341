//! The Worker's secrets: drawn once, kept in a file that its owner alone can read, never drawn again.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};

/// What signs receipts: an Ed25519 seed.
pub(crate) const SIGNING_KEY: &str = "NOD_SIGNING_KEY";

/// What every identity's pseudonym is made with and what stored texts are sealed under; versions count from 1.
pub(crate) fn master_key(version: u32) -> String {
    format!("NOD_MASTER_KEY_{version}")
}

/// Which address mail comes from.
pub(crate) const MAIL_FROM: &str = "NOD_MAIL_FROM";

/// What the mail provider knows the Worker by.
pub(crate) const MAIL_KEY: &str = "NOD_MAIL_KEY";

/// What the mail provider signs its reports with.
pub(crate) const MAIL_WEBHOOK_SECRET: &str = "NOD_MAIL_WEBHOOK_SECRET";

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).context("The system gave no random bytes for a secret.")?;
    Ok(bytes)
}

/// A new secret as the Worker reads it: 32 random bytes, base64url without padding.
pub(crate) fn draw() -> Result<String> {
    Ok(Base64UrlUnpadded::encode_string(&random::<32>()?))
}

/// Adds to the file of secrets that wrangler reads those of `names` that it lacks. What is there stays as it is.
pub(crate) fn keep(path: &Path, names: &[&str]) -> Result<()> {
    names.iter().try_for_each(|name| keep_one(path, name, &draw))
}

/// The same for a secret of Standard Webhooks.
pub(crate) fn keep_webhook(path: &Path, name: &str) -> Result<()> {
    keep_one(path, name, &|| Ok(format!("whsec_{}", Base64::encode_string(&random::<32>()?))))
}

fn keep_one(path: &Path, name: &str, draw: &dyn Fn() -> Result<String>) -> Result<()> {
    let unwritable = || format!("{} could not be written.", path.display());
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path).with_context(unwritable)?;
    if find(&kept(path)?, name).is_none() {
        writeln!(file, "{name}={}", draw()?).with_context(unwritable)?;
    }
    Ok(())
}

/// A secret that is kept.
pub(crate) fn read(path: &Path, name: &str) -> Result<String> {
    find(&kept(path)?, name).with_context(|| format!("{} has no {name}.", path.display()))
}

fn kept(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} could not be read.", path.display()))
}

fn find(kept: &str, name: &str) -> Option<String> {
    let mut pairs = kept.lines().filter_map(|line| line.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::{draw, keep};
    use crate::project::Project;

    #[test]
    fn each_secret_is_its_own() {
        let key = draw().unwrap();
        assert_eq!(key.len(), 43);
        assert_ne!(key, draw().unwrap());
    }

    #[test]
    fn a_secret_that_is_kept_stays_and_one_that_is_missing_is_added() {
        let folder = Project::here().work(&format!("test-secrets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("secrets.env");
        keep(&file, &["ONE"]).unwrap();
        let first = fs::read_to_string(&file).unwrap();
        keep(&file, &["ONE", "ONE_MORE"]).unwrap();
        let both = fs::read_to_string(&file).unwrap();
        assert!(both.starts_with(&first) && both.lines().count() == 2 && both.contains("\nONE_MORE="), "{both}");
        keep(&file, &["ONE_MORE", "ONE"]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), both);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(&folder).unwrap();
    }
}
