//! What differs between two documents, by the ids of what is in them.

use serde_json::Value;

/// What one document has that the other has not, or has otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rules.
    pub rules: Difference,
    /// Vendors.
    pub vendors: Difference,
    /// Destinations.
    pub destinations: Difference,
    /// The names of other members that are not the same.
    pub others: Vec<String>,
}

/// Ids, in the order of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Only the later document has it.
    pub added: Vec<String>,
    /// Only the earlier document has it.
    pub removed: Vec<String>,
    /// Both have it, and it is not the same.
    pub changed: Vec<String>,
}

const LISTS: [&str; 3] = ["rules", "vendors", "destinations"];

impl Changes {
    /// What differs between an earlier document, null where there is none, and a later one.
    pub fn between(before: &Value, after: &Value) -> Self {
        let [rules, vendors, destinations] = LISTS.map(|list| Difference::between(&before[list], &after[list]));
        let members = [before, after].into_iter().filter_map(Value::as_object).flat_map(|document| document.keys());
        let mut others: Vec<String> = members
            .filter(|name| !LISTS.contains(&name.as_str()) && before[name.as_str()] != after[name.as_str()])
            .cloned()
            .collect();
        others.sort();
        others.dedup();
        Self { rules, vendors, destinations, others }
    }
}

impl Difference {
    /// What differs between an earlier list of things with ids and a later one.
    pub fn between(before: &Value, after: &Value) -> Self {
        let [before, after] = [before, after].map(|list| list.as_array().map_or(&[][..], Vec::as_slice));
        let is_in = |list: &[Value], one: &Value| list.iter().any(|other| other["id"] == one["id"]);
        let ids = |list: &[Value], is_wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
            list.iter().filter(|one| is_wanted(one)).filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
        };
        Self {
            added: ids(after, &|one| !is_in(before, one)),
            removed: ids(before, &|one| !is_in(after, one)),
            changed: ids(after, &|one| is_in(before, one) && !before.contains(one)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_added_removed_and_changed_is_named_by_its_id() {
        let before = json!({
            "schema": 1, "variables": {"a": 1}, "breakdowns": {"x": ["y"]},
            "rules": [{"id": "stays", "when": []}, {"id": "goes"}, {"id": "turns", "when": [1]}],
            "vendors": [{"id": "ga"}],
        });
        let after = json!({
            "schema": 1, "variables": {"a": 2}, "google_consent_mode": {},
            "rules": [{"id": "turns", "when": [2]}, {"id": "comes"}, {"id": "stays", "when": []}],
            "destinations": [{"id": "ga"}],
        });
        let changes = Changes::between(&before, &after);
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            changes.rules,
            Difference { added: own(&["comes"]), removed: own(&["goes"]), changed: own(&["turns"]) }
        );
        assert_eq!((changes.vendors.removed, changes.destinations.added), (own(&["ga"]), own(&["ga"])));
        assert_eq!(changes.others, ["breakdowns", "google_consent_mode", "variables"]);
    }

    #[test]
    fn a_document_differs_in_nothing_from_itself_and_in_everything_from_none() {
        let document = json!({"schema": 1, "rules": [{"id": "one"}]});
        assert_eq!(Changes::between(&document, &document), Changes::default());
        let all = Changes::between(&Value::Null, &document);
        assert_eq!((all.rules.added, all.others), (vec!["one".to_owned()], vec!["schema".to_owned()]));
    }
}
