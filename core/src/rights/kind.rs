//! What a request asks for, and where it stands.

macro_rules! words {
    ($(#[$enum_doc:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident => $word:literal, $graphql:literal),+ $(,)? }) => {
        $(#[$enum_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that the database and the journal use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The name that the API uses.
            pub const fn graphql(self) -> &'static str {
                match self { $(Self::$variant => $graphql),+ }
            }

            /// By either name; `None` for anything else.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name || one.graphql() == name)
            }
        }
    };
}
pub(super) use words;

words! {
    /// What a data subject asks for.
    Kind {
        /// To know what is kept, and to have a copy.
        Access => "access", "ACCESS",
        /// To have it erased.
        Deletion => "deletion", "DELETION",
        /// To take it elsewhere.
        Portability => "portability", "PORTABILITY",
        /// To have it corrected.
        Rectification => "rectification", "RECTIFICATION",
        /// To have it kept and not used.
        Restriction => "restriction", "RESTRICTION",
        /// To object to a use of it.
        Objection => "objection", "OBJECTION",
        /// That it is neither sold nor shared.
        OptOutOfSale => "opt_out_of_sale", "OPT_OUT_OF_SALE",
        /// That sensitive data is used for what is needed only.
        LimitSensitive => "limit_sensitive", "LIMIT_SENSITIVE",
        /// Anything else.
        Other => "other", "OTHER",
    }
}

impl Kind {
    /// Whether nothing is done before the address is proven. An opt-out harms nobody, and California forbids to ask for a
    /// proof (11 CCR 7026(d), 7027(e)).
    pub const fn needs_verification(self) -> bool {
        !self.is_opt_out()
    }

    /// Whether it is one of those that a switch can meet: no sale, no needless use of what is sensitive.
    pub const fn is_opt_out(self) -> bool {
        matches!(self, Self::OptOutOfSale | Self::LimitSensitive)
    }
}

words! {
    /// Where a request stands.
    Status {
        /// The address is not proven yet: to everybody else it is as if there were no request.
        AwaitingVerification => "awaiting_verification", "AWAITING_VERIFICATION",
        /// It counts, and nobody works on it yet.
        Received => "received", "RECEIVED",
        /// Staff work on it.
        InProgress => "in_progress", "IN_PROGRESS",
        /// It waits for something that is named.
        OnHold => "on_hold", "ON_HOLD",
        /// It was met.
        Fulfilled => "fulfilled", "FULFILLED",
        /// It was refused, with a reason.
        Denied => "denied", "DENIED",
        /// The person took it back.
        Withdrawn => "withdrawn", "WITHDRAWN",
        /// The address was never proven.
        Expired => "expired", "EXPIRED",
        /// The person had asked for the same before; that request is answered.
        Duplicate => "duplicate", "DUPLICATE",
    }
}

impl Status {
    /// Whether something is still to happen.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::AwaitingVerification) || self.is_active()
    }

    /// Whether it counts and is open. Of those whose address was proven a person has one of a kind.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Received | Self::InProgress | Self::OnHold)
    }
}

words! {
    /// How a request came.
    Origin {
        /// Through the form.
        Form => "form", "FORM",
        /// Through the form, by an agent who says to act for the person.
        Agent => "agent", "AGENT",
        /// By phone, post or in person: staff wrote it down.
        Staff => "staff", "STAFF",
        /// A platform passed it on.
        Platform => "platform", "PLATFORM",
    }
}

words! {
    /// Who does something with a request.
    Party {
        /// The person, or whoever holds the link that was mailed to the person.
        Subject => "subject", "SUBJECT",
        /// Someone of the controller.
        Staff => "staff", "STAFF",
        /// Nod itself, by the clock.
        System => "system", "SYSTEM",
        /// A connected platform.
        Platform => "platform", "PLATFORM",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_in_both_spellings() {
        for kind in Kind::ALL {
            assert_eq!((Kind::parse(kind.name()), Kind::parse(kind.graphql())), (Some(*kind), Some(*kind)));
            assert_eq!(kind.name().to_uppercase(), kind.graphql());
        }
        for status in Status::ALL {
            assert_eq!((Status::parse(status.name()), Status::parse(status.graphql())), (Some(*status), Some(*status)));
            assert_eq!(status.name().to_uppercase(), status.graphql());
        }
        assert_eq!((Kind::parse("Access"), Status::parse("")), (None, None));
    }

    #[test]
    fn only_opt_outs_need_no_proof() {
        let free: Vec<_> = Kind::ALL.iter().filter(|kind| !kind.needs_verification()).collect();
        assert_eq!(free, [&Kind::OptOutOfSale, &Kind::LimitSensitive]);
    }

    #[test]
    fn what_is_not_verified_is_open_and_not_active() {
        assert!(Status::AwaitingVerification.is_open() && !Status::AwaitingVerification.is_active());
        assert_eq!(Status::ALL.iter().filter(|status| status.is_active()).count(), 3);
        assert_eq!(Status::ALL.iter().filter(|status| status.is_open()).count(), 4);
    }
}
