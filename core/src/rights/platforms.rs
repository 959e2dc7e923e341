//! Where a connected platform's staff find a person: the way that a task names. The address of a person stands in none that is
//! stored; it is added when staff look at the task, from the request's sealed contact.

/// What is to be done in a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Erase what it holds.
    Erase,
    /// Get a copy of what it holds.
    Collect,
    /// Correct what is wrong.
    Correct,
    /// Stop using it, selling it or sharing it.
    Stop,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Erase, Self::Collect, Self::Correct, Self::Stop];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Erase => "erase",
            Self::Collect => "collect",
            Self::Correct => "correct",
            Self::Stop => "stop",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a request of this kind asks of whoever holds the person's data; `None` where it asks nothing of them.
    pub fn of_request(kind: &str) -> Option<Self> {
        Some(match kind {
            "access" | "portability" => Self::Collect,
            "deletion" => Self::Erase,
            "rectification" => Self::Correct,
            "restriction" | "objection" | "opt_out_of_sale" | "limit_sensitive" => Self::Stop,
            _ => return None,
        })
    }
}

/// The page of a platform where its customers are, and how it is told whom to look for.
struct Place {
    source: &'static str,
    /// `{shop}` is the shop's name.
    page: &'static str,
    /// What stands before the address that is searched, where the page takes one.
    search: Option<&'static str>,
    /// What staff do there, for each of [`TaskKind::ALL`].
    steps: [&'static str; 4],
}

/// Shopify: help.shopify.com, "Processing customer data requests". Stripe: docs.stripe.com/privacy/deletion-requests.
const PLACES: [Place; 4] = [
    Place {
        source: "shopify",
        page: "https://admin.shopify.com/store/{shop}/customers",
        search: Some("?query="),
        steps: [
            "Open the customer, then More actions > Erase personal data.",
            "Open the customer, then More actions > Request customer data, and add the file here.",
            "Open the customer and correct what is wrong.",
            "Open the customer, then Edit marketing settings, and switch off what was objected to.",
        ],
    },
    Place {
        source: "stripe",
        page: "https://dashboard.stripe.com/customers",
        search: Some("?email="),
        steps: [
            "Redact the customer with a redaction job, or delete it: docs.stripe.com/privacy/deletion-requests.",
            "Open the customer, export what is held, and add the file here.",
            "Open the customer and correct what is wrong.",
            "Open the customer and stop what was objected to.",
        ],
    },
    Place {
        source: "mailchimp",
        page: "https://admin.mailchimp.com/audience/contacts/",
        search: None,
        steps: [
            "Open the contact, then Actions > Delete > Permanently delete.",
            "Open the contact, then Actions > Export profile, and add the file here.",
            "Open the contact and correct what is wrong.",
            "Open the contact and unsubscribe it, or archive it.",
        ],
    },
    Place {
        source: "mandrill",
        page: "https://mandrillapp.com/activity",
        search: None,
        steps: [
            "Search the activity for the address; what is older than 30 days is gone. Remove its templates' data by hand.",
            "Search the activity for the address, export the result, and add the file here.",
            "Correct the address in the application that sends by Mandrill.",
            "Add the address to the denylist (Outbound > Denylist).",
        ],
    },
];

/// What is done by hand in an application that Nod knows nothing of.
const BY_HAND: [&str; 4] = [
    "Erase what this application holds of the person.",
    "Get a copy of what this application holds of the person, and add it here.",
    "Correct what is wrong in this application.",
    "Stop using the person's data in this application as the request says.",
];

/// What staff are to do.
pub fn steps(source: &str, kind: TaskKind) -> &'static str {
    let steps = PLACES.iter().find(|place| place.source == source).map_or(&BY_HAND, |place| &place.steps);
    match kind {
        TaskKind::Erase => steps[0],
        TaskKind::Collect => steps[1],
        TaskKind::Correct => steps[2],
        TaskKind::Stop => steps[3],
    }
}

/// The page of the platform's where staff do it, without the person. `shop` is what the connection is called there
/// (`demo.myshopify.com`); without one, Shopify's page cannot be named.
pub fn link(source: &str, shop: Option<&str>) -> Option<String> {
    let place = PLACES.iter().find(|place| place.source == source)?;
    let Some((before, after)) = place.page.split_once("{shop}") else { return Some(place.page.to_owned()) };
    let shop = shop?.strip_suffix(".myshopify.com")?;
    let is_name = !shop.is_empty() && shop.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| [before, shop, after].concat())
}

/// The same page with the person looked up, for the eyes of staff only.
pub fn link_to(source: &str, link: &str, email: &str) -> String {
    let search = PLACES.iter().find(|place| place.source == source).and_then(|place| place.search);
    let Some(search) = search else { return link.to_owned() };
    let mut whole = [link, search].concat();
    for byte in email.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push('%');
            for digit in [byte >> 4, byte & 15] {
                whole.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destinations::{Endpoint, Hosts};

    #[test]
    fn a_link_leads_to_the_platform_and_holds_nobody() {
        let shop = Some("demo-shop.myshopify.com");
        assert_eq!(link("shopify", shop).as_deref(), Some("https://admin.shopify.com/store/demo-shop/customers"));
        for source in ["shopify", "stripe", "mailchimp", "mandrill"] {
            let link = link(source, shop).unwrap();
            assert!(Endpoint::parse(&link, Hosts::Public).is_ok(), "{link}");
        }
        assert_eq!(link("custom", shop), None);
        for hostile in [None, Some("evil.example.com"), Some(".myshopify.com"), Some("a/../b.myshopify.com")] {
            assert_eq!(link("shopify", hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn a_person_is_looked_up_by_whatever_address_without_leaving_the_search() {
        let link = "https://admin.shopify.com/store/demo/customers";
        assert_eq!(
            link_to("shopify", link, "a+b&c=#\"@é.example"),
            [link, "?query=a%2Bb%26c%3D%23%22%40%C3%A9.example"].concat()
        );
        assert_eq!(link_to("mailchimp", "https://admin.mailchimp.com/audience/contacts/", "a@b.example").len(), 46);
    }

    #[test]
    fn every_task_says_what_to_do() {
        for source in ["shopify", "stripe", "mailchimp", "mandrill", "custom"] {
            let mut all = TaskKind::ALL.map(|kind| steps(source, kind)).to_vec();
            all.dedup();
            assert_eq!(all.len(), 4, "{source}");
        }
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::parse(kind.name()), Some(kind));
        }
        assert_eq!(TaskKind::of_request("deletion"), Some(TaskKind::Erase));
        assert_eq!(TaskKind::of_request("other"), None);
    }
}
