//! Where things are. Every path that xtask uses is named here.

use std::path::{Path, PathBuf};

/// The checkout and the folders in it.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The checkout that this xtask was compiled from.
    pub(crate) fn here() -> Self {
        let member = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = member.parent().unwrap_or(member).to_path_buf();
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the checkout, written with forward slashes.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Tools that were installed for this checkout alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }

    /// What is shipped and served.
    pub(crate) fn output(&self) -> PathBuf {
        self.path("target/nod")
    }

    /// The Worker's static assets.
    pub(crate) fn assets(&self) -> PathBuf {
        self.path("target/nod/assets")
    }

    /// Intermediate files of one build step.
    pub(crate) fn work(&self, step: &str) -> PathBuf {
        self.path("target/nod/work").join(step)
    }

    /// A path as people type it: relative to the checkout where it is inside.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
