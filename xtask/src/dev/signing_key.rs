//! The key that signs the receipts of one local instance: drawn once, kept with its state, readable by its owner alone.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use base64ct::{Base64UrlUnpadded, Encoding};

/// A new Ed25519 seed as the Worker reads it: base64url without padding.
pub(crate) fn draw() -> Result<String> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).context("The system gave no random bytes for a signing key.")?;
    Ok(Base64UrlUnpadded::encode_string(&seed))
}

/// Writes the file of secrets that wrangler reads, unless there is one.
pub(crate) fn keep(path: &Path) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => Ok(writeln!(file, "NOD_SIGNING_KEY={}", draw()?)?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).with_context(|| format!("{} could not be written.", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn each_key_is_its_own() {
        let key = draw().unwrap();
        assert_eq!(key.len(), 43);
        assert_ne!(key, draw().unwrap());
    }
}
