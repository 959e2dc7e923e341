//! What a choice amounts to, as the record names it.

use nod_core::permissions::Permissions;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// `accept-all`
    Everything,
    /// `reject-all`
    Nothing,
    /// Purpose by purpose.
    These(Permissions),
}

/// What is allowed from now on, and the cookie's letter for what was done (`tag/page/choice.js`).
///
/// `before` is what an earlier choice had allowed. Ending up with nothing but the essential after more had been allowed is
/// a withdrawal, by whichever button it was done (GDPR Art. 7(3)).
pub(crate) fn carry_out(
    wish: Wish,
    before: Option<Permissions>,
    everything: Permissions,
    essential: Permissions,
) -> (Permissions, &'static str) {
    let allowed = match wish {
        Wish::Everything => everything,
        Wish::Nothing => essential,
        Wish::These(chosen) => chosen.union(essential),
    };
    let had_more = before.is_some_and(|before| before.without(essential) != Permissions::NONE);
    let letter = match wish {
        _ if allowed == essential && had_more => "w",
        Wish::Everything => "a",
        Wish::Nothing => "r",
        Wish::These(_) => "c",
    };
    (allowed, letter)
}

/// The record's name for the cookie's letter.
pub(crate) fn action_name(letter: &str) -> &'static str {
    match letter {
        "a" => "accept-all",
        "r" => "reject-all",
        "w" => "withdraw",
        _ => "custom",
    }
}

/// The cookie's letter for the record's name.
pub(crate) fn action_letter(name: &str) -> &'static str {
    match name {
        "accept-all" => "a",
        "reject-all" => "r",
        "withdraw" => "w",
        _ => "c",
    }
}

/// The record's name for the cookie's letter of the place.
pub(crate) fn surface_name(letter: &str) -> &'static str {
    match letter {
        "b" => "banner",
        "p" => "preferences",
        "h" => "placeholder",
        _ => "api",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Permissions = Permissions::from_bits(0b1111);
    const ESSENTIAL: Permissions = Permissions::from_bits(0b0001);

    fn letter(wish: Wish, before: Option<u32>) -> (u32, &'static str) {
        let (allowed, letter) = carry_out(wish, before.map(Permissions::from_bits), ALL, ESSENTIAL);
        (allowed.bits(), letter)
    }

    #[test]
    fn taking_everything_back_is_a_withdrawal_however_it_is_done() {
        assert_eq!(letter(Wish::Nothing, Some(0b1111)), (1, "w"));
        assert_eq!(letter(Wish::These(Permissions::NONE), Some(0b0101)), (1, "w"));
        assert_eq!(letter(Wish::Nothing, Some(0b0001)), (1, "r"));
        assert_eq!(letter(Wish::Nothing, None), (1, "r"));
    }

    #[test]
    fn the_essential_is_allowed_whatever_is_chosen() {
        assert_eq!(letter(Wish::These(Permissions::from_bits(0b0100)), None), (0b0101, "c"));
        assert_eq!(letter(Wish::Everything, None), (0b1111, "a"));
    }

    #[test]
    fn letters_and_names_belong_together() {
        for name in ["accept-all", "reject-all", "withdraw", "custom"] {
            assert_eq!(action_name(action_letter(name)), name);
        }
    }
}
