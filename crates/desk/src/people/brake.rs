//! The brake on guessed passwords: slows a guesser down, locks nobody out.
//!
//! Tries are counted for a login from an address, and for an address alone. The true person at another address
//! still gets in while somebody guesses; a guesser who changes logins runs into the second count. Only hashes of
//! login and address are kept.

use std::net::IpAddr;

use jiff::SignedDuration;
use pingxin_store::secret::hash_of;

/// Wrong tries for one login from one address within [`WINDOW`], after which further ones are not looked at.
pub const TRIES_PER_PERSON: u32 = 10;
/// Wrong tries from one address within [`WINDOW`], whatever the login.
pub const TRIES_PER_ADDRESS: u32 = 100;
/// How long a wrong try counts.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// What a try is counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub person: [u8; 32],
    pub address: [u8; 32],
}

impl Marks {
    pub fn of(login: &str, address: IpAddr) -> Self {
        Self {
            person: hash_of(&format!("try\u{1f}{address}\u{1f}{}", login.trim().to_lowercase())),
            address: hash_of(&format!("try\u{1f}{address}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(login: &str, address: &str) -> Marks {
        Marks::of(login, address.parse().unwrap())
    }

    #[test]
    fn the_true_person_elsewhere_is_not_slowed_down() {
        let guesser = marks("lin", "203.0.113.9");
        let lin = marks("lin", "198.51.100.2");
        assert_ne!(guesser.person, lin.person);
        assert_ne!(guesser.address, lin.address);
    }

    #[test]
    fn spelling_the_login_otherwise_starts_no_new_count() {
        assert_eq!(marks("Lin ", "203.0.113.9"), marks("lin", "203.0.113.9"));
        assert_ne!(marks("lin", "203.0.113.9").person, marks("wang", "203.0.113.9").person);
        assert_eq!(marks("lin", "203.0.113.9").address, marks("wang", "203.0.113.9").address);
    }
}
