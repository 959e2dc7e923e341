//! What the account has, asked through wrangler.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::CONFIGURATION;
use crate::process::{output, run};
use crate::project::Project;
use crate::report;
use crate::setup::Tools;

const LOG_IN: &str = "The account could not be asked. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN \
                      and CLOUDFLARE_ACCOUNT_ID, and run the command again";

/// How long a queue can keep a message.
const LONGEST_DAYS: u32 = 14;

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

    /// Makes the queue of this name, unless it is there. It keeps messages as long as the account's plan lets it: 14 days, or
    /// one on the free plan.
    pub(super) fn queue(&self, name: &str) -> Result<()> {
        let asked = wrangler(self.project, self.tools)?.args(["queues", "info", name]).output().context(LOG_IN)?;
        if asked.status.success() {
            return Ok(());
        }
        let words = [&asked.stdout, &asked.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat();
        if !is_unknown_queue(&words, name) {
            eprint!("{words}");
            bail!("{LOG_IN}.");
        }
        let make = |days: u32| {
            let seconds = (days * 86_400).to_string();
            let create = ["queues", "create", name, "--message-retention-period-secs", &seconds];
            run(wrangler(self.project, self.tools)?.args(create))
        };
        make(LONGEST_DAYS).or_else(|_| {
            report::note(&format!(
                "The account's plan does not let {name} keep messages for {LONGEST_DAYS} days; it keeps them for one."
            ));
            make(1)
        })
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

    /// The names of the Worker's secrets. One that was never deployed has none; an account that does not answer is an
    /// error, because a secret that is taken for missing would be drawn anew.
    pub(super) fn secrets(&self) -> Result<BTreeSet<String>> {
        let mut list = wrangler(self.project, self.tools)?;
        let listed = list.args(["secret", "list", "--config", CONFIGURATION]).output().context(LOG_IN)?;
        let [text, words] = [&listed.stdout, &listed.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        if listed.status.success() {
            return names(&text).context("wrangler printed no list of secrets.");
        }
        if is_unknown_worker(&words) || is_unknown_worker(&text) {
            return Ok(BTreeSet::new());
        }
        eprint!("{text}{words}");
        bail!("The Worker's secrets could not be listed, so none is drawn. Run the command again.")
    }

    /// The one number that a query on the database gives.
    pub(super) fn number(&self, query: &str) -> Result<i64> {
        let mut execute = wrangler(self.project, self.tools)?;
        execute.args([
            "d1",
            "execute",
            "DB",
            "--remote",
            "--yes",
            "--json",
            "--config",
            CONFIGURATION,
            "--command",
            query,
        ]);
        let printed = output(&mut execute)?;
        let rows: Value = serde_json::from_str(&printed).context("wrangler printed no JSON.")?;
        only_number(&rows).with_context(|| format!("`{query}` gave no number."))
    }
}

/// The field `id` of the row whose field has the wanted value.
fn id_of(rows: &Value, (field, value): (&str, &str), id: &str) -> Option<String> {
    rows.as_array()?.iter().find(|row| row[field] == value)?[id].as_str().map(str::to_owned)
}

fn names(listed: &str) -> Option<BTreeSet<String>> {
    let rows: Value = serde_json::from_str(listed).ok()?;
    rows.as_array()?.iter().map(|row| row["name"].as_str().map(str::to_owned)).collect()
}

/// wrangler's words about a queue that is not there.
fn is_unknown_queue(words: &str, name: &str) -> bool {
    words.contains(&format!("Queue \"{name}\" does not exist."))
}

/// wrangler's words about a Worker that is yet to be deployed.
fn is_unknown_worker(words: &str) -> bool {
    words.contains("not found.") && words.contains("Worker \"")
}

fn only_number(rows: &Value) -> Option<i64> {
    let row = rows[0]["results"][0].as_object()?;
    row.values().next()?.as_i64()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{id_of, is_unknown_queue, is_unknown_worker, names, only_number};

    #[test]
    fn what_wrangler_prints_is_understood() {
        let listed = names(r#"[{"name": "A", "type": "secret_text"}, {"name": "B", "type": "secret_text"}]"#).unwrap();
        assert!(listed.contains("A") && listed.contains("B"));
        assert_eq!(names("Authentication error"), None);
        assert!(is_unknown_worker("✘ [ERROR] Worker \"nod\" not found.\n\nIf this is a new Worker, …"));
        assert!(!is_unknown_worker("✘ [ERROR] A request to the Cloudflare API failed."));
        assert!(is_unknown_queue("✘ [ERROR] Queue \"nod-lost\" does not exist. To create it, run: …", "nod-lost"));
        assert!(!is_unknown_queue("✘ [ERROR] A request to the Cloudflare API failed.", "nod-lost"));
        assert_eq!(only_number(&json!([{"results": [{"count(*)": 3}], "success": true}])), Some(3));
        assert_eq!(only_number(&json!([{"results": [], "success": true}])), None);
    }

    #[test]
    fn rows_are_found_by_name() {
        let rows = json!([{"name": "other", "uuid": "1"}, {"name": "nod", "uuid": "2"}]);
        assert_eq!(id_of(&rows, ("name", "nod"), "uuid").as_deref(), Some("2"));
        assert_eq!(id_of(&rows, ("name", "none"), "uuid"), None);
    }
}
