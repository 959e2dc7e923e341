//! Which inputs a build step saw the last time. A step whose inputs have not changed is skipped.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::project::Project;

/// The inputs of one step, gathered into a digest.
pub(crate) struct Inputs<'a> {
    project: &'a Project,
    digest: Sha256,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(project: &'a Project) -> Self {
        Self { project, digest: Sha256::new() }
    }

    /// A value that decides what the step makes: a flag, a version.
    pub(crate) fn value(mut self, value: &str) -> Self {
        self.add(value.as_bytes());
        self
    }

    /// A file, or every file in a folder, named relative to the checkout. What is missing counts as missing.
    pub(crate) fn files(mut self, relative: &str) -> Result<Self> {
        for path in walk(&self.project.path(relative))? {
            let name = self.project.shown(&path);
            self.add(name.as_bytes());
            let bytes = fs::read(&path).with_context(|| format!("{name} could not be read."))?;
            self.add(&bytes);
        }
        Ok(self)
    }

    fn add(&mut self, bytes: &[u8]) {
        self.digest.update((bytes.len() as u64).to_le_bytes());
        self.digest.update(bytes);
    }

    pub(crate) fn digest(self) -> String {
        hex(&self.digest.finalize())
    }

    /// Runs `make` unless the inputs are those of the last time and all `outputs` are still there.
    pub(crate) fn unless_same(self, step: &str, outputs: &[PathBuf], make: impl FnOnce() -> Result<()>) -> Result<()> {
        let stamp = self.project.output().join("stamps").join(step);
        let digest = self.digest();
        if is_same(&stamp, &digest) && outputs.iter().all(|output| output.exists()) {
            return Ok(());
        }
        crate::process::remove(&stamp)?;
        crate::report::step(step, make)?;
        write(&stamp, digest.as_bytes())
    }
}

/// Whether a stamp holds this digest.
pub(crate) fn is_same(stamp: &Path, digest: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|last| last == digest)
}

/// Every file under a path, sorted.
pub(crate) fn walk(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        let unreadable = || format!("{} could not be read.", path.display());
        for entry in fs::read_dir(path).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            files.extend(walk(&entry.path())?);
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a file, making its folder first, and leaves one that already says the same untouched, so
/// that a running server does not reload for nothing.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let unwritable = || format!("{} could not be written.", path.display());
    if fs::read(path).is_ok_and(|last| last == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(unwritable)?;
    }
    fs::write(path, bytes).with_context(unwritable)
}

/// Writes a file that its owner alone can read, whole: whoever waits for it may read it the moment it is there.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let unwritable = || format!("{} could not be written.", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(unwritable)?;
    }
    let draft = path.with_added_extension("part");
    crate::process::remove(&draft)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).with_context(unwritable)?;
    file.write_all(bytes).with_context(unwritable)?;
    fs::rename(&draft, path).with_context(unwritable)
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} could not be read.", path.display()))
}

/// The SHA-256 of some bytes in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Inputs, sha256};
    use crate::project::Project;

    #[test]
    fn a_digest_tells_values_apart_by_their_borders() {
        let project = Project::here();
        let digest =
            |values: &[&str]| values.iter().fold(Inputs::new(&project), |inputs, value| inputs.value(value)).digest();
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }

    #[test]
    fn files_change_the_digest() {
        let project = Project::here();
        let with = Inputs::new(&project).files("xtask/src").unwrap().digest();
        assert_ne!(with, Inputs::new(&project).digest());
    }

    #[test]
    fn hexadecimal() {
        assert!(sha256(b"").starts_with("e3b0c442"));
    }
}
