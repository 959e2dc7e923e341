//! The demo site of `www/demo/site.json`: published by the same rules as any site, so that its notice and fingerprint are real.

use anyhow::{Context, Result};
use nod_core::canonical;
use nod_core::id::{ControllerId, SiteKey};
use nod_core::notice::{ControllerContact, Draft};
use nod_core::regime;
use nod_core::region::Region;
use nod_core::site::Site;
use nod_core::visit::{Circumstances, Visit};
use serde_json::Value;

use crate::inputs::read;
use crate::project::Project;

/// The site with what its rows need besides.
pub(crate) struct Demo {
    pub(crate) site: Site,
    controller_name: String,
    site_name: String,
}

impl Demo {
    /// The site as a page at one of `origins` may embed it.
    pub(crate) fn read(project: &Project, origins: Vec<String>) -> Result<Self> {
        Self::parse(&read(&project.path("www/demo/site.json"))?, origins)
            .context("www/demo/site.json cannot be published.")
    }

    fn parse(text: &str, origins: Vec<String>) -> Result<Self> {
        let definition: Value = serde_json::from_str(text)?;
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
            site: Site { controller, key, origins, fingerprint: notice.fingerprint()?, notice },
            controller_name: text("controller", "name")?,
            site_name: text("site", "name")?,
        })
    }

    /// The statements that put the site into a database, and bring a site that is there up to date. Notices are
    /// append-only: a changed one is added, the earlier ones stay.
    pub(crate) fn seed(&self, now_ms: u128) -> Result<String> {
        let Site { controller, key, origins, fingerprint, notice } = &self.site;
        let [controller, key, fingerprint] = [controller.as_str(), key.as_str(), &fingerprint.to_string()].map(quoted);
        let (controller_name, site_name) = (quoted(&self.controller_name), quoted(&self.site_name));
        let origins = quoted(&serde_json::to_string(origins)?);
        let document = quoted(&String::from_utf8(canonical::bytes(notice)?)?);
        let version = notice.version;
        Ok(format!(
            "INSERT INTO controllers (id, name, created_at) VALUES ({controller}, {controller_name}, {now_ms})\n\
             ON CONFLICT DO UPDATE SET name = excluded.name;\n\
             INSERT INTO sites (controller, key, name, origins, notice, created_at)\n\
             VALUES ({controller}, {key}, {site_name}, {origins}, {fingerprint}, {now_ms})\n\
             ON CONFLICT (controller, key) DO UPDATE SET name = excluded.name, origins = excluded.origins, notice = excluded.notice;\n\
             INSERT INTO notices (controller, site, fingerprint, version, document, published_at)\n\
             VALUES ({controller}, {key}, {fingerprint}, {version}, {document}, {now_ms})\n\
             ON CONFLICT DO NOTHING;\n"
        ))
    }

    /// `nod.js` as a visitor in Europe who reads English gets it, from the template that the build wrote.
    pub(crate) fn script(&self, template: &str) -> Result<String> {
        let template: Value = serde_json::from_str(template)?;
        let part = |name: &str| template[name].as_str().with_context(|| format!("page.json has no {name}."));
        let regime = regime::governing(Region::parse("DE").as_ref());
        let visit = Visit::new(&self.site, Circumstances { regime, gpc: false, languages: &["en"] })
            .context("The demo site's notice has no language.")?;
        let configuration = serde_json::to_string(&visit.configuration(part("banner")?, None))?;
        Ok(part("stub")?.replace("__NOD_CONFIG__", &configuration))
    }
}

/// An SQL string.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::{Demo, quoted};
    use crate::project::Project;

    fn demo() -> Demo {
        Demo::read(&Project::here(), vec!["http://localhost:8787".into()]).unwrap()
    }

    #[test]
    fn the_demo_site_can_be_published_and_seeded() {
        let sql = demo().seed(5).unwrap();
        assert!(sql.contains(r#"'["http://localhost:8787"]'"#));
        assert!(sql.contains(&demo().site.fingerprint.to_string()));
        assert_eq!(sql.matches("INSERT INTO").count(), 3);
    }

    #[test]
    fn the_script_carries_the_configuration_of_a_visit() {
        let template = r#"{"stub": "start(__NOD_CONFIG__)", "banner": "<b>{{accept_all}}</b>"}"#;
        let script = demo().script(template).unwrap();
        assert!(script.starts_with("start({") && script.contains("<b>Accept all</b>"));
    }

    #[test]
    fn quotes_in_sql_are_doubled() {
        assert_eq!(quoted("it's"), "'it''s'");
    }
}
