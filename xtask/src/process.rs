//! Other programs: started in a clean environment, and their failures told in a sentence.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// What a developer's shell or the cargo that started xtask may have set, and what would make the
/// programs below build something else than this checkout says.
const NOT_INHERITED: [&str; 8] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTDOCFLAGS",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// A program to be run from the checkout's root.
pub(crate) fn command(project: &Project, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project.root());
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command
}

/// The checkout's cargo: rustup's proxy reads `rust-toolchain.toml`.
pub(crate) fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = command(project, "cargo");
    cargo.args(arguments);
    cargo
}

/// Runs a program to its end; its output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status}).", shown(command));
    }
    Ok(())
}

/// Runs a program to its end; its output is shown only when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    captured(command).map(drop)
}

/// Runs a program to its end and gives what it printed on standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = captured(command)?;
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something that is not text.", shown(command)))
}

/// What a program prints, or nothing when it is missing or fails: for asking tools their version.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

fn captured(command: &mut Command) -> Result<Output> {
    let output = command.output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        bail!("`{}` failed ({}).", shown(command), output.status);
    }
    Ok(output)
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` could not be started. Is it installed?", shown(command))
}

/// A command line as a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Where a program is on the search path, as a shell would find it.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// Removes a file or folder; one that is not there is removed already.
pub(crate) fn remove(path: &Path) -> Result<()> {
    let result = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match result {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} could not be removed.", path.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{answer, output, run_quietly, which};

    #[test]
    fn a_failure_names_the_command() {
        let error = run_quietly(Command::new("false").arg("now")).unwrap_err();
        assert!(error.to_string().starts_with("`false now` failed"));
    }

    #[test]
    fn a_missing_program_is_said_to_be_missing() {
        let error = output(&mut Command::new("nod-has-no-such-program")).unwrap_err();
        assert!(error.to_string().contains("could not be started"));
        assert_eq!(answer(&mut Command::new("nod-has-no-such-program")), None);
        assert_eq!(which("nod-has-no-such-program"), None);
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(which("sh").is_some());
    }
}
