//! The notice: what a visitor is shown. Texts, purposes, vendors and a version.
//!
//! An owner writes a [`Draft`]; publishing it fills in the product's texts and gives a [`Notice`], which is never changed
//! again. Its fingerprint stands in every consent record, so a record proves what was shown. The version is raised only
//! by a change that visitors must be asked about again; a corrected comma gives a new fingerprint, not a new version.

mod changes;
mod draft;

pub use changes::Changes;
pub use draft::{Draft, DraftWords, Unpublishable};

use serde::{Deserialize, Serialize};

use crate::{
    canonical,
    id::{Fingerprint, PurposeId, SiteKey, VendorId},
    permissions::Permissions,
    sorted::SortedMap,
};

/// GDPR Art. 6(1): why data may be used for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// Point (a).
    Consent,
    /// Point (b).
    Contract,
    /// Point (f). Never a basis to store or read anything on a device (ePrivacy Directive Art. 5(3)).
    LegitimateInterest,
}

/// What data is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// `analytics`
    pub id: PurposeId,
    /// Needed for the site to work: not a matter of consent.
    pub essential: bool,
    /// A sale or sharing under US state laws, which Global Privacy Control objects to.
    pub sale_or_sharing: bool,
    /// Why it may be done.
    pub legal_basis: LegalBasis,
    /// For how many days its data is kept.
    pub retention_days: u16,
    /// Who acts under it.
    pub vendors: Vec<VendorId>,
}

/// A third party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// `ga4`
    pub id: VendorId,
    /// As people know it.
    pub name: String,
    /// Where its own privacy policy is.
    pub privacy_policy: Option<String>,
    /// Names of the cookies and storage keys it sets, see [`crate::storage`].
    #[serde(default)]
    pub storage: Vec<String>,
}

/// Who answers for the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControllerContact {
    /// The organisation's name.
    pub name: String,
    /// Where to write to.
    pub contact: String,
    /// Where its privacy policy is.
    pub privacy_policy: String,
}

/// Name and description of a purpose in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeWords {
    /// A short title.
    pub name: String,
    /// One sentence.
    pub description: String,
}

/// Everything a visitor reads in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The interface's texts by key.
    pub texts: SortedMap<String, String>,
    /// The purposes' texts by their ids.
    pub purposes: SortedMap<PurposeId, PurposeWords>,
}

/// What is published. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The form of this document: `nod/notice/1`.
    pub schema: String,
    /// Whose notice it is.
    pub site: SiteKey,
    /// Raised when visitors must be asked again.
    pub version: u32,
    /// Who answers for the data.
    pub controller: ControllerContact,
    /// The language for visitors whose own is not spoken.
    pub default_locale: String,
    /// In order: bit *i* of [`Permissions`] is purpose *i*.
    pub purposes: Vec<Purpose>,
    /// Everyone whom the purposes name.
    pub vendors: Vec<Vendor>,
    /// What is read, by language.
    pub words: SortedMap<String, Words>,
}

impl Notice {
    /// The SHA-256 of the canonical document.
    pub fn fingerprint(&self) -> Result<Fingerprint, serde_json::Error> {
        canonical::fingerprint(self)
    }

    /// The purposes that need no consent.
    pub fn essential(&self) -> Permissions {
        self.purposes_where(|purpose| purpose.essential)
    }

    /// Every purpose.
    pub fn everything(&self) -> Permissions {
        self.purposes_where(|_| true)
    }

    /// The purposes that are a sale or sharing.
    pub fn sale_or_sharing(&self) -> Permissions {
        self.purposes_where(|purpose| purpose.sale_or_sharing)
    }

    fn purposes_where(&self, wanted: impl Fn(&Purpose) -> bool) -> Permissions {
        self.purposes.iter().enumerate().filter(|(_, purpose)| wanted(purpose)).map(|(index, _)| index).collect()
    }

    /// Is what was chosen on this notice a choice on the later one? Not if a purpose or a vendor came, went or changed, nor if
    /// the purposes are in another order: a page remembers them by their places. Words are corrected without asking again.
    pub fn choices_hold_on(&self, later: &Self) -> bool {
        let asked = |purpose: &Purpose| Purpose { retention_days: 0, ..purpose.clone() };
        let who = |vendor: &Vendor| Vendor { storage: Vec::new(), privacy_policy: None, ..vendor.clone() };
        self.purposes.iter().map(asked).eq(later.purposes.iter().map(asked))
            && self.vendors.iter().map(who).eq(later.vendors.iter().map(who))
    }

    /// The vendors that act under a purpose.
    pub fn vendors_of<'a>(&'a self, purpose: &'a Purpose) -> impl Iterator<Item = &'a Vendor> {
        purpose.vendors.iter().filter_map(|id| self.vendors.iter().find(|vendor| vendor.id == *id))
    }
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;

    pub(crate) fn draft() -> Draft {
        serde_json::from_str(
            r#"{"version": 1, "purposes": [
              {"id": "necessary", "essential": true, "sale_or_sharing": false, "legal_basis": "contract", "retention_days": 365, "vendors": []},
              {"id": "analytics", "essential": false, "sale_or_sharing": false, "legal_basis": "consent", "retention_days": 90, "vendors": ["tally"]},
              {"id": "marketing", "essential": false, "sale_or_sharing": true, "legal_basis": "consent", "retention_days": 30, "vendors": []}],
              "vendors": [{"id": "tally", "name": "Tally", "privacy_policy": null, "storage": ["_tally_*"]}]}"#,
        )
        .unwrap()
    }

    pub(crate) fn notice() -> Notice {
        publish(draft()).unwrap()
    }

    pub(crate) fn publish(draft: Draft) -> Result<Notice, Unpublishable> {
        let controller = ControllerContact {
            name: "Shop".into(),
            contact: "privacy@shop.example".into(),
            privacy_policy: "/privacy".into(),
        };
        draft.publish(SiteKey::parse("shop").unwrap(), controller, "en".into())
    }
}

#[cfg(test)]
mod tests {
    use super::{tests_support::*, *};

    #[test]
    fn the_fingerprint_changes_with_any_word_and_only_then() {
        let notice = notice();
        let fingerprint = notice.fingerprint().unwrap();
        let stored: Notice = serde_json::from_slice(&canonical::bytes(&notice).unwrap()).unwrap();
        assert_eq!(stored.fingerprint().unwrap(), fingerprint);
        let mut other = notice;
        other.words.get_mut("de").unwrap().texts.insert("saved".into(), "Anders.".into());
        assert_ne!(other.fingerprint().unwrap(), fingerprint);
    }

    #[test]
    fn permissions_follow_the_order_of_the_purposes() {
        let notice = notice();
        assert_eq!((notice.essential().bits(), notice.everything().bits(), notice.sale_or_sharing().bits()), (1, 7, 4));
    }

    #[test]
    fn choices_hold_while_nobody_is_asked_for_anything_else() {
        let after = |change: &dyn Fn(&mut Notice)| {
            let mut later = notice();
            change(&mut later);
            notice().choices_hold_on(&later)
        };
        assert!(after(&|later| later.purposes[1].retention_days = 30));
        assert!(after(&|later| later.vendors[0].storage.push("_tally".into())));
        assert!(!after(&|later| later.purposes.swap(1, 2)));
        assert!(!after(&|later| later.purposes[1].sale_or_sharing = true));
        assert!(!after(&|later| later.vendors[0].name = "Another".into()));
        assert!(!after(&|later| later.purposes[2].vendors.push(VendorId::parse("tally").unwrap())));
    }

    #[test]
    fn a_draft_that_would_mislead_cannot_be_published() {
        type Change = fn(&mut Draft);
        let cases: [(&str, Change); 6] = [
            ("no purpose", |draft| draft.purposes.clear()),
            ("nothing essential first", |draft| draft.purposes.reverse()),
            ("a purpose twice", |draft| draft.purposes.push(draft.purposes[1].clone())),
            ("a vendor nobody described", |draft| draft.vendors.clear()),
            ("an essential sale", |draft| draft.purposes[0].sale_or_sharing = true),
            ("an own purpose without words", |draft| draft.purposes[1].id = PurposeId::parse("chat").unwrap()),
        ];
        for (case, change) in cases {
            let mut draft = draft();
            change(&mut draft);
            assert!(publish(draft).is_err(), "{case}");
        }
    }
}
