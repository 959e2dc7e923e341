//! Where Shopify's payloads hold personal data.

use super::{
    Class::{
        Credential, CustomerId, Email, FreeText, Name, OnlineIdentifier, Payment, Phone, PostalAddress, Preference,
        Transaction,
    },
    table::{Line, Person, Table},
};

/// What a customer's record holds.
const OF_CUSTOMER: &[(super::Class, &[&str])] = &[
    (CustomerId, &["id", "admin_graphql_api_id", "multipass_identifier"]),
    (Email, &["email"]),
    (Phone, &["phone"]),
    (Name, &["first_name", "last_name", "name", "company"]),
    (FreeText, &["note", "tags", "metafields", "metafield"]),
    (Transaction, &["orders_count", "total_spent", "last_order_id", "last_order_name"]),
    (
        Preference,
        &[
            "locale",
            "accepts_marketing",
            "accepts_marketing_updated_at",
            "marketing_opt_in_level",
            "email_marketing_consent.state",
            "sms_marketing_consent.state",
        ],
    ),
    (Payment, &["tax_exemptions"]),
];

const OF_ADDRESS: &[(super::Class, &[&str])] = &[
    (Name, &["first_name", "last_name", "name", "company"]),
    (
        PostalAddress,
        &[
            "address1",
            "address2",
            "city",
            "zip",
            "province",
            "province_code",
            "country",
            "country_code",
            "country_name",
            "latitude",
            "longitude",
        ],
    ),
    (Phone, &["phone"]),
    (Email, &["email"]),
    (CustomerId, &["customer_id"]),
];

pub(super) const CUSTOMER: Table =
    &[Line { at: &[""], holds: OF_CUSTOMER }, Line { at: &["default_address", "addresses[]"], holds: OF_ADDRESS }];

pub(super) const ORDER: Table = &[
    Line {
        at: &[""],
        holds: &[
            (Email, &["email", "contact_email"]),
            (Phone, &["phone", "shipping_lines[].phone"]),
            (
                OnlineIdentifier,
                &[
                    "browser_ip",
                    "client_details.*",
                    "landing_site",
                    "landing_site_ref",
                    "referring_site",
                    "cart_token",
                    "checkout_token",
                    "token",
                    "device_id",
                    "source_url",
                ],
            ),
            (
                Credential,
                &[
                    "order_status_url",
                    "token",
                    "cart_token",
                    "checkout_token",
                    "landing_site",
                    "referring_site",
                    "fulfillments[].tracking_url",
                    "fulfillments[].tracking_urls[]",
                ],
            ),
            (
                Transaction,
                &[
                    "id",
                    "admin_graphql_api_id",
                    "name",
                    "number",
                    "order_number",
                    "confirmation_number",
                    "checkout_id",
                    "po_number",
                    "total_price",
                    "current_total_price",
                    "line_items[].id",
                    "fulfillments[].tracking_number",
                    "fulfillments[].tracking_numbers[]",
                    "discount_codes[].code",
                    "refunds[].id",
                    "returns[].id",
                ],
            ),
            (
                Payment,
                &[
                    "payment_details.*",
                    "payment_gateway_names[]",
                    "gateway",
                    "refunds[].transactions[].payment_details.*",
                    "refunds[].transactions[].receipt.*",
                    "payment_terms.*",
                ],
            ),
            (
                FreeText,
                &[
                    "note",
                    "note_attributes[]",
                    "line_items[].properties[]",
                    "tags",
                    "refunds[].note",
                    "cancel_reason",
                    "metafields",
                    "metafield",
                ],
            ),
            (Preference, &["buyer_accepts_marketing", "customer_locale"]),
            (Name, &["company.*"]),
        ],
    },
    Line { at: &["customer"], holds: OF_CUSTOMER },
    Line {
        at: &[
            "billing_address",
            "shipping_address",
            "customer.default_address",
            "customer.addresses[]",
            "fulfillments[].destination",
            "line_items[].destination_location",
        ],
        holds: OF_ADDRESS,
    },
];

pub(super) const CONSENT: Table = &[Line {
    at: &[""],
    holds: &[
        (CustomerId, &["customer_id", "id"]),
        (Email, &["email_address"]),
        (Phone, &["phone", "phone_number"]),
        (Preference, &["email_marketing_consent.state", "sms_marketing_consent.state"]),
    ],
}];

pub(super) const REQUEST: Table = &[Line {
    at: &[""],
    holds: &[
        (CustomerId, &["customer.id"]),
        (Email, &["customer.email"]),
        (Phone, &["customer.phone"]),
        (Transaction, &["orders_requested[]", "orders_to_redact[]"]),
    ],
}];

/// A customer's record.
pub(super) const PERSON: Person =
    Person { email: &["email"], phone: &["phone"], customer_id: &["id", "admin_graphql_api_id"] };

/// Whoever ordered. Two addresses stay in one record, which then joins nothing: a gift has two people.
pub(super) const WHO_ORDERED: Person =
    Person { email: &["email", "contact_email"], phone: &["phone"], customer_id: &[] };

/// The shop's customer, in an order.
pub(super) const IN_ORDER: Person = Person {
    email: &["customer.email"],
    phone: &["customer.phone"],
    customer_id: &["customer.id", "customer.admin_graphql_api_id"],
};

/// The customer whose consent changed. The two topics name the id, the address and the number differently.
pub(super) const PERSON_OF_CONSENT: Person =
    Person { email: &["email_address"], phone: &["phone", "phone_number"], customer_id: &["customer_id", "id"] };

/// The customer whom a request is about.
pub(super) const IN_REQUEST: Person =
    Person { email: &["customer.email"], phone: &["customer.phone"], customer_id: &["customer.id"] };
