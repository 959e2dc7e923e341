//! Fuzzing: libFuzzer looks for bytes that make a rule of core panic, for a bounded time. On a machine that libFuzzer
//! cannot be built on, the seeds of the same targets are run instead.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::inputs::walk;
use crate::process::{answer, cargo, command, run, which};
use crate::project::Project;
use crate::report::{note, present, step};
use crate::setup;

const SEEDS: &str = "fuzz/seeds";
const ARTIFACTS: &str = "fuzz/artifacts";
const MANIFEST: &str = "fuzz/Cargo.toml";
/// How long each target is looked at in a run of all tests.
const SECONDS: u32 = 5;
/// A fast machine need not go on until the time is over.
const RUNS: &str = "500000";

/// What to fuzz.
#[derive(Debug, Default, PartialEq)]
struct Options {
    target: Option<String>,
    /// One input to run instead.
    input: Option<PathBuf>,
    seconds: Option<u32>,
}

impl Options {
    fn parse(arguments: &[OsString]) -> Result<Self> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("seconds") => options.seconds = Some(parser.value()?.parse()?),
                Value(target) if options.target.is_none() => options.target = Some(target.string()?),
                Value(input) if options.input.is_none() => options.input = Some(input.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

pub(crate) fn command_line(project: &Project, arguments: &[OsString]) -> Result<()> {
    let options = Options::parse(arguments)?;
    let targets = targets(project)?;
    if let Some(unknown) = options.target.as_ref().filter(|name| !targets.contains(name)) {
        bail!("There is no target `{unknown}`. There are: {}.", targets.join(", "));
    }
    let chosen: Vec<_> =
        targets.into_iter().filter(|name| options.target.as_ref().is_none_or(|target| target == name)).collect();
    let fuzzer = match Fuzzer::of_this_machine(project) {
        Ok(fuzzer) => fuzzer,
        Err(why) => {
            note(&format!("{why} The seeds are run natively instead; nothing new is looked for."));
            return seeds(project);
        }
    };
    fuzzer.build(&chosen)?;
    match (&options.input, &chosen[..]) {
        (Some(input), [target]) => run(fuzzer.program(target).arg(input)),
        _ => fuzzer.look(&chosen, options.seconds),
    }
}

/// The targets by their seeds: each has a folder of them, as a test in fuzz/ sees to.
fn targets(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(project.path(SEEDS)).with_context(|| format!("{SEEDS} could not be read."))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn seeds(project: &Project) -> Result<()> {
    run(&mut cargo(project, &["test", "--manifest-path", MANIFEST, "--target-dir", "target"]))
}

/// libFuzzer on this machine.
struct Fuzzer<'a> {
    project: &'a Project,
    cargo_fuzz: PathBuf,
    triple: String,
    /// rustc's address sanitizer, where this toolchain has its runtime: it finds what safe code cannot do, in what it calls.
    sanitizer: &'static str,
}

impl<'a> Fuzzer<'a> {
    fn of_this_machine(project: &'a Project) -> Result<Self> {
        ensure!(cfg!(target_os = "linux"), "libFuzzer is set up for Linux only.");
        ensure!(
            ["c++", "g++", "clang++"].iter().any(|name| which(name).is_some()),
            "libFuzzer needs a C++ compiler (Debian: g++), and there is none."
        );
        let sysroot =
            answer(command(project, "rustc").args(["--print", "sysroot"])).context("rustc does not answer.")?;
        let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let libraries = Path::new(&sysroot).join("lib/rustlib").join(&triple).join("lib");
        let has_runtime = walk(&libraries)?.iter().any(|file| file.to_string_lossy().ends_with("_rt.asan.a"));
        let sanitizer = if has_runtime { "address" } else { "none" };
        Ok(Self { project, cargo_fuzz: setup::to_fuzz(project)?, triple, sanitizer })
    }

    fn build(&self, targets: &[String]) -> Result<()> {
        step("fuzz targets", || {
            let mut build = command(self.project, &self.cargo_fuzz);
            build.args(["build", "--fuzz-dir", "fuzz", "--target-dir", "target/fuzz", "--features", "libfuzzer"]);
            build.args(["--codegen-units", "16", "--target", &self.triple, "--sanitizer", self.sanitizer]);
            if let [target] = targets {
                build.arg(target);
            }
            // The flags of a fuzzer's build are not stable; the compiler is the pinned one all the same.
            run(build.env("RUSTC_BOOTSTRAP", "1")).context("The fuzz targets could not be built")
        })
    }

    fn program(&self, target: &str) -> Command {
        let folder = self.project.path("target/fuzz").join(&self.triple).join("release");
        let mut program = command(self.project, folder.join(target));
        program.env("ASAN_OPTIONS", "detect_odr_violation=0");
        program
    }

    /// Looks at each target for a while, as many at once as there are processors.
    fn look(&self, targets: &[String], seconds: Option<u32>) -> Result<()> {
        let waiting = Mutex::new(targets.iter());
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let worker = || {
            let next = || waiting.lock().ok()?.next();
            let mut failures = Vec::new();
            while let Some(target) = next() {
                match self.look_at(target, seconds) {
                    Ok(runs) => present(&format!("{target:<16} {runs} inputs")),
                    Err(error) => failures.push(error),
                }
            }
            failures
        };
        let failures: Vec<_> = thread::scope(|scope| {
            let started: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
            started.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    /// How many inputs were tried.
    fn look_at(&self, target: &str, seconds: Option<u32>) -> Result<String> {
        let corpus = self.project.path("target/fuzz/corpus").join(target);
        let artifacts = self.project.path(ARTIFACTS).join(target);
        for folder in [&corpus, &artifacts] {
            fs::create_dir_all(folder).with_context(|| format!("{} could not be made.", folder.display()))?;
        }
        let before = walk(&artifacts)?;
        let mut program = self.program(target);
        program.arg(format!("-artifact_prefix={}/", artifacts.display()));
        program.arg(format!("-max_total_time={}", seconds.unwrap_or(SECONDS)));
        if seconds.is_none() {
            program.arg(format!("-runs={RUNS}"));
        }
        program.args(["-timeout=10", "-rss_limit_mb=2048"]).arg(&corpus).arg(self.project.path(SEEDS).join(target));
        let output = program.output().with_context(|| format!("The target `{target}` could not be started."))?;
        let words = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Ok(runs(&words).unwrap_or("?").to_owned());
        }
        let last: Vec<_> = words.lines().rev().take(60).collect();
        eprintln!("{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        let found = walk(&artifacts)?.into_iter().find(|file| !before.contains(file));
        let found = found.map_or_else(|| "INPUT".to_owned(), |file| self.project.shown(&file));
        bail!(
            "The target `{target}` failed ({}). Reproduce it: cargo xtask test fuzz {target} {found}\nMend what it found, \
             and put the input into {SEEDS}/{target}/.",
            output.status
        )
    }
}

/// The number in libFuzzer's `Done 105642 runs in 9 second(s)`.
fn runs(words: &str) -> Option<&str> {
    words.lines().rev().find_map(|line| line.strip_prefix("Done ")?.split(' ').next())
}

#[cfg(test)]
mod tests {
    use super::{Options, runs, targets};
    use crate::project::Project;

    #[test]
    fn a_target_an_input_and_a_time_are_understood() {
        let parse = |words: &[&str]| Options::parse(&words.iter().map(Into::into).collect::<Vec<_>>());
        assert_eq!(parse(&[]).unwrap(), Options::default());
        let options = parse(&["verify", "--seconds", "60", "crash-1"]).unwrap();
        assert_eq!(
            options,
            Options { target: Some("verify".into()), input: Some("crash-1".into()), seconds: Some(60) }
        );
        assert!(parse(&["a", "b", "c"]).is_err() && parse(&["--fast"]).is_err());
    }

    #[test]
    fn every_target_that_has_seeds_has_a_program() {
        let project = Project::here();
        let manifest = std::fs::read_to_string(project.path(super::MANIFEST)).unwrap();
        let targets = targets(&project).unwrap();
        assert_eq!(manifest.matches("[[bin]]").count(), targets.len());
        for target in targets {
            assert!(
                manifest.contains(&format!("name = \"{target}\"\npath = \"fuzz_targets/{target}.rs\"")),
                "{target}"
            );
        }
    }

    #[test]
    fn the_number_of_inputs_is_read() {
        assert_eq!(runs("#5 DONE\nDone 105642 runs in 9 second(s)\n"), Some("105642"));
        assert_eq!(runs(""), None);
    }
}
