//! The package as JSON: exact values under names that are the same in every language.

use serde_json::{Map, Value};

use super::{Contents, SCHEMA, Table, inert};

/// One document. It is ASCII: letters that a reader might be deceived by are escaped, and still the same values.
pub fn json(contents: &Contents) -> String {
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| drop(document.insert(name.to_owned(), value));
    put("schema", SCHEMA.into());
    put("controller", contents.controller.as_str().into());
    put("contact", contents.contact.as_str().into());
    put("request_id", contents.request.as_str().into());
    put("made_at", contents.made_at.rfc3339().into());
    for table in &contents.tables {
        put(table.topic.name(), rows(table));
    }
    let left_out = contents.tables.iter().filter(|table| table.has_more);
    put("incomplete", left_out.map(|table| Value::from(table.topic.name())).collect());
    put("applications", contents.answers.iter().map(answer).collect());
    let mut text = inert::ascii_json(&Value::Object(document).to_string());
    text.push('\n');
    text
}

fn rows(table: &Table) -> Value {
    let row = |row: &Vec<Value>| -> Value {
        let cells = table.cells(row).map(|(column, value)| (column.name().to_owned(), column.form().exact(value)));
        Value::Object(cells.collect())
    };
    table.rows.iter().map(row).collect()
}

fn answer(answer: &super::Answer) -> Value {
    let mut object = Map::new();
    object.insert("from".to_owned(), answer.from.as_str().into());
    object.insert("answer".to_owned(), answer.document.clone());
    Value::Object(object)
}
