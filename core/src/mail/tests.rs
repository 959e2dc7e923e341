use proptest::prelude::*;

use super::*;

const LOCALES: [&str; 4] = ["en", "de", "fr", "es"];

fn day(text: &str) -> Timestamp {
    Timestamp::parse(&format!("{text}T12:00:00Z")).unwrap()
}

fn letter(kind: Kind, locale: &str) -> Letter<'_> {
    let reason = match kind {
        Kind::Extended => Some("complexity"),
        Kind::Denied => Some("legal_obligation"),
        _ => None,
    };
    Letter {
        kind,
        locale,
        controller: "Nod’s Garden Shop Ltd.",
        site_name: "Garden shop",
        contact: Some("privacy@garden.example"),
        accent: Accent::DEFAULT,
        person: Some("Zoë Müller"),
        agent: Some("agent@help.example"),
        request: Some(RequestWords {
            kind: "access",
            number: "K7F3ab_9",
            received: day("2026-10-01"),
            due: Some(day("2026-11-02")),
            law: "gdpr",
            law_name: "General Data Protection Regulation",
            reason,
            appeal_by: Some(day("2027-01-01")),
            other: Some("A1b2C3d4"),
            has_files: kind == Kind::Fulfilled,
        }),
        link: Link::new("https://nod.garden.example", "/privacy/garden#verify=TOKEN_-9"),
        until: Some(day("2026-10-08")),
        message: Some("We keep invoices for ten years.\n\nYours, Ana"),
    }
}

/// Every field as somebody who means harm would fill it.
fn hostile<'a>(kind: Kind, locale: &'a str, text: &'a str) -> Letter<'a> {
    let mut letter = letter(kind, locale);
    letter.controller = text;
    letter.site_name = text;
    letter.contact = Some(text);
    letter.person = Some(text);
    letter.agent = Some(text);
    letter.message = Some(text);
    if let Some(request) = &mut letter.request {
        request.kind = text;
        request.number = text;
        request.law = text;
        request.law_name = text;
        request.reason = Some(text);
        request.other = Some(text);
    }
    letter
}

fn all() -> impl Iterator<Item = (&'static str, Kind)> {
    LOCALES.into_iter().flat_map(|locale| Kind::ALL.iter().map(move |kind| (locale, *kind)))
}

/// The tags of a page, and what stands between them.
fn taken_apart(html: &str) -> (Vec<&str>, String) {
    let (mut tags, mut text) = (Vec::new(), String::new());
    let (_, body) = html.split_once("<body").unwrap();
    for part in body.split_once('>').unwrap().1.split('<') {
        let Some((tag, behind)) = part.split_once('>') else {
            assert_eq!(part, "", "nothing but a tag begins with <");
            continue;
        };
        tags.push(tag);
        text.push_str(if matches!(tag, "br" | "/p" | "/td" | "/th" | "/tr" | "/blockquote") { "\n" } else { "" });
        text.push_str(behind);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    (tags, text.replace("&amp;", "&"))
}

/// Words, in their order; how they are drawn does not count.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn every_mail_reads_as_it_was_reviewed() {
    for locale in LOCALES {
        let mails = Kind::ALL.iter().map(|kind| {
            let mail = compose(&letter(*kind, locale));
            format!("=== {}\n{}\n\n{}", kind.name(), mail.subject, mail.text)
        });
        compare(&format!("{locale}.txt"), &mails.collect::<Vec<_>>().join("\n"));
    }
    compare("denied.en.html", &compose(&letter(Kind::Denied, "en")).html);
    compare("fulfilled.fr.html", &compose(&letter(Kind::Fulfilled, "fr")).html);
}

/// Holds a text against the reviewed one. `NOD_WRITE_SNAPSHOTS=1` writes it anew, for a review of what git shows then.
fn compare(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail/snapshots").join(name);
    if std::env::var_os("NOD_WRITE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        reviewed == text,
        "{name} is not what was reviewed; run with NOD_WRITE_SNAPSHOTS=1 and read the difference"
    );
}

#[test]
fn both_parts_say_the_same() {
    for (locale, kind) in all() {
        let Mail { html, text, .. } = compose(&letter(kind, locale));
        let (_, page) = taken_apart(&html);
        // In the text the signature comes last, quotes and labels have their marks, and the button's other way is the address.
        let page: String = page.replacen("Nod’s Garden Shop Ltd.", "", 1);
        let plain = text.replace("\n> ", "\n").replace(":\nhttps", "\nhttps");
        let (plain, _) = plain.split_once("\n-- \n").unwrap();
        for word in words(plain) {
            let word = word.trim_end_matches(':');
            assert!(page.contains(word), "{locale} {}: {word} is not on the page", kind.name());
        }
        let otherwise = super::words::of(locale).no_button;
        for word in words(&page.replace(otherwise, "")) {
            assert!(plain.contains(word), "{locale} {}: {word} is not in the text", kind.name());
        }
    }
}

#[test]
fn no_mail_lacks_a_word() {
    for (locale, kind) in all() {
        let Mail { subject, html, text } = compose(&letter(kind, locale));
        for part in [&subject, &html.split_once("</style>").unwrap().1.to_owned(), &text] {
            assert!(!part.contains(['{', '}']) && !part.contains("  "), "{locale} {}: {part}", kind.name());
        }
        assert!(subject.chars().count() <= 100, "{subject}");
        let texts = super::words::of(locale).mails.of(kind);
        let shown = texts.lead.len() + texts.after.len()
            - usize::from(texts.lead.iter().any(|text| text.contains("{files")) && kind != Kind::Fulfilled);
        let said = texts
            .lead
            .iter()
            .chain(texts.after)
            .filter(|part| text.contains(part.split('{').next().unwrap_or_default()));
        assert_eq!(said.count(), shown, "{locale} {}", kind.name());
    }
}

#[test]
fn a_language_that_is_not_spoken_is_english_and_a_region_does_not_matter() {
    let subject = |locale| compose(&letter(Kind::Withdrawn, locale)).subject;
    assert_eq!(subject("de-AT"), subject("de"));
    for locale in ["", "tlh", "zh-Hant", "\n"] {
        assert_eq!(subject(locale), subject("en"));
    }
}

#[test]
fn codes_of_every_language_are_the_same() {
    let codes = |words: &super::words::Words| {
        [words.kinds, words.laws, words.denials, words.extensions]
            .map(|codes| codes.iter().map(|(code, _)| *code).collect::<Vec<_>>())
    };
    let english = codes(super::words::of("en"));
    for locale in LOCALES {
        assert_eq!(codes(super::words::of(locale)), english, "{locale}");
    }
}

#[test]
fn nobodys_words_go_to_an_address_that_anybody_may_have_typed() {
    for (locale, kind) in all().filter(|(_, kind)| kind.is_without_words()) {
        let Mail { subject, html, text } = compose(&letter(kind, locale));
        for typed in ["Zoë", "invoices"] {
            assert!([&subject, &html, &text].iter().all(|part| !part.contains(typed)), "{locale} {}", kind.name());
        }
    }
    // Who files for somebody is named, and says no more than an address.
    let mut filed = letter(Kind::AgentFiled, "en");
    assert!(compose(&filed).text.contains("agent@help.example made a privacy request"));
    filed.agent = Some("Your bank: call 555-0100, says agent@help.example");
    assert!(!compose(&filed).text.contains("555-0100"));
}

#[test]
fn a_denial_says_why_and_what_can_be_done() {
    let denied = |law, appeal_by| {
        let mut letter = letter(Kind::Denied, "en");
        letter.request = letter.request.map(|request| RequestWords { law, appeal_by, ..request });
        compose(&letter).text
    };
    let gdpr = denied("gdpr", None);
    assert!(gdpr.contains("Why: A law obliges us to keep the data."), "{gdpr}");
    assert!(gdpr.contains("> We keep invoices for ten years.\n> \n> Yours, Ana"), "{gdpr}");
    assert!(gdpr.contains("complain to a data protection authority") && !gdpr.contains("appeal"), "{gdpr}");
    let colorado = denied("us-co", Some(day("2027-01-01")));
    assert!(colorado.contains("appeal this decision until 1 January 2027"), "{colorado}");
    assert!(colorado.contains("attorney general") && !colorado.contains("data protection authority"), "{colorado}");
    assert!(!denied("default", None).contains("Law:"));
}

#[test]
fn hostile_values_are_inert_in_every_field_of_every_mail() {
    let texts = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</td></table><style>*{display:none}</style><a href=\"https://evil.example\">click</a>",
        "'\" style=\"position:fixed\" onmouseover='x",
        "a\r\nBcc: victim@evil.example\r\n\r\nbody",
        "a\nSubject: you won\u{2028}b\u{85}c\u{0}d\u{1b}[2J",
        "\u{202e}elpmaxe.live\u{202c} \u{2066}\u{2069}\u{200f}",
        "{until}{link}{controller}{{}}",
        "&lt;b&gt; &#x3c;script&#x3e; %3Cscript%3E",
        "=HYPERLINK(\"https://evil.example\")",
        "-- \nhttps://evil.example",
        "\u{feff}\u{e0041}\u{200b}",
        "",
    ];
    for (locale, kind) in all() {
        let (expected, _) = taken_apart_owned(&compose(&letter(kind, locale)).html);
        for text in texts {
            let mail = compose(&hostile(kind, locale, text));
            assert_inert(&mail, &expected, &format!("{locale} {} {text:?}", kind.name()));
        }
    }
}

fn taken_apart_owned(html: &str) -> (Vec<String>, String) {
    let (tags, text) = taken_apart(html);
    (tags.into_iter().map(ToOwned::to_owned).collect(), text)
}

/// A page has the elements and attributes that ours have, a subject is one line, and no letter is unseen or turns the others round.
fn assert_inert(mail: &Mail, ours: &[String], what: &str) {
    let (tags, _) = taken_apart(&mail.html);
    for tag in tags {
        assert!(ours.iter().any(|known| known == tag) || is_ours(tag), "{what}: <{tag}>");
    }
    assert!(!mail.subject.chars().any(char::is_control) && !mail.subject.is_empty(), "{what}: {}", mail.subject);
    let isolates = |text: &str| (text.matches('\u{2068}').count(), text.matches('\u{2069}').count());
    for part in [&mail.subject, &mail.html, &mail.text] {
        assert!(!part.chars().any(|letter| letter.is_control() && letter != '\n'), "{what}");
        let turns = |letter| {
            matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        };
        assert!(!part.chars().any(turns), "{what}");
        let (opened, closed) = isolates(part);
        assert_eq!(opened, closed, "{what}");
    }
    // Nothing is loaded, and the only address to click is ours.
    for needle in ["src=", "url(", "@import", "<script", "<img", "<link", "javascript:"] {
        let page = mail.html.to_ascii_lowercase();
        let quoted = page.matches("&lt;").count() + page.matches("&quot;").count() + page.matches("&#39;").count();
        assert!(quoted > 0 || !page.contains(needle), "{what}: {needle}");
    }
    for address in mail.html.split("href=\"").skip(1) {
        assert!(address.starts_with("https://nod.garden.example/privacy/garden#"), "{what}");
    }
}

/// Elements that a mail of this kind has only with other values: a reason, a quotation.
fn is_ours(tag: &str) -> bool {
    let mut with_all: Vec<String> = Vec::new();
    for kind in [Kind::Denied, Kind::Fulfilled] {
        with_all.extend(taken_apart_owned(&compose(&letter(kind, "en")).html).0);
    }
    with_all.iter().any(|known| known == tag)
}

#[test]
fn a_mail_without_a_link_has_none() {
    for (locale, kind) in all() {
        let mut letter = letter(kind, locale);
        letter.link = None;
        letter.request = None;
        letter.until = None;
        let Mail { html, text, subject } = compose(&letter);
        assert!(!html.contains("href") && !text.contains("http") && !subject.contains('{'), "{locale} {}", kind.name());
        assert!(!subject.is_empty());
    }
}

proptest! {
    #[test]
    fn any_text_is_inert(text: String, at in 0..Kind::ALL.len()) {
        let kind = Kind::ALL[at];
        let (ours, _) = taken_apart_owned(&compose(&letter(kind, "en")).html);
        let mail = compose(&hostile(kind, "en", &text));
        let (tags, _) = taken_apart(&mail.html);
        prop_assert!(tags.iter().all(|tag| ours.iter().any(|known| known == tag) || is_ours(tag)));
        prop_assert!(!mail.subject.chars().any(char::is_control));
    }

    #[test]
    fn an_envelope_is_what_it_was(text: String) {
        let letter = hostile(Kind::Message, "en", &text);
        let envelope = Envelope::new("anna@example.com", &letter).unwrap();
        prop_assert_eq!(Envelope::from_json(envelope.to_json().as_bytes()), Some(envelope));
    }
}

#[test]
fn an_envelope_goes_to_one_address_and_answers_to_the_controller() {
    let letter = letter(Kind::Message, "en");
    assert!(Envelope::new("anna@example.com\r\nBcc: b@evil.example", &letter).is_none());
    let envelope = Envelope::new("anna@example.com", &letter).unwrap();
    let (controller, id) = (crate::id::ControllerId::parse("demo").unwrap(), crate::id::ItemId::from_random([0; 16]));
    let body: serde_json::Value =
        serde_json::from_str(&envelope.http_body("mail@nod.example", "message", &controller, &id)).unwrap();
    assert_eq!(body["from"], "\"Nod’s Garden Shop Ltd.\" <mail@nod.example>");
    assert_eq!(
        (&body["to"], &body["reply_to"]),
        (&serde_json::json!(["anna@example.com"]), &"privacy@garden.example".into())
    );
    assert_eq!(body["tags"][2], serde_json::json!({"name": "mail", "value": "AAAAAAAAAAAAAAAAAAAAAA"}));
    let hidden = format!("{envelope:?}");
    assert_eq!(hidden, "Envelope (hidden)");
    let to_staff = Letter { kind: Kind::StaffNotice, ..letter };
    assert_eq!(Envelope::new("privacy@garden.example", &to_staff).unwrap().reply_to, None);
}
