//! A new notice, as an owner writes it: begun from the published one, without what the product says by itself, and compared with it
//! before it is published. What may be published is the rules' to say (`nod_core::notice`).

use crate::{number, tree::Tree};

/// What of a notice is an owner's to write; the rest is the site's and the product's.
const DRAFT: [&str; 3] = ["purposes", "vendors", "words"];

/// What the product says in a language, where an owner says nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// `de`
    pub tag: String,
    /// Texts by key.
    pub texts: Tree,
    /// Names and descriptions of the standard purposes, by their ids.
    pub purposes: Tree,
}

/// What differs between the published notice and a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In words.
    pub lines: Vec<String>,
    /// Whether visitors who have chosen must be asked again.
    pub asks_again: bool,
}

/// A draft that says what a published notice says. What the product says by itself is left to it.
pub fn begun(published: &Tree, languages: &[Language]) -> Tree {
    let mut draft = Tree::Object(Vec::new());
    for name in DRAFT {
        draft.set(name, published.at(name).clone());
    }
    for language in languages {
        let place = |rest: &str| ["words.", &language.tag, rest].concat();
        draft.set(&place(".dir"), Tree::Nothing);
        for (part, said) in [(".texts", &language.texts), (".purposes", &language.purposes)] {
            let own = own_words(draft.at(&place(part)), said);
            draft.set(&place(part), own);
        }
        if draft.at(&place("")).members().is_empty() {
            draft.set(&place(""), Tree::Nothing);
        }
    }
    if draft.at("words").members().is_empty() {
        draft.set("words", Tree::Nothing);
    }
    draft
}

/// What of some words is not as the product says it.
fn own_words(words: &Tree, said: &Tree) -> Tree {
    if let Tree::Object(members) = words {
        let own = members.iter().map(|(name, words)| (name.clone(), own_words(words, said.at(name))));
        let own: Vec<(String, Tree)> = own.filter(|(_, words)| !words.is_nothing()).collect();
        return if own.is_empty() { Tree::Nothing } else { Tree::Object(own) };
    }
    if words == said { Tree::Nothing } else { words.clone() }
}

/// The draft as it is published: where only the name or the description of a standard purpose is one's own, the other is the product's.
pub fn complete(draft: &Tree, languages: &[Language]) -> Tree {
    let mut whole = draft.clone();
    for language in languages {
        for (id, said) in language.purposes.members() {
            let place = ["words.", &language.tag, ".purposes.", id].concat();
            match draft.at(&place).members() {
                [] => whole.set(&place, Tree::Nothing),
                _ => {
                    for (name, words) in said.members() {
                        let place = [&place, ".", name].concat();
                        if draft.at(&place).is_nothing() {
                            whole.set(&place, words.clone());
                        }
                    }
                }
            }
        }
    }
    whole
}

/// What a draft, as it is published, changes.
pub fn changes(published: &Tree, draft: &Tree, languages: &[Language]) -> Changes {
    let mut lines = difference("Purposes", published.at("purposes"), draft.at("purposes"));
    lines.extend(difference("Vendors", published.at("vendors"), draft.at("vendors")));
    let reworded: Vec<&str> =
        languages.iter().filter(|language| is_reworded(published, draft, language)).map(|one| &*one.tag).collect();
    if !reworded.is_empty() {
        lines.push(["Words changed: ", &reworded.join(", ")].concat());
    }
    let asked = |document: &Tree| {
        let of = |list: &str, left_out: &[&str]| -> Vec<Tree> {
            document.at(list).items().iter().map(|one| without(one, left_out)).collect()
        };
        (of("purposes", &["retention_days"]), of("vendors", &["storage", "privacy_policy"]))
    };
    Changes { lines, asks_again: asked(published) != asked(draft) }
}

/// Members in the order of their names, but for those that are left out.
fn without(it: &Tree, left_out: &[&str]) -> Tree {
    let mut members = it.members().to_vec();
    members.retain(|(name, value)| !left_out.contains(&name.as_str()) && !value.is_nothing());
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    Tree::Object(members)
}

fn difference(of: &str, before: &Tree, after: &Tree) -> Vec<String> {
    let find = |list: &Tree, id: &Tree| list.items().iter().find(|one| one.at("id") == id).map(|one| without(one, &[]));
    let ids = |list: &Tree, is_wanted: &dyn Fn(&Tree) -> bool| -> Vec<String> {
        let wanted = list.items().iter().filter(|one| is_wanted(one.at("id")));
        wanted.map(|one| one.at("id").text().to_owned()).collect()
    };
    let order = |list: &Tree, other: &Tree| ids(list, &|id| find(other, id).is_some());
    let mut lines = Vec::new();
    for (what, ids) in [
        ("added", ids(after, &|id| find(before, id).is_none())),
        ("removed", ids(before, &|id| find(after, id).is_none())),
        ("changed", ids(after, &|id| find(before, id).is_some_and(|one| Some(one) != find(after, id)))),
    ] {
        if !ids.is_empty() {
            lines.push([of, " ", what, ": ", &ids.join(", ")].concat());
        }
    }
    if order(before, after) != order(after, before) {
        lines.push([of, " are in another order"].concat());
    }
    lines
}

/// Whether visitors read something else in a language. Purposes that are not there before and after are told of as such.
fn is_reworded(published: &Tree, draft: &Tree, language: &Language) -> bool {
    let place = |rest: &[&str]| [&["words.", &*language.tag], rest].concat().concat();
    let text = |key: &str| {
        let own = draft.at(&place(&[".texts.", key]));
        let said = if own.is_nothing() { language.texts.at(key) } else { own };
        said != published.at(&place(&[".texts.", key]))
    };
    let purpose = |purpose: &Tree| {
        let id = purpose.at("id").text();
        let before = published.at(&place(&[".purposes.", id]));
        let own = draft.at(&place(&[".purposes.", id]));
        let said = if own.is_nothing() { language.purposes.at(id) } else { own };
        !before.is_nothing() && without(before, &[]) != without(said, &[])
    };
    language.texts.members().iter().any(|(key, _)| text(key)) || draft.at("purposes").items().iter().any(purpose)
}

/// Purposes name a vendor by another id, or no more where that is empty.
pub fn renamed(document: &mut Tree, from: &str, to: &str) {
    for purpose in document.list_mut("purposes").into_iter().flatten() {
        if purpose.at("vendors").items().iter().any(|vendor| vendor.text() == from) {
            let named = purpose
                .at("vendors")
                .items()
                .iter()
                .map(|vendor| if vendor.text() == from { to } else { vendor.text() });
            let named = Tree::texts(named.filter(|id| !id.is_empty()));
            purpose.set("vendors", named);
        }
    }
}

/// A purpose in a sentence, by the name that it has in a language.
pub fn purpose_says(document: &Tree, purpose: &Tree, languages: &[Language], locale: &str) -> String {
    let id = purpose.at("id").text();
    let own = document.at(&["words.", locale, ".purposes.", id, ".name"].concat());
    let said = languages.iter().find(|language| language.tag == locale).map(|one| one.purposes.at(id).at("name"));
    let name = if own.text().is_empty() { said.map_or("", Tree::text) } else { own.text() };
    let asked = if *purpose.at("essential") == Tree::Truth(true) { "always on" } else { "visitors choose" };
    let mut says = [name, " (", id, "): ", asked].concat();
    if *purpose.at("sale_or_sharing") == Tree::Truth(true) {
        says.push_str(", a sale or sharing");
    }
    if let Tree::Number(days) = purpose.at("retention_days") {
        says.extend([", kept for ", &number::text(*days), " days"]);
    }
    let vendors: Vec<&str> = purpose.at("vendors").items().iter().map(|id| vendor_name(document, id)).collect();
    if !vendors.is_empty() {
        says.extend([", by ", &vendors.join(", ")]);
    }
    says.push('.');
    says
}

/// A vendor in a sentence.
pub fn vendor_says(document: &Tree, vendor: &Tree) -> String {
    let id = vendor.at("id");
    let purposes = document.at("purposes").items().iter().filter(|purpose| purpose.at("vendors").items().contains(id));
    let purposes: Vec<&str> = purposes.map(|purpose| purpose.at("id").text()).collect();
    let under =
        if purposes.is_empty() { "under no purpose".to_owned() } else { ["for ", &purposes.join(", ")].concat() };
    let mut says = [vendor_name(document, id), " (", id.text(), "): ", &under].concat();
    let stored: Vec<&str> = vendor.at("storage").items().iter().map(Tree::text).collect();
    if !stored.is_empty() {
        says.extend([", stores ", &stored.join(", ")]);
    }
    says.push('.');
    says
}

fn vendor_name<'a>(document: &'a Tree, id: &'a Tree) -> &'a str {
    let vendor = document.at("vendors").items().iter().find(|vendor| vendor.at("id") == id);
    vendor.map(|vendor| vendor.at("name").text()).filter(|name| !name.is_empty()).unwrap_or(id.text())
}

/// A language by its English name.
pub fn language(tag: &str) -> &str {
    match tag {
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        tag => tag,
    }
}

#[cfg(test)]
mod tests;
