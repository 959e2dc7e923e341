//! What differs between two notices.

use serde_json::Value;

use crate::tags::changes::Difference;

/// What one notice has that the other has not, or has otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Purposes.
    pub purposes: Difference,
    /// Vendors.
    pub vendors: Difference,
    /// The names of other members that are not the same.
    pub others: Vec<String>,
}

impl Changes {
    /// What differs between the documents of an earlier notice, null where there is none, and of a later one.
    pub fn between(before: &Value, after: &Value) -> Self {
        let difference = |list: &str| Difference::between(&before[list], &after[list]);
        let members = after.as_object().into_iter().flat_map(|document| document.keys());
        let others = members
            .filter(|name| !["purposes", "vendors"].contains(&name.as_str()))
            .filter(|name| before[name.as_str()] != after[name.as_str()])
            .cloned()
            .collect();
        Self { purposes: difference("purposes"), vendors: difference("vendors"), others }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn purposes_and_vendors_are_named_and_of_the_rest_what_it_is() {
        let before = json!({"version": 1, "site": "a", "purposes": [{"id": "a"}], "vendors": []});
        let after =
            json!({"version": 2, "site": "a", "purposes": [{"id": "a", "essential": true}], "vendors": [{"id": "v"}]});
        let changes = Changes::between(&before, &after);
        assert_eq!((changes.purposes.changed, changes.vendors.added), (vec!["a".to_owned()], vec!["v".to_owned()]));
        assert_eq!(changes.others, ["version"]);
        assert_eq!(Changes::between(&after, &after), Changes::default());
    }
}
