//! What comes back from the database, from secrets and from headers: names, tokens, keys.

use nod_core::{
    id::{ConnectionId, ControllerId, Fingerprint, SiteKey, VisitorId},
    identity::{Kind, hash::PlainHash, pseudonym::Pseudonym},
    intake::Class,
    keys::MasterKeys,
    receipt::ReceiptKey,
    seal::ShredKey,
    staff::{Role, StaffToken},
    webhook::{Scheme, Source, shopify::ShopDomain},
};

/// Lines of text: what is read is written the same.
pub fn stored(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    let _ = MasterKeys::parse(text.split('\n'));
    for line in text.split('\n') {
        names(line);
        tokens(line);
    }
}

fn names(text: &str) {
    for written in [
        ControllerId::parse(text).map(|id| id.to_string()),
        SiteKey::parse(text).map(|id| id.to_string()),
        VisitorId::parse(text).map(|id| id.to_string()),
        ConnectionId::parse(text).map(|id| id.to_string()),
        Fingerprint::parse(text).map(|id| id.to_string()),
        Pseudonym::parse(text).map(|pseudonym| pseudonym.to_string()),
        Kind::parse(text).map(|kind| kind.name().to_owned()),
        Class::parse(text).map(|class| class.name().to_owned()),
        Scheme::parse(text).map(|scheme| scheme.name().to_owned()),
        Source::parse(text).map(|source| source.name().to_owned()),
        Role::parse(text).map(|role| role.name().to_owned()),
    ]
    .into_iter()
    .flatten()
    {
        assert_eq!(written, text);
    }
}

fn tokens(text: &str) {
    if let Some(token) = StaffToken::parse(text) {
        assert_eq!(token.expose(), text);
        assert!(!format!("{token:?}").contains(text));
    }
    if let Some(key) = ShredKey::from_base64url(text) {
        assert_eq!(key.to_base64url(), text);
    }
    if let Some(shop) = ShopDomain::parse(text) {
        assert_eq!(ShopDomain::parse(shop.as_str()), Some(shop));
    }
    for kind in [Kind::Email, Kind::Phone, Kind::CustomerId] {
        let _ = PlainHash::received(kind, kind.form(), text);
    }
    let _ = ReceiptKey::from_base64url(text);
}
