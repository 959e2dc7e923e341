//! Receipts as visitors have them: three parts of base64url with dots between, of which the second is the record.

/// What was given in the place of a record's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// An id.
    Id(&'a str),
    /// A receipt.
    Receipt(Receipt<'a>),
}

/// A receipt's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt<'a> {
    head: &'a str,
    /// The record.
    pub body: &'a str,
    signature: &'a str,
}

impl<'a> Given<'a> {
    /// Reads what somebody has typed or pasted.
    pub fn read(text: &'a str) -> Self {
        Receipt::read(text).map_or(Self::Id(text), Self::Receipt)
    }
}

impl<'a> Receipt<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split('.');
        let receipt = Self { head: parts.next()?, body: parts.next()?, signature: parts.next()? };
        parts.next().is_none().then_some(receipt)
    }

    /// Whether it is the one that the record has (`ours`). One that was signed by an earlier key has another signature, and says the
    /// same all the same.
    pub fn is(&self, ours: &str) -> bool {
        let ours = Receipt::read(ours);
        ours.is_some_and(|ours| ours.body == self.body && (ours.head != self.head || ours.signature == self.signature))
    }
}

#[cfg(test)]
mod tests {
    use super::{Given, Receipt};

    #[test]
    fn an_id_is_an_id_and_a_receipt_has_three_parts() {
        assert_eq!(Given::read("AbC-_1"), Given::Id("AbC-_1"));
        assert_eq!(Given::read("a.b"), Given::Id("a.b"));
        assert!(matches!(Given::read("a.b.c"), Given::Receipt(Receipt { body: "b", .. })));
    }

    #[test]
    fn a_receipt_is_the_records_own_or_it_is_not() {
        let Given::Receipt(receipt) = Given::read("key1.record.signature1") else { panic!("a receipt") };
        assert!(receipt.is("key1.record.signature1"));
        assert!(receipt.is("key2.record.signature2"), "of an earlier key");
        assert!(!receipt.is("key1.record.signature2") && !receipt.is("key1.other.signature1") && !receipt.is(""));
    }
}
