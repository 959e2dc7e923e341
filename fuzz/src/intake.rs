//! Payloads: each is signed as its platform would, read, and turned into what is stored.

use nod_core::{
    id::{ConnectionId, ControllerId, DeliveryId},
    intake::{self, Commit, FieldMapping, Known, Outcome, Reading, Setting},
    keys::MasterKeys,
    region::Region,
    time::Timestamp,
    webhook::{self, Delivery, Scheme, Verified, shopify::ShopDomain},
};

use crate::{
    call::Call,
    identity::{Plan, Tables},
    webhook::{NOW, authentication},
};

/// Shopify's payloads, under any label.
pub fn read_shopify(input: &[u8]) {
    deliver(Scheme::Shopify, input);
}

/// Stripe's events.
pub fn read_stripe(input: &[u8]) {
    deliver(Scheme::Stripe, input);
}

/// Mailchimp's forms: signed, or of the older kind that is not, by the first word.
pub fn read_mailchimp(input: &[u8]) {
    let is_unsigned = input.starts_with(b"unsigned");
    deliver(if is_unsigned { Scheme::MailchimpUnsigned } else { Scheme::Mailchimp }, input);
}

/// Mandrill's lists of events.
pub fn read_mandrill(input: &[u8]) {
    deliver(Scheme::Mandrill, input);
}

/// Custom applications' JSON, with any field mapping.
pub fn read_custom(input: &[u8]) {
    deliver(Scheme::SharedSecret, input);
}

/// A line with the connection's shop, or anything else; headers, of which `mapping` is the connection's; the body.
fn deliver(scheme: Scheme, input: &[u8]) {
    let Some(call) = Call::parse(input) else { return };
    let (authentication, now) = (authentication(scheme), Timestamp::from_millis(NOW).expect("a time"));
    let signed = authentication.sign("delivery-1", call.body, now);
    let proof: Vec<_> = signed.iter().flatten().map(|(name, value)| (*name, value.as_str())).collect();
    let delivery = Delivery { body: call.body, headers: call.headers.iter().copied().chain(proof).collect() };
    // Refused where the input brings a signature of its own.
    let Ok(verified) = webhook::verify(&delivery, &authentication, now) else { return };
    let mapping = call.headers.iter().find(|(name, _)| *name == "mapping");
    let mapping = mapping.and_then(|(_, json)| FieldMapping::parse(json).ok());
    let shop = call.words.last().and_then(|word| ShopDomain::parse(word));
    let connection = ConnectionId::from_random([1; 16]);
    let known = Known { connection: &connection, shop: shop.as_ref(), mapping: mapping.as_ref() };
    let read = intake::read(&delivery, &verified, &known);
    if let Err(unusable) = &read {
        assert!(!unusable.to_string().is_empty() && !unusable.name().is_empty());
    }
    settle(read, &verified, &connection, now);
}

fn settle(
    read: Result<Outcome, intake::Unusable>,
    verified: &Verified<'_>,
    connection: &ConnectionId,
    received_at: Timestamp,
) {
    let keys = MasterKeys::parse(["AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"]).expect("a master key");
    let (controller, home) = (ControllerId::parse("demo").expect("an id"), Region::parse("GB"));
    let setting = Setting {
        controller: &controller,
        connection,
        source: verified.source(),
        keys: &keys,
        unicode: &Tables,
        plan: &Plan,
        home: home.as_ref(),
        received_at,
        delivery: DeliveryId::from_random([2; 16]),
    };
    let addresses = addresses(&read);
    let mut drawn = 0_u128;
    let mut random = || {
        drawn += 1;
        drawn.to_be_bytes()
    };
    let commit = intake::settle(read, verified, &setting, &mut random).expect("valid keys");
    check(&commit, &addresses);
}

/// The e-mail addresses that were read: what can be recognised wherever it turns up.
fn addresses(read: &Result<Outcome, intake::Unusable>) -> Vec<String> {
    let Ok(Outcome::Useful(reading)) = read else { return Vec::new() };
    let Reading { event, records, consents, request, .. } = reading;
    assert!(event.len() <= 100 && event.bytes().all(|byte| byte.is_ascii_graphic()), "an event's name");
    let sets = records.iter().map(|record| &record.identifiers);
    let sets =
        sets.chain(consents.iter().map(|consent| &consent.about)).chain(request.iter().map(|request| &request.about));
    let values = sets.flatten().map(|identifier| identifier.value.expose().to_owned());
    values.filter(|value| value.contains('@') && value.len() > 6).collect()
}

/// Rows name identities that are there, and nobody's address is in what is stored.
fn check(commit: &Commit, addresses: &[String]) {
    let rows = commit.observations.iter().map(|row| &row.identities);
    let rows = rows.chain(commit.consents.iter().map(|row| &row.identities));
    for identities in rows.chain(commit.request.iter().map(|row| &row.identities)) {
        assert!(identities.is_sorted() && identities.iter().all(|index| *index < commit.identities.len()));
    }
    assert!(commit.observations.iter().all(|row| !row.identities.is_empty()), "an observation of nobody");
    assert!(commit.identities.iter().all(|row| !row.candidates.is_empty()), "an identity without a pseudonym");
    let stored = format!("{commit:?}");
    for address in addresses {
        assert!(!stored.contains(address), "an address is stored");
    }
}
