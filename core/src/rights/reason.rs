//! Why a request is refused, extended or held: codes, so that they can be counted, translated and held against the law.

use super::{kind::words, law::Law};

words! {
    /// Why a request is refused.
    DenialReason {
        /// Who asks could not be established.
        IdentityNotVerified => "identity_not_verified", "IDENTITY_NOT_VERIFIED",
        /// Nothing is kept of the person.
        NoMatch => "no_match", "NO_MATCH",
        /// It is plainly without ground.
        ManifestlyUnfounded => "manifestly_unfounded", "MANIFESTLY_UNFOUNDED",
        /// It is excessive, above all by repetition.
        Excessive => "excessive", "EXCESSIVE",
        /// A law demands that the data be kept.
        LegalObligation => "legal_obligation", "LEGAL_OBLIGATION",
        /// The data is needed to establish, exercise or defend legal claims.
        LegalClaims => "legal_claims", "LEGAL_CLAIMS",
        /// It would harm other people's rights.
        RightsOfOthers => "rights_of_others", "RIGHTS_OF_OTHERS",
        /// Freedom of expression and information stand against it.
        FreedomOfExpression => "freedom_of_expression", "FREEDOM_OF_EXPRESSION",
        /// The controller shows grounds that outweigh an objection.
        CompellingGrounds => "compelling_grounds", "COMPELLING_GROUNDS",
        /// The right does not reach this processing, or not this kind of data.
        NotCovered => "not_covered", "NOT_COVERED",
        /// The law does not hold for this person or this controller.
        OutsideJurisdiction => "outside_jurisdiction", "OUTSIDE_JURISDICTION",
        /// An exemption of the law applies.
        Exemption => "exemption", "EXEMPTION",
        /// There is reason to believe that it is fraud.
        SuspectedFraud => "suspected_fraud", "SUSPECTED_FRAUD",
    }
}

impl DenialReason {
    /// Where the law names this ground, if it does.
    pub fn ground(self, law: &Law) -> Option<&'static str> {
        law.denials.iter().find(|(reason, _)| *reason == self).map(|(_, ground)| *ground)
    }
}

words! {
    /// Why more time is needed.
    ExtensionReason {
        /// What is asked is complex.
        Complexity => "complexity", "COMPLEXITY",
        /// There are many requests.
        NumberOfRequests => "number_of_requests", "NUMBER_OF_REQUESTS",
    }
}

words! {
    /// What a request waits for.
    HoldReason {
        /// The person's answer to what exactly is asked for.
        Clarification => "clarification", "CLARIFICATION",
        /// The end of a duty to keep the data.
        LegalHold => "legal_hold", "LEGAL_HOLD",
        /// What dispels a doubt of who asks.
        IdentityDoubt => "identity_doubt", "IDENTITY_DOUBT",
        /// A fee that the law allows.
        Fee => "fee", "FEE",
    }
}

impl HoldReason {
    /// Whether a message of the person is what it waits for.
    pub const fn is_answered_by_a_message(self) -> bool {
        matches!(self, Self::Clarification | Self::IdentityDoubt)
    }
}
