//! One local instance: workerd with a database of its own, the demo site in it, and a file that tells tests and
//! tools where it is. Any number of instances can run beside each other, each with its port and its state.

mod instance;
mod mailbox;
mod server;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::arguments::DevOptions;
use crate::inputs::write_private;
use crate::process::remove;
use crate::project::Project;
use crate::staff::OwnerToken;
use crate::{build, report, setup};

pub(crate) use instance::{Instance, now};
use server::Server;

pub(crate) fn command(project: &Project, options: &DevOptions) -> Result<()> {
    let instance = Instance::new(project, options)?;
    let tools = setup::to_build(project)?;
    if !options.skip_build {
        build::everything(project, &tools)?;
    } else if !build::is_there(project) {
        bail!("Nothing is built yet. Run `cargo xtask build` first, or `cargo xtask dev`, which builds.");
    }
    // Left behind by an instance that was killed, it would announce this one too early.
    remove(&instance.dev_json)?;
    if options.fresh {
        remove(&instance.state)?;
    }
    let owner = instance.prepare(project, &tools)?;
    let dashboard = instance.invite(project, &tools)?;

    let mut variables = instance.mail_variables(options)?;
    if options.say_statements {
        variables.push("NOD_SAY_STATEMENTS:1".to_owned());
    }
    let mut server = Server::start(project, &tools, &instance, &variables)?;
    if options.stop_with_stdin {
        server.stop_with_stdin();
    }
    if server.is_ready(&instance)? {
        announce(project, &instance, &owner, &dashboard)?;
        server.wait()?;
    }
    remove(&instance.dev_json)?;
    server.stop()?;
    report::present("Stopped.");
    Ok(())
}

/// Writes where everything is, for tests and tools, and prints it for people.
fn announce(project: &Project, instance: &Instance, owner: &OwnerToken, dashboard: &str) -> Result<()> {
    let url = &instance.url;
    let addresses = json!({
        "url": url,
        "site_key": instance.demo.site.key,
        "staff_token": owner.text(),
        "dashboard_link": dashboard,
        "mail_dir": instance.mail(),
    });
    let text = serde_json::to_string_pretty(&addresses).context("The addresses cannot be written as JSON.")?;
    // It holds a token.
    write_private(&instance.dev_json, text.as_bytes())?;
    println!();
    report::present(&format!("Nod is ready at {url}"));
    println!("  demo shop   {url}/demo/");
    println!("  as if from  {url}/demo/california.html");
    println!("  script      {url}/{}/nod.js", instance.demo.site.key);
    println!("  dashboard   {dashboard}");
    println!("  mail        {}", project.shown(&instance.mail()));
    println!("  for tools   {}", project.shown(&instance.dev_json));
    println!("  Ctrl-C stops it.\n");
    Ok(())
}
