//! Europe.

use super::{Law, Term};
use crate::rights::{
    calendar::{EEA, STATES, SWITZERLAND, UNITED_KINGDOM, UNITED_KINGDOM_PARTS},
    kind::Kind,
    reason::{DenialReason, HoldReason},
};

/// What the General Data Protection Regulation gives, here and where it was taken over.
pub(super) const KINDS: &[Kind] = &[
    Kind::Access,
    Kind::Deletion,
    Kind::Portability,
    Kind::Rectification,
    Kind::Restriction,
    Kind::Objection,
    Kind::Other,
];

const GDPR_DENIALS: &[(DenialReason, &str)] = &[
    (DenialReason::IdentityNotVerified, "Art. 11(2), 12(2), 12(6)"),
    (DenialReason::ManifestlyUnfounded, "Art. 12(5)(b)"),
    (DenialReason::Excessive, "Art. 12(5)(b)"),
    (DenialReason::LegalObligation, "Art. 17(3)(b)"),
    (DenialReason::LegalClaims, "Art. 17(3)(e), 21(1)"),
    (DenialReason::RightsOfOthers, "Art. 15(4), 20(4)"),
    (DenialReason::FreedomOfExpression, "Art. 17(3)(a)"),
    (DenialReason::CompellingGrounds, "Art. 21(1)"),
    (DenialReason::OutsideJurisdiction, "Art. 2, 3"),
    (DenialReason::Exemption, "Art. 23"),
];

pub(super) static LAWS: &[Law] = &[
    Law {
        id: "gdpr",
        name: "General Data Protection Regulation",
        acknowledge: None,
        respond: Term::Months(1),
        opt_out: Term::Months(1),
        extension: Some(Term::Months(2)),
        // EDPB Guidelines 01/2022 (157) say that there "may be" a suspension. The regulation does not: it is not used.
        pauses: &[],
        rolls: true,
        appeal: None,
        kinds: KINDS,
        denials: GDPR_DENIALS,
        source: "Regulation (EU) 2016/679, Art. 12(3); Regulation (EEC, Euratom) 1182/71, Art. 2 and 3; EDPB Guidelines 01/2022, \
                 157 to 160 (the day of receipt counts)",
        calendar: &EEA,
        calendars: STATES,
        // The European Union, and Iceland, Liechtenstein and Norway (EEA Agreement, Annex XI).
        places: &[
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
        ],
    },
    Law {
        id: "uk",
        name: "UK General Data Protection Regulation",
        acknowledge: None,
        respond: Term::Months(1),
        opt_out: Term::Months(1),
        extension: Some(Term::Months(2)),
        pauses: &[HoldReason::Clarification, HoldReason::IdentityDoubt, HoldReason::Fee],
        rolls: true,
        appeal: None,
        kinds: KINDS,
        denials: GDPR_DENIALS,
        source: "UK GDPR, Art. 12(3) and 12A (Data (Use and Access) Act 2025, section 76, in force since 5 February 2026)",
        calendar: &UNITED_KINGDOM,
        calendars: UNITED_KINGDOM_PARTS,
        places: &["GB"],
    },
    Law {
        id: "ch",
        name: "Federal Act on Data Protection",
        acknowledge: None,
        respond: Term::Days(30),
        opt_out: Term::Days(30),
        // The ordinance gives no length: the person must be told by when. Thirty days more is Nod's.
        extension: Some(Term::Days(30)),
        pauses: &[],
        rolls: true,
        appeal: None,
        kinds: KINDS,
        denials: &[
            (DenialReason::ManifestlyUnfounded, "Art. 26(1)(c)"),
            (DenialReason::LegalObligation, "Art. 26(1)(a)"),
            (DenialReason::RightsOfOthers, "Art. 26(1)(b)"),
            (DenialReason::Exemption, "Art. 26(2), 27"),
        ],
        source: "SR 235.1, Art. 25(7); SR 235.11, Art. 18; SR 220, Art. 77 and 78; SR 173.110.3",
        calendar: &SWITZERLAND,
        calendars: &[],
        places: &["CH"],
    },
];
