//! What a mail is made of, before it is drawn.

use super::{
    Kind, Letter, RequestWords,
    envelope::is_address,
    inert,
    words::{Texts, Words, by_code},
};

/// How much of what staff wrote is sent.
const LONGEST_MESSAGE: usize = 10_000;
/// The terms that hold where no law is known to govern.
const NO_LAW: &str = "default";
/// How much of a name.
const LONGEST_NAME: usize = 120;

/// One part of a mail. Texts are as they are read; HTML's own letters are escaped where they are drawn.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(String),
    /// Labels with their values.
    Facts(Vec<(&'static str, String)>),
    /// What somebody wrote, under a line that says who.
    Quote {
        by: String,
        text: String,
    },
    /// A label and an address, with a line for those whose button does not work.
    Button {
        label: &'static str,
        link: String,
        otherwise: &'static str,
    },
    Small(String),
}

/// A mail before it is drawn.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) locale: &'static str,
    pub(super) subject: String,
    /// Who signs it.
    pub(super) sender: String,
    pub(super) blocks: Vec<Block>,
}

/// Values by their names in the texts.
struct Values<'a>(Vec<(&'a str, Option<String>)>);

impl Values<'_> {
    /// Fills a text; `None` where it names what has no value. What was filled in is not looked at again.
    fn fill(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}')?;
            let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
            out.push_str(before);
            out.push_str(value.as_deref()?);
            // A name that ends in a full stop ends the sentence, too.
            rest = if out.ends_with('.') { after.strip_prefix('.').unwrap_or(after) } else { after };
        }
        out.push_str(rest);
        Some(out)
    }

    fn paragraphs(&self, texts: &'static [&'static str]) -> impl Iterator<Item = Block> {
        texts.iter().filter_map(|text| self.fill(text)).map(Block::Paragraph)
    }
}

pub(super) fn draft(letter: &Letter<'_>, words: &'static Words) -> Draft {
    let texts = words.mails.of(letter.kind);
    let values = values(letter, words);
    let sender = inert::line(letter.controller, LONGEST_NAME);
    let mut blocks = vec![Block::Paragraph(hello(letter, &values, words))];
    blocks.extend(values.paragraphs(texts.lead));
    blocks.extend(facts(letter, words));
    blocks.extend(reason(letter, words));
    blocks.extend(quote(letter, &values, words));
    blocks.extend(button(letter, texts, words));
    blocks.extend(values.paragraphs(texts.after));
    blocks.extend(complaint(letter, words));
    if letter.kind != Kind::StaffNotice {
        blocks.extend(values.fill(words.questions).map(Block::Small));
    }
    // In one line of a header nothing is set apart: the mark of it would be no name's part.
    let subject = values.fill(texts.subject).unwrap_or_else(|| sender.clone());
    let subject = Some(inert::line(&subject, 200)).filter(|subject| !subject.is_empty());
    let subject = subject.unwrap_or_else(|| words.request.to_owned());
    Draft { locale: words.tag, subject, sender, blocks }
}

fn values<'a>(letter: &Letter<'_>, words: &'static Words) -> Values<'a> {
    let value = |text: &str| Some(inert::isolated(inert::line(text, LONGEST_NAME))).filter(|value| !value.is_empty());
    let request = letter.request.as_ref();
    let until = letter.until.and_then(|until| words.day(until));
    let person = letter.person.filter(|_| !letter.kind.is_without_words()).and_then(inert::name);
    Values(vec![
        ("controller", value(letter.controller)),
        ("site", value(letter.site_name)),
        ("contact", letter.contact.and_then(value)),
        ("person", person.map(inert::isolated)),
        ("agent", letter.agent.filter(|agent| is_address(agent)).and_then(value)),
        ("number", request.and_then(|request| value(request.number))),
        ("other", request.and_then(|request| request.other).and_then(value)),
        ("due", request.and_then(|request| request.due).and_then(|due| words.day(due))),
        ("appeal_by", request.and_then(|request| request.appeal_by).and_then(|at| words.day(at))),
        ("files_until", until.clone().filter(|_| request.is_some_and(|request| request.has_files))),
        ("until", until),
    ])
}

fn hello(letter: &Letter<'_>, values: &Values<'_>, words: &'static Words) -> String {
    let named = values.fill(words.hello).filter(|_| letter.kind != Kind::StaffNotice);
    named.unwrap_or_else(|| words.hello_anybody.to_owned())
}

fn facts(letter: &Letter<'_>, words: &'static Words) -> Option<Block> {
    let request = letter.request.as_ref().filter(|_| letter.kind != Kind::SignIn)?;
    let kind = by_code(words.kinds, request.kind).map(ToOwned::to_owned);
    let law = by_code(words.laws, request.law).map_or_else(|| inert::line(request.law_name, LONGEST_NAME), Into::into);
    // Where no law is known to govern, the terms are our own, and no law is named.
    let law = if request.law == NO_LAW { String::new() } else { law };
    let is_open = !matches!(letter.kind, Kind::Fulfilled | Kind::Denied | Kind::Withdrawn);
    let is_proven = !letter.kind.is_to_an_unproven_address();
    let rows = [
        (words.request, kind),
        (words.site, Some(inert::line(letter.site_name, LONGEST_NAME))),
        (words.number, Some(inert::line(request.number, LONGEST_NAME)).filter(|_| is_proven)),
        (words.received, words.day(request.received)),
        (words.answer_by, request.due.filter(|_| is_open && is_proven).and_then(|due| words.day(due))),
        (words.law, Some(law).filter(|_| is_proven)),
    ];
    let rows = rows.into_iter().filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)));
    Some(Block::Facts(rows.collect()))
}

/// Why it takes longer or is denied, in words.
fn reason(letter: &Letter<'_>, words: &'static Words) -> Option<Block> {
    let codes = match letter.kind {
        Kind::Extended => words.extensions,
        Kind::Denied => words.denials,
        _ => return None,
    };
    let reason = by_code(codes, letter.request.as_ref()?.reason?)?;
    Some(Block::Paragraph([words.why, ": ", reason].concat()))
}

/// What staff wrote.
fn quote(letter: &Letter<'_>, values: &Values<'_>, words: &'static Words) -> Option<Block> {
    let text = inert::lines(letter.message.filter(|_| !letter.kind.is_without_words())?, LONGEST_MESSAGE);
    let by = values.fill(words.wrote)?;
    (!text.is_empty()).then_some(Block::Quote { by, text })
}

fn button(letter: &Letter<'_>, texts: &Texts, words: &'static Words) -> Option<Block> {
    let link = letter.link.as_ref()?.as_str().to_owned();
    Some(Block::Button { label: texts.button, link, otherwise: words.no_button })
}

/// Article 12(4) of the GDPR: who is denied is told where to complain. Others have the like.
fn complaint(letter: &Letter<'_>, words: &'static Words) -> Option<Block> {
    let RequestWords { law, .. } = letter.request.as_ref().filter(|_| letter.kind == Kind::Denied)?;
    let is_us = *law == "ccpa" || law.starts_with("us-");
    Some(Block::Paragraph(if is_us { words.complaint_us } else { words.complaint }.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::Values;

    #[test]
    fn a_text_without_its_value_is_left_out_and_values_are_not_filled() {
        let values = Values(vec![("a", Some("{b}".to_owned())), ("b", Some("B".to_owned())), ("c", None)]);
        assert_eq!(values.fill("{a}-{b}").as_deref(), Some("{b}-B"));
        assert_eq!(values.fill("plain").as_deref(), Some("plain"));
        for text in ["{c}", "{d}", "{", "{a"] {
            assert_eq!(values.fill(text), None, "{text}");
        }
    }
}
