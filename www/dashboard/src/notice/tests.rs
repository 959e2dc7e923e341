use nod_core::{
    id::SiteKey,
    locale::{LOCALES, Locale},
    notice::{Changes as Rules, ControllerContact, Draft, Notice},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    forms::notice::{purpose, vendor},
    tree::tests_support::{of, value},
};

fn languages() -> Vec<Language> {
    let words = |locale: &Locale| {
        let purpose = |(id, ..): &(&str, bool, bool, &str)| {
            let words = locale.purposes.get(id).unwrap();
            ((*id).to_owned(), json!({"name": words.name, "description": words.description}))
        };
        let purposes: Value = crate::forms::notice::STANDARD.iter().map(purpose).collect();
        let texts = serde_json::to_value(locale.texts).unwrap();
        Language { tag: locale.tag.to_owned(), texts: of(&texts), purposes: of(&purposes) }
    };
    LOCALES.iter().map(words).collect()
}

fn publish(draft: &Tree) -> Notice {
    let controller = ControllerContact {
        name: "Shop".into(),
        contact: "privacy@shop.example".into(),
        privacy_policy: "/privacy".into(),
    };
    let draft = Draft::read(&value(&complete(draft, &languages())), 1).unwrap();
    draft.publish(SiteKey::parse("shop").unwrap(), controller, "en".into()).unwrap()
}

fn document(notice: &Notice) -> Tree {
    of(&serde_json::to_value(notice).unwrap())
}

fn published() -> Tree {
    let mut draft = Tree::object(&[
        ("purposes", Tree::List(["necessary", "analytics", "marketing"].map(purpose).to_vec())),
        ("vendors", Tree::List(vec![vendor("tally", "Tally")])),
    ]);
    draft.set("purposes[1].vendors", Tree::texts(["tally"]));
    draft.set("words.de.texts.saved", "Gut.".into());
    draft.set("words.de.purposes.analytics.name", "Zählen".into());
    document(&publish(&draft))
}

#[test]
fn a_draft_begins_with_what_is_ones_own_and_says_the_same() {
    let draft = begun(&published(), &languages());
    assert_eq!(value(draft.at("words.de.texts")), json!({"saved": "Gut."}));
    assert!(draft.at("words.en").is_nothing());
    assert_eq!(document(&publish(&draft)), published());
    let mut plain = draft.clone();
    plain.set("words", Tree::Nothing);
    assert!(begun(&document(&publish(&plain)), &languages()).at("words").is_nothing());
    assert_eq!(changes(&published(), &complete(&draft, &languages()), &languages()), Changes::default());
}

#[test]
fn what_changes_and_who_is_asked_again_is_what_the_rules_say() {
    type Change = fn(&mut Tree);
    let cases: [(&str, Change); 11] = [
        ("how long", |draft| draft.set("purposes[1].retention_days", Tree::Number(7.0))),
        ("what a vendor stores", |draft| draft.set("vendors[0].storage", Tree::texts(["_tally"]))),
        ("where its policy is", |draft| draft.set("vendors[0].privacy_policy", "https://tally.example".into())),
        ("a vendor's name", |draft| draft.set("vendors[0].name", "Another".into())),
        ("a sale", |draft| draft.set("purposes[1].sale_or_sharing", Tree::Truth(true))),
        ("who acts", |draft| draft.set("purposes[2].vendors", Tree::texts(["tally"]))),
        ("another order", |draft| draft.list_mut("purposes").unwrap().swap(1, 2)),
        ("one less", |draft| drop(draft.list_mut("purposes").unwrap().pop())),
        ("one more", |draft| draft.list_mut("purposes").unwrap().push(purpose("functional"))),
        ("a text", |draft| draft.set("words.fr.texts.saved", "Bien.".into())),
        ("a purpose's words", |draft| draft.set("words.es.purposes.marketing.name", "Publicidad".into())),
    ];
    for (case, change) in cases {
        let mut draft = begun(&published(), &languages());
        change(&mut draft);
        let before: Notice = serde_json::from_value(value(&published())).unwrap();
        let after = publish(&draft);
        let found = changes(&published(), &complete(&draft, &languages()), &languages());
        assert_eq!(found.asks_again, !before.choices_hold_on(&after), "{case}");
        let rules = Rules::between(&value(&published()), &value(&document(&after)));
        for (of, difference) in [("Purposes", rules.purposes), ("Vendors", rules.vendors)] {
            for (what, ids) in
                [("added", difference.added), ("removed", difference.removed), ("changed", difference.changed)]
            {
                let line = format!("{of} {what}: {}", ids.join(", "));
                assert_eq!(found.lines.contains(&line), !ids.is_empty(), "{case}: {line} of {:?}", found.lines);
            }
        }
        assert!(!found.lines.is_empty(), "{case}");
    }
}

#[test]
fn a_purpose_with_one_own_word_keeps_the_products_other_one() {
    let notice = published();
    assert_eq!(notice.at("words.de.purposes.analytics.name").text(), "Zählen");
    assert_eq!(notice.at("words.de.purposes.analytics.description").text(), LOCALES[1].purposes.analytics.description);
}

#[test]
fn every_language_of_the_product_has_a_name() {
    for locale in LOCALES {
        assert_ne!(language(locale.tag), locale.tag);
    }
}

#[test]
fn a_vendor_of_another_id_is_named_so_and_one_that_is_gone_no_more() {
    let mut draft = begun(&published(), &languages());
    renamed(&mut draft, "tally", "count");
    assert_eq!(value(draft.at("purposes[1].vendors")), json!(["count"]));
    renamed(&mut draft, "count", "");
    assert_eq!(value(draft.at("purposes[1].vendors")), json!([]));
}

#[test]
fn purposes_and_vendors_are_said_in_a_sentence() {
    let draft = begun(&published(), &languages());
    let says =
        |number: usize, locale| purpose_says(&draft, &draft.at("purposes").items()[number], &languages(), locale);
    assert_eq!(says(0, "en"), "Necessary (necessary): always on, kept for 365 days.");
    assert_eq!(says(1, "de"), "Zählen (analytics): visitors choose, kept for 365 days, by Tally.");
    assert_eq!(says(2, "en"), "Marketing (marketing): visitors choose, a sale or sharing, kept for 365 days.");
    assert_eq!(vendor_says(&draft, draft.at("vendors[0]")), "Tally (tally): for analytics.");
}
