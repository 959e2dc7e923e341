//! What one visit gets: the configuration in `nod.js`, and the details that the preferences show.
//!
//! The edge decides here, from the place, the signal and the language, what the page then only obeys.

use crate::sorted::SortedMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    id::{Fingerprint, SiteKey},
    locale,
    look::Look,
    notice::{LegalBasis, Notice, Purpose, Words},
    permissions::Permissions,
    regime::{Model, Regime},
    site::Site,
    template,
};

/// The interface texts that the page's script needs before the preferences are loaded.
const STUB_TEXTS: &[&str] = &["saving", "saved", "failed", "load_failed", "placeholder_body", "placeholder_allow"];

/// The circumstances of a visit.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The law that governs it.
    pub regime: &'static Regime,
    /// Whether the browser sent Global Privacy Control.
    pub gpc: bool,
    /// Languages wished for, the strongest wish first: a tag or an `Accept-Language` header each.
    pub languages: &'a [&'a str],
}

/// One visit to a site.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    site: &'a Site,
    regime: &'static Regime,
    gpc: bool,
    locale: &'a str,
    words: &'a Words,
}

/// What `nod.js` carries. Bit *i* of each set of bits is `purposes[i]`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Configuration<'a> {
    site: &'a SiteKey,
    notice: &'a Fingerprint,
    version: u32,
    locale: &'a str,
    dir: &'a str,
    regime: &'static str,
    model: &'static str,
    gpc: bool,
    gpc_mask: u32,
    purposes: Vec<&'a str>,
    names: Vec<&'a str>,
    essential: u32,
    defaults: u32,
    days: u16,
    storage: SortedMap<&'a str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent_mode: Option<&'a Value>,
    /// What follows the banner's own style sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<String>,
    banner: String,
    texts: SortedMap<&'a str, &'a str>,
}

impl<'a> Visit<'a> {
    /// The visit to `site` under these circumstances. `None` for a notice without any language, which none is.
    pub fn new(site: &'a Site, circumstances: Circumstances<'_>) -> Option<Self> {
        let words = &site.notice.words;
        let offered = words.keys().map(String::as_str);
        let locale = locale::negotiate(circumstances.languages, &offered)
            .or_else(|| offered.clone().find(|tag| *tag == site.notice.default_locale))
            .or_else(|| offered.clone().next())?;
        let Circumstances { regime, gpc, .. } = circumstances;
        Some(Self { site, regime, gpc, locale, words: words.get(locale)? })
    }

    /// What is allowed before the visitor has chosen anything.
    pub fn defaults(&self) -> Permissions {
        let notice = &self.site.notice;
        let free = match self.regime.model {
            Model::OptIn => notice.essential(),
            Model::OptOut | Model::NoticeOnly => notice.everything(),
        };
        if self.gpc { free.without(self.gpc_mask()) } else { free }
    }

    /// What a Global Privacy Control signal takes away here.
    pub fn gpc_mask(&self) -> Permissions {
        if self.regime.honours_gpc { self.site.notice.sale_or_sharing() } else { Permissions::NONE }
    }

    fn is_gpc_honoured(&self) -> bool {
        self.gpc && self.regime.honours_gpc
    }

    /// The configuration for the page. `banner` is the rendered banner with its `{{placeholders}}`; `played` is the
    /// region that the visitor plays in development.
    pub fn configuration(&self, banner: &str, played: Option<String>) -> Configuration<'a> {
        let Site { notice, tags, look, .. } = self.site;
        let name = |purpose: &'a Purpose| {
            self.words.purposes.get(&purpose.id).map_or(purpose.id.as_str(), |words| &words.name)
        };
        Configuration {
            site: &self.site.key,
            notice: &self.site.fingerprint,
            version: notice.version,
            locale: self.locale,
            dir: &self.words.dir,
            regime: self.regime.id,
            model: self.regime.model.name(),
            gpc: self.is_gpc_honoured(),
            gpc_mask: self.gpc_mask().bits(),
            purposes: notice.purposes.iter().map(|purpose| purpose.id.as_str()).collect(),
            names: notice.purposes.iter().map(name).collect(),
            essential: notice.essential().bits(),
            defaults: self.defaults().bits(),
            days: self.regime.remember_days,
            storage: storage(notice),
            region: played,
            tags: tags.as_ref().map(|tags| tags.version),
            consent_mode: tags.as_ref().and_then(|tags| tags.consent_mode.as_ref()),
            look: look.map(Look::css).filter(|sheet| !sheet.is_empty()),
            banner: template::fill(banner, |name| self.banner_text(name)),
            texts: STUB_TEXTS.iter().filter_map(|key| Some((*key, self.text(key)?))).collect(),
        }
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.words.texts.get(key).map(String::as_str)
    }

    fn banner_text(&self, name: &str) -> Option<&'a str> {
        match name {
            "locale" => Some(self.locale),
            "dir" => Some(&self.words.dir),
            "gpc_line" if !self.is_gpc_honoured() => None,
            "banner_body" if self.regime.model != Model::OptIn => self.text("banner_body_opt_out"),
            key => self.text(key),
        }
    }

    /// The document that the preferences are made of.
    pub fn details(&self) -> Value {
        let notice = &self.site.notice;
        let mut texts: Map<String, Value> =
            self.words.texts.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect();
        if self.regime.model != Model::OptIn
            && let Some(text) = self.text("preferences_body_opt_out")
        {
            texts.insert("preferences_body".to_owned(), text.into());
        }
        json!({
            "fingerprint": self.site.fingerprint,
            "version": notice.version,
            "locale": self.locale,
            "dir": self.words.dir,
            "regime": self.regime.id,
            "model": self.regime.model.name(),
            "gpc": {"honoured": self.is_gpc_honoured(), "signal": self.gpc},
            "controller": notice.controller,
            "rights": locale::rights_link(self.locale),
            "texts": texts,
            "purposes": notice.purposes.iter().map(|purpose| self.purpose(purpose)).collect::<Vec<_>>(),
        })
    }

    fn purpose(&self, purpose: &Purpose) -> Value {
        let words = self.words.purposes.get(&purpose.id);
        let basis = match purpose.legal_basis {
            LegalBasis::Consent => "legal_basis_consent",
            LegalBasis::Contract => "legal_basis_contract",
            LegalBasis::LegitimateInterest => "legal_basis_legitimate_interest",
        };
        let retention = self.text("retention_days").unwrap_or_default();
        json!({
            "id": purpose.id,
            "essential": purpose.essential,
            "name": words.map(|words| &words.name),
            "description": words.map(|words| &words.description),
            "legal_basis": self.text(basis),
            "retention": retention.replace("{days}", &purpose.retention_days.to_string()),
            "vendors": self.site.notice.vendors_of(purpose).collect::<Vec<_>>(),
        })
    }
}

/// What each purpose's vendors store, by purpose; purposes that store nothing are left out.
fn storage(notice: &Notice) -> SortedMap<&str, Vec<&str>> {
    notice
        .purposes
        .iter()
        .filter(|purpose| !purpose.essential)
        .map(|purpose| {
            let names = notice.vendors_of(purpose).flat_map(|vendor| &vendor.storage);
            (purpose.id.as_str(), names.map(String::as_str).collect::<Vec<_>>())
        })
        .filter(|(_, names)| !names.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::ControllerId, notice::tests_support::notice, regime, region::Region, site::Published};
    use proptest::prelude::*;

    fn site() -> Site {
        let notice = notice();
        Site {
            controller: ControllerId::parse("demo").unwrap(),
            key: notice.site.clone(),
            origins: vec!["https://shop.example".into()],
            fingerprint: notice.fingerprint().unwrap(),
            notice,
            tags: None,
            look: None,
        }
    }

    fn circumstances<'a>(region: &str, gpc: bool, languages: &'a [&'a str]) -> Circumstances<'a> {
        Circumstances { regime: regime::governing(Region::parse(region).as_ref()), gpc, languages }
    }

    fn configuration(region: &str, gpc: bool, languages: &[&str]) -> Value {
        let site = site();
        let visit = Visit::new(&site, circumstances(region, gpc, languages)).unwrap();
        serde_json::to_value(visit.configuration("<p lang={{locale}}>{{banner_body}}</p><b>{{gpc_line}}</b>", None))
            .unwrap()
    }

    #[test]
    fn europe_allows_only_the_essential_before_a_choice_whatever_the_signal() {
        for gpc in [false, true] {
            let europe = configuration("DE", gpc, &["de"]);
            assert_eq!(
                (&europe["defaults"], &europe["gpcMask"], &europe["gpc"]),
                (&json!(1), &json!(0), &json!(false))
            );
            assert_eq!(europe["locale"], "de");
            assert!(europe["banner"].as_str().unwrap().ends_with("<b></b>"));
        }
    }

    #[test]
    fn california_allows_everything_until_gpc_takes_the_sale_away_and_shows_it() {
        let free = configuration("US-CA", false, &["en"]);
        assert_eq!((&free["defaults"], &free["gpcMask"], &free["model"]), (&json!(7), &json!(4), &json!("opt-out")));
        let signalled = configuration("US-CA", true, &["en"]);
        assert_eq!((&signalled["defaults"], &signalled["gpc"]), (&json!(3), &json!(true)));
        assert!(signalled["banner"].as_str().unwrap().contains("Opt-Out Request Honored"));
        assert!(signalled["banner"].as_str().unwrap().contains("opt out now"));
    }

    #[test]
    fn an_unspoken_language_falls_back_to_the_sites_own() {
        assert_eq!(configuration("JP", false, &["ja", "zh-TW,zh"])["locale"], "en");
    }

    #[test]
    fn the_page_learns_what_to_clear() {
        assert_eq!(configuration("DE", false, &[])["storage"], json!({"analytics": ["_tally_*"]}));
    }

    #[test]
    fn the_page_learns_which_tags_are_published_and_nothing_where_there_are_none() {
        let mut site = site();
        let configuration = |site: &Site| {
            let visit = Visit::new(site, circumstances("DE", false, &[])).unwrap();
            serde_json::to_value(visit.configuration("", None)).unwrap()
        };
        let without = configuration(&site);
        assert!(without.get("tags").is_none() && without.get("consentMode").is_none());
        let consent_mode = Some(json!({"types": {"ad_storage": 4}, "wait": 500}));
        site.tags = Some(Published { version: 7, consent_mode: consent_mode.clone() });
        let with = configuration(&site);
        assert_eq!((&with["tags"], with.get("consentMode")), (&json!(7), consent_mode.as_ref()));
    }

    #[test]
    fn the_page_learns_the_sites_look_and_nothing_where_it_is_the_products_own() {
        let mut site = site();
        let look = |site: &Site| {
            let visit = Visit::new(site, circumstances("DE", false, &[])).unwrap();
            serde_json::to_value(visit.configuration("", None)).unwrap().get("look").cloned()
        };
        assert_eq!(look(&site), None);
        site.look = Some(Look::default());
        assert_eq!(look(&site), None);
        site.look = Some(Look::read(&json!({"accent": "#7a1f3d"})).unwrap());
        assert_eq!(look(&site), site.look.map(|look| look.css().into()));
        assert_eq!(site.fingerprint, site.notice.fingerprint().unwrap(), "a notice is what it says, not how it looks");
    }

    proptest! {
        #[test]
        fn gpc_never_allows_more(region in "[A-Z]{2}(-[A-Z]{2})?") {
            let site = site();
            let defaults = |gpc| Visit::new(&site, circumstances(&region, gpc, &[])).unwrap().defaults();
            prop_assert!(defaults(false).contains(defaults(true)));
            prop_assert!(defaults(true).contains(site.notice.essential()));
        }
    }
}
