//! Paths and values, checked.

use super::At;
use crate::tags::{address, value::is_of_a_path};

/// Where an expression is judged: what it can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// By a rule, in the page.
    Page,
    /// For a destination, at the edge.
    Edge,
}

const MAX_PATH: usize = 200;
const MAX_TEXT: usize = 2000;
const MAX_DEPTH: usize = 8;

impl Place {
    /// What stands under a root that is an object: its members, and those of them that have members of any name. `None`:
    /// there is no such root here. An empty list: members of any name.
    fn members(self, root: &str) -> Option<&'static [&'static str]> {
        Some(match (root, self) {
            ("page", Self::Page) => &["url", "host", "path", "title", "referrer", "language", "query.", "campaign."],
            ("page", Self::Edge) => &["host", "path", "title", "referrer", "language", "campaign."],
            ("element", Self::Page) => &["tag", "id", "name", "text", "href", "classes", "data.", "attribute."],
            ("event", _) => &["id", "name", "at", "purpose", "props."],
            ("trigger" | "variables", Self::Page) | ("consent", _) => &[],
            _ => return None,
        })
    }
}

/// Tells what is wrong with a path.
pub(super) fn path(at: &At<'_>, text: &str, place: Place) {
    if let Some(complaint) = path_complaint(at, text, place) {
        at.refuse(["The path ", text, " ", complaint].concat());
    }
}

fn path_complaint(at: &At<'_>, text: &str, place: Place) -> Option<&'static str> {
    if text.len() > MAX_PATH || text.split('.').any(str::is_empty) {
        return Some("is none: write names with dots between them, such as page.path.");
    }
    let (root, rest) = text.split_once('.').map_or((text, None), |(root, rest)| (root, Some(rest)));
    if root == "regime" || root == "model" {
        return rest.map(|_| "leads into a text, which has no members.");
    }
    let Some(members) = place.members(root) else {
        return Some(match place {
            Place::Page => {
                "leads nowhere: it begins with page, element, event, variables, consent, trigger, regime or model."
            }
            Place::Edge => "leads nowhere at the edge: it begins with page, event, consent, regime or model.",
        });
    };
    let Some(rest) = rest else { return Some("goes one step further: it names one thing.") };
    let (name, is_deeper) = rest.split_once('.').map_or((rest, false), |(name, _)| (name, true));
    let fits = |member: &&str| match member.strip_suffix('.') {
        Some(open) => open == name,
        None => *member == name && !is_deeper,
    };
    let inspection = at.inspection;
    match root {
        "consent" => (!inspection.knows_purpose(rest)).then_some("names no purpose of the site's notice."),
        "variables" => (!inspection.variables.iter().any(|known| known == name))
            .then_some("names a variable that has no value and is never set."),
        _ => {
            (!members.is_empty() && !members.iter().any(fits)).then_some("leads nowhere: there is no such thing there.")
        }
    }
}

/// Tells what is wrong with a value.
pub(in crate::tags) fn value(at: &At<'_>, place: Place) {
    value_within(at, place, MAX_DEPTH);
}

fn value_within(at: &At<'_>, place: Place, depth: usize) {
    if depth == 0 {
        return at.refuse("It is nested too deeply.");
    }
    if let Some(from) = operator(at, "from") {
        if let Some(text) = from.text() {
            path(&from, text, place);
        }
    } else if let Some(template) = operator(at, "text") {
        if let Some(text) = template.text_where(|text| text.len() <= MAX_TEXT, "It has at most 2000 bytes.") {
            placeholders(&template, text, place);
        }
    } else if at.value.is_object() {
        at.members(100).iter().for_each(|(_, member)| value_within(member, place, depth - 1));
    } else if at.value.is_array() {
        at.items(100).iter().for_each(|item| value_within(item, place, depth - 1));
    }
}

/// The member by which an object is a path or a text; it is then the only one.
fn operator<'v>(at: &At<'v>, name: &str) -> Option<At<'v>> {
    // A property may have such a name too: what is evaluated then is its own value.
    let member = at.member(name).filter(|member| member.value.is_string())?;
    at.only(&[name]);
    Some(member)
}

fn placeholders(at: &At<'_>, text: &str, place: Place) {
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && name.bytes().all(is_of_a_path)
        {
            path(at, name, place);
        }
    }
}

/// Tells what is wrong with an address: a text, or `{"text": …}` that says literally where it leads.
pub(super) fn address(at: &At<'_>, place: Place) {
    let hosts = at.inspection.hosts;
    let complaint = match at.value.as_str() {
        Some(text) => address::complaint(text, hosts),
        None => match operator(at, "text").and_then(|template| template.value.as_str().map(|text| (template, text))) {
            Some((template, text)) => {
                placeholders(&template, text, place);
                address::template_complaint(text, hosts)
            }
            None => Some("It is an address, or {\"text\": …} with one in which something is put."),
        },
    };
    if let Some(complaint) = complaint {
        at.refuse(complaint);
    }
}
