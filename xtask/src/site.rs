//! A site's definition, a JSON file such as `www/demo/site.json`, and the rows that it makes.
//!
//! It is published by the rules of core, so its notice and fingerprint are the real ones, for the demo as for an owner's site.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use nod_core::canonical;
use nod_core::id::{ControllerId, SiteKey};
use nod_core::look::Look;
use nod_core::notice::{ControllerContact, Draft};
use nod_core::regime;
use nod_core::region::Region;
use nod_core::site::{Site, is_origin};
use nod_core::visit::{Circumstances, Visit};
use serde_json::Value;

use crate::inputs::read;
use crate::project::Project;
use crate::tags::Tags;

/// Where the demo site is defined.
const DEMO: &str = "www/demo/site.json";
/// What its pages do with events.
const DEMO_TAGS: &str = "www/demo/tags.json";

/// A site with what its rows need besides.
pub(crate) struct Definition {
    pub(crate) site: Site,
    controller_name: String,
    /// Where its numbers without a country code are dialled.
    region: Option<Region>,
    site_name: String,
    /// The address of who signs in to the dashboard first.
    pub(crate) owner: Option<String>,
    tags: Option<Tags>,
}

impl Definition {
    /// The demo site, which pages at `origins` may embed.
    pub(crate) fn demo(project: &Project, origins: Vec<String>) -> Result<Self> {
        let demo = Self::parse(&read(&project.path(DEMO))?, Some(origins));
        let demo = demo.with_context(|| format!("{DEMO} cannot be published"))?;
        let tags = Tags::parse(&read(&project.path(DEMO_TAGS))?, &demo.site);
        let tags = tags.with_context(|| format!("{DEMO_TAGS} cannot be published"))?;
        let site = Site { tags: Some(tags.published(&demo.site)), ..demo.site };
        Ok(Self { site, tags: Some(tags), ..demo })
    }

    /// An owner's site, with the origins that the file names.
    pub(crate) fn of_file(file: &Path) -> Result<Self> {
        Self::parse(&read(file)?, None).with_context(|| format!("{} cannot be published", file.display()))
    }

    fn parse(text: &str, origins: Option<Vec<String>>) -> Result<Self> {
        let definition: Value = serde_json::from_str(text)?;
        let origins = origins.map_or_else(|| own_origins(&definition), Ok)?;
        let text = |of: &str, name: &str| {
            definition[of][name].as_str().map(str::to_owned).with_context(|| format!("It has no {of}.{name}."))
        };
        let key = SiteKey::parse(&text("site", "key")?).context("Its site.key is not a site key.")?;
        let controller = ControllerId::parse(&text("controller", "id")?).context("Its controller.id is not an id.")?;
        let contact = ControllerContact {
            name: text("controller", "name")?,
            contact: text("controller", "contact")?,
            privacy_policy: text("controller", "privacy_policy")?,
        };
        let draft: Draft = serde_json::from_value(definition["notice"].clone())?;
        let notice = draft.publish(key.clone(), contact, text("site", "default_locale")?)?;
        Ok(Self {
            site: Site {
                controller,
                key,
                origins,
                fingerprint: notice.fingerprint()?,
                notice,
                tags: None,
                look: own_look(&definition)?,
            },
            controller_name: text("controller", "name")?,
            region: own_region(&definition)?,
            owner: own_owner(&definition)?,
            site_name: text("site", "name")?,
            tags: None,
        })
    }

    /// The statements that put the site into a database, and bring a site that is there up to date. Notices are
    /// append-only: a changed one is added, the earlier ones stay.
    pub(crate) fn seed(&self, now_ms: u128) -> Result<String> {
        let Site { controller, key, origins, fingerprint, notice, look, .. } = &self.site;
        let [controller, key, fingerprint] = [controller.as_str(), key.as_str(), &fingerprint.to_string()].map(quoted);
        let (controller_name, site_name) = (quoted(&self.controller_name), quoted(&self.site_name));
        let contact = quoted(&notice.controller.contact);
        let region = self.region.as_ref().map_or_else(|| "NULL".to_owned(), |region| quoted(region.country()));
        let origins = quoted(&serde_json::to_string(origins)?);
        let document = quoted(&String::from_utf8(canonical::bytes(notice)?)?);
        let version = notice.version;
        let look = look.map_or_else(|| "NULL".to_owned(), |look| quoted(&look.document().to_string()));
        let tags = self.tags.as_ref().map(|tags| tags.seed(&self.site, now_ms)).unwrap_or_default();
        Ok(format!(
            "INSERT INTO controllers (id, name, region, contact, created_at)\n\
             VALUES ({controller}, {controller_name}, {region}, {contact}, {now_ms})\n\
             ON CONFLICT DO UPDATE SET name = excluded.name, region = excluded.region, contact = excluded.contact;\n\
             INSERT INTO sites (controller, key, name, origins, notice, created_at, look)\n\
             VALUES ({controller}, {key}, {site_name}, {origins}, {fingerprint}, {now_ms}, {look})\n\
             ON CONFLICT (controller, key) DO UPDATE SET name = excluded.name, origins = excluded.origins, notice = excluded.notice, look = COALESCE(excluded.look, sites.look);\n\
             INSERT INTO notices (controller, site, fingerprint, version, document, published_at)\n\
             VALUES ({controller}, {key}, {fingerprint}, {version}, {document}, {now_ms})\n\
             ON CONFLICT DO NOTHING;\n\
             {tags}"
        ))
    }

    /// `nod.js` as a visitor in Europe who reads English gets it, from the template that the build wrote.
    pub(crate) fn script(&self, template: &str) -> Result<String> {
        let template: Value = serde_json::from_str(template)?;
        let part = |name: &str| template[name].as_str().with_context(|| format!("page.json has no {name}."));
        let regime = regime::governing(Region::parse("DE").as_ref());
        let visit = Visit::new(&self.site, Circumstances { regime, gpc: false, languages: &["en"] })
            .context("The notice has no language.")?;
        let configuration = serde_json::to_string(&visit.configuration(part("banner")?, None))?;
        Ok(part("stub")?.replace("__NOD_CONFIG__", &configuration))
    }
}

/// The origins that a definition names, each a scheme and a host: `https://shop.example`.
fn own_origins(definition: &Value) -> Result<Vec<String>> {
    let origins: Vec<String> = serde_json::from_value(definition["site"]["origins"].clone())
        .context("It has no site.origins, a list such as [\"https://shop.example\"].")?;
    if let Some(wrong) = origins.iter().find(|origin| !is_origin(origin)) {
        bail!("`{wrong}` is no origin: write the scheme and the host only, such as https://shop.example.");
    }
    ensure!(!origins.is_empty(), "Its site.origins are empty: no page could use it.");
    Ok(origins)
}

/// The country that a definition names for its controller, if it names one.
fn own_region(definition: &Value) -> Result<Option<Region>> {
    let wrong = "Its controller.region is no country: write two letters such as \"GB\", or leave it out.";
    match &definition["controller"]["region"] {
        Value::Null => Ok(None),
        Value::String(text) if text.len() == 2 => Region::parse(text).context(wrong).map(Some),
        _ => bail!(wrong),
    }
}

/// The look that a definition names for its site, if it names one; else the one that its owners set stays.
fn own_look(definition: &Value) -> Result<Option<Look>> {
    match &definition["site"]["look"] {
        Value::Null => Ok(None),
        look => Look::read(look).map(Some).context("Its site.look is no look."),
    }
}

/// The address that a definition names for its controller's first owner, if it names one.
fn own_owner(definition: &Value) -> Result<Option<String>> {
    match &definition["controller"]["owner"] {
        Value::Null => Ok(None),
        Value::String(text) if nod_core::mail::is_address(text) => Ok(Some(text.clone())),
        _ => bail!("Its controller.owner is no e-mail address: write one such as jane@marl.example, or leave it out."),
    }
}

/// An SQL string.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::{Definition, quoted};
    use crate::project::Project;

    fn demo() -> Definition {
        Definition::demo(&Project::here(), vec!["http://localhost:8787".into()]).unwrap()
    }

    #[test]
    fn the_demo_site_can_be_published_and_seeded() {
        let sql = demo().seed(5).unwrap();
        assert!(sql.contains(r#"'["http://localhost:8787"]'"#));
        assert!(sql.contains(&demo().site.fingerprint.to_string()));
        assert_eq!(sql.matches("INSERT INTO").count(), 4);
    }

    #[test]
    fn the_script_carries_the_configuration_of_a_visit() {
        let template = r#"{"stub": "start(__NOD_CONFIG__)", "banner": "<b>{{accept_all}}</b>"}"#;
        let script = demo().script(template).unwrap();
        assert!(script.starts_with("start({") && script.contains("<b>Accept all</b>"));
    }

    #[test]
    fn an_owners_site_names_its_origins_and_only_origins() {
        let text = std::fs::read_to_string(Project::here().path(super::DEMO)).unwrap();
        let with = |origins: &str| {
            Definition::parse(&text.replacen("\"key\":", &format!("\"origins\": {origins}, \"key\":"), 1), None)
        };
        assert_eq!(with(r#"["https://shop.example"]"#).unwrap().site.origins, ["https://shop.example"]);
        for wrong in ["[]", "[1]", r#"["shop.example"]"#, r#"["https://shop.example/"]"#, r#"["https://"]"#] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
        assert!(Definition::parse(&text, None).is_err());
    }

    #[test]
    fn a_controller_may_say_where_its_numbers_are_dialled() {
        let text = std::fs::read_to_string(Project::here().path(super::DEMO)).unwrap();
        let with = |region: &str| {
            let text = text.replacen(r#""region": "GB""#, &format!(r#""region": {region}"#), 1);
            Definition::parse(&text, Some(Vec::new())).and_then(|definition| definition.seed(5))
        };
        assert!(with("\"gb\"").unwrap().contains("'Marl Stoneware Ltd', 'GB', 'privacy@"));
        assert!(with("null").unwrap().contains("'Marl Stoneware Ltd', NULL, 'privacy@"));
        for wrong in ["\"England\"", "\"GB-ENG\"", "44", "\"4!\""] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_controller_may_say_who_signs_in_first() {
        let text = std::fs::read_to_string(Project::here().path(super::DEMO)).unwrap();
        let with = |owner: &str| {
            let text = text.replacen(r#""region": "GB""#, &format!(r#""owner": {owner}"#), 1);
            Definition::parse(&text, Some(Vec::new())).map(|definition| definition.owner)
        };
        assert_eq!(with("\"jane@marl.example\"").unwrap().as_deref(), Some("jane@marl.example"));
        assert_eq!(with("null").unwrap(), None);
        for wrong in ["\"Jane\"", "7", "\"\""] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_site_may_say_how_it_looks() {
        let text = std::fs::read_to_string(Project::here().path(super::DEMO)).unwrap();
        let with = |look: &str| {
            let text = text.replacen("\"key\":", &format!("\"look\": {look}, \"key\":"), 1);
            Definition::parse(&text, Some(Vec::new())).and_then(|definition| definition.seed(5))
        };
        assert!(
            with(r##"{"accent": "#7A1F3D", "theme": "auto"}"##).unwrap().contains(r##", '{"accent":"#7a1f3d"}')"##)
        );
        assert!(with("null").unwrap().contains(", 5, NULL)"));
        for wrong in ["7", r#"{"accent": "red"}"#, r#"{"theme": "night"}"#, r#"{"button": "round"}"#] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn quotes_in_sql_are_doubled() {
        assert_eq!(quoted("it's"), "'it''s'");
    }
}
