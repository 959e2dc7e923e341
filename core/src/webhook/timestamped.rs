//! The header `t=1492774577,v1=<hex>`, which Stripe invented and Mailchimp took over.
//!
//! The code covers `{t}.{body}`. The key is the secret as it is written. Stripe lists one `v1` for each live secret of
//! its own; `v0` and whatever else may come is not looked at, so nobody can pick a weaker scheme.

use super::{Delivery, MAX_SIGNATURES, Proof, Refusal, Secret, Secrets, Source, Verified, freshness, mac};
use crate::time::Timestamp;

pub(super) fn verify<'a>(
    delivery: &Delivery<'a>,
    source: Source,
    header: &'static str,
    secrets: &Secrets<Secret>,
    now: Timestamp,
) -> Result<Verified<'a>, Refusal> {
    let signed = Header::read(delivery.required(header)?, header)?;
    let seconds = freshness::seconds(signed.time, header)?;
    let message = [signed.time.as_bytes(), b".", delivery.body];
    let slot = secrets.find(now, |secret| mac::any_is_sha256(&signed.codes, secret, &message))?;
    // Only now, so that staff can believe it when they read that an authentic delivery was late.
    freshness::check(seconds, now)?;
    Ok(Verified::new(source, Proof::Signature(slot), delivery.body, &[delivery.body]))
}

struct Header<'a> {
    time: &'a str,
    codes: Vec<[u8; 32]>,
}

impl<'a> Header<'a> {
    /// As the vendor's own parser reads it: every part is `name=value`; unknown names, and codes that are no hex, are
    /// passed over. Stricter in one thing: there is one time.
    fn read(text: &'a str, header: &'static str) -> Result<Self, Refusal> {
        let malformed = Refusal::Malformed(header);
        if text.split(',').nth(MAX_SIGNATURES).is_some() {
            return Err(Refusal::TooManySignatures);
        }
        let (mut time, mut codes) = (None, Vec::new());
        for part in text.split(',') {
            match part.split_once('=').ok_or(malformed)? {
                (_, value) if value.contains('=') => return Err(malformed),
                ("t", value) if time.is_none() => time = Some(value),
                ("t", _) => return Err(malformed),
                ("v1", value) => codes.extend(mac::hex(value)),
                _ => {}
            }
        }
        match time {
            Some(time) if !codes.is_empty() => Ok(Self { time, codes }),
            _ => Err(malformed),
        }
    }
}
