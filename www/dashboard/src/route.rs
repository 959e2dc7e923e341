//! What the address says: which page, and its state. The path names the page, the query what is filtered and where the list is, so that
//! an address that is sent to a colleague shows the same.

/// Where the dashboard is.
pub const HOME: &str = "/dashboard";

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What is to be done.
    Overview,
    /// Rights requests.
    Requests,
    /// People who work here, and one's own sessions.
    Staff,
}

impl Page {
    /// Every page, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Overview, Self::Requests, Self::Staff];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Requests => "Requests",
            Self::Staff => "Staff",
        }
    }

    /// Its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Overview => HOME,
            Self::Requests => "/dashboard/requests",
            Self::Staff => "/dashboard/staff",
        }
    }
}

/// A page with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which page; none where there is none of this path.
    pub page: Option<Page>,
    query: Vec<(String, String)>,
}

impl Route {
    /// A page in its usual state.
    pub const fn to(page: Page) -> Self {
        Self { page: Some(page), query: Vec::new() }
    }

    /// Reads a path and what stands behind its question mark. Values are plain words: others are left out.
    pub fn parse(path: &str, search: &str) -> Self {
        let path = path.strip_suffix('/').unwrap_or(path);
        let page = Page::ALL.into_iter().find(|page| page.path() == path);
        let pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        let plain = pairs.filter(|(name, value)| is_plain(name) && is_plain(value) && !value.is_empty());
        Self { page, query: plain.map(|(name, value)| (name.to_owned(), value.to_owned())).collect() }
    }

    /// A part of the state; empty where the address says nothing of it.
    pub fn get(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The same page with this part of its state changed. Whoever filters begins at the list's beginning.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut query = self.query.clone();
        query.retain(|(known, _)| known != name && known != "after");
        if !value.is_empty() && is_plain(value) {
            query.push((name.to_owned(), value.to_owned()));
        }
        Self { page: self.page, query }
    }

    /// The address.
    pub fn address(&self) -> String {
        let mut address = self.page.map_or(HOME, Page::path).to_owned();
        for (number, (name, value)) in self.query.iter().enumerate() {
            address.push(if number == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(value);
        }
        address
    }
}

/// Words, ids and cursors: what needs no escaping.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Page, Route};

    #[test]
    fn an_address_leads_to_its_page_and_state_and_back() {
        for page in Page::ALL {
            let route = Route::to(page).with("status", "RECEIVED").with("after", "abc-_");
            let address = route.address();
            let (path, search) = address.split_once('?').unwrap();
            assert_eq!(Route::parse(path, &format!("?{search}")), route, "{address}");
            assert_eq!(Route::parse(&format!("{path}/"), "").page, Some(page));
        }
        assert_eq!(Route::parse("/dashboard/none", "").page, None);
    }

    #[test]
    fn who_filters_begins_at_the_beginning_and_who_empties_a_filter_has_none() {
        let route = Route::parse("/dashboard/requests", "?status=RECEIVED&after=x");
        assert_eq!(route.with("kind", "ACCESS").address(), "/dashboard/requests?status=RECEIVED&kind=ACCESS");
        assert_eq!(route.with("status", "").address(), "/dashboard/requests");
    }

    #[test]
    fn what_would_have_to_be_escaped_is_left_out() {
        let route = Route::parse("/dashboard/requests", "?status=%22&kind=ACCESS&x");
        assert_eq!((route.get("status"), route.get("kind")), ("", "ACCESS"));
        assert_eq!(route.with("kind", "a&b").address(), "/dashboard/requests");
    }
}
