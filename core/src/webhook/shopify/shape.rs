//! What the body of each topic looks like, so that a signed body cannot be passed off as another topic's.
//!
//! A subscription may leave fields out, so a shape demands little of harmless topics and much of those that erase.

use serde_json::{Map, Value};

/// A topic that Nod acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A customer asks what is known of them.
    CustomersDataRequest,
    /// A customer is to be erased.
    CustomersRedact,
    /// The shop has left: everything of it is to be erased.
    ShopRedact,
    /// A customer was created, changed, enabled or disabled.
    Customer,
    /// A customer was deleted in the shop.
    CustomerDeleted,
    /// Consent to marketing by e-mail changed.
    EmailConsent,
    /// Consent to marketing by text message changed.
    SmsConsent,
    /// An order was created or changed.
    Order,
    /// An order was deleted in the shop.
    OrderDeleted,
    /// Anything else: nothing is done with it.
    Other,
}

impl Topic {
    /// The topic of that name.
    pub fn parse(name: &str) -> Self {
        match name {
            "customers/data_request" => Self::CustomersDataRequest,
            "customers/redact" => Self::CustomersRedact,
            "shop/redact" => Self::ShopRedact,
            "customers/create" | "customers/update" | "customers/enable" | "customers/disable" => Self::Customer,
            "customers/delete" => Self::CustomerDeleted,
            "customers_email_marketing_consent/update" => Self::EmailConsent,
            "customers_marketing_consent/update" => Self::SmsConsent,
            "orders/create"
            | "orders/updated"
            | "orders/edited"
            | "orders/paid"
            | "orders/partially_fulfilled"
            | "orders/fulfilled"
            | "orders/cancelled" => Self::Order,
            "orders/delete" => Self::OrderDeleted,
            _ => Self::Other,
        }
    }

    /// Whether a body can be this topic's.
    pub(super) fn fits(self, body: &Map<String, Value>) -> bool {
        let Some(shape) = self.shape() else { return true };
        shape.has.iter().all(|(key, is)| body.get(*key).is_some_and(is))
            && shape.has_not.iter().all(|key| !body.contains_key(*key))
            && (!shape.nothing_else || body.len() == shape.has.len())
            && shape.kind.is_none_or(|kind| is_of_kind(body, kind))
    }

    fn shape(self) -> Option<Shape> {
        let any = Shape { has: &[], has_not: &[], nothing_else: false, kind: None };
        Some(match self {
            Self::CustomersDataRequest => Shape {
                has: &[
                    ("shop_id", Value::is_u64),
                    ("shop_domain", Value::is_string),
                    ("customer", Value::is_object),
                    ("orders_requested", Value::is_array),
                    ("data_request", Value::is_object),
                ],
                has_not: &["orders_to_redact"],
                ..any
            },
            Self::CustomersRedact => Shape {
                has: &[
                    ("shop_id", Value::is_u64),
                    ("shop_domain", Value::is_string),
                    ("customer", Value::is_object),
                    ("orders_to_redact", Value::is_array),
                ],
                has_not: &["orders_requested", "data_request"],
                ..any
            },
            Self::ShopRedact => Shape {
                has: &[("shop_id", Value::is_u64), ("shop_domain", Value::is_string)],
                nothing_else: true,
                ..any
            },
            Self::Customer => Shape { has: &[ID], has_not: NOT_A_CUSTOMER, kind: Some("Customer"), ..any },
            Self::CustomerDeleted => Shape {
                has: &[ID, ("admin_graphql_api_id", Value::is_string)],
                has_not: &["email", "created_at", "first_name", "last_name", "state", "line_items", "shop_id"],
                kind: Some("Customer"),
                ..any
            },
            Self::EmailConsent => Shape {
                has: &[("customer_id", Value::is_u64), ("email_marketing_consent", Value::is_object)],
                has_not: &["id", "sms_marketing_consent"],
                ..any
            },
            // Shopify's own sample calls the customer's number `id`, where the e-mail topic has `customer_id`.
            Self::SmsConsent => Shape {
                has: &[("sms_marketing_consent", Value::is_object)],
                has_not: &[
                    "email",
                    "email_address",
                    "email_marketing_consent",
                    "created_at",
                    "first_name",
                    "last_name",
                    "line_items",
                    "customer",
                    "shop_id",
                ],
                kind: Some("Customer"),
                ..any
            },
            Self::Order => Shape { has: &[ID], has_not: NOT_AN_ORDER, kind: Some("Order"), ..any },
            Self::OrderDeleted => Shape {
                has: &[ID],
                has_not: &[
                    "created_at",
                    "email",
                    "customer",
                    "line_items",
                    "tax_exemptions",
                    "first_name",
                    "shop_id",
                    "sms_marketing_consent",
                ],
                kind: Some("Order"),
                ..any
            },
            Self::Other => return None,
        })
    }
}

/// A key, and what its value must be.
type Field = (&'static str, fn(&Value) -> bool);

struct Shape {
    has: &'static [Field],
    has_not: &'static [&'static str],
    nothing_else: bool,
    /// The kind of thing that `admin_graphql_api_id` names, where it is there.
    kind: Option<&'static str>,
}

const ID: Field = ("id", Value::is_u64);

const NOT_A_CUSTOMER: &[&str] = &["line_items", "order_number", "customer", "customer_id", "shop_id"];

const NOT_AN_ORDER: &[&str] = &[
    "first_name",
    "last_name",
    "verified_email",
    "default_address",
    "addresses",
    "tax_exemptions",
    "shop_id",
    "sms_marketing_consent",
];

fn is_of_kind(body: &Map<String, Value>, kind: &str) -> bool {
    body.get("admin_graphql_api_id").is_none_or(|id| {
        let named = id.as_str().and_then(|id| id.strip_prefix("gid://shopify/")).and_then(|id| id.split_once('/'));
        named.is_some_and(|(named, _)| named == kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bodies() -> [(Topic, Value); 9] {
        let shop = "jsmith.myshopify.com";
        let person = json!({"id": 191_167, "email": "john@example.com", "phone": "555-625-1199"});
        [
            (
                Topic::CustomersDataRequest,
                json!({"shop_id": 954_889, "shop_domain": shop, "orders_requested": [299_938], "customer": person,
                       "data_request": {"id": 9999}}),
            ),
            (
                Topic::CustomersRedact,
                json!({"shop_id": 954_889, "shop_domain": shop, "customer": person, "orders_to_redact": [299_938]}),
            ),
            (Topic::ShopRedact, json!({"shop_id": 954_889, "shop_domain": shop})),
            (
                Topic::Customer,
                json!({"id": 706_405_506_930_370_084_u64, "created_at": "2021-12-31T19:00:00-05:00",
                       "first_name": "Bob", "state": "disabled", "email": "bob@biller.com", "tax_exemptions": [],
                       "admin_graphql_api_id": "gid://shopify/Customer/706405506930370084"}),
            ),
            (
                Topic::CustomerDeleted,
                json!({"id": 706_405_506_930_370_084_u64, "tax_exemptions": [],
                       "admin_graphql_api_id": "gid://shopify/Customer/706405506930370084"}),
            ),
            (
                Topic::EmailConsent,
                json!({"customer_id": 1, "email_address": "bob@biller.com",
                       "email_marketing_consent": {"state": "subscribed"}}),
            ),
            (Topic::SmsConsent, json!({"id": 1, "phone": null, "sms_marketing_consent": {"state": "x"}})),
            (
                Topic::Order,
                json!({"id": 820_982_911_946_154_508_u64, "email": "jon@doe.ca", "order_number": 1234,
                       "created_at": null, "customer": {"id": 1}, "line_items": []}),
            ),
            (Topic::OrderDeleted, json!({"id": 820_982_911_946_154_508_u64})),
        ]
    }

    #[test]
    fn a_body_fits_its_own_topic_and_none_that_does_other_things() {
        // A deletion names a thing and says nothing about it: as an update it would change nothing. A consent says the
        // same as part of its customer.
        let harmless = [
            (Topic::CustomerDeleted, Topic::Customer),
            (Topic::OrderDeleted, Topic::Customer),
            (Topic::OrderDeleted, Topic::Order),
            (Topic::SmsConsent, Topic::Customer),
        ];
        for (topic, body) in bodies() {
            for (claimed, _) in bodies() {
                let expected = claimed == topic || harmless.contains(&(topic, claimed));
                assert_eq!(claimed.fits(body.as_object().unwrap()), expected, "{topic:?} as {claimed:?}");
            }
            assert!(Topic::Other.fits(body.as_object().unwrap()));
        }
    }

    #[test]
    fn a_body_of_another_kind_of_thing_does_not_fit() {
        for (topic, id, expected) in [
            (Topic::OrderDeleted, json!("gid://shopify/Order/1"), true),
            (Topic::OrderDeleted, json!("gid://shopify/Product/1"), false),
            (Topic::Customer, json!("gid://shopify/CustomerSegment/1"), false),
            (Topic::Customer, json!("Customer/1"), false),
            (Topic::Customer, json!(null), false),
        ] {
            let body = json!({"id": 1, "admin_graphql_api_id": id});
            assert_eq!(topic.fits(body.as_object().unwrap()), expected, "{topic:?} {id}");
        }
    }
}
