//! The package as one page to read. Nothing in it runs, and it asks nobody for anything: its policy allows its own style and no
//! more. Texts of others stand in elements that keep their reading direction to themselves.

use base64ct::{Base64, Encoding as _};
use serde_json::Value;

use super::{
    Answer, Contents, Form, Table, inert,
    shape::time,
    words::{Words, words},
};
use crate::canonical::sha256;

const STYLE: &str = include_str!("style.css");

/// One self-contained page, in the contents' language.
pub fn html(contents: &Contents) -> String {
    let mut page = Page { out: String::new(), words: words(&contents.locale) };
    page.head(contents);
    for table in &contents.tables {
        page.table(table);
    }
    page.answers(&contents.answers);
    page.raw("</main><footer><p>");
    page.text(page.words.rights);
    page.raw("</p></footer></body></html>\n");
    page.out
}

struct Page {
    out: String,
    words: &'static Words,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        inert::markup(text, &mut self.out);
    }

    fn element(&mut self, name: &str, text: &str) {
        for part in ["<", name, ">"] {
            self.raw(part);
        }
        self.text(text);
        for part in ["</", name, ">"] {
            self.raw(part);
        }
    }

    fn head(&mut self, contents: &Contents) {
        self.raw("<!doctype html><html lang=\"");
        self.text(self.words.tag);
        self.raw("\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-");
        self.raw(&Base64::encode_string(&sha256(STYLE.as_bytes())));
        self.raw("'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"color-scheme\" content=\"light dark\">");
        self.element("title", self.words.title);
        self.raw("<style>");
        self.raw(STYLE);
        self.raw("</style></head><body><header>");
        self.element("h1", self.words.title);
        self.element("p", self.words.intro);
        self.raw("<dl>");
        self.pair(self.words.controller, &contents.controller);
        self.pair(self.words.contact, &contents.contact);
        self.pair(self.words.made_at, &minute(&contents.made_at.rfc3339()));
        self.raw("</dl></header><main>");
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.element("dt", name);
        self.raw("<dd dir=\"auto\">");
        self.text(value);
        self.raw("</dd>");
    }

    fn section(&mut self, id: &str, title: &str) {
        self.raw("<section aria-labelledby=\"");
        self.raw(id);
        self.raw("\"><h2 id=\"");
        self.raw(id);
        self.raw("\">");
        self.text(title);
        self.raw("</h2>");
    }

    fn table(&mut self, table: &Table) {
        let title = self.words.topic(table.topic);
        self.section(table.topic.name(), title);
        if table.rows.is_empty() {
            self.element("p", self.words.nothing);
        } else if let [row] = table.rows.as_slice() {
            self.raw("<dl>");
            for (column, value) in table.cells(row) {
                self.element("dt", self.words.column(column));
                self.raw("<dd dir=\"auto\">");
                self.value(column.form(), value);
                self.raw("</dd>");
            }
            self.raw("</dl>");
        } else {
            self.rows(table, title);
        }
        if table.has_more {
            self.element("p", self.words.more);
        }
        self.raw("</section>");
    }

    fn rows(&mut self, table: &Table, title: &str) {
        // What is wider than the screen is scrolled, with the keyboard too.
        self.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.text(title);
        self.raw("\"><table><thead><tr>");
        for column in table.topic.columns() {
            self.raw("<th scope=\"col\">");
            self.text(self.words.column(*column));
            self.raw("</th>");
        }
        self.raw("</tr></thead><tbody>");
        for row in &table.rows {
            self.raw("<tr>");
            for (column, value) in table.cells(row) {
                self.raw("<td dir=\"auto\">");
                self.value(column.form(), value);
                self.raw("</td>");
            }
            self.raw("</tr>");
        }
        self.raw("</tbody></table></div>");
    }

    fn value(&mut self, form: Form, value: &Value) {
        match (form, value) {
            (_, Value::Null) => self.raw("–"),
            (Form::Time, _) => {
                let written = time(value).map(|at| minute(&at.rfc3339())).unwrap_or_default();
                self.element("time", &written);
            }
            (Form::Flag, Value::Number(_)) | (_, Value::Bool(_)) => {
                self.text(if form.exact(value) == Value::Bool(true) { self.words.yes } else { self.words.no });
            }
            (Form::Word, Value::String(word)) => self.text(self.words.word(word)),
            (_, Value::String(text)) => self.text(text),
            (_, Value::Number(number)) => self.text(&number.to_string()),
            (_, Value::Array(items)) => {
                for (number, item) in items.iter().enumerate() {
                    self.raw(if number > 0 { ", " } else { "" });
                    self.value(form, item);
                }
            }
            (_, Value::Object(fields)) => {
                for (number, (key, item)) in fields.iter().enumerate() {
                    self.raw(if number > 0 { ", " } else { "" });
                    self.text(key);
                    self.raw(": ");
                    self.value(form, item);
                }
            }
        }
    }

    fn answers(&mut self, answers: &[Answer]) {
        if answers.is_empty() {
            return;
        }
        self.section("applications", self.words.applications);
        for answer in answers {
            self.element("h3", &answer.from);
            self.raw("<pre dir=\"auto\" tabindex=\"0\">");
            self.text(&serde_json::to_string_pretty(&answer.document).unwrap_or_default());
            self.raw("</pre>");
        }
        self.raw("</section>");
    }
}

/// `2026-11-23T12:00:00.000Z` as people read it.
fn minute(rfc3339: &str) -> String {
    let (Some(day), Some(minute)) = (rfc3339.get(..10), rfc3339.get(11..16)) else { return rfc3339.to_owned() };
    [day, " ", minute, " UTC"].concat()
}
