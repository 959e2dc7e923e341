//! The circumstances of a visit, read from its request: place, signal, languages.

use nod_core::{
    gpc,
    regime::{self, Regime},
    region::Region,
    site::Site,
    visit::{self, Visit},
};

use crate::http::{Call, Problem};

/// Longer lists of languages are cut: nobody reads that many.
const LANGUAGES_LIMIT: usize = 512;

/// What a request says about its visit.
pub(crate) struct Circumstances {
    /// Where it comes from, as far as it is known.
    pub(crate) region: Option<Region>,
    /// Whether the region is one that a developer plays by `?region=`.
    is_played: bool,
    /// Whether the browser sent Global Privacy Control.
    pub(crate) gpc: bool,
    languages: [Option<String>; 2],
}

impl Circumstances {
    pub(crate) fn of(call: &Call) -> Self {
        let played = if call.environment.is_development() {
            call.parameter("region").and_then(|text| Region::parse(&text))
        } else {
            None
        };
        Self {
            is_played: played.is_some(),
            region: played.or_else(|| located(call)),
            gpc: gpc::is_signalled(call.header("Sec-GPC").as_deref()),
            languages: [call.parameter("lang"), call.header("Accept-Language")],
        }
    }

    /// The law that governs the visit.
    pub(crate) fn regime(&self) -> &'static Regime {
        regime::governing(self.region.as_ref())
    }

    /// The region that the visitor plays, if any.
    pub(crate) fn played(&self) -> Option<String> {
        self.region.as_ref().filter(|_| self.is_played).map(ToString::to_string)
    }

    /// This visit to a site.
    pub(crate) fn visit<'a>(&self, site: &'a Site) -> Result<Visit<'a>, Problem> {
        let languages: Vec<&str> = self.languages.iter().flatten().map(|wish| beginning(wish)).collect();
        Visit::new(site, visit::Circumstances { regime: self.regime(), gpc: self.gpc, languages: &languages })
            .ok_or_else(|| Problem::internal("a notice without any language"))
    }
}

/// The place by the network address, which Cloudflare knows and we never see stored.
fn located(call: &Call) -> Option<Region> {
    let place = call.request.cf()?;
    Region::new(&place.country()?, place.region_code().as_deref())
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LANGUAGES_LIMIT)).unwrap_or_default()
}
