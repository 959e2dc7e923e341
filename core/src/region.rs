//! Where a visit comes from: a country and, where the law depends on it, a subdivision.

/// A place by ISO 3166: `DE`, or `US-CA` with the subdivision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    country: String,
    subdivision: Option<String>,
}

impl Region {
    /// Reads `DE` or `US-CA`, in any case. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (country, subdivision) = match text.split_once('-') {
            Some((country, subdivision)) => (country, Some(subdivision)),
            None => (text, None),
        };
        Self::new(country, subdivision)
    }

    /// From a country code and a subdivision code, as Cloudflare gives them. A malformed subdivision is left out rather
    /// than making the country unknown; a malformed country is no place at all.
    pub fn new(country: &str, subdivision: Option<&str>) -> Option<Self> {
        let country = (country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .then(|| country.to_ascii_uppercase())?;
        let subdivision = subdivision
            .filter(|code| (1..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .map(str::to_ascii_uppercase);
        Some(Self { country, subdivision })
    }

    /// The two-letter country code.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The subdivision's code without the country: `CA` of `US-CA`.
    pub fn subdivision(&self) -> Option<&str> {
        self.subdivision.as_deref()
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.country)?;
        match &self.subdivision {
            Some(subdivision) => write!(out, "-{subdivision}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["DE", "US-CA", "FR-75", "GB-ENG"] {
            assert_eq!(Region::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Region::parse("us-ca").unwrap().to_string(), "US-CA");
    }

    #[test]
    fn a_malformed_country_is_no_place_and_a_malformed_subdivision_is_left_out() {
        for text in ["", "D", "DEU", "1A", "-CA", "ÄÖ"] {
            assert_eq!(Region::parse(text), None, "{text}");
        }
        assert_eq!(Region::parse("US-california").unwrap().to_string(), "US");
    }
}
