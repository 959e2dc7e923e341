//! The states of the United States. There is no general federal law: a state without a row has the default.

use super::{Appeal, Law, Term};
use crate::rights::{
    calendar::{CALIFORNIA, UNITED_STATES},
    kind::Kind,
    reason::DenialReason,
};

/// What the states' laws give beside California's. Iowa's gives no correction; it is offered all the same.
const KINDS: &[Kind] =
    &[Kind::Access, Kind::Deletion, Kind::Portability, Kind::Rectification, Kind::OptOutOfSale, Kind::Other];

/// A state whose law follows Virginia's model: so many days, so many more, and perhaps an appeal.
const fn state(
    id: &'static str,
    name: &'static str,
    place: &'static [&'static str],
    days: [u32; 2],
    appeal: Option<Appeal>,
    source: &'static str,
) -> Law {
    let [respond, extension] = days;
    Law {
        id,
        name,
        acknowledge: None,
        respond: Term::Days(respond),
        opt_out: Term::Days(respond),
        extension: Some(Term::Days(extension)),
        pauses: &[],
        rolls: false,
        appeal,
        kinds: KINDS,
        denials: &[],
        source,
        calendar: &UNITED_STATES,
        calendars: &[],
        places: place,
    }
}

const fn appeal(respond: u32) -> Appeal {
    Appeal { within: Term::Days(60), respond: Term::Days(respond), extension: None }
}

const fn long_appeal(respond: u32, extension: u32) -> Appeal {
    Appeal { within: Term::Days(60), respond: Term::Days(respond), extension: Some(Term::Days(extension)) }
}

pub(super) static LAWS: &[Law] = &[
    Law {
        id: "ccpa",
        name: "California Consumer Privacy Act",
        acknowledge: Some(Term::WorkingDays(10)),
        respond: Term::Days(45),
        opt_out: Term::WorkingDays(15),
        extension: Some(Term::Days(45)),
        pauses: &[],
        rolls: false,
        appeal: None,
        kinds: &[
            Kind::Access,
            Kind::Deletion,
            Kind::Portability,
            Kind::Rectification,
            Kind::OptOutOfSale,
            Kind::LimitSensitive,
            Kind::Other,
        ],
        denials: &[
            (DenialReason::IdentityNotVerified, "11 CCR 7021(b), 7022(e), 7024(a)"),
            (DenialReason::ManifestlyUnfounded, "Cal. Civ. Code 1798.145(h)(3)"),
            (DenialReason::Excessive, "Cal. Civ. Code 1798.145(h)(3)"),
            (DenialReason::LegalObligation, "Cal. Civ. Code 1798.105(d)(8), 1798.145(a)(1)"),
            (DenialReason::LegalClaims, "Cal. Civ. Code 1798.145(a)(1)"),
            (DenialReason::RightsOfOthers, "Cal. Civ. Code 1798.145(k)"),
            (DenialReason::FreedomOfExpression, "Cal. Civ. Code 1798.105(d)(4)"),
            (DenialReason::Exemption, "Cal. Civ. Code 1798.145"),
            (DenialReason::SuspectedFraud, "11 CCR 7026(e), 7027(f)"),
        ],
        source: "Cal. Civ. Code 1798.130(a)(2); 11 CCR 7021 (10 business days to confirm, 45 days from receipt however long \
                 the proof takes, 90 in all), 7026(f) and 7027(g) (15 business days for opt-outs)",
        calendar: &CALIFORNIA,
        calendars: &[],
        places: &["US-CA"],
    },
    state(
        "us-va",
        "Virginia Consumer Data Protection Act",
        &["US-VA"],
        [45, 45],
        Some(appeal(60)),
        "Va. Code 59.1-577(B) and (C)",
    ),
    state(
        "us-co",
        "Colorado Privacy Act",
        &["US-CO"],
        [45, 45],
        Some(long_appeal(45, 60)),
        "Colo. Rev. Stat. 6-1-1306(2) and (3)",
    ),
    state(
        "us-ct",
        "Connecticut Data Privacy Act",
        &["US-CT"],
        [45, 45],
        Some(appeal(60)),
        "Conn. Gen. Stat. 42-518(c) and (d)",
    ),
    state("us-ut", "Utah Consumer Privacy Act", &["US-UT"], [45, 45], None, "Utah Code 13-61-203"),
    state(
        "us-tx",
        "Texas Data Privacy and Security Act",
        &["US-TX"],
        [45, 45],
        Some(appeal(60)),
        "Tex. Bus. & Com. Code 541.052 and 541.053",
    ),
    state("us-or", "Oregon Consumer Privacy Act", &["US-OR"], [45, 45], Some(appeal(45)), "Or. Rev. Stat. 646A.576"),
    state(
        "us-mt",
        "Montana Consumer Data Privacy Act",
        &["US-MT"],
        [45, 45],
        Some(appeal(60)),
        "Mont. Code 30-14-2808",
    ),
    state(
        "us-fl",
        "Florida Digital Bill of Rights",
        &["US-FL"],
        [45, 15],
        Some(appeal(60)),
        "Fla. Stat. 501.706 and 501.707",
    ),
    state(
        "us-de",
        "Delaware Personal Data Privacy Act",
        &["US-DE"],
        [45, 45],
        Some(appeal(60)),
        "6 Del. C. 12D-104(c) and (d)",
    ),
    state(
        "us-ia",
        "Iowa Consumer Data Protection Act",
        &["US-IA"],
        [90, 45],
        Some(appeal(60)),
        "Iowa Code 715D.3(2) and (3)",
    ),
    state(
        "us-ne",
        "Nebraska Data Privacy Act",
        &["US-NE"],
        [45, 45],
        Some(appeal(60)),
        "Neb. Rev. Stat. 87-1108 and 87-1109",
    ),
    state("us-nh", "New Hampshire Privacy Act", &["US-NH"], [45, 45], Some(appeal(60)), "N.H. Rev. Stat. 507-H:4"),
    state(
        "us-nj",
        "New Jersey Data Privacy Act",
        &["US-NJ"],
        [45, 45],
        Some(appeal(45)),
        "P.L. 2023, c. 266, sections 4 and 5 (N.J.S.A. 56:8-166.7 and .8)",
    ),
    state(
        "us-tn",
        "Tennessee Information Protection Act",
        &["US-TN"],
        [45, 45],
        Some(appeal(60)),
        "Tenn. Code 47-18-3304",
    ),
    state(
        "us-mn",
        "Minnesota Consumer Data Privacy Act",
        &["US-MN"],
        [45, 45],
        Some(long_appeal(45, 60)),
        "Minn. Stat. 325M.14",
    ),
    state(
        "us-md",
        "Maryland Online Data Privacy Act",
        &["US-MD"],
        [45, 45],
        Some(appeal(60)),
        "Md. Code, Com. Law 14-4705",
    ),
    state(
        "us-in",
        "Indiana Consumer Data Protection Act",
        &["US-IN"],
        [45, 45],
        Some(appeal(60)),
        "Ind. Code 24-15-3-1",
    ),
    state(
        "us-ky",
        "Kentucky Consumer Data Protection Act",
        &["US-KY"],
        [45, 45],
        Some(appeal(60)),
        "Ky. Rev. Stat. 367.3615",
    ),
    state(
        "us-ri",
        "Rhode Island Data Transparency and Privacy Protection Act",
        &["US-RI"],
        [45, 45],
        Some(appeal(60)),
        "R.I. Gen. Laws 6-48.1-5",
    ),
];
