//! Tokens of Cloudflare Access, and the keys that its teams publish.

use nod_core::{
    staff::access::{KeySet, Token},
    time::Timestamp,
};

const TEAM: &str = "https://example.cloudflareaccess.com";
const APPLICATION: &str = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
/// Within the time of the seeds' tokens.
const NOW: i64 = 1_800_000_000_000;

/// A token in its line, and below it a document of keys.
pub fn access(input: &[u8]) {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let [token, keys] = [(); 2].map(|()| parts.next().unwrap_or_default());
    let keys = KeySet::read(keys).unwrap_or_default();
    let Ok(token) = str::from_utf8(token).map(str::trim_end) else { return };
    let Ok(read) = Token::read(token) else { return };
    let _ = keys.of(&read.key);
    assert!(
        token.starts_with(read.signed) && token.as_bytes()[read.signed.len()] == b'.',
        "what is signed is the token's beginning"
    );
    let Some(now) = Timestamp::from_millis(NOW) else { return };
    if let Ok(passed) = read.passed(TEAM, APPLICATION, now) {
        assert!(passed.until > now && !passed.email.is_empty());
        for (team, application) in [("", APPLICATION), (TEAM, ""), (&TEAM[1..], APPLICATION), (TEAM, &APPLICATION[1..])]
        {
            assert!(read.passed(team, application, now).is_err(), "nobody else's");
        }
        assert!(read.passed(TEAM, APPLICATION, passed.until).is_err(), "it ends");
    }
}
