//! Where Stripe's objects hold personal data.

use super::{
    Class::{
        Credential, CustomerId, Email, FreeText, Name, OnlineIdentifier, Payment, Phone, PostalAddress, Preference,
        Transaction,
    },
    table::{Line, Person, Table},
};

/// One type of object.
pub(super) struct Object {
    /// Stripe's name of the type.
    pub(super) name: &'static str,
    /// The name of the record that it makes.
    pub(super) part: &'static str,
    pub(super) classes: Table,
    pub(super) person: Person,
}

type Fields = &'static [(super::Class, &'static [&'static str])];

const ADDRESS: Fields = &[(PostalAddress, &["line1", "line2", "city", "state", "postal_code", "country"])];

/// Whoever paid, or whoever the parcel goes to.
const CONTACT: Fields = &[
    (Email, &["email", "verified_email"]),
    (Name, &["name", "verified_name", "individual_name", "business_name"]),
    (Phone, &["phone", "verified_phone"]),
    (Payment, &["tax_id", "tax_ids[]"]),
];

/// What most objects have.
const COMMON: Fields = &[
    (CustomerId, &["customer", "customer_account"]),
    (FreeText, &["description", "metadata.*", "statement_descriptor"]),
    (Credential, &["client_secret"]),
];

/// A means of payment, as far as Stripe shows it.
const MEANS: Fields = &[
    (
        Payment,
        &[
            "*.fingerprint",
            "*.last4",
            "*.exp_month",
            "*.exp_year",
            "*.country",
            "*.iban",
            "*.bank_name",
            "*.payer_id",
            "*.wallet.dynamic_last4",
        ],
    ),
    (Email, &["*.payer_email", "*.email"]),
    (Name, &["*.cardholder_name", "*.account_holder_name", "*.payer_name"]),
];

pub(super) const CUSTOMER: Object = Object {
    name: "customer",
    part: "customer",
    classes: &[
        Line {
            at: &[""],
            holds: &[
                (CustomerId, &["id"]),
                (Email, &["email"]),
                (Name, &["name", "individual_name", "business_name"]),
                (Phone, &["phone"]),
                (FreeText, &["description", "metadata.*", "invoice_settings.custom_fields[].value"]),
                (Preference, &["preferred_locales"]),
                (OnlineIdentifier, &["tax.ip_address"]),
                (Payment, &["tax_ids.data[].value", "default_source"]),
            ],
        },
        Line { at: &["address", "shipping.address", "tax.location"], holds: ADDRESS },
        Line { at: &["shipping", "sources.data[].owner"], holds: CONTACT },
        Line {
            at: &["sources.data[]"],
            holds: &[
                (Payment, &["last4", "fingerprint", "exp_month", "exp_year", "country"]),
                (Name, &["name"]),
                (PostalAddress, &["address_line1", "address_line2", "address_city", "address_zip", "address_country"]),
            ],
        },
    ],
    person: Person { email: &["email"], phone: &["phone"], customer_id: &["id"] },
};

const SESSION: Object = Object {
    name: "checkout.session",
    part: "session",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line {
            at: &[""],
            holds: &[
                (Email, &["customer_email"]),
                // The merchant's own number of the buyer or the cart.
                (CustomerId, &["client_reference_id"]),
                (
                    FreeText,
                    &["custom_fields[].text.value", "custom_fields[].numeric.value", "custom_fields[].dropdown.value"],
                ),
                (Preference, &["consent.promotions", "consent.terms_of_service", "locale"]),
                (Credential, &["url", "after_expiration.recovery.url"]),
                (Transaction, &["id", "payment_intent", "subscription", "invoice", "amount_total"]),
            ],
        },
        Line {
            at: &[
                "customer_details",
                "collected_information",
                "collected_information.shipping_details",
                "shipping_details",
                "shipping",
            ],
            holds: CONTACT,
        },
        Line {
            at: &[
                "customer_details.address",
                "collected_information.shipping_details.address",
                "shipping_details.address",
                "shipping.address",
            ],
            holds: ADDRESS,
        },
    ],
    person: Person {
        email: &["customer_details.email", "customer_email"],
        phone: &["customer_details.phone"],
        customer_id: &["customer", "customer.id"],
    },
};

const CHARGE: Object = Object {
    name: "charge",
    part: "charge",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line {
            at: &[""],
            holds: &[
                (Email, &["receipt_email"]),
                (Credential, &["receipt_url"]),
                (Transaction, &["id", "amount", "invoice", "payment_intent", "receipt_number"]),
                (Payment, &["payment_method", "source.last4", "source.fingerprint"]),
                (Name, &["source.name"]),
                (FreeText, &["fraud_details.*", "refunds.data[].metadata.*"]),
            ],
        },
        Line { at: &["billing_details", "shipping", "source.owner", "source.billing_details"], holds: CONTACT },
        Line { at: &["payment_method_details"], holds: MEANS },
        Line { at: &["billing_details.address", "shipping.address", "source.owner.address"], holds: ADDRESS },
    ],
    person: Person {
        email: &["billing_details.email", "receipt_email"],
        phone: &["billing_details.phone"],
        customer_id: &["customer", "customer.id"],
    },
};

const PAYMENT_INTENT: Object = Object {
    name: "payment_intent",
    part: "payment",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line {
            at: &[""],
            holds: &[
                (Email, &["receipt_email", "charges.data[].receipt_email"]),
                (Credential, &["charges.data[].receipt_url", "latest_charge.receipt_url", "next_action.*.*"]),
                (Transaction, &["id", "amount", "invoice", "latest_charge"]),
                (Payment, &["payment_method"]),
            ],
        },
        Line {
            at: &[
                "shipping",
                "charges.data[].billing_details",
                "charges.data[].shipping",
                "latest_charge.billing_details",
                "payment_method.billing_details",
                "last_payment_error.payment_method.billing_details",
            ],
            holds: CONTACT,
        },
        Line {
            at: &[
                "charges.data[].payment_method_details",
                "latest_charge.payment_method_details",
                "payment_method",
                "last_payment_error.payment_method",
            ],
            holds: MEANS,
        },
        Line {
            at: &[
                "shipping.address",
                "charges.data[].billing_details.address",
                "charges.data[].shipping.address",
                "latest_charge.billing_details.address",
                "payment_method.billing_details.address",
                "last_payment_error.payment_method.billing_details.address",
            ],
            holds: ADDRESS,
        },
    ],
    person: Person { email: &["receipt_email"], phone: &[], customer_id: &["customer", "customer.id"] },
};

const SETUP_INTENT: Object = Object {
    name: "setup_intent",
    part: "setup",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line { at: &[""], holds: &[(Payment, &["payment_method"]), (Credential, &["next_action.*.*"])] },
        Line { at: &["last_setup_error.payment_method.billing_details"], holds: CONTACT },
        Line { at: &["last_setup_error.payment_method.billing_details.address"], holds: ADDRESS },
        Line { at: &["last_setup_error.payment_method"], holds: MEANS },
    ],
    person: Person { email: &[], phone: &[], customer_id: &["customer", "customer.id"] },
};

const PAYMENT_METHOD: Object = Object {
    name: "payment_method",
    part: "payment_method",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line { at: &[""], holds: MEANS },
        Line { at: &["billing_details"], holds: CONTACT },
        Line { at: &["billing_details.address"], holds: ADDRESS },
    ],
    person: Person {
        email: &["billing_details.email"],
        phone: &["billing_details.phone"],
        customer_id: &["customer", "customer.id"],
    },
};

const INVOICE: Object = Object {
    name: "invoice",
    part: "invoice",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line {
            at: &[""],
            holds: &[
                (Email, &["customer_email"]),
                (Name, &["customer_name"]),
                (Phone, &["customer_phone"]),
                (Payment, &["customer_tax_ids[]", "default_payment_method"]),
                (Credential, &["hosted_invoice_url", "invoice_pdf", "confirmation_secret.client_secret"]),
                (Transaction, &["id", "number", "total", "subscription", "charge", "payment_intent"]),
                (
                    FreeText,
                    &[
                        "footer",
                        "custom_fields[].value",
                        "lines.data[].description",
                        "lines.data[].metadata.*",
                        "subscription_details.metadata.*",
                        "parent.subscription_details.metadata.*",
                    ],
                ),
            ],
        },
        Line { at: &["customer_shipping", "shipping_details"], holds: CONTACT },
        Line { at: &["customer_address", "customer_shipping.address", "shipping_details.address"], holds: ADDRESS },
    ],
    person: Person {
        email: &["customer_email"],
        phone: &["customer_phone"],
        customer_id: &["customer", "customer.id"],
    },
};

const SUBSCRIPTION: Object = Object {
    name: "subscription",
    part: "subscription",
    classes: &[
        Line { at: &[""], holds: COMMON },
        Line {
            at: &[""],
            holds: &[
                (Payment, &["default_payment_method", "default_source"]),
                (Transaction, &["id", "items.data[].id", "latest_invoice"]),
                (FreeText, &["items.data[].metadata.*", "cancellation_details.comment"]),
                (Preference, &["cancellation_details.feedback"]),
            ],
        },
    ],
    person: Person { email: &[], phone: &[], customer_id: &["customer", "customer.id"] },
};

/// What is read. Events about anything else say nothing about people that Nod keeps.
pub(super) const OBJECTS: &[Object] =
    &[CUSTOMER, SESSION, CHARGE, PAYMENT_INTENT, SETUP_INTENT, PAYMENT_METHOD, INVOICE, SUBSCRIPTION];
