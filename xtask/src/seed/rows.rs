//! Rows as statements: many to one, as a database likes them.

use std::fmt::Write;

use nod_core::journal::Entry;

use crate::site::quoted;

/// As many rows as one statement has.
const TOGETHER: usize = 250;

/// A value of a column.
pub(super) enum Value<'a> {
    Null,
    Number(i64),
    Text(&'a str),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The rows of one table. A row that is there already stays as it is.
pub(super) struct Table {
    beginning: String,
    rows: Vec<String>,
}

impl Table {
    /// `columns` as SQL names them, separated by commas.
    pub(super) fn new(name: &str, columns: &str) -> Self {
        Self { beginning: format!("INSERT INTO {name} ({columns}) VALUES\n"), rows: Vec::new() }
    }

    /// Adds a row, in the order of the columns.
    pub(super) fn add(&mut self, values: &[Value<'_>]) {
        let values: Vec<String> = values
            .iter()
            .map(|value| match value {
                Value::Null => "NULL".to_owned(),
                Value::Number(number) => number.to_string(),
                Value::Text(text) => quoted(text),
            })
            .collect();
        self.rows.push(format!("({})", values.join(",")));
    }

    pub(super) fn sql(&self) -> String {
        let mut sql = String::new();
        for rows in self.rows.chunks(TOGETHER) {
            // Writing to a text cannot fail.
            _ = writeln!(sql, "{}{}\nON CONFLICT DO NOTHING;", self.beginning, rows.join(",\n"));
        }
        sql
    }
}

/// The journal's entries, put into the order of their times and behind what is there, without a gap.
#[derive(Default)]
pub(super) struct Journal(Vec<Entry>);

impl Journal {
    pub(super) fn add(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(super) fn sql(mut self) -> Result<String, serde_json::Error> {
        self.0.sort_by_key(|entry| entry.at);
        let mut sql = String::new();
        for entries in self.0.chunks(TOGETHER) {
            let mut rows = Vec::new();
            for (number, entry) in (1..).zip(entries) {
                let leaf = entry.leaf()?;
                let [action, object, text, hash] =
                    [entry.action.name(), &entry.object, &leaf.entry, leaf.hash.as_str()].map(quoted);
                let at = entry.at.millis();
                rows.push(format!("({number},{at},{action},{object},{text},{hash})"));
            }
            let Some(first) = entries.first() else { continue };
            let controller = quoted(first.controller.as_str());
            _ = writeln!(
                sql,
                "INSERT INTO journal (controller, seq, at, action, object, entry, leaf)\n\
                 SELECT {controller}, (SELECT COALESCE(MAX(seq), 0) FROM journal WHERE controller = {controller}) + column1, column2, \
                 column3, column4, column5, column6\nFROM (VALUES\n{});",
                rows.join(",\n")
            );
        }
        Ok(sql)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_are_quoted_and_bound_together() {
        let mut table = Table::new("t", "a, b, c");
        for number in 0..251 {
            table.add(&["it's".into(), Some(number).into(), Option::<&str>::None.into()]);
        }
        let sql = table.sql();
        assert!(sql.starts_with("INSERT INTO t (a, b, c) VALUES\n('it''s',0,NULL),\n('it''s',1,NULL)"), "{sql}");
        assert_eq!((sql.matches("INSERT").count(), sql.matches("it''s").count()), (2, 251));
    }
}
