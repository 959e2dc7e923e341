//! The deployment's configuration: edge/wrangler.toml with the account's ids in it and its paths as seen from
//! `target/nod/`. The local file stays free of any account's ids.

/// The folder in `target/nod/` that a deployment uploads.
pub(super) const ASSETS: &str = "deployed-assets";

/// What the account gave.
pub(super) struct Resources {
    pub(super) database: String,
    /// The KV namespace of the sites' copies.
    pub(super) sites: String,
    /// The KV namespace of the keys.
    pub(super) keys: String,
    /// Whether the account has Workers Analytics Engine. One that has it not refuses a Worker that is bound to it.
    pub(super) analytics_engine: bool,
}

/// The local configuration, made fit for an account. It is read by lines: ours has one value a line.
pub(super) fn for_deployment(local: &str, resources: &Resources) -> String {
    let mut section = String::new();
    let mut lines = vec!["# Written by `cargo xtask deploy` from edge/wrangler.toml.".to_owned()];
    for line in local.lines() {
        if line.starts_with('[') {
            line.trim_matches(['[', ']', ' ']).clone_into(&mut section);
        }
        if section == "analytics_engine_datasets" && !resources.analytics_engine && !line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            lines.push(line.to_owned());
        } else if !is_replaced(line, &section) {
            lines.push(rewritten(line, &section).unwrap_or_else(|| line.to_owned()));
            lines.extend(additions(line, &section, resources));
        }
    }
    lines.join("\n") + "\n"
}

/// What a deployment says besides a binding.
fn additions(line: &str, section: &str, resources: &Resources) -> Vec<String> {
    let Some((_, binding)) = line.split_once('=').filter(|_| key(line) == "binding") else {
        return Vec::new();
    };
    match (section, binding.trim().trim_matches('"')) {
        ("d1_databases", _) => vec![
            format!("database_id = \"{}\"", resources.database),
            "migrations_dir = \"../../edge/migrations\"".to_owned(),
        ],
        ("kv_namespaces", "SITES") => vec![format!("id = \"{}\"", resources.sites)],
        ("kv_namespaces", "KEYS") => vec![format!("id = \"{}\"", resources.keys)],
        _ => Vec::new(),
    }
}

/// Whether a line gives way to an addition.
fn is_replaced(line: &str, section: &str) -> bool {
    matches!((section, key(line)), ("d1_databases", "database_id" | "migrations_dir") | ("kv_namespaces", "id"))
}

/// The line as seen from `target/nod/`, where it differs.
fn rewritten(line: &str, section: &str) -> Option<String> {
    let (_, value) = line.split_once('=')?;
    match (section, key(line)) {
        ("", "main") => Some(format!("main = {}", seen_from_output(value.trim()))),
        ("assets", "directory") => Some(format!("directory = \"{ASSETS}\"")),
        ("vars", "NOD_ENVIRONMENT") => Some("NOD_ENVIRONMENT = \"production\"".to_owned()),
        _ => None,
    }
}

fn key(line: &str) -> &str {
    line.split_once('=').map_or("", |(key, _)| key.trim())
}

/// A path relative to `edge/`, relative to `target/nod/`.
fn seen_from_output(value: &str) -> String {
    format!("\"../../edge/{}\"", value.trim_matches('"').trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::{Resources, for_deployment};

    fn resources(analytics_engine: bool) -> Resources {
        Resources { database: "d-1".into(), sites: "k-1".into(), keys: "k-2".into(), analytics_engine }
    }

    #[test]
    fn analytics_engine_is_bound_only_where_the_account_has_it() {
        let local = "[[analytics_engine_datasets]]\nbinding = \"ANALYTICS\"\ndataset = \"nod_events\"\n\n[triggers]\ncrons = []\n";
        let [without, with] = [false, true].map(|has| for_deployment(local, &resources(has)));
        assert!(!without.contains("analytics_engine_datasets") && !without.contains("ANALYTICS"));
        assert!(with.contains("[[analytics_engine_datasets]]\nbinding = \"ANALYTICS\"\ndataset = \"nod_events\"\n"));
        assert!(without.contains("[triggers]\ncrons = []\n"));
    }

    #[test]
    fn ids_and_paths_are_put_in_and_the_rest_is_kept() {
        let local = "name = \"nod\"\nmain = \"build/index.js\"\n\n[assets]\ndirectory = \"../target/nod/assets\"\nbinding = \"ASSETS\"\n\n\
                     [[d1_databases]]\nbinding = \"DB\"\ndatabase_id = \"local\"\nmigrations_dir = \"migrations\"\n\n\
                     [[kv_namespaces]]\nbinding = \"SITES\"\nid = \"local\"\n\n[[kv_namespaces]]\nbinding = \"KEYS\"\n\n[vars]\nNOD_ENVIRONMENT = \"development\"\n";
        let text = for_deployment(local, &resources(false));
        assert!(
            text.contains("binding = \"SITES\"\nid = \"k-1\"\n") && text.contains("binding = \"KEYS\"\nid = \"k-2\"\n")
        );
        for line in [
            "name = \"nod\"",
            "main = \"../../edge/build/index.js\"",
            "directory = \"deployed-assets\"",
            "binding = \"ASSETS\"",
            "database_id = \"d-1\"",
            "migrations_dir = \"../../edge/migrations\"",
            "NOD_ENVIRONMENT = \"production\"",
        ] {
            assert!(text.lines().any(|written| written == line), "{line} is missing in:\n{text}");
        }
        assert_eq!(text.matches("migrations_dir").count(), 1);
    }
}
