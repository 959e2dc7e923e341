//! What a member may. The API decides; the page offers nobody what the API would refuse.

/// The roles, the lesser first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Also works on requests, deliveries and people.
    Reviewer,
    /// Also changes connections, tags, sites and staff.
    Owner,
}

impl Role {
    /// By the API's name. Whoever has a role that this page is too old for is offered nothing.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "VIEWER" => Self::Viewer,
            "REVIEWER" => Self::Reviewer,
            "OWNER" => Self::Owner,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn a_higher_role_may_what_a_lower_one_may() {
        assert!(Role::parse("OWNER") > Role::parse("REVIEWER") && Role::parse("REVIEWER") > Role::parse("VIEWER"));
        assert!(Role::parse("JANITOR") < Role::parse("VIEWER"), "an unknown role may nothing");
    }
}
