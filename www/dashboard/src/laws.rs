//! What the API says of laws and periods, in words.

/// The model of a regime: `opt-in`, `opt-out`, `notice-only`.
pub fn model(name: &str) -> &str {
    match name {
        "opt-in" => "Nothing before a yes",
        "opt-out" => "Allowed until a no",
        "notice-only" => "Notice only",
        other => other,
    }
}

/// A choice: `accept-all`, `reject-all`, `custom`, `withdraw`.
pub fn choice(action: &str) -> &str {
    match action {
        "accept-all" => "Accepted all",
        "reject-all" => "Refused all",
        "custom" => "Chose some",
        "withdraw" => "Took it back",
        other => other,
    }
}

/// For how long a kind of thing is kept, by its name in the API.
pub fn kept(what: &str, days: Option<u32>) -> String {
    match (what, days) {
        ("consent_counts" | "event_counts", None) => "They stay: they say nothing of anybody".to_owned(),
        ("notices", None) => "They stay: records say which one was shown".to_owned(),
        ("journal", None) => "It stays: nothing can be taken out of it".to_owned(),
        (_, days) => period(days),
    }
}

/// For how long something is kept.
pub fn period(days: Option<u32>) -> String {
    match days {
        None => "Until the person is erased".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) if days >= 730 && days.is_multiple_of(365) => format!("{} years", days / 365),
        Some(days) => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::{choice, kept, model, period};

    #[test]
    fn laws_choices_and_periods_are_said_in_words() {
        assert_eq!(model("opt-in"), "Nothing before a yes");
        assert_eq!(choice("reject-all"), "Refused all");
        assert_eq!(kept("consent_records", None), "Until the person is erased");
        assert_eq!(kept("rights_files", Some(30)), "30 days");
        assert_eq!(kept("notices", None), "They stay: records say which one was shown");
        assert_eq!(
            [None, Some(1), Some(30), Some(1825)].map(period),
            ["Until the person is erased", "1 day", "30 days", "5 years"]
        );
    }
}
