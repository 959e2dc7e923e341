//! Topics and their columns: the shape of a package, the same in every way of writing it.

use serde_json::Value;

use crate::time::Timestamp;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Whatever somebody wrote.
    Text,
    /// One of Nod's own words, which are translated where they are read.
    Word,
    /// Milliseconds since the Unix epoch.
    Time,
    /// True or false, or SQL's 1 and 0.
    Flag,
}

macro_rules! columns {
    ($($variant:ident => $name:literal $form:ident),+ $(,)?) => {
        #[allow(missing_docs, reason = "the names say what they are")]
        /// What one value of a row says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $($variant),+ }

        impl Column {
            /// Every column.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in JSON and CSV, in every language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What its values are.
            pub const fn form(self) -> Form {
                match self { $(Self::$variant => Form::$form),+ }
            }
        }
    };
}

columns! {
    Number => "number" Text,
    Kind => "kind" Word,
    Status => "status" Word,
    Law => "law" Text,
    ReceivedAt => "received_at" Time,
    ClosedAt => "closed_at" Time,
    Name => "name" Text,
    Email => "email" Text,
    Message => "message" Text,
    Pseudonym => "pseudonym" Text,
    FirstSeenAt => "first_seen_at" Time,
    Source => "source" Text,
    Event => "event" Text,
    ObservedAt => "observed_at" Time,
    Identities => "identities" Word,
    Classes => "classes" Word,
    Channel => "channel" Word,
    Purpose => "purpose" Text,
    Granted => "granted" Flag,
    At => "at" Time,
    Site => "site" Text,
    Visitor => "visitor" Text,
    Record => "record" Text,
    Action => "action" Word,
    Purposes => "purposes" Text,
    Vendors => "vendors" Text,
    NoticeVersion => "notice_version" Text,
    Regime => "regime" Text,
    Region => "region" Text,
    Gpc => "gpc" Flag,
    Locale => "locale" Text,
    Surface => "surface" Text,
    Author => "author" Word,
    Description => "description" Text,
    LegalBasis => "legal_basis" Word,
    RetentionDays => "retention_days" Text,
    MediaType => "media_type" Text,
    Bytes => "bytes" Text,
}

macro_rules! topics {
    ($($(#[$doc:meta])* $variant:ident => $name:literal [$($column:ident),+]),+ $(,)?) => {
        /// What a table is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Topic { $($(#[$doc])* $variant),+ }

        impl Topic {
            /// Every topic, in the order in which they are read.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in JSON and CSV, in every language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Its columns.
            pub const fn columns(self) -> &'static [Column] {
                match self { $(Self::$variant => &[$(Column::$column),+]),+ }
            }
        }
    };
}

topics! {
    /// The request itself.
    Request => "request" [Number, Kind, Law, ReceivedAt, Name, Email, Message],
    /// What data is used for, on whose part, and how long it is kept.
    Uses => "uses" [Site, Purpose, Description, LegalBasis, RetentionDays, Vendors],
    /// By what the person is known.
    Identities => "identities" [Kind, Pseudonym, FirstSeenAt],
    /// What connected platforms told.
    Observations => "observations" [Source, Event, ObservedAt, Identities, Classes],
    /// Permissions to send messages.
    Permissions => "permissions" [Source, Channel, Purpose, Granted, At],
    /// Browsers that said who their visitor is.
    Browsers => "browsers" [Site, Visitor, FirstSeenAt],
    /// Privacy choices.
    Choices => "choices" [Record, Site, Visitor, At, Action, Purposes, Vendors, NoticeVersion, Regime, Region, Gpc, Locale, Surface],
    /// What is not to be done with the person's data.
    OptOuts => "opt_outs" [Kind, Site, Visitor, At],
    /// The person's other requests.
    Requests => "requests" [Number, Kind, Status, ReceivedAt, ClosedAt],
    /// What was written about this request.
    Messages => "messages" [At, Author, Message],
    /// Files that come with the package.
    Files => "files" [Name, MediaType, Bytes],
}

impl Form {
    /// A value as JSON holds it for whoever reuses it: times as RFC 3339, flags as true and false.
    pub(super) fn exact(self, value: &Value) -> Value {
        match (self, value) {
            (Self::Time, Value::Number(_)) => time(value).map_or(Value::Null, |at| at.rfc3339().into()),
            (Self::Flag, Value::Number(number)) => Value::Bool(number.as_i64() != Some(0)),
            _ => value.clone(),
        }
    }
}

/// A time of the database.
pub(super) fn time(value: &Value) -> Option<Timestamp> {
    Timestamp::from_millis(value.as_i64()?)
}
