//! The platforms that send webhooks: what is to be done there, so that deliveries come and can be trusted.

/// A way to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its name in a form.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The API's source.
    pub source: &'static str,
    /// The API's scheme.
    pub scheme: &'static str,
    /// Whose secret it is; none where Nod makes it.
    pub secret: Option<&'static str>,
    /// What to do there, step by step, once the address is known.
    pub steps: &'static [&'static str],
}

/// Every way.
pub const WAYS: &[Way] = &[
    Way {
        name: "shopify",
        title: "Shopify",
        source: "SHOPIFY",
        scheme: "SHOPIFY",
        secret: Some(
            "The client secret of your app (Apps, Develop apps, API credentials), or the secret that Settings, Notifications, Webhooks shows",
        ),
        steps: &[
            "In Shopify, open Settings, Notifications, Webhooks; for an app, its configuration.",
            "Create a webhook for each event that you want, customers/create, customers/update, orders/create, in JSON, with the address that Nod gives.",
            "For an app, put the same address into the three mandatory compliance webhooks: customers/data_request, customers/redact, shop/redact.",
            "Send a test notification, and see it arrive here.",
        ],
    },
    Way {
        name: "stripe",
        title: "Stripe",
        source: "STRIPE",
        scheme: "STRIPE",
        secret: Some(
            "The signing secret of the endpoint, whsec_… (it is shown after the endpoint is made: leave this empty, and set it then by a rotation)",
        ),
        steps: &[
            "In Stripe, open Developers, Webhooks, and add an endpoint with the address that Nod gives.",
            "Choose the events: customer.created, customer.updated, customer.deleted, checkout.session.completed.",
            "Reveal the endpoint's signing secret, and set it here with “New secret”.",
            "Send a test event, and see it arrive here.",
        ],
    },
    Way {
        name: "mailchimp",
        title: "Mailchimp, signed",
        source: "MAILCHIMP",
        scheme: "MAILCHIMP",
        secret: Some("The secret that Mailchimp shows when the webhook is made"),
        steps: &[
            "In Mailchimp, open the audience, Settings, Webhooks, and create one with the address that Nod gives.",
            "Choose subscribes, unsubscribes, profile updates, cleaned addresses and e-mail changes.",
            "Copy the signing secret, and set it here with “New secret” if you have not given it yet.",
        ],
    },
    Way {
        name: "mailchimp-unsigned",
        title: "Mailchimp, older webhooks without a signature",
        source: "MAILCHIMP",
        scheme: "MAILCHIMP_UNSIGNED",
        secret: None,
        steps: &[
            "In Mailchimp, open the audience, Settings, Webhooks, and create one with the address that Nod gives.",
            "Keep the address to yourself: whoever knows it can send. So such deliveries only ever take consent back.",
        ],
    },
    Way {
        name: "mandrill",
        title: "Mailchimp Transactional (Mandrill)",
        source: "MAILCHIMP",
        scheme: "MANDRILL",
        secret: Some("The webhook's authentication key"),
        steps: &[
            "In Mailchimp Transactional, open Settings, Webhooks, and add one with the address that Nod gives, letter by letter: the signature is over the address, too.",
            "Choose rejects, spam complaints, unsubscribes and hard bounces.",
            "View the key, and set it here with “New secret”.",
        ],
    },
    Way {
        name: "custom",
        title: "Your own application, with a secret",
        source: "CUSTOM",
        scheme: "SHARED_SECRET",
        secret: None,
        steps: &[
            "Keep the secret where your application keeps its secrets.",
            "Sign each delivery by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature), or send the secret as `Authorization: Bearer`.",
            "Send JSON to the address that Nod gives, and say by a field mapping where its identifiers are.",
        ],
    },
    Way {
        name: "custom-key-pair",
        title: "Your own application, with a key pair",
        source: "CUSTOM",
        scheme: "ED25519",
        secret: Some("The public key, whpk_…"),
        steps: &[
            "Sign each delivery by Standard Webhooks with the private key (v1a).",
            "Send JSON to the address that Nod gives, and say by a field mapping where its identifiers are.",
        ],
    },
];

/// By its name in a form.
pub fn by_name(name: &str) -> Option<&'static Way> {
    WAYS.iter().find(|way| way.name == name)
}

/// By how a connection proves itself.
pub fn by_scheme(source: &str, scheme: Option<&str>) -> Option<&'static Way> {
    let is_of = |way: &&Way| Some(way.scheme) == scheme;
    WAYS.iter().find(is_of).or_else(|| WAYS.iter().find(|way| way.source == source))
}

#[cfg(test)]
mod tests {
    use super::{WAYS, by_name, by_scheme};

    #[test]
    fn each_way_is_found_by_its_name_and_by_its_scheme() {
        for way in WAYS {
            assert_eq!(by_name(way.name), Some(way));
            assert_eq!(by_scheme(way.source, Some(way.scheme)), Some(way));
            assert!(!way.steps.is_empty());
        }
        assert_eq!(by_scheme("CUSTOM", Some("API_KEY")).map(|way| way.name), Some("custom"));
        assert_eq!(by_name("none"), None);
    }
}
