//! People: signing in and out, who is signed in, the first owner, inviting and changing people, passwords and codes,
//! tokens, teams.
//!
//! A session or a token gives a [`Scope`]; nothing else outside the command line makes one. To add
//! something people can do to their account: a function in the room of its noun below, taking `&Desk` and the
//! `&Scope` of who does it.

mod account;
mod brake;
mod change;
mod colleague;
mod first_owner;
mod invitation;
mod merchant;
mod password;
mod place;
mod second_factor;
mod session;
mod sessions;
mod teams;
mod token;
mod totp;

pub use account::change_password;
pub use brake::{TRIES_PER_ADDRESS, TRIES_PER_PERSON, WINDOW};
pub use change::{PersonChange, change};
pub use colleague::{Colleague, NewPerson, Team, add, find_by_login, list, set_password};
pub use first_owner::{
    FirstOwner, SETUP_LASTS, SetupError, SetupState, needs_owner, offer_setup, set_up, setup_state,
};
pub use invitation::{
    Acceptance, LINK_LASTS, LinkError, LinkFound, NewLink, accept, invite, read_link, resend, reset,
    take_back,
};
pub use merchant::{change_merchant, merchant};
pub use password::{Busy, Hasher, SHORTEST_PASSWORD, check_password};
pub use place::Place;
pub use second_factor::{CODES_PER_PERSON, NewSecret, begin_totp, confirm_totp, disable_totp, remove_totp};
pub use session::{
    ABSOLUTE_END, Asking, Attempt, IDLE_END, LoginError, SignedIn, SignedOn, current, log_in, log_out, me,
    set_locale,
};
pub use sessions::{SessionOf, end_other_sessions, end_session, list_sessions};
pub use teams::{change_team, create_team, delete_team, list_teams};
pub use token::{
    NewTokenText, REQUESTS_PER_MINUTE, TOKEN_PREFIX, TokenError, TokenMeter, TokenRequest, create_token,
    current_token, delete_token, list_tokens,
};

use pingxin_domain::{Action, Department, Role, Scope, UserId};
use pingxin_store::tenant::Tenant;
use pingxin_store::user::UserRecord;
use pingxin_store::{StoreError, Tx, second_factor as factor, tenant};

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
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
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
            department: user.department,
            locale: user.locale.clone(),
        }
    }
}

/// Who is signed in, at which merchant, and what he may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// The person.
    pub person: Person,
    /// Whether a code is asked for when he signs in.
    pub totp: bool,
    /// The merchant.
    pub tenant: Tenant,
    /// What he may do; with a token, what the token leaves of it.
    pub actions: Vec<Action>,
}

impl Me {
    async fn find(tx: &mut Tx<'_>, scope: &Scope, person: Person) -> Result<Self, StoreError> {
        let tenant = tenant::find(tx, scope.tenant).await?.ok_or(StoreError::NotFound { what: "tenant" })?;
        let factor = factor::find(tx, scope.tenant, person.id).await?;
        let actions = Action::ALL.into_iter().filter(|action| scope.may(*action)).collect();
        Ok(Self { person, totp: factor.is_some_and(|factor| factor.confirmed), tenant, actions })
    }
}
