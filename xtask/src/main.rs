//! The developer's one door: `cargo xtask <command>` sets up what is missing, builds, serves, tests,
//! measures and deploys Nod. Every command can be repeated; whatever is already done is skipped.

mod arguments;
mod bench;
mod build;
mod check;
mod deploy;
mod dev;
mod fuzz;
mod inputs;
mod process;
mod project;
mod report;
mod screens;
mod secrets;
mod seed;
mod send;
mod setup;
mod site;
mod sizes;
mod staff;
mod tags;
mod test;

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::Task;
use crate::project::Project;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let project = Project::here();
    match arguments::parse()? {
        Task::Help => {
            println!("{}", arguments::USAGE);
            Ok(())
        }
        Task::Setup => setup::everything(&project).map(drop),
        Task::Build { sizes } => build::command(&project, sizes),
        Task::Dev(options) => dev::command(&project, &options),
        Task::Seed { state } => seed::command(&project, state),
        Task::Send(options) => send::command(&project, &options),
        Task::Test { part, rest } => test::command(&project, part, &rest),
        Task::Check => check::command(&project),
        Task::Screens => screens::command(&project),
        Task::Bench { rest } => bench::command(&project, &rest),
        Task::Deploy(options) => deploy::command(&project, &options),
    }
}
