//! The consent record: the stored proof of one choice.
//!
//! It answers who chose what, when, about which exact text, under which law and by which gesture (GDPR Art. 7(1), the
//! fields of ISO/IEC TS 27560), with no IP address and no user agent.

use crate::sorted::SortedMap;

use serde::Serialize;

use super::{Action, Submission, Surface};
use crate::{
    id::{ControllerId, Fingerprint, PurposeId, RecordId, SiteKey, VendorId, VisitorId},
    locale,
    regime::Regime,
    region::Region,
    site::Site,
    time::Timestamp,
};

/// What the server knows about a choice, beside what the page claims.
#[derive(Clone, Debug)]
pub struct Context {
    /// The name of the record to be.
    pub id: RecordId,
    /// The server's clock.
    pub now: Timestamp,
    /// The law that governs the visit.
    pub regime: &'static Regime,
    /// Where the visit comes from, as far as it is known; kept only as precisely as the law needs.
    pub region: Option<Region>,
    /// Whether the browser sent Global Privacy Control.
    pub gpc: bool,
    /// The visitor's newest record on this site.
    pub previous: Option<RecordId>,
}

/// One choice, proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The form of this document: [`Record::SCHEMA`].
    pub schema: &'static str,
    /// Its name.
    pub id: RecordId,
    /// Whose site it was.
    pub controller: ControllerId,
    /// The site.
    pub site: SiteKey,
    /// Who chose.
    pub visitor: VisitorId,
    /// What was shown.
    pub notice: Fingerprint,
    /// The version of what was shown.
    pub notice_version: u32,
    /// What was done.
    pub action: Action,
    /// Every purpose of the notice: granted or refused.
    pub purposes: SortedMap<PurposeId, bool>,
    /// Single vendors, where the visitor decided on them.
    pub vendors: SortedMap<VendorId, bool>,
    /// The language that was read.
    pub locale: String,
    /// Where it was done.
    pub surface: Surface,
    /// The law's name.
    pub regime: String,
    /// The place that the law was picked by.
    pub region: Option<String>,
    /// Whether the browser sent Global Privacy Control.
    pub gpc: bool,
    /// When, by the server's clock.
    pub recorded_at: Timestamp,
    /// When, by the browser's clock.
    pub claimed_at: Option<Timestamp>,
    /// The record that this one replaces.
    pub previous: Option<RecordId>,
}

impl Record {
    /// The form of this document.
    pub const SCHEMA: &'static str = "nod/consent/1";

    /// Do both say that the same was granted and refused by the same act? So does a choice that is delivered again, though
    /// a page that has been loaded anew may name another language, surface or wording of the notice.
    pub fn is_same_choice(&self, other: &Self) -> bool {
        (self.action, &self.purposes, &self.vendors) == (other.action, &other.purposes, &other.vendors)
    }
}

/// Why a well-formed choice is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It was made about a notice that is not the current one.
    StaleNotice,
    /// The notice has no such purpose.
    UnknownPurpose(PurposeId),
    /// The notice has no such vendor.
    UnknownVendor(VendorId),
    /// The notice does not exist in that language.
    UnknownLocale,
    /// The action says one thing and the purposes another.
    Contradiction,
}

/// The record of a choice, if it fits the site's current notice.
pub fn decide(submission: Submission, site: &Site, context: Context) -> Result<Record, Refusal> {
    if submission.notice != site.fingerprint {
        return Err(Refusal::StaleNotice);
    }
    let notice = &site.notice;
    if let Some(unknown) =
        submission.purposes.keys().find(|id| !notice.purposes.iter().any(|purpose| purpose.id == **id))
    {
        return Err(Refusal::UnknownPurpose(unknown.clone()));
    }
    let vendors = submission.vendors.unwrap_or_default();
    if let Some(unknown) = vendors.keys().find(|id| !notice.vendors.iter().any(|vendor| vendor.id == **id)) {
        return Err(Refusal::UnknownVendor(unknown.clone()));
    }
    let locale = locale::negotiate(&[&submission.locale], &notice.words.keys().map(String::as_str))
        .ok_or(Refusal::UnknownLocale)?
        .to_owned();
    let granted = |id: &PurposeId| submission.purposes.get(id).copied().unwrap_or(false);
    let mut optional = notice.purposes.iter().filter(|purpose| !purpose.essential);
    let agrees = match submission.action {
        Action::AcceptAll => optional.all(|purpose| granted(&purpose.id)),
        Action::RejectAll | Action::Withdraw => !optional.any(|purpose| granted(&purpose.id)),
        Action::Custom => true,
    };
    if !agrees {
        return Err(Refusal::Contradiction);
    }
    let purposes =
        notice.purposes.iter().map(|purpose| (purpose.id.clone(), purpose.essential || granted(&purpose.id))).collect();
    Ok(Record {
        schema: Record::SCHEMA,
        id: context.id,
        controller: site.controller.clone(),
        site: site.key.clone(),
        visitor: submission.visitor,
        notice: submission.notice,
        notice_version: notice.version,
        action: submission.action,
        purposes,
        vendors,
        locale,
        surface: submission.surface,
        regime: context.regime.id.to_owned(),
        region: context.region.map(|region| context.regime.place(&region)),
        gpc: context.gpc,
        recorded_at: context.now,
        claimed_at: submission.at,
        previous: context.previous,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::tests_support::{context, record, site, submission};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    type Change = fn(&mut Value);

    fn decided(change: impl FnOnce(&mut Value)) -> Result<Record, Refusal> {
        decide(Submission::parse(&submission(change)).unwrap(), &site(), context())
    }

    #[test]
    fn a_record_says_yes_or_no_for_every_purpose_and_keeps_both_clocks() {
        let record = serde_json::to_value(record()).unwrap();
        assert_eq!(record["purposes"], json!({"necessary": true, "analytics": true, "marketing": false}));
        assert_eq!(record["locale"], "de");
        assert_eq!(record["claimed_at"], "1970-01-01T00:00:01.000Z");
        assert_eq!(record["recorded_at"], "1970-01-01T00:00:02.000Z");
        for key in record.as_object().unwrap().keys() {
            assert!(!key.contains("ip") || key == "previous", "{key}");
            assert!(!key.contains("agent"), "{key}");
        }
    }

    #[test]
    fn a_choice_is_the_same_by_what_was_decided_not_by_where() {
        assert!(record().is_same_choice(&decided(|body| body["surface"] = json!("api")).unwrap()));
        assert!(!record().is_same_choice(&decided(|body| body["purposes"] = json!({"marketing": true})).unwrap()));
    }

    #[test]
    fn the_essential_cannot_be_refused() {
        let record = decided(|body| body["purposes"] = json!({"necessary": false})).unwrap();
        assert!(record.purposes[&PurposeId::parse("necessary").unwrap()]);
    }

    #[test]
    fn what_does_not_fit_the_notice_is_refused() {
        let id = |text| PurposeId::parse(text).unwrap();
        let cases: [(Refusal, Change); 6] = [
            (Refusal::StaleNotice, |body| body["notice"] = json!("0".repeat(64))),
            (Refusal::UnknownPurpose(id("chat")), |body| body["purposes"] = json!({"chat": true})),
            (Refusal::UnknownVendor(VendorId::parse("nobody").unwrap()), |body| {
                body["vendors"] = json!({"nobody": true});
            }),
            (Refusal::UnknownLocale, |body| body["locale"] = json!("tlh")),
            (Refusal::Contradiction, |body| body["action"] = json!("accept-all")),
            (Refusal::Contradiction, |body| body["action"] = json!("reject-all")),
        ];
        for (refusal, change) in cases {
            assert_eq!(decided(change).unwrap_err(), refusal);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_granted_that_was_not_claimed(analytics: Option<bool>, marketing: Option<bool>) {
            let mut claimed = serde_json::Map::new();
            analytics.map(|granted| claimed.insert("analytics".into(), granted.into()));
            marketing.map(|granted| claimed.insert("marketing".into(), granted.into()));
            let record = decided(|body| body["purposes"] = claimed.into()).unwrap();
            let granted = |id| record.purposes[&PurposeId::parse(id).unwrap()];
            prop_assert_eq!(granted("analytics"), analytics.unwrap_or(false));
            prop_assert_eq!(granted("marketing"), marketing.unwrap_or(false));
        }
    }
}
