//! Where in a payload something stands: `customer.email`, `addresses[].phone`, `metadata.*`.
//!
//! A path is keys with dots between them. `[]` after a key, or at the very beginning, means every element of an array; `*`
//! in place of a key means every key of an object. A `\` before a character of a key takes its special meaning away:
//! `a\.b` is the one key `a.b`, and `\*` the key `*`.
//!
//! Paths come from staff as well as from our own tables, so they are short, and following one is a loop that looks at a
//! bounded number of values.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The longest path, in bytes.
pub const MAX_LENGTH: usize = 200;

/// The deepest path, in steps: keys, `*` and `[]`.
pub const MAX_STEPS: usize = 16;

/// How many values are looked at when a path is followed: then it ends, as if there were no more. A body of the largest
/// size holds no more.
const MAX_LOOKS: usize = crate::webhook::MAX_BODY / 2;

/// Where something stands. See the [module](self) for the notation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Path(Cow<'static, str>);

/// Why a text is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidPath {
    /// Nothing is there.
    Empty,
    /// Longer than [`MAX_LENGTH`].
    TooLong,
    /// More than [`MAX_STEPS`].
    TooDeep,
    /// Nothing between two dots, or a dot at an end.
    EmptyKey,
    /// A `[` or `]` that is not part of a `[]` at a key's end.
    Bracket,
    /// A `\` with nothing behind it.
    Escape,
}

impl InvalidPath {
    /// The name that the API uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::EmptyKey => "empty_key",
            Self::Bracket => "bracket",
            Self::Escape => "escape",
        }
    }
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "the path is empty; write the keys that lead to the value, such as data.email",
            Self::TooLong => "the path is longer than 200 bytes",
            Self::TooDeep => "the path has more than 16 steps",
            Self::EmptyKey => "the path has two dots in a row, or one at its beginning or end; take it out",
            Self::Bracket => "write [] behind a key for every element of a list, and \\[ for a bracket inside a key",
            Self::Escape => "the path ends with a \\; write \\\\ for a backslash inside a key",
        })
    }
}

impl std::error::Error for InvalidPath {}

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step<'p> {
    /// Into this key of an object.
    Key(Cow<'p, str>),
    /// Into every key of an object.
    Keys,
    /// Into every element of an array.
    Elements,
}

impl Path {
    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, InvalidPath> {
        if text.len() > MAX_LENGTH {
            return Err(InvalidPath::TooLong);
        }
        if steps(text)?.len() > MAX_STEPS {
            return Err(InvalidPath::TooDeep);
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }

    /// A path of one of our tables, which a test reads.
    pub(super) const fn of(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// A path made of parts of our tables.
    pub(super) const fn unchecked(text: String) -> Self {
        Self(Cow::Owned(text))
    }

    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The values that stand there, in the payload's order.
    pub fn find<'v>(&self, within: &'v Value) -> Matches<'v, '_> {
        // No path is made without having been read, but for those of the tables, which a test reads.
        let steps = steps(&self.0).unwrap_or_default();
        let next = (!steps.is_empty()).then_some((0, within));
        Matches { steps, next, open: Vec::new(), looks: MAX_LOOKS }
    }

    /// The least payload that has this value there: a list of one, and any key where every key is meant.
    pub(super) fn around(&self, value: Value) -> Value {
        let wrapped = |inner: Value, step: &Step<'_>| match step {
            Step::Key(key) => Value::Object(Map::from_iter([(key.clone().into_owned(), inner)])),
            Step::Keys => Value::Object(Map::from_iter([("any".to_owned(), inner)])),
            Step::Elements => Value::Array(vec![inner]),
        };
        steps(&self.0).unwrap_or_default().iter().rev().fold(value, wrapped)
    }
}

impl TryFrom<String> for Path {
    type Error = InvalidPath;

    fn try_from(text: String) -> Result<Self, InvalidPath> {
        Self::parse(&text)
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.0.into_owned()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn steps(text: &str) -> Result<Vec<Step<'_>>, InvalidPath> {
    if text.is_empty() {
        return Err(InvalidPath::Empty);
    }
    let mut steps = Vec::new();
    let mut rest = text;
    loop {
        let (key, behind) = key(rest)?;
        match key {
            Some(key) => steps.push(key),
            // Only the payload itself has no key: `[]`, `[].email`.
            None if steps.is_empty() && behind.starts_with("[]") => {}
            None => return Err(InvalidPath::EmptyKey),
        }
        rest = behind;
        while let Some(behind) = rest.strip_prefix("[]") {
            steps.push(Step::Elements);
            rest = behind;
        }
        if rest.is_empty() {
            return Ok(steps);
        }
        rest = rest.strip_prefix('.').ok_or(InvalidPath::Bracket)?;
    }
}

/// The key that the text begins with, and what is behind it: nothing, a dot or a bracket.
fn key(text: &str) -> Result<(Option<Step<'_>>, &str), InvalidPath> {
    let mut plain = String::new();
    let mut rest = text.char_indices();
    let mut end = text.len();
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' => plain.push(rest.next().ok_or(InvalidPath::Escape)?.1),
            '.' | '[' => {
                end = at;
                break;
            }
            ']' => return Err(InvalidPath::Bracket),
            other => plain.push(other),
        }
    }
    let (written, behind) = text.split_at(end);
    let step = match written {
        "" => None,
        "*" => Some(Step::Keys),
        _ if written == plain => Some(Step::Key(Cow::Borrowed(written))),
        _ => Some(Step::Key(Cow::Owned(plain))),
    };
    Ok((step, behind))
}

/// The values at a path.
pub struct Matches<'v, 'p> {
    steps: Vec<Step<'p>>,
    /// A value, and the step to take from it.
    next: Option<(usize, &'v Value)>,
    /// The arrays and objects on the way that have more, with the step to take from what they hold.
    open: Vec<(usize, Rest<'v>)>,
    looks: usize,
}

enum Rest<'v> {
    Elements(std::slice::Iter<'v, Value>),
    Keys(serde_json::map::Values<'v>),
}

impl<'v> Rest<'v> {
    fn next(&mut self) -> Option<&'v Value> {
        match self {
            Self::Elements(rest) => rest.next(),
            Self::Keys(rest) => rest.next(),
        }
    }
}

impl<'v> Iterator for Matches<'v, '_> {
    type Item = &'v Value;

    fn next(&mut self) -> Option<&'v Value> {
        loop {
            let (at, value) = match self.next.take() {
                Some(next) => next,
                None => self.another()?,
            };
            self.looks = self.looks.checked_sub(1)?;
            let below = at + 1;
            match (self.steps.get(at), value) {
                (None, found) => return Some(found),
                (Some(Step::Key(key)), Value::Object(map)) => self.next = map.get(&**key).map(|value| (below, value)),
                (Some(Step::Keys), Value::Object(map)) => self.open.push((below, Rest::Keys(Map::values(map)))),
                (Some(Step::Elements), Value::Array(list)) => self.open.push((below, Rest::Elements(list.iter()))),
                _ => {}
            }
        }
    }
}

impl<'v> Matches<'v, '_> {
    fn another(&mut self) -> Option<(usize, &'v Value)> {
        while let Some((at, rest)) = self.open.last_mut() {
            if let Some(value) = rest.next() {
                return Some((*at, value));
            }
            self.open.pop();
        }
        None
    }
}

#[cfg(test)]
mod tests;
