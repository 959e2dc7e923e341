//! The kinds of destinations, by the names that the configuration, the API and the database use.

/// A kind of destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Google Analytics 4, by its Measurement Protocol.
    Ga4,
    /// Meta's Conversions API.
    Meta,
    /// The controller's own endpoint, signed by Standard Webhooks.
    Webhook,
    /// Cloudflare's Workers Analytics Engine, in the controller's own account.
    AnalyticsEngine,
}

/// The form in which hashes of a person's identifiers are wanted. They differ: see [`crate::identity::export`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nod's own canonical form.
    Own,
    /// Google's.
    Google,
    /// Meta's.
    Meta,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Ga4, Self::Meta, Self::Webhook, Self::AnalyticsEngine];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ga4 => "ga4",
            Self::Meta => "meta",
            Self::Webhook => "webhook",
            Self::AnalyticsEngine => "analytics_engine",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is of no use without a secret: an API secret, an access token, a key to sign with.
    pub const fn needs_secret(self) -> bool {
        !matches!(self, Self::AnalyticsEngine)
    }

    /// Whether Nod draws its secret. The others' are made by the vendor.
    pub const fn draws_secret(self) -> bool {
        matches!(self, Self::Webhook)
    }
}

impl Form {
    /// The name under which the page exports it; `None` for our own, which it always sends.
    pub const fn export(self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::Google => Some("google"),
            Self::Meta => Some("meta"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_kind_has_one_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
        }
        assert_eq!(Kind::parse("fax"), None);
    }
}
