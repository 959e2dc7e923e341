//! Classes of personal data: what is kept about a payload in place of the payload.

use serde::{Deserialize, Serialize};

use crate::identity::Kind;

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal),+ $(,)?) => {
        /// A class of personal data that a payload held.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Class {
            $($(#[$doc])* $variant),+
        }

        impl Class {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that the API and the database use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The class of that name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    /// E-mail addresses.
    Email => "email",
    /// Telephone numbers.
    Phone => "phone",
    /// A platform's number or name for its customer.
    CustomerId => "customer_id",
    /// Names of people and of their companies.
    Name => "name",
    /// Postal addresses and coordinates.
    PostalAddress => "postal_address",
    /// Network addresses, browsers' names, session and cart tokens, referring pages.
    OnlineIdentifier => "online_identifier",
    /// What was ordered, paid and returned.
    Transaction => "transaction",
    /// Parts of cards and accounts, tax numbers.
    Payment => "payment",
    /// Text in which anything may stand: notes, tags, custom fields.
    FreeText => "free_text",
    /// What a person likes, chose or speaks: language, interests, consent.
    Preference => "preference",
    /// A secret that opens something to whoever holds it. It is never kept, logged or shown; that it was there is.
    Credential => "credential",
}

impl Class {
    /// The class of what identities are by.
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Email => Self::Email,
            Kind::Phone => Self::Phone,
            Kind::CustomerId => Self::CustomerId,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn names_are_those_that_the_database_reads() {
        for class in Class::ALL {
            assert_eq!(serde_json::to_value(class).unwrap(), class.name());
            assert_eq!(Class::parse(class.name()), Some(*class));
        }
    }
}
