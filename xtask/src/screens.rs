//! Pictures of the dashboard for the documentation, of an instance that holds as much as a busy shop's.

use anyhow::Result;

use crate::process::run;
use crate::project::Project;
use crate::{build, report, setup, test};

const SCRIPT: &str = "tests/screens/dashboard.mjs";

pub(crate) fn command(project: &Project) -> Result<()> {
    let tools = setup::to_build(project)?;
    let chromium = setup::to_browse(project)?;
    build::everything(project, &tools)?;
    let mut node = tools.node(project)?;
    test::environment(&mut node, &tools, Some(&chromium))?;
    report::step("docs/screens", || run(node.arg(project.path(SCRIPT))))
}
