//! What a page submits, and what an owner writes.

use std::sync::LazyLock;

use nod_core::{
    canonical,
    consent::{Context, Submission, decide},
    id::{ControllerId, Fingerprint, RecordId, SiteKey},
    notice::{ControllerContact, Draft},
    regime,
    region::Region,
    site::Site,
    time::Timestamp,
    visit::{Circumstances, Visit},
};
use serde_json::Value;

use crate::webhook::NOW;

pub(crate) static DEMO: LazyLock<Site> = LazyLock::new(|| {
    let definition: Value =
        serde_json::from_str(include_str!("../../www/demo/site.json")).expect("the demo's definition");
    let draft: Draft = serde_json::from_value(definition["notice"].clone()).expect("the demo's notice");
    let site = published(draft).expect("the demo's notice can be published");
    // One that the seeds can name whatever the demo's notice says.
    Site { fingerprint: Fingerprint::of(b""), ..site }
});

fn published(draft: Draft) -> Option<Site> {
    let text = |text: &str| text.to_owned();
    let contact = ControllerContact { name: text("Marl"), contact: text("p@marl.example"), privacy_policy: text("/p") };
    let key = SiteKey::parse("demo-shop")?;
    let notice = draft.publish(key.clone(), contact, text("en")).ok()?;
    let fingerprint = notice.fingerprint().ok()?;
    Some(Site {
        controller: ControllerId::parse("demo")?,
        key,
        origins: vec![text("https://marl.example")],
        fingerprint,
        notice,
        tags: None,
        look: None,
    })
}

/// A body that a page posts.
pub fn consent(input: &[u8]) {
    let Ok(submission) = Submission::parse(input) else { return };
    let context = Context {
        id: RecordId::from_random([7; 16]),
        now: Timestamp::from_millis(NOW).expect("a time"),
        regime: regime::governing(Region::parse("DE").as_ref()),
        region: Region::parse("DE"),
        gpc: false,
        previous: None,
    };
    if let Ok(record) = decide(submission, &DEMO, context) {
        canonical::bytes(&record).expect("a record is JSON");
        assert!(record.is_same_choice(&record));
    }
}

/// An owner's notice: what is published can be shown.
pub fn notice(input: &[u8]) {
    let Ok(draft) = serde_json::from_slice::<Draft>(input) else { return };
    let Some(site) = published(draft) else { return };
    for (region, gpc) in [("DE", false), ("US-CA", true), ("JP", false)] {
        let regime = regime::governing(Region::parse(region).as_ref());
        let visit = Visit::new(&site, Circumstances { regime, gpc, languages: &["de-AT", "en"] }).expect("a language");
        serde_json::to_vec(&visit.configuration("<b>{{accept_all}}</b>", None)).expect("a configuration is JSON");
        let _ = visit.details();
    }
}
