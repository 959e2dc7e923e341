//! Field mappings and their trials.

use async_graphql::{InputObject, SimpleObject};
use nod_core::intake::{self, InvalidMapping, Trial};
use serde::{Deserialize, Serialize};

use crate::graphql::names::{Channel, IdentityKind};

/// Where a custom application's JSON says what. Every list of paths is a list of alternatives: the first at which something
/// stands counts. A path is keys with dots between them, `[]` for every element of a list: `data.users[].email`.
#[derive(Deserialize, InputObject, Serialize, SimpleObject)]
#[graphql(input_name = "FieldMappingInput")]
pub(in crate::graphql) struct FieldMapping {
    /// The name of the event.
    event: Vec<String>,
    /// When it happened: RFC 3339, or Unix seconds or milliseconds.
    #[graphql(default)]
    #[serde(default)]
    occurred_at: Vec<String>,
    /// The people.
    records: Vec<RecordMapping>,
    /// Other personal data, of which only the class is kept.
    #[graphql(default)]
    #[serde(default)]
    classes: Vec<ClassMapping>,
    /// What the people allow.
    #[graphql(default)]
    #[serde(default)]
    consents: Vec<ConsentMapping>,
}

/// Where one person is named, or each of a list.
#[derive(Deserialize, InputObject, Serialize, SimpleObject)]
#[graphql(input_name = "RecordMappingInput")]
struct RecordMapping {
    /// Its name in the mapping: lower-case letters, digits and `_`.
    part: String,
    /// Where the people are, if not at the top. Each match is one person, and the other paths start there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<String>,
    /// E-mail addresses.
    #[graphql(default)]
    #[serde(default)]
    email: Vec<String>,
    /// Telephone numbers.
    #[graphql(default)]
    #[serde(default)]
    phone: Vec<String>,
    /// The application's own number or name of the person.
    #[graphql(default)]
    #[serde(default)]
    customer_id: Vec<String>,
    /// Whether the application answers for it that these identifiers are one person's.
    #[graphql(default = true)]
    authoritative: bool,
}

/// Where a class of personal data is.
#[derive(Deserialize, InputObject, Serialize, SimpleObject)]
#[graphql(input_name = "ClassMappingInput")]
struct ClassMapping {
    /// The class: `name`, `postal_address`, `free_text`, …
    class: String,
    /// Where.
    path: String,
}

/// Where it stands whether somebody allows marketing.
#[derive(Deserialize, InputObject, Serialize, SimpleObject)]
#[graphql(input_name = "ConsentMappingInput")]
struct ConsentMapping {
    /// Whose: the `part` of a record, the first where it is left out. The paths start where the record's do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    /// By what the person is written to.
    #[serde(with = "channel")]
    channel: Channel,
    /// `true` or `false`, or a word such as `granted`, `subscribed`, `withdrawn`, `unsubscribed`.
    granted: String,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decided_at: Option<String>,
}

/// A channel by the name that the rules use.
mod channel {
    use nod_core::intake;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::Channel;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
    pub(super) fn serialize<S: Serializer>(channel: &Channel, to: S) -> Result<S::Ok, S::Error> {
        intake::Channel::from(*channel).serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Channel, D::Error> {
        intake::Channel::deserialize(from).map(Channel::from)
    }
}

impl FieldMapping {
    /// The mapping by the rules.
    pub(in crate::graphql) fn read(&self) -> Result<intake::FieldMapping, InvalidMapping> {
        let text = serde_json::to_string(self).map_err(|error| InvalidMapping::Form(error.to_string()))?;
        intake::FieldMapping::parse(&text)
    }
}

/// What a mapping finds in a sample: where, how often, and never what it says.
#[derive(SimpleObject)]
pub(in crate::graphql) struct FieldMappingTrial {
    /// Whether a delivery like the sample would be of use: it names its event and at least one person.
    is_useful: bool,
    /// Where the event's name is.
    event: Option<String>,
    /// Where its time is.
    occurred_at: Option<String>,
    /// The classes of personal data.
    classes: Vec<String>,
    /// The people, one for each record of the mapping.
    records: Vec<TrialRecord>,
    /// What they allow, or do not.
    consents: Vec<TrialConsent>,
    /// What was not found, or cannot be used.
    problems: Vec<TrialProblem>,
}

/// What a record of the mapping finds.
#[derive(SimpleObject)]
struct TrialRecord {
    /// Its name.
    part: String,
    /// How many people have an identifier.
    people: usize,
    /// Identifiers.
    found: Vec<TrialFound>,
}

/// Identifiers at a path.
#[derive(SimpleObject)]
struct TrialFound {
    /// What they are by.
    kind: IdentityKind,
    /// Where.
    path: String,
    /// How many, of all people.
    count: usize,
}

/// Decisions at a path.
#[derive(SimpleObject)]
struct TrialConsent {
    /// By what the person is written to.
    channel: Channel,
    /// Where.
    path: String,
    /// How many.
    count: usize,
}

/// What is wrong.
#[derive(SimpleObject)]
struct TrialProblem {
    /// A sentence.
    message: String,
    /// The same for programs.
    code: String,
}

impl From<&Trial> for FieldMappingTrial {
    fn from(trial: &Trial) -> Self {
        let found = |found: &intake::Found| TrialFound {
            kind: found.kind.into(),
            path: found.path.to_string(),
            count: found.count,
        };
        let record = |record: &intake::TrialRecord| TrialRecord {
            part: record.part.clone(),
            people: record.people,
            found: record.found.iter().map(found).collect(),
        };
        let consent = |consent: &intake::TrialConsent| TrialConsent {
            channel: consent.channel.into(),
            path: consent.path.to_string(),
            count: consent.count,
        };
        let problem = |problem: &intake::Problem| TrialProblem {
            message: problem.to_string(),
            code: problem.name().to_ascii_uppercase(),
        };
        Self {
            is_useful: trial.is_useful(),
            event: trial.event.as_ref().map(ToString::to_string),
            occurred_at: trial.occurred_at.as_ref().map(ToString::to_string),
            classes: trial.classes.iter().map(|class| class.name().to_owned()).collect(),
            records: trial.records.iter().map(record).collect(),
            consents: trial.consents.iter().map(consent).collect(),
            problems: trial.problems.iter().map(problem).collect(),
        }
    }
}
