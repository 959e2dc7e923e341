//! What is wrong with a configuration, for its author: where, and a sentence.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `rules[0].then[1].url`; empty for the whole document.
    pub place: String,
    /// What, and what to do.
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            out.write_str(&self.place)?;
            out.write_str(": ")?;
        }
        out.write_str(&self.sentence)
    }
}

impl std::error::Error for Problem {}
