//! Where a destination's events go: its kind with its settings, read from the tag configuration.

use serde_json::{Map, Value};

use super::{Endpoint, Form, Hosts, Kind};

/// A destination's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `measurement_id`, and if need be `endpoint`, `user_data`.
    Ga4 {
        /// The whole address; the EU's is `https://region1.google-analytics.com/mp/collect`.
        endpoint: Endpoint,
        /// The web stream: `G-…`.
        measurement_id: String,
        /// Send Google's hashes of e-mail address and telephone number.
        user_data: bool,
    },
    /// `pixel`, and if need be `endpoint`, `test_event_code`.
    Meta {
        /// What stands in front of `/{pixel}/events`: the Graph API with its version, or a gateway of the controller's.
        endpoint: Endpoint,
        /// The pixel, also called dataset.
        pixel: String,
        /// Shows the events under "Test events" and counts them nowhere.
        test_event_code: Option<String>,
    },
    /// `url`, and if need be `identity`.
    Webhook {
        /// Where it is posted to.
        endpoint: Endpoint,
        /// Send Nod's own hashes of the visitor's identifiers.
        identity: bool,
    },
    /// If need be `blobs` and `doubles`: the properties that each data point keeps.
    AnalyticsEngine {
        /// Properties kept as texts.
        blobs: Vec<String>,
        /// Properties kept as numbers.
        doubles: Vec<String>,
    },
}

const GA4: &str = "https://www.google-analytics.com/mp/collect";
const META: &str = "https://graph.facebook.com/v26.0";
/// As many properties of a kind as a data point has room for, beside what it always holds.
const MOST_COLUMNS: usize = 12;

impl Target {
    /// Reads the settings of a destination of this kind. The error is the end of a sentence about the settings.
    pub fn read(kind: Kind, settings: &Map<String, Value>, hosts: Hosts) -> Result<Self, String> {
        let settings = Settings { settings, hosts };
        let known: &[&str] = match kind {
            Kind::Ga4 => &["measurement_id", "endpoint", "user_data"],
            Kind::Meta => &["pixel", "endpoint", "test_event_code"],
            Kind::Webhook => &["url", "identity"],
            Kind::AnalyticsEngine => &["blobs", "doubles"],
        };
        settings.has_only(known)?;
        Ok(match kind {
            Kind::Ga4 => Self::Ga4 {
                endpoint: settings.endpoint("endpoint", Some(GA4))?,
                measurement_id: settings.matching(
                    "measurement_id",
                    "G- and 4 to 20 capital letters and digits",
                    |id| {
                        id.strip_prefix("G-").is_some_and(|id| {
                            (4..=20).contains(&id.len())
                                && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                        })
                    },
                )?,
                user_data: settings.truth("user_data")?,
            },
            Kind::Meta => Self::Meta {
                endpoint: settings.endpoint("endpoint", Some(META))?,
                pixel: settings.matching("pixel", "the pixel's number", |pixel| {
                    (5..=20).contains(&pixel.len()) && pixel.bytes().all(|byte| byte.is_ascii_digit())
                })?,
                test_event_code: settings.code("test_event_code")?,
            },
            Kind::Webhook => {
                Self::Webhook { endpoint: settings.endpoint("url", None)?, identity: settings.truth("identity")? }
            }
            Kind::AnalyticsEngine => {
                Self::AnalyticsEngine { blobs: settings.names("blobs")?, doubles: settings.names("doubles")? }
            }
        })
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Ga4 { .. } => Kind::Ga4,
            Self::Meta { .. } => Kind::Meta,
            Self::Webhook { .. } => Kind::Webhook,
            Self::AnalyticsEngine { .. } => Kind::AnalyticsEngine,
        }
    }

    /// The form in which it wants hashes of the visitor's identifiers; `None` where it wants none.
    pub const fn form(&self) -> Option<Form> {
        match self {
            Self::Ga4 { user_data: true, .. } => Some(Form::Google),
            Self::Meta { .. } => Some(Form::Meta),
            Self::Webhook { identity: true, .. } => Some(Form::Own),
            _ => None,
        }
    }

    /// Whether its protocol demands the browser's name of itself.
    pub const fn wants_user_agent(&self) -> bool {
        matches!(self, Self::Meta { .. })
    }
}

struct Settings<'a> {
    settings: &'a Map<String, Value>,
    hosts: Hosts,
}

impl Settings<'_> {
    fn has_only(&self, known: &[&str]) -> Result<(), String> {
        match self.settings.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(["have no `", name, "`; there are `", &known.join("`, `"), "`"].concat()),
            None => Ok(()),
        }
    }

    fn text(&self, name: &str) -> Result<Option<&str>, String> {
        match self.settings.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(["need a text as `", name, "`"].concat()),
        }
    }

    fn endpoint(&self, name: &str, default: Option<&str>) -> Result<Endpoint, String> {
        let text = self.text(name)?.or(default).ok_or_else(|| ["need `", name, "`, the address to call"].concat())?;
        Endpoint::parse(text, self.hosts)
            .map_err(|error| ["need another `", name, "`: it ", &error.to_string()].concat())
    }

    fn matching(&self, name: &str, form: &str, fits: impl Fn(&str) -> bool) -> Result<String, String> {
        let text = self.text(name)?.filter(|text| fits(text));
        text.map(str::to_owned).ok_or_else(|| ["need `", name, "`: ", form].concat())
    }

    fn code(&self, name: &str) -> Result<Option<String>, String> {
        match self.text(name)? {
            Some(text) if (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Ok(Some(text.to_owned()))
            }
            Some(_) => Err(["need letters and digits as `", name, "`"].concat()),
            None => Ok(None),
        }
    }

    fn truth(&self, name: &str) -> Result<bool, String> {
        match self.settings.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(truth)) => Ok(*truth),
            Some(_) => Err(["need true or false as `", name, "`"].concat()),
        }
    }

    fn names(&self, name: &str) -> Result<Vec<String>, String> {
        let complaint = || ["need a list of at most 12 names of properties as `", name, "`"].concat();
        match self.settings.get(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(items)) if items.len() <= MOST_COLUMNS => {
                items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(complaint)).collect()
            }
            Some(_) => Err(complaint()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(kind: Kind, settings: &Value) -> Result<Target, String> {
        Target::read(kind, settings.as_object().unwrap(), Hosts::Public)
    }

    #[test]
    fn defaults_are_the_vendors_own_addresses() {
        let Ok(Target::Ga4 { endpoint, .. }) = read(Kind::Ga4, &json!({"measurement_id": "G-ABC1234567"})) else {
            panic!()
        };
        assert_eq!(endpoint.as_str(), GA4);
        let Ok(Target::Meta { endpoint, .. }) = read(Kind::Meta, &json!({"pixel": "1234567890"})) else { panic!() };
        assert_eq!(endpoint.as_str(), META);
        assert!(read(Kind::AnalyticsEngine, &json!({})).is_ok());
    }

    #[test]
    fn an_endpoint_can_be_another() {
        let eu = "https://region1.google-analytics.com/mp/collect";
        let settings = json!({"measurement_id": "G-ABC1234567", "endpoint": eu});
        assert!(matches!(read(Kind::Ga4, &settings), Ok(Target::Ga4 { endpoint, .. }) if endpoint.as_str() == eu));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_a_sentence() {
        for (kind, settings, says) in [
            (Kind::Ga4, json!({}), "measurement_id"),
            (Kind::Ga4, json!({"measurement_id": "UA-1"}), "measurement_id"),
            (Kind::Ga4, json!({"measurement_id": "G-ABC1234567", "api_secret": "x"}), "have no `api_secret`"),
            (Kind::Ga4, json!({"measurement_id": "G-ABC1234567", "user_data": "yes"}), "true or false"),
            (Kind::Meta, json!({"pixel": "../me"}), "pixel"),
            (Kind::Meta, json!({"pixel": "12345", "test_event_code": "a&b"}), "letters and digits"),
            (Kind::Webhook, json!({}), "need `url`"),
            (Kind::Webhook, json!({"url": "http://a.example.com"}), "https://"),
            (Kind::Webhook, json!({"url": "https://10.0.0.1"}), "public host"),
            (Kind::AnalyticsEngine, json!({"blobs": vec!["a"; 13]}), "at most 12"),
        ] {
            let error = read(kind, &settings).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
