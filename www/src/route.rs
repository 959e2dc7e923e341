//! What the address's fragment asks for. It never leaves the browser: neither a link's token nor a visitor's id is in any
//! server's log.

/// One screen of the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Who uses what for what.
    Overview,
    /// What this browser has chosen; with the visitor's id, where a link brought it.
    Choices(Option<String>),
    /// The form; with the kind of request that it begins with.
    Form(Option<String>),
    /// The form was sent.
    Sent,
    /// A link that proves an address: its token.
    Verify(String),
    /// Signing in; with a link's token.
    SignIn(Option<String>),
    /// What the person has asked for.
    Requests,
    /// One of these.
    Request(String),
}

impl Route {
    /// Reads a fragment, with or without its `#`. What is unknown is the overview.
    pub fn of(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (name, value) = match fragment.split_once(['=', '/']) {
            Some((name, value)) => (name, Some(value.to_owned()).filter(|value| !value.is_empty())),
            None => (fragment, None),
        };
        match (name, value) {
            ("choices" | "visitor", visitor) => Self::Choices(visitor),
            ("request", kind) => Self::Form(kind),
            ("sent", _) => Self::Sent,
            ("verify", Some(token)) => Self::Verify(token),
            ("sign-in", token) => Self::SignIn(token),
            ("requests", None) => Self::Requests,
            ("requests", Some(id)) => Self::Request(id),
            _ => Self::Overview,
        }
    }

    /// The fragment that asks for it, with its `#`.
    pub fn fragment(&self) -> String {
        let (name, value) = match self {
            Self::Overview => ("overview", ""),
            Self::Choices(None) => ("choices", ""),
            Self::Choices(Some(visitor)) => ("visitor=", visitor.as_str()),
            Self::Form(None) => ("request", ""),
            Self::Form(Some(kind)) => ("request=", kind.as_str()),
            Self::Sent => ("sent", ""),
            Self::Verify(token) => ("verify=", token.as_str()),
            Self::SignIn(None) => ("sign-in", ""),
            Self::SignIn(Some(token)) => ("sign-in=", token.as_str()),
            Self::Requests => ("requests", ""),
            Self::Request(id) => ("requests/", id.as_str()),
        };
        ["#", name, value].concat()
    }

    /// The same screen without what only one person may know: for links that may be shown.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        match self {
            Self::Verify(_) | Self::SignIn(_) => Self::SignIn(None),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn every_screen_has_an_address_that_leads_back_to_it() {
        let some = || Some("abc-_09".to_owned());
        for route in [
            Route::Overview,
            Route::Choices(None),
            Route::Choices(some()),
            Route::Form(None),
            Route::Form(some()),
            Route::Sent,
            Route::Verify("abc".to_owned()),
            Route::SignIn(None),
            Route::SignIn(some()),
            Route::Requests,
            Route::Request("rr_1".to_owned()),
        ] {
            assert_eq!(Route::of(&route.fragment()), route);
        }
    }

    #[test]
    fn what_is_unknown_or_lacks_its_token_is_the_overview() {
        for fragment in ["", "#", "#nod", "#verify", "#verify=", "overview", "#Request"] {
            assert_eq!(Route::of(fragment), Route::Overview, "{fragment}");
        }
        assert_eq!(Route::of("#sign-in="), Route::SignIn(None));
    }

    #[test]
    fn a_link_that_may_be_shown_carries_no_token() {
        assert_eq!(Route::Verify("secret".to_owned()).without_secrets().fragment(), "#sign-in");
        assert_eq!(Route::SignIn(Some("secret".to_owned())).without_secrets().fragment(), "#sign-in");
    }
}
