//! The enumerations of the API, and the names that the rules and the database have for the same things.

use async_graphql::Enum;
use nod_core::{identity, identity::matching, intake, webhook};

/// An enumeration over names of the database.
macro_rules! named {
    ($($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident => $stored:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
        pub(super) enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// The name that the database uses.
            pub(super) const fn stored(self) -> &'static str {
                match self { $(Self::$variant => $stored),+ }
            }

            /// What the database's name stands for.
            pub(super) fn read(stored: &str) -> Option<Self> {
                match stored {
                    $($stored => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    )+};
}

named! {
    /// What became of a delivery.
    DeliveryStatus {
        /// Read, and what is of use in it kept.
        Processed => "processed",
        /// Authentic, and nothing of it concerns anybody.
        Ignored => "ignored",
        /// Authentic, and it cannot be used. It can be replayed for 30 days.
        DeadLettered => "dead_lettered",
    }

    /// What a rights request asks for.
    RightsKind {
        /// To know what is kept.
        Access => "access",
        /// To have it erased.
        Deletion => "deletion",
        /// To take it elsewhere.
        Portability => "portability",
        /// To have it corrected.
        Rectification => "rectification",
        /// To have it left alone.
        Restriction => "restriction",
        /// To object to what is done with it.
        Objection => "objection",
        /// To have it neither sold nor shared.
        OptOutOfSale => "opt_out_of_sale",
        /// To limit the use of sensitive data.
        LimitSensitive => "limit_sensitive",
        /// Something else.
        Other => "other",
    }

    /// Where a rights request stands.
    RightsStatus {
        /// The address is not proven yet.
        AwaitingVerification => "awaiting_verification",
        /// It counts, and nobody has begun.
        Received => "received",
        /// It is worked on.
        InProgress => "in_progress",
        /// It waits for something.
        OnHold => "on_hold",
        /// It was met.
        Fulfilled => "fulfilled",
        /// It was refused, with a reason.
        Denied => "denied",
        /// It was taken back.
        Withdrawn => "withdrawn",
        /// The address was never proven.
        Expired => "expired",
        /// Another request asks for the same.
        Duplicate => "duplicate",
    }
}

/// Who sends deliveries.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub(super) enum Source {
    /// A shop.
    Shopify,
    /// A payment account.
    Stripe,
    /// A Mailchimp audience, or Mailchimp Transactional with the scheme MANDRILL.
    Mailchimp,
    /// An application of the controller's own.
    Custom,
}

impl From<webhook::Source> for Source {
    fn from(source: webhook::Source) -> Self {
        match source {
            webhook::Source::Shopify => Self::Shopify,
            webhook::Source::Stripe => Self::Stripe,
            webhook::Source::Mailchimp | webhook::Source::Mandrill => Self::Mailchimp,
            webhook::Source::Custom => Self::Custom,
        }
    }
}

impl From<Source> for webhook::Source {
    fn from(source: Source) -> Self {
        match source {
            Source::Shopify => Self::Shopify,
            Source::Stripe => Self::Stripe,
            Source::Mailchimp => Self::Mailchimp,
            Source::Custom => Self::Custom,
        }
    }
}

/// How deliveries prove where they come from.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "webhook::Scheme")]
pub(super) enum Scheme {
    /// Shopify's signature.
    Shopify,
    /// Stripe's signature.
    Stripe,
    /// Mailchimp's signature.
    Mailchimp,
    /// Mailchimp's older webhooks, which are not signed: whoever knows the address can send. Such deliveries only take consent
    /// back.
    MailchimpUnsigned,
    /// Mailchimp Transactional's signature.
    Mandrill,
    /// A secret, `whsec_…`: Standard Webhooks' signatures, or the secret as bearer token.
    SharedSecret,
    /// Standard Webhooks' signatures with a key pair, of which Nod has the public key.
    #[graphql(name = "ED25519")]
    Ed25519,
    /// A bearer token, of which Nod keeps the SHA-256.
    ApiKey,
}

/// What an identity is by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "identity::Kind")]
pub(super) enum IdentityKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A platform's own number or name for its customer.
    CustomerId,
}

/// What became of data subjects.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "crate::identity::ChangeKind")]
pub(super) enum SubjectChangeKind {
    /// Several turned out to be one.
    Merged,
    /// One turned out to be several.
    Parted,
}

/// By what a person is written to.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "intake::Channel")]
pub(super) enum Channel {
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
}

/// Why identities that were seen together are not one person for that.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "matching::Reason")]
pub(super) enum WithheldReason {
    /// The record has two e-mail addresses: a gift.
    TwoEmails,
    /// The record has two telephone numbers.
    TwoPhones,
    /// More people have the number than may share one.
    SharedPhone,
    /// The customer id has gone to somebody else since.
    RecycledId,
    /// Staff have parted them.
    KeptApart,
}

/// What staff may do. A greater role may do everything that a lesser one may.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "nod_core::staff::Role")]
pub(super) enum Role {
    /// Reads.
    Viewer,
    /// Replays deliveries and parts data subjects, too.
    Reviewer,
    /// Makes, changes and ends connections, too.
    Owner,
}

#[cfg(test)]
mod tests {
    use nod_core::intake::Status;

    use super::DeliveryStatus;

    #[test]
    fn every_status_of_a_delivery_has_a_name_here() {
        for status in Status::ALL {
            assert!(DeliveryStatus::read(status.name()).is_some_and(|read| read.stored() == status.name()));
        }
        assert!(DeliveryStatus::read("lost").is_none());
    }
}
