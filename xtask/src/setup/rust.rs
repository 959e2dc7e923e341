//! The Rust toolchain with the target and the components that `rust-toolchain.toml` names.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process::{answer, command, run};
use crate::project::Project;
use crate::report;

pub(super) fn set_up(project: &Project) -> Result<()> {
    if is_complete(project) {
        return Ok(());
    }
    report::step("Rust: the toolchain of rust-toolchain.toml, from rustup", || {
        run(command(project, "rustup").args(["toolchain", "install"]).env("RUSTUP_AUTO_INSTALL", "1"))
            .or_else(|_| run(command(project, "rustup").args(["show"]).env("RUSTUP_AUTO_INSTALL", "1")))
            .context(
                "rustup could not bring the toolchain. Install rustup (1.28 or newer), see that it reaches \
                 the network, and run the command again",
            )
    })
}

/// Whether the wasm target, the library's sources, clippy and rustfmt are there.
fn is_complete(project: &Project) -> bool {
    let Some(sysroot) = answer(command(project, "rustc").args(["--print", "sysroot"])) else {
        return false;
    };
    let sysroot = PathBuf::from(sysroot);
    ["lib/rustlib/wasm32-unknown-unknown/lib", "lib/rustlib/src/rust/library/std", "bin/cargo-clippy", "bin/rustfmt"]
        .iter()
        .all(|part| sysroot.join(part).exists())
}
