//! Vendor templates: what a vendor's tag needs, as data. Adding one is a file in `templates/` and a line in [`NAMES`].
//!
//! A template's `settings` say what an owner fills in: `pattern` (alternatives between `|`, `*` for any run), or a `form`
//! (`name`, the usual one; `digits`, `path`, `address`, `object`), whether it is `required`, a `default`, and `help`. Filling
//! it in puts them where `{name}` stands; a text that is nothing but `{name}` becomes the setting's value. An attribute or
//! a step that names a setting which is not there is left out.
//!
//! What is filled in is a `script` and four lists of steps, which the page carries out (`tag/page/vendors.mjs`): `setup` before
//! the script is requested, `event` for each forwarded event, `consent` and `withdraw` when the purposes of a vendor that is
//! loaded are granted again or withdrawn.
//!
//! | step | does |
//! |---|---|
//! | `{"define": "fbq", "queue": "fbq.queue", "live": "callMethod", "set": {…}, "self": "push", "alias": "_fbq"}` | makes a function that keeps its `arguments` in the list until `live` is a method of it; `set` gives it members, `self` names one that is itself |
//! | `{"array": "_paq"}` | makes a list |
//! | `{"push": "_paq", "with": [VALUE…]}` | puts the list `with` into a list |
//! | `{"call": "gtag", "with": [VALUE…]}` | calls a function |
//! | `{"assign": "ga-disable-G-1", "value": VALUE}` | sets a member of `window`; its name has no dots |
//!
//! Values are literals, `{"from": "event.name"}` (`event.props`, `event.id`, `event.at`, `page.…`), `{"now": true}`, `{"granted":
//! "analytics"}` ("granted" or "denied"), `{"merge": [OBJECT…]}` (later members win) and `{"map": "event.name", "to": {TEXT:
//! VALUE}, "else": VALUE}`; also inside lists and objects.

use serde_json::{Map, Value};

use super::{address, pattern};
use crate::destinations::Hosts;

/// The templates by their names.
pub const NAMES: [&str; 6] = ["google-tag", "meta-pixel", "clarity", "matomo", "plausible", "script"];

/// The lists of steps.
const STEPS: [&str; 4] = ["setup", "event", "consent", "withdraw"];

/// The longest setting that is a text.
const MAX_LENGTH: usize = 2000;

/// One template.
#[derive(Clone, Debug)]
pub struct Template(Map<String, Value>);

impl Template {
    /// The template of that name.
    pub fn named(name: &str) -> Option<Self> {
        let json = match name {
            "google-tag" => include_str!("templates/google-tag.json"),
            "meta-pixel" => include_str!("templates/meta-pixel.json"),
            "clarity" => include_str!("templates/clarity.json"),
            "matomo" => include_str!("templates/matomo.json"),
            "plausible" => include_str!("templates/plausible.json"),
            "script" => include_str!("templates/script.json"),
            _ => return None,
        };
        match serde_json::from_str(json) {
            Ok(Value::Object(template)) => Some(Self(template)),
            _ => None,
        }
    }

    /// The vendor's name, as people know it.
    pub fn title(&self) -> &str {
        self.0.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// What an owner fills in: `{"id": {"pattern", "form", "required", "default", "help"}}`.
    pub fn settings(&self) -> &Value {
        self.part("settings")
    }

    /// The names of cookies and storage entries that the vendor's script makes, to be named in a notice.
    pub fn storage(&self) -> impl Iterator<Item = &str> {
        self.part("storage").as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    fn part(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// What is wrong with these settings: the name of one, and a sentence.
    pub fn check(&self, given: &Map<String, Value>, hosts: Hosts) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let known = self.settings().as_object();
        for (name, value) in given {
            let complaint = match known.and_then(|known| known.get(name)) {
                Some(setting) => complaint(setting, value, hosts),
                None => Some(["There is no such setting of ", self.title(), "."].concat()),
            };
            problems.extend(complaint.map(|complaint| (name.clone(), complaint)));
        }
        for (name, setting) in known.into_iter().flatten() {
            if setting["required"] == true && !given.contains_key(name) {
                let help = setting["help"].as_str().unwrap_or_default();
                problems.push((name.clone(), ["It is needed. ", help].concat()));
            }
        }
        problems
    }

    /// The script and the steps with these settings put in: `{"script", "setup", "event", "consent", "withdraw"}`.
    pub fn fill(&self, given: &Map<String, Value>) -> Map<String, Value> {
        let mut settings = given.clone();
        for (name, setting) in self.settings().as_object().into_iter().flatten() {
            if let (false, Some(default)) = (settings.contains_key(name), setting.get("default")) {
                // A default may name another setting, that is given.
                settings.extend(filled(default, given).map(|value| (name.clone(), value)));
            }
        }
        let mut vendor = Map::new();
        let script = self.part("script");
        if let Some(src) = filled(&script["src"], &settings) {
            let attributes = script["attributes"].as_object().into_iter().flatten();
            let attributes: Map<_, _> =
                attributes.filter_map(|(name, value)| Some((name.clone(), filled(value, &settings)?))).collect();
            vendor.insert("script".to_owned(), [("src", src), ("attributes", attributes.into())].into_iter().collect());
        }
        for list in STEPS {
            let steps = self.part(list).as_array().into_iter().flatten();
            let steps: Vec<Value> = steps.filter_map(|step| filled(step, &settings)).collect();
            vendor.insert(list.to_owned(), steps.into());
        }
        vendor
    }
}

/// What is wrong with a setting's value; nothing if it fits.
fn complaint(setting: &Value, value: &Value, hosts: Hosts) -> Option<String> {
    let form = setting["form"].as_str();
    if form == Some("object") {
        return (!value.is_object()).then(|| "It is an object of options.".to_owned());
    }
    let text = value.as_str().filter(|text| (1..=MAX_LENGTH).contains(&text.len()));
    let Some(text) = text else { return Some("It is a text.".to_owned()) };
    if form == Some("address") {
        return address::complaint(text, hosts).map(str::to_owned);
    }
    if let Some(patterns) = setting["pattern"].as_str()
        && !patterns.split('|').any(|one| pattern::matches(one, text))
    {
        return Some(["It has the form ", &patterns.replace('|', " or "), "."].concat());
    }
    // Such a text changes nothing around it, wherever in an address or a name it is put.
    let (fits, wanted): (fn(u8) -> bool, _) = match form {
        Some("digits") => (|byte| byte.is_ascii_digit(), "It is a number, in digits."),
        Some("path") => (
            |byte| byte.is_ascii_alphanumeric() || b"_$.".contains(&byte),
            "It is the name of a function: letters, digits, _, $ and dots.",
        ),
        _ => (
            |byte| byte.is_ascii_alphanumeric() || b"_-./ ".contains(&byte),
            "It is made of letters, digits, spaces, and _ - . /.",
        ),
    };
    (!text.bytes().all(fits)).then(|| wanted.to_owned())
}

/// The value with the settings put in. `None`: it names one that is not there. Members and elements that do are left out
/// with the whole, so that no step is carried out by halves.
fn filled(value: &Value, settings: &Map<String, Value>) -> Option<Value> {
    Some(match value {
        Value::String(text) => filled_text(text, settings)?,
        Value::Array(items) => items.iter().map(|item| filled(item, settings)).collect::<Option<Vec<_>>>()?.into(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| Some((name.clone(), filled(value, settings)?)));
            members.collect::<Option<Map<_, _>>>()?.into()
        }
        other => other.clone(),
    })
}

fn filled_text(text: &str, settings: &Map<String, Value>) -> Option<Value> {
    if let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        && !name.contains('{')
    {
        return settings.get(name).cloned();
    }
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        filled.push_str(before);
        filled.push_str(settings.get(name)?.as_str()?);
        rest = behind;
    }
    filled.push_str(rest);
    Some(filled.into())
}

#[cfg(test)]
mod tests;
