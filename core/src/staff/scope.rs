//! Scopes: to which parts of the API a token reaches.

/// A part of the API that a token may be bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Notices and consent records.
    Consent,
    /// What was counted of events.
    Events,
    /// Webhook sources and what they sent.
    Connections,
    /// Data subjects and who is who.
    People,
    /// Rights requests.
    Requests,
    /// Tags and destinations.
    Tags,
    /// The journal.
    Journal,
    /// Sites and the controller itself.
    Sites,
    /// Staff, sessions and tokens.
    Staff,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 9] = [
        Self::Consent,
        Self::Events,
        Self::Connections,
        Self::People,
        Self::Requests,
        Self::Tags,
        Self::Journal,
        Self::Sites,
        Self::Staff,
    ];

    /// The name that the API and the database use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Events => "events",
            Self::Connections => "connections",
            Self::People => "people",
            Self::Requests => "requests",
            Self::Tags => "tags",
            Self::Journal => "journal",
            Self::Sites => "sites",
            Self::Staff => "staff",
        }
    }

    /// The scope of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// How far somebody reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// Wherever the role may: people, and tokens that were bound to nothing.
    All,
    /// To these parts alone.
    Only(Vec<Scope>),
}

impl Scopes {
    /// As they are stored: names with spaces between. A name that this version does not know allows nothing.
    pub fn parse(stored: Option<&str>) -> Self {
        match stored {
            None => Self::All,
            Some(names) => Self::Only(names.split(' ').filter_map(Scope::parse).collect()),
        }
    }

    /// The form that is stored; nothing for all.
    pub fn stored(&self) -> Option<String> {
        self.only().map(|scopes| scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" "))
    }

    /// The scopes, where they are bound.
    pub fn only(&self) -> Option<&[Scope]> {
        match self {
            Self::All => None,
            Self::Only(scopes) => Some(scopes),
        }
    }

    /// Whether they reach there.
    pub fn reach(&self, scope: Scope) -> bool {
        self.only().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// Whether they reach wherever the others do.
    pub fn cover(&self, others: &Self) -> bool {
        match (self, others) {
            (Self::All, _) => true,
            (Self::Only(_), Self::All) => false,
            (Self::Only(_), Self::Only(others)) => others.iter().all(|scope| self.reach(*scope)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_have_names_and_every_name_is_one() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
        }
        assert_eq!(Scope::parse("everything"), None);
    }

    #[test]
    fn scopes_are_stored_by_name_and_an_unknown_name_allows_nothing() {
        let two = Scopes::Only(vec![Scope::People, Scope::Requests]);
        assert_eq!(two.stored().as_deref(), Some("people requests"));
        assert_eq!(Scopes::parse(two.stored().as_deref()), two);
        assert_eq!(Scopes::parse(None), Scopes::All);
        for nothing in ["", "everything", "*"] {
            assert!(Scope::ALL.into_iter().all(|scope| !Scopes::parse(Some(nothing)).reach(scope)), "{nothing}");
        }
    }

    #[test]
    fn a_part_never_covers_the_whole() {
        let (one, two) = (Scopes::Only(vec![Scope::People]), Scopes::Only(vec![Scope::People, Scope::Staff]));
        let every = Scopes::Only(Scope::ALL.to_vec());
        assert!(Scopes::All.cover(&two) && Scopes::All.cover(&Scopes::All) && two.cover(&one) && two.cover(&two));
        assert!(!one.cover(&two) && !one.cover(&Scopes::All) && !every.cover(&Scopes::All));
    }
}
