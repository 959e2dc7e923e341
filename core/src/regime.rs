//! The law that governs a visit, as data.
//!
//! A new jurisdiction is a new row of [`REGIMES`]: which places it covers, its model, whether Global Privacy Control
//! binds there, and how long a choice is remembered. The first row that covers a place wins, so a state stands before
//! its country. A place that no row covers gets [`DEFAULT`], the strictest model.

use crate::region::Region;

/// How consent works under a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Nothing non-essential before the visitor allows it.
    OptIn,
    /// Allowed until the visitor objects.
    OptOut,
    /// The visitor is told; there is nothing to choose.
    NoticeOnly,
}

impl Model {
    /// The name that the page, the API and the records use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OptIn => "opt-in",
            Self::OptOut => "opt-out",
            Self::NoticeOnly => "notice-only",
        }
    }
}

/// One law, or a family of laws that ask the same of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Regime {
    /// The name that records carry.
    pub id: &'static str,
    /// How consent works here.
    pub model: Model,
    /// Whether a Global Privacy Control signal is a binding opt-out here.
    pub honours_gpc: bool,
    /// For how many days a choice, either way, is remembered before the visitor is asked again.
    pub remember_days: u16,
    /// The law's own words on it: where the values above come from.
    pub source: &'static str,
    /// Countries (`DE`) and subdivisions (`US-CA`) it covers.
    places: &'static [&'static str],
}

/// What governs a place that no row names, and a visit whose place is unknown.
pub const DEFAULT: Regime = Regime {
    id: "default",
    model: Model::OptIn,
    honours_gpc: false,
    remember_days: 182,
    source: "No law is assumed: the strictest model is safe everywhere.",
    places: &[],
};

/// The known laws, most specific place first.
pub const REGIMES: &[Regime] = &[
    Regime {
        id: "ccpa",
        model: Model::OptOut,
        honours_gpc: true,
        remember_days: 365,
        source: "Cal. Civ. Code 1798.120, 1798.135(c)(4) (no renewed request within 12 months); 11 CCR 7025 (GPC)",
        places: &["US-CA"],
    },
    Regime {
        id: "gdpr",
        model: Model::OptIn,
        honours_gpc: false,
        remember_days: 182,
        source: "ePrivacy Directive Art. 5(3), GDPR Art. 4(11) and 7; six months: CNIL 2020-092 section 39",
        // The European Union, and Iceland, Liechtenstein and Norway (EEA Agreement, Annex XI).
        places: &[
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
        ],
    },
];

/// The law that governs a visit from `region`; the default where the place is unknown.
pub fn governing(region: Option<&Region>) -> &'static Regime {
    region.and_then(|region| REGIMES.iter().find(|regime| regime.covers(region))).unwrap_or(&DEFAULT)
}

impl Regime {
    /// The place as this law needs it and no more precisely: `US-CA` where the subdivision decides, else the country.
    pub fn place(&self, region: &Region) -> String {
        let whole = region.to_string();
        if self.places.contains(&whole.as_str()) { whole } else { region.country().to_owned() }
    }

    /// The countries and subdivisions that it covers.
    pub const fn places(&self) -> &'static [&'static str] {
        self.places
    }

    fn covers(&self, region: &Region) -> bool {
        let whole = region.to_string();
        self.places.iter().any(|place| *place == region.country() || *place == whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn regime(text: &str) -> &'static str {
        governing(Region::parse(text).as_ref()).id
    }

    #[test]
    fn places_have_their_laws() {
        for (place, id) in [
            ("DE", "gdpr"),
            ("FR-75", "gdpr"),
            ("NO", "gdpr"),
            ("US-CA", "ccpa"),
            ("US-TX", "default"),
            ("US", "default"),
            ("XX", "default"),
        ] {
            assert_eq!(regime(place), id, "{place}");
        }
        assert_eq!(governing(None).id, "default");
    }

    #[test]
    fn a_place_is_kept_only_as_precisely_as_the_law_needs() {
        let place = |text| {
            let region = Region::parse(text).unwrap();
            governing(Some(&region)).place(&region)
        };
        assert_eq!((place("US-CA"), place("FR-75"), place("US-TX")), ("US-CA".into(), "FR".into(), "US".into()));
    }

    #[test]
    fn no_two_regimes_share_a_name_or_a_place() {
        let mut places: Vec<_> = REGIMES.iter().flat_map(|regime| regime.places).collect();
        let mut ids: Vec<_> = REGIMES.iter().chain([&DEFAULT]).map(|regime| regime.id).collect();
        let (place_count, id_count) = (places.len(), ids.len());
        places.sort_unstable();
        places.dedup();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((places.len(), ids.len()), (place_count, id_count));
        assert_eq!(REGIMES.iter().find(|regime| regime.id == "gdpr").map(|gdpr| gdpr.places.len()), Some(27 + 3));
    }

    proptest! {
        #[test]
        fn an_unknown_place_is_never_treated_more_freely_than_opt_in(text in "[A-Z]{2}(-[A-Z0-9]{1,3})?") {
            let regime = governing(Region::parse(&text).as_ref());
            if regime.id == DEFAULT.id {
                prop_assert_eq!(regime.model, Model::OptIn);
            }
        }
    }
}
