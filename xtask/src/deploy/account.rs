//! What the account has, asked through wrangler.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::CONFIGURATION;
use crate::process::{answer, output, run};
use crate::project::Project;
use crate::setup::Tools;

const LOG_IN: &str = "The account could not be asked. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN \
                      and CLOUDFLARE_ACCOUNT_ID, and run the command again";

pub(super) struct Account<'a> {
    project: &'a Project,
    tools: &'a Tools,
}

/// Wrangler as the developer's own: it may ask which account is meant.
pub(super) fn wrangler(project: &Project, tools: &Tools) -> Result<Command> {
    let mut wrangler = tools.wrangler(project)?;
    wrangler.env_remove("CI");
    Ok(wrangler)
}

impl<'a> Account<'a> {
    pub(super) fn new(project: &'a Project, tools: &'a Tools) -> Self {
        Self { project, tools }
    }

    /// The id of the D1 database of this name.
    pub(super) fn database(&self, name: &str) -> Result<String> {
        self.find_or_make(&["d1", "list", "--json"], &["d1", "create", name], ("name", name), "uuid")
    }

    /// The id of the KV namespace of this name.
    pub(super) fn store(&self, name: &str) -> Result<String> {
        self.find_or_make(&["kv", "namespace", "list"], &["kv", "namespace", "create", name], ("title", name), "id")
    }

    fn find_or_make(&self, list: &[&str], make: &[&str], wanted: (&str, &str), id: &str) -> Result<String> {
        if let Some(found) = self.find(list, wanted, id)? {
            return Ok(found);
        }
        run(wrangler(self.project, self.tools)?.args(make))?;
        self.find(list, wanted, id)?.with_context(|| format!("`{}` was made, but is not listed.", wanted.1))
    }

    fn find(&self, list: &[&str], wanted: (&str, &str), id: &str) -> Result<Option<String>> {
        let listed = output(wrangler(self.project, self.tools)?.args(list)).context(LOG_IN)?;
        let rows: Value = serde_json::from_str(&listed).context("wrangler printed no JSON.")?;
        Ok(id_of(&rows, wanted, id))
    }

    /// Whether the Worker has a secret. One that was never deployed has none.
    pub(super) fn has_secret(&self, name: &str) -> Result<bool> {
        let mut list = wrangler(self.project, self.tools)?;
        list.args(["secret", "list", "--config", CONFIGURATION]);
        let listed = answer(&mut list).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
        Ok(id_of(&listed, ("name", name), "name").is_some())
    }
}

/// The field `id` of the row whose field has the wanted value.
fn id_of(rows: &Value, (field, value): (&str, &str), id: &str) -> Option<String> {
    rows.as_array()?.iter().find(|row| row[field] == value)?[id].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::id_of;

    #[test]
    fn rows_are_found_by_name() {
        let rows = json!([{"name": "other", "uuid": "1"}, {"name": "nod", "uuid": "2"}]);
        assert_eq!(id_of(&rows, ("name", "nod"), "uuid").as_deref(), Some("2"));
        assert_eq!(id_of(&rows, ("name", "none"), "uuid"), None);
    }
}
