//! The one pipeline that dev, tests and releases share: always optimised, so that what is tested is what is
//! shipped. Each step is skipped when its inputs have not changed.
//!
//!     tag, events, widget   wasm for the browser, with its glue        -> assets/nod/<name>-<hash>.{js,wasm}
//!     page          the stub and the banner, ready to fill in  -> assets/nod/page.json
//!     www           the transparency centre, as wasm           -> assets/nod/www-<hash>.{js,wasm}
//!     centre        its page, styles and texts                 -> assets/nod/www.json, assets/nod/www-<hash>.{css,json}
//!     dashboard     the dashboard, as wasm, its page and styles -> assets/nod/dashboard*
//!     copies        what else people open                      -> assets/
//!     edge          the Worker                                 -> edge/build/

mod browser;
mod centre;
mod dashboard;
mod edge;
mod glue;
mod page;
mod www;

use std::fs::{self, File};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::setup::{self, Tools};
use crate::{report, sizes};

pub(crate) use browser::Module;
pub(crate) use centre::Centre;

/// The names under which the browser's modules were published.
pub(crate) struct Built {
    pub(crate) tag: Module,
    pub(crate) events: Module,
    pub(crate) widget: Module,
    pub(crate) www: Module,
    pub(crate) centre: Centre,
    pub(crate) dashboard: Module,
    pub(crate) dashboard_styles: String,
}

pub(crate) fn command(project: &Project, print_sizes: bool) -> Result<()> {
    let tools = setup::to_build(project)?;
    let built = everything(project, &tools)?;
    if print_sizes {
        sizes::print(project, &tools, &built)?;
    } else {
        report::present(&format!("Built into {}.", project.shown(&project.output())));
    }
    Ok(())
}

/// Builds whatever has changed.
pub(crate) fn everything(project: &Project, tools: &Tools) -> Result<Built> {
    let _alone = alone(project)?;
    let tag = browser::build(project, tools, &browser::TAG)?;
    let events = browser::build(project, tools, &browser::EVENTS)?;
    let widget = browser::build(project, tools, &browser::WIDGET)?;
    page::build(project, tools, &[("__NOD_TAG__", &tag), ("__NOD_EVENTS__", &events), ("__NOD_WIDGET__", &widget)])?;
    let www = browser::build(project, tools, &browser::WWW)?;
    let centre = centre::build(project, tools, &www)?;
    let dashboard = browser::build(project, tools, &browser::DASHBOARD)?;
    let dashboard_styles = dashboard::build(project, tools, &dashboard)?;
    www::build(project)?;
    let others = [centre.files(), vec![dashboard_styles.clone()]].concat();
    browser::remove_others(project, &[&tag, &events, &widget, &www, &dashboard], &others)?;
    edge::build(project, tools)?;
    Ok(Built { tag, events, widget, www, centre, dashboard, dashboard_styles })
}

/// Whether something was built before, however old.
pub(crate) fn is_there(project: &Project) -> bool {
    project.assets().join("nod/page.json").exists() && project.path("edge/build/index.js").exists()
}

/// Waits until no other xtask builds here, and keeps others waiting until the answer is dropped.
fn alone(project: &Project) -> Result<File> {
    fs::create_dir_all(project.output()).context("target/nod could not be made.")?;
    let lock = File::create(project.output().join(".lock")).context("target/nod/.lock could not be made.")?;
    if lock.try_lock().is_err() {
        report::note("Waiting for another build of this checkout to end.");
        lock.lock().context("target/nod/.lock could not be locked.")?;
    }
    Ok(lock)
}
