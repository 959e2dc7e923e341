//! A site's tag configuration, a JSON file such as `www/demo/tags.json`, and the rows that it makes.
//!
//! It is held against core's rules, as if an owner published it.

use anyhow::{Result, bail};
use nod_core::canonical;
use nod_core::destinations::Hosts;
use nod_core::id::Fingerprint;
use nod_core::site::{Published, Site};
use nod_core::tags::Configuration;
use serde_json::Value;

use crate::site::quoted;

/// A configuration that can be published.
pub(crate) struct Tags {
    configuration: Configuration,
    document: String,
}

impl Tags {
    /// Reads what is in a file. Destinations may be anywhere: it is for development.
    pub(crate) fn parse(text: &str, site: &Site) -> Result<Self> {
        let written: Value = serde_json::from_str(text)?;
        let document = String::from_utf8(canonical::bytes(&written)?)?;
        match Configuration::read(written, &site.notice, Hosts::Any) {
            Ok(configuration) => Ok(Self { configuration, document }),
            Err(problems) => {
                let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
                bail!(problems.join("\n"))
            }
        }
    }

    /// What `nod.js` says of it as a site's first version.
    pub(crate) fn published(&self, site: &Site) -> Published {
        let consent_mode = self.configuration.consent_mode.as_ref().map(|mode| mode.for_page(&site.notice));
        Published { version: 1, consent_mode }
    }

    /// The statements that publish it, unless it was before: then what was published since stays.
    pub(crate) fn seed(&self, site: &Site, now_ms: u128) -> String {
        let fingerprint = Fingerprint::of(self.document.as_bytes()).to_string();
        let publication = quoted(&format!("seed/{}/{fingerprint}", site.key));
        let [controller, key, fingerprint, document] =
            [site.controller.as_str(), site.key.as_str(), &fingerprint, &self.document].map(quoted);
        let versions = format!("FROM tag_versions WHERE controller = {controller} AND site = {key}");
        format!(
            "INSERT INTO tag_versions (controller, site, version, document, fingerprint, note, published_at, publication)\n\
             SELECT {controller}, {key}, (SELECT COALESCE(MAX(version), 0) + 1 {versions}), {document}, {fingerprint},\n\
             'As in the repository', {now_ms}, {publication}\n\
             WHERE NOT EXISTS (SELECT 1 {versions} AND publication = {publication});\n\
             UPDATE sites SET tags_since = {now_ms}, tags = (SELECT version {versions} AND publication = {publication})\n\
             WHERE controller = {controller} AND key = {key}\n\
             AND EXISTS (SELECT 1 {versions} AND publication = {publication} AND published_at = {now_ms});\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tags;
    use crate::project::Project;
    use crate::site::Definition;

    fn parse(text: &str) -> anyhow::Result<Tags> {
        Tags::parse(text, &Definition::demo(&Project::here(), Vec::new()).unwrap().site)
    }

    #[test]
    fn what_cannot_be_published_is_named_by_its_place() {
        let twice =
            parse(r#"{"schema": 1, "vendors": [{"id": "a"}, {"template": "none"}]}"#).err().unwrap().to_string();
        assert!(twice.contains("vendors[0]") && twice.contains("vendors[1].template"), "{twice}");
        assert!(parse("{").is_err());
    }

    #[test]
    fn a_file_is_published_as_a_version_once() {
        let site = Definition::demo(&Project::here(), Vec::new()).unwrap().site;
        let tags = Tags::parse(r#"{"schema": 1, "variables": {"greeting": "it's"}}"#, &site).unwrap();
        let sql = tags.seed(&site, 5);
        assert!(sql.contains(r#"'{"schema":1,"variables":{"greeting":"it''s"}}'"#), "{sql}");
        assert_eq!(sql, tags.seed(&site, 5));
    }
}
