//! Headers, places, names of cookies, templates.

use nod_core::{gpc, regime, region::Region, script, storage, template};

/// Two texts, each in its line, and a template below them.
pub fn texts(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    let mut lines = text.splitn(3, '\n');
    let [one, two, rest] = [(); 3].map(|()| lines.next().unwrap_or_default());
    let _ = gpc::is_signalled(Some(one));
    let region = Region::parse(one);
    if let Some(region) = &region {
        assert_eq!(Region::parse(&region.to_string()).as_ref(), Some(region));
    }
    let regime = regime::governing(region.as_ref());
    let _ = region.map(|region| regime.place(&region));
    assert!(!storage::matches(one, storage::NOD_COOKIE));
    let _ = storage::matches(one, two);
    assert!(storage::cookie_domains(one).flatten().all(|domain| one.ends_with(domain)));
    let filled = template::fill(rest, |name| (name == one).then_some(two));
    assert!(filled.len() <= rest.len() + rest.len() * 6 * two.len().max(1));
    let written = script::expression(&[one, two, rest]).expect("texts are JSON");
    assert!(!written.contains("</") && !written.contains('\u{2028}'));
}
