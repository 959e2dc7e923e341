//! Brazil and Canada.

use super::{Law, Term, europe};
use crate::rights::{
    calendar::{BRAZIL, CANADA, QUEBEC},
    kind::Kind,
    reason::DenialReason,
};

pub(super) static LAWS: &[Law] = &[
    Law {
        id: "lgpd",
        name: "Lei Geral de Proteção de Dados Pessoais",
        acknowledge: None,
        respond: Term::Days(15),
        opt_out: Term::Days(15),
        extension: None,
        pauses: &[],
        rolls: true,
        appeal: None,
        kinds: europe::KINDS,
        denials: &[
            (DenialReason::LegalObligation, "Art. 16, I"),
            (DenialReason::NotCovered, "Art. 18, § 4, II"),
            (DenialReason::Exemption, "Art. 4"),
        ],
        source: "Lei 13.709/2018, Art. 19, II (for access; kept for every kind, where the law says \"at once\"); Código Civil, Art. 132",
        calendar: &BRAZIL,
        calendars: &[],
        places: &["BR"],
    },
    Law {
        id: "quebec",
        name: "Act respecting the protection of personal information in the private sector (Quebec)",
        acknowledge: None,
        respond: Term::Days(30),
        opt_out: Term::Days(30),
        extension: None,
        pauses: &[],
        rolls: true,
        appeal: None,
        kinds: &[Kind::Access, Kind::Deletion, Kind::Portability, Kind::Rectification, Kind::Objection, Kind::Other],
        denials: &[
            (DenialReason::Excessive, "Section 46"),
            (DenialReason::LegalClaims, "Section 39"),
            (DenialReason::RightsOfOthers, "Section 40"),
        ],
        source: "CQLR c. P-39.1, section 32 (no answer in 30 days is a refusal); CQLR c. I-16, sections 52 and 61(23)",
        calendar: &QUEBEC,
        calendars: &[],
        places: &["CA-QC"],
    },
    Law {
        id: "pipeda",
        name: "Personal Information Protection and Electronic Documents Act",
        acknowledge: None,
        respond: Term::Days(30),
        opt_out: Term::Days(30),
        extension: Some(Term::Days(30)),
        pauses: &[],
        rolls: true,
        appeal: None,
        kinds: &[Kind::Access, Kind::Deletion, Kind::Rectification, Kind::Objection, Kind::Other],
        denials: &[
            (DenialReason::RightsOfOthers, "Section 9(1)"),
            (DenialReason::LegalClaims, "Section 9(3)(a)"),
            (DenialReason::Exemption, "Section 9(3)"),
        ],
        source: "S.C. 2000, c. 5, section 8(3) to (5) (no answer in time is a refusal); Interpretation Act, R.S.C. 1985, c. I-21, \
                 sections 26 and 35",
        calendar: &CANADA,
        calendars: &[],
        places: &["CA"],
    },
];
