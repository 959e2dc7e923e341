//! The package as CSV (RFC 4180): one value a line, under the topic, the number of the record and the name of the field, so that
//! one file holds every table.

use serde_json::Value;

use super::{Contents, inert};

/// One table, with a header. Values are as in the JSON document, made harmless for spreadsheets.
pub fn csv(contents: &Contents) -> String {
    let mut lines = Lines(String::new());
    lines.push("section", "record", "field", "value");
    for table in &contents.tables {
        for (number, row) in (1_u64..).zip(&table.rows) {
            for (column, value) in table.cells(row) {
                lines.spread(table.topic.name(), number, column.name(), &column.form().exact(value));
            }
        }
    }
    for (number, answer) in (1_u64..).zip(&contents.answers) {
        lines.push("applications", &number.to_string(), "from", &answer.from);
        lines.spread("applications", number, "answer", &answer.document);
    }
    lines.0
}

/// Appends one line of any table, made harmless for spreadsheets.
pub fn line(cells: &[&str], into: &mut String) {
    for (number, text) in cells.iter().enumerate() {
        if number > 0 {
            into.push(',');
        }
        inert::cell(text, into);
    }
    into.push_str("\r\n");
}

struct Lines(String);

impl Lines {
    fn push(&mut self, section: &str, record: &str, field: &str, value: &str) {
        line(&[section, record, field, value], &mut self.0);
    }

    /// What is nested has a line for each value, under the way to it: `answer.orders.0.total`.
    fn spread(&mut self, section: &str, record: u64, field: &str, value: &Value) {
        let below = |key: &str| [field, ".", key].concat();
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                fields.iter().for_each(|(key, value)| self.spread(section, record, &below(key), value));
            }
            Value::Array(items) if !items.is_empty() => (0_u64..)
                .zip(items)
                .for_each(|(number, value)| self.spread(section, record, &below(&number.to_string()), value)),
            Value::Null | Value::Object(_) | Value::Array(_) => self.push(section, &record.to_string(), field, ""),
            Value::String(text) => self.push(section, &record.to_string(), field, text),
            Value::Bool(_) | Value::Number(_) => self.push(section, &record.to_string(), field, &value.to_string()),
        }
    }
}
