//! A call as an input spells it: a line of words, headers, an empty line, the body.

use nod_core::webhook::Delivery;

pub(crate) struct Call<'a> {
    pub(crate) words: Vec<&'a str>,
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: &'a [u8],
}

impl<'a> Call<'a> {
    /// `None` where there is no empty line, or something before it is not text: a server hands on headers as text.
    pub(crate) fn parse(input: &'a [u8]) -> Option<Self> {
        let end = input.windows(2).position(|pair| pair == b"\n\n")?;
        let head = str::from_utf8(&input[..end]).ok()?;
        let mut lines = head.split('\n');
        let words = lines.next()?.split(' ').collect();
        let headers = lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
        Some(Self { words, headers, body: &input[end + 2..] })
    }

    pub(crate) fn delivery(&self) -> Delivery<'a> {
        Delivery { body: self.body, headers: self.headers.clone() }
    }
}

/// A line, and what is below it.
pub(crate) fn line(input: &[u8]) -> Option<(&str, &[u8])> {
    let end = input.iter().position(|byte| *byte == b'\n')?;
    Some((str::from_utf8(&input[..end]).ok()?, &input[end + 1..]))
}
