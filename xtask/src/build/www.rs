//! What people open beside the transparency centre, copied as it is beside the built modules.

use std::collections::HashSet;
use std::fs;

use anyhow::Result;

use crate::inputs::{walk, write};
use crate::process::remove;
use crate::project::Project;

/// The demo shop, the element for owners' pages, and the headers of it all.
const COPIED: [&str; 3] = ["_headers", "demo", "rights.js"];

/// Makes the assets say what `www/` says; `assets/nod/` belongs to the steps before.
pub(super) fn build(project: &Project) -> Result<()> {
    let (source, assets) = (project.path("www"), project.assets());
    let mut current = HashSet::new();
    for part in COPIED {
        for file in walk(&source.join(part))? {
            let copy = assets.join(file.strip_prefix(&source)?);
            write(&copy, &fs::read(&file)?)?;
            current.insert(copy);
        }
    }
    for file in walk(&assets)? {
        if !file.starts_with(assets.join("nod")) && !current.contains(&file) {
            remove(&file)?;
        }
    }
    Ok(())
}
