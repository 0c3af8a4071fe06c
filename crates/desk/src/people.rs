//! People: signing in and out, who is signed in, the first owner, adding people, passwords.
//!
//! A session gives a [`Scope`](pingxin_domain::Scope); nothing else outside the command line makes one. To add
//! something people can do to their account: a function in the room of its noun below, taking `&Desk` and the
//! `&Scope` of who does it.

mod brake;
mod first_owner;
mod password;
mod session;
mod team;

pub use brake::{TRIES_PER_ADDRESS, TRIES_PER_PERSON, WINDOW};
pub use first_owner::{
    FirstOwner, SETUP_LASTS, SetupError, SetupState, needs_owner, offer_setup, set_up, setup_state,
};
pub use password::{Busy, Hasher, SHORTEST_PASSWORD, check_password};
pub use session::{
    ABSOLUTE_END, Attempt, IDLE_END, LoginError, SignedIn, SignedOn, current, log_in, log_out, me, set_locale,
};
pub use team::{NewPerson, add, list, set_password};

use pingxin_domain::{Role, UserId};
use pingxin_store::tenant::Tenant;
use pingxin_store::user::UserRecord;

/// A person, as everybody in the team may see him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// His id.
    pub id: UserId,
    /// What he signs in with.
    pub login: String,
    /// What colleagues call him.
    pub display_name: String,
    /// His role.
    pub role: Role,
    /// The language of his screens, `zh-CN` or `en-US`; none follows the browser.
    pub locale: Option<String>,
}

impl Person {
    fn of(user: &UserRecord) -> Self {
        Self {
            id: user.id,
            login: user.login.clone(),
            display_name: user.display_name.clone(),
            role: user.role,
            locale: user.locale.clone(),
        }
    }
}

/// Who is signed in, and at which merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// The person.
    pub person: Person,
    /// The merchant.
    pub tenant: Tenant,
}

impl Me {
    fn new(person: Person, tenant: Tenant) -> Self {
        Self { person, tenant }
    }
}
