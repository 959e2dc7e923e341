//! What the address says: which page, and its state. The path names the page, the query what is filtered and where the list is, so that
//! an address that is sent to a colleague shows the same.

/// Where the dashboard is.
pub const HOME: &str = "/dashboard";

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What is to be done, and how things go.
    Overview,
    /// Rights requests; one of them by its id.
    Requests,
    /// Data subjects; one of them by the id of an identity.
    People,
    /// Platforms that send webhooks; one of them by its id.
    Connections,
    /// Notices and records; one record by its id.
    Consent,
    /// Rules, vendors and destinations.
    Tags,
    /// What was done, and by whom.
    Journal,
    /// Where the tag is, and what holds there.
    Site,
    /// People who work here, tokens, and one's own sessions.
    Staff,
}

impl Page {
    /// Every page, in the order of the navigation.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Requests,
        Self::People,
        Self::Connections,
        Self::Consent,
        Self::Tags,
        Self::Journal,
        Self::Site,
        Self::Staff,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Requests => "Requests",
            Self::People => "People",
            Self::Connections => "Connections",
            Self::Consent => "Consent",
            Self::Tags => "Tags",
            Self::Journal => "Journal",
            Self::Site => "Site",
            Self::Staff => "Staff",
        }
    }

    /// The API's name of the page, for views that are kept.
    pub fn key(self) -> &'static str {
        self.path().rsplit_once('/').map_or("", |(_, name)| name)
    }

    /// Its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Overview => HOME,
            Self::Requests => "/dashboard/requests",
            Self::People => "/dashboard/people",
            Self::Connections => "/dashboard/connections",
            Self::Consent => "/dashboard/consent",
            Self::Tags => "/dashboard/tags",
            Self::Journal => "/dashboard/journal",
            Self::Site => "/dashboard/site",
            Self::Staff => "/dashboard/staff",
        }
    }

    /// Whether one of what it lists has an address of its own, below it.
    pub const fn has_items(self) -> bool {
        matches!(self, Self::Requests | Self::People | Self::Connections | Self::Consent)
    }
}

/// A page with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which page; none where there is none of this path.
    pub page: Option<Page>,
    /// Which of the page's items; empty for the page itself.
    pub item: String,
    query: Vec<(String, String)>,
}

impl Route {
    /// A page in its usual state.
    pub const fn to(page: Page) -> Self {
        Self { page: Some(page), item: String::new(), query: Vec::new() }
    }

    /// One item of a page.
    pub fn to_item(page: Page, id: &str) -> Self {
        Self { page: Some(page), item: id.to_owned(), query: Vec::new() }
    }

    /// Reads a path and what stands behind its question mark. Values are plain words: others are left out.
    pub fn parse(path: &str, search: &str) -> Self {
        let (page, item) = place(path.strip_suffix('/').unwrap_or(path));
        let pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        let plain = pairs.filter(|(name, value)| is_plain(name) && is_plain(value) && !value.is_empty());
        let query = plain.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { page, item: item.to_owned(), query }
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
        Self { page: self.page, item: self.item.clone(), query }
    }

    /// What of the page's state is worth keeping: the filters without the place in the list, in the order of their names.
    pub fn state(&self) -> String {
        let kept = self.query.iter().filter(|(name, _)| name != "after");
        let mut pairs: Vec<String> = kept.map(|(name, value)| [name, "=", value].concat()).collect();
        pairs.sort_unstable();
        pairs.join("&")
    }

    /// The address.
    pub fn address(&self) -> String {
        let mut address = self.page.map_or(HOME, Page::path).to_owned();
        if !self.item.is_empty() {
            address.push('/');
            address.push_str(&self.item);
        }
        for (number, (name, value)) in self.query.iter().enumerate() {
            address.push(if number == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(value);
        }
        address
    }
}

/// The address of a file of the API, with what is said of its filters.
pub fn export(name: &str, filters: &[(&str, &str)]) -> String {
    let said = filters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = said.map(|(name, value)| [name, "=", value].concat()).collect();
    let end = if pairs.is_empty() { String::new() } else { ["?", &pairs.join("&")].concat() };
    ["/v1/export/", name, &end].concat()
}

/// Which page a path is of, and which of its items.
fn place(path: &str) -> (Option<Page>, &str) {
    if let Some(page) = Page::ALL.into_iter().find(|page| page.path() == path) {
        return (Some(page), "");
    }
    let (parent, item) = path.rsplit_once('/').unwrap_or_default();
    let page = Page::ALL.into_iter().find(|page| page.has_items() && page.path() == parent);
    if page.is_some() && is_plain(item) { (page, item) } else { (None, "") }
}

/// Words, ids and cursors: what needs no escaping.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Page, Route, export};

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
    fn an_item_has_an_address_below_its_page() {
        let route = Route::to_item(Page::Requests, "abc-1");
        assert_eq!(route.address(), "/dashboard/requests/abc-1");
        assert_eq!(Route::parse("/dashboard/requests/abc-1/", "?tab=mail"), route.with("tab", "mail"));
        for path in ["/dashboard/staff/abc", "/dashboard/requests/a/b", "/dashboard/requests/a%20b", "/dashboard//a"] {
            assert_eq!(Route::parse(path, "").page, None, "{path}");
        }
    }

    #[test]
    fn who_filters_begins_at_the_beginning_and_who_empties_a_filter_has_none() {
        let route = Route::parse("/dashboard/requests", "?status=RECEIVED&after=x");
        assert_eq!(route.with("kind", "ACCESS").address(), "/dashboard/requests?status=RECEIVED&kind=ACCESS");
        assert_eq!(route.with("status", "").address(), "/dashboard/requests");
    }

    #[test]
    fn a_file_has_the_filters_that_are_said() {
        assert_eq!(export("journal.csv", &[("action", ""), ("object", "")]), "/v1/export/journal.csv");
        assert_eq!(
            export("requests.csv", &[("open", "true"), ("kind", "ACCESS")]),
            "/v1/export/requests.csv?open=true&kind=ACCESS"
        );
    }

    #[test]
    fn the_state_that_is_kept_has_the_filters_without_the_place_in_the_list() {
        let route = Route::parse("/dashboard/requests", "?status=OPEN&kind=ACCESS&after=x");
        assert_eq!(route.state(), "kind=ACCESS&status=OPEN");
        assert_eq!(Route::to(Page::Requests).state(), "");
        assert_eq!((Page::Requests.key(), Page::Journal.key()), ("requests", "journal"));
    }

    #[test]
    fn what_would_have_to_be_escaped_is_left_out() {
        let route = Route::parse("/dashboard/requests", "?status=%22&kind=ACCESS&x");
        assert_eq!((route.get("status"), route.get("kind")), ("", "ACCESS"));
        assert_eq!(route.with("kind", "a&b").address(), "/dashboard/requests");
    }
}
