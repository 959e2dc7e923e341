//! What the developer typed, as one value.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

pub(crate) const USAGE: &str = "\
cargo xtask <command>

  setup                 set up whatever is missing: Rust target, Node, npm tools, wasm tools, Chromium
  build [--release]     build everything into target/nod/; with --release print each artefact's size.
                        What is built is the same with and without: always optimised
  dev                   build, and serve the demo at http://localhost:8787
        --port N        another port (0: any free one)
        --state DIR     where the local database lives (default target/dev)
        --fresh         begin with an empty database
        --dev-json PATH where the addresses are written once it is ready (default target/dev.json)
  seed                  fill the local database as a busy shop would: 100 000 records, a million events, 2 000 requests
        --state DIR     the database of this folder (default target/dev); nothing may serve it meanwhile
  test [part]           run every test, or one part: native, fuzz, api, browser. More arguments name test files
  test fuzz [TARGET]    look for inputs that break a rule; --seconds N for longer
  send PLATFORM [EVENT] try a connection: post a signed sample of shopify, stripe, mailchimp, mandrill or custom
        --url URL --secret SECRET   to this connection; without them to one of the running `cargo xtask dev`
        --file BODY     this body in place of a sample
        --repeat        and the same delivery once more
  check                 formatting, lints, licences, budgets
  screens               pictures of the dashboard into docs/screens, and how long each page takes
  bench [file]          the benchmarks
  deploy                make or find D1, KV and secrets, migrate, deploy
        --site FILE     and publish the site that this file defines (docs/deploying.md), with a first API token for its owner
        --rotate-master-key  and make identities with a new key from now on
        --analytics-engine  and bind it to Workers Analytics Engine, which the account must have
        --dry-run       only say what would be done, and check the bundle";

/// One command with its options.
#[derive(Debug, PartialEq)]
pub(crate) enum Task {
    Help,
    Setup,
    Build { sizes: bool },
    Dev(DevOptions),
    Seed { state: Option<PathBuf> },
    Send(SendOptions),
    Test { part: Part, rest: Vec<OsString> },
    Check,
    Screens,
    Bench { rest: Vec<OsString> },
    Deploy(DeployOptions),
}

/// Which tests to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    Native,
    Fuzz,
    Api,
    Browser,
}

/// How to serve one local instance.
#[derive(Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct DevOptions {
    pub(crate) port: Option<u16>,
    pub(crate) state: Option<PathBuf>,
    pub(crate) dev_json: Option<PathBuf>,
    pub(crate) fresh: bool,
    /// Serve what was built before, without looking for changes (`serve`, for tests).
    pub(crate) skip_build: bool,
    /// Stop when standard input closes, so that an instance never outlives the test that started it.
    pub(crate) stop_with_stdin: bool,
    /// Where mail goes in place of the instance's own mailbox (for tests): `cloudflare`, `none`, or a provider's address.
    pub(crate) mail: Option<String>,
    /// Have the Worker say each statement that it gives the database (for tests).
    pub(crate) say_statements: bool,
}

/// What to send, and where.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct SendOptions {
    pub(crate) platform: String,
    pub(crate) event: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) secret: Option<String>,
    /// A body in place of a sample.
    pub(crate) file: Option<PathBuf>,
    pub(crate) repeat: bool,
}

/// What to deploy.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct DeployOptions {
    pub(crate) dry_run: bool,
    /// The definition of a site to publish.
    pub(crate) site: Option<PathBuf>,
    /// Draw the next version of the master key.
    pub(crate) rotate_master_key: bool,
    /// Bind the Worker to Workers Analytics Engine.
    pub(crate) analytics_engine: bool,
}

/// Reads the process's arguments.
pub(crate) fn parse() -> Result<Task> {
    parse_from(lexopt::Parser::from_env())
}

fn parse_from(mut parser: lexopt::Parser) -> Result<Task> {
    let Some(first) = parser.next()? else {
        return Ok(Task::Help);
    };
    let name = match first {
        Value(name) => name.string()?,
        Short('h') | Long("help") => return Ok(Task::Help),
        other => return Err(other.unexpected().into()),
    };
    match name.as_str() {
        "help" => Ok(Task::Help),
        "setup" => no_more(parser, Task::Setup),
        "check" => no_more(parser, Task::Check),
        "build" => Ok(Task::Build { sizes: only_flag(parser, "release")? }),
        "deploy" => deploy_options(parser).map(Task::Deploy),
        "dev" => dev_options(parser, false).map(Task::Dev),
        "serve" => dev_options(parser, true).map(Task::Dev),
        "seed" => seed_state(parser).map(|state| Task::Seed { state }),
        "send" => send_options(parser).map(Task::Send),
        "test" => test_options(&mut parser),
        "screens" => no_more(parser, Task::Screens),
        "bench" => Ok(Task::Bench { rest: parser.raw_args()?.collect() }),
        unknown => bail!("There is no command `{unknown}`.\n\n{USAGE}"),
    }
}

fn no_more(mut parser: lexopt::Parser, task: Task) -> Result<Task> {
    match parser.next()? {
        None => Ok(task),
        Some(argument) => Err(argument.unexpected().into()),
    }
}

/// Whether the one flag that a command knows was given.
fn only_flag(mut parser: lexopt::Parser, flag: &str) -> Result<bool> {
    let mut given = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long(name) if name == flag => given = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}

fn dev_options(mut parser: lexopt::Parser, skip_build: bool) -> Result<DevOptions> {
    let mut options = DevOptions { skip_build, ..DevOptions::default() };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = Some(parser.value()?.parse()?),
            Long("state") => options.state = Some(parser.value()?.into()),
            Long("dev-json") => options.dev_json = Some(parser.value()?.into()),
            Long("fresh") => options.fresh = true,
            Long("stop-with-stdin") => options.stop_with_stdin = true,
            Long("say-statements") => options.say_statements = true,
            Long("mail") => options.mail = Some(parser.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn send_options(mut parser: lexopt::Parser) -> Result<SendOptions> {
    let mut options = SendOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("url") => options.url = Some(parser.value()?.string()?),
            Long("secret") => options.secret = Some(parser.value()?.string()?),
            Long("file") => options.file = Some(parser.value()?.into()),
            Long("repeat") => options.repeat = true,
            Value(platform) if options.platform.is_empty() => options.platform = platform.string()?,
            Value(event) if options.event.is_none() => options.event = Some(event.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    if options.platform.is_empty() {
        bail!("Send what? Name a platform: shopify, stripe, mailchimp, mandrill or custom.");
    }
    Ok(options)
}

fn deploy_options(mut parser: lexopt::Parser) -> Result<DeployOptions> {
    let mut options = DeployOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dry-run") => options.dry_run = true,
            Long("analytics-engine") => options.analytics_engine = true,
            Long("rotate-master-key") => options.rotate_master_key = true,
            Long("site") => options.site = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn seed_state(mut parser: lexopt::Parser) -> Result<Option<PathBuf>> {
    let mut state = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("state") => state = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(state)
}

fn test_options(parser: &mut lexopt::Parser) -> Result<Task> {
    let mut rest: Vec<OsString> = parser.raw_args()?.collect();
    let part = match rest.first().and_then(|first| first.to_str()) {
        Some("native") => Part::Native,
        Some("fuzz") => Part::Fuzz,
        Some("api") => Part::Api,
        Some("browser") => Part::Browser,
        None if rest.is_empty() => return Ok(Task::Test { part: Part::All, rest }),
        _ => bail!("`test` takes one of native, fuzz, api and browser, then names of test files."),
    };
    rest.remove(0);
    Ok(Task::Test { part, rest })
}

#[cfg(test)]
mod tests {
    use super::{DeployOptions, DevOptions, Part, SendOptions, Task, parse_from};

    fn parse(arguments: &[&str]) -> anyhow::Result<Task> {
        parse_from(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(parse(&[]).unwrap(), Task::Help);
        assert_eq!(parse(&["build", "--release"]).unwrap(), Task::Build { sizes: true });
        let options = DeployOptions { dry_run: true, site: Some("mine.json".into()), ..DeployOptions::default() };
        assert_eq!(parse(&["deploy", "--dry-run", "--site", "mine.json"]).unwrap(), Task::Deploy(options));
        assert_eq!(
            parse(&["dev", "--port", "9000", "--state", "x", "--fresh"]).unwrap(),
            Task::Dev(DevOptions { port: Some(9000), state: Some("x".into()), fresh: true, ..DevOptions::default() })
        );
    }

    #[test]
    fn a_delivery_has_a_platform_and_may_have_an_event() {
        let options = SendOptions {
            platform: "shopify".into(),
            event: Some("orders/create".into()),
            repeat: true,
            ..SendOptions::default()
        };
        assert_eq!(parse(&["send", "shopify", "orders/create", "--repeat"]).unwrap(), Task::Send(options));
        assert!(parse(&["send"]).is_err() && parse(&["send", "a", "b", "c"]).is_err());
    }

    #[test]
    fn a_part_of_the_tests_with_names_of_files() {
        let task = parse(&["test", "api", "consent"]).unwrap();
        assert_eq!(task, Task::Test { part: Part::Api, rest: vec!["consent".into()] });
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(parse(&["build", "--fast"]).is_err());
        assert!(parse(&["dev", "--port", "many"]).is_err());
        assert!(parse(&["fly"]).unwrap_err().to_string().contains("no command `fly`"));
    }
}
