//! The people of a merchant: who there is, somebody new, a new password given by hand.

use jiff::Timestamp;
use pingxin_domain::Say;
use pingxin_domain::{Action, Department, Role, Scope, ShopAccess, UserId};
use pingxin_store::invitation::{self, Invitation};
use pingxin_store::shop::{self, Shop};
use pingxin_store::user::NewUser;
use pingxin_store::{StoreError, audit, second_factor, session, user};
use serde_json::json;

use super::Person;
use super::password::{Hasher, check_password};
use super::place::Place;
use crate::{Desk, DeskError, Result, allow};

/// Letters of a login or a name at most.
const LONGEST_NAME: usize = 60;

/// Somebody new. Not `Debug`: it holds a password.
pub struct NewPerson {
    /// What he signs in with: letters, digits, `. _ - @`, or Chinese characters.
    pub login: String,
    /// What colleagues call him.
    pub display_name: String,
    /// His first password.
    pub password: String,
    /// His role; an owner sees every shop.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
}

/// The login as it is kept, lower-cased.
pub(super) fn check_login(login: &str) -> std::result::Result<String, Say> {
    let login = login.trim().to_lowercase();
    let fits = (1..=LONGEST_NAME).contains(&login.chars().count())
        && login.chars().all(|letter| letter.is_alphanumeric() || "._-@+".contains(letter));
    if fits {
        Ok(login)
    } else {
        Err(Say::new(
            "登录名用字母、数字、汉字或 . _ - @，不超过 60 个字",
            "a login has letters, digits or . _ - @ +, at most 60 of them",
        ))
    }
}

/// A name without blanks around it.
pub(super) fn check_name(name: &str) -> std::result::Result<String, Say> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Say::new("名称不能为空，不超过 60 个字", "a name has 1 to 60 characters"));
    }
    Ok(name.to_owned())
}

/// Adds somebody to the team.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::Refused`] for a login that is taken or no login, an
/// empty name, a password that is too short.
pub async fn add(desk: &Desk, hasher: &Hasher, scope: &Scope, person: NewPerson) -> Result<Person> {
    allow(scope, Action::ManagePeople)?;
    let login = check_login(&person.login).map_err(DeskError::Refused)?;
    let display_name = check_name(&person.display_name).map_err(DeskError::Refused)?;
    check_password(&login, &person.password).map_err(DeskError::Refused)?;
    let place = Place { role: person.role, department: person.department, shops: person.shops };
    place.check()?;
    let password_hash = hash(hasher, person.password).await?;
    let new = NewUser {
        login: &login,
        display_name: &display_name,
        password_hash: &password_hash,
        role: place.role,
        department: place.department,
        shops: place.shops.clone(),
        locale: None,
    };
    let (new, place) = (&new, &place);
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            place.check_shops(tx, scope).await?;
            let id = user::create(tx, scope.tenant, new).await?;
            let detail = json!({ "role": new.role, "department": new.department });
            audit::append(tx, scope, "person.added", "user", &id.to_string(), &detail).await?;
            user::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "user" })
        })
    });
    match made.await {
        Ok(user) => Ok(Person::of(&user)),
        Err(StoreError::Conflict { what: "login" }) => Err(DeskError::refused(
            format!("登录名 {login} 已被使用，请换一个"),
            format!("the login `{login}` is taken; choose another"),
        )),
        Err(other) => Err(other.into()),
    }
}

/// Somebody of the team, with what colleagues may see of him.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// The person.
    pub person: Person,
    /// Whether he sees every shop.
    pub all_shops: bool,
    /// The shops he sees, as far as whoever asks sees them too.
    pub shops: Vec<Shop>,
    /// Whether a code is asked for when he signs in; shown to who manages people.
    pub totp: bool,
    /// Whether a supervisor looks at his messages before they go.
    pub reviewed: bool,
    /// When he was added.
    pub created_at: Timestamp,
    /// When he was shut out.
    pub disabled_at: Option<Timestamp>,
    /// When he was last here; shown to who manages people.
    pub last_seen_at: Option<Timestamp>,
}

/// The people of a merchant.
#[derive(Debug, Clone)]
pub struct Team {
    /// Who is in it, the oldest account first.
    pub people: Vec<Colleague>,
    /// Who was invited, with the shops he will see; shown to who manages people.
    pub invitations: Vec<(Invitation, Vec<Shop>)>,
}

/// Everybody in the team.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may.
pub async fn list(desk: &Desk, scope: &Scope) -> Result<Team> {
    allow(scope, Action::ReadPeople)?;
    let manages = scope.may(Action::ManagePeople);
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let shops = shop::list(tx, scope).await?;
            let users = user::list(tx, scope).await?;
            if !manages {
                return Ok((shops, users, Vec::new(), Vec::new()));
            }
            let with_codes = second_factor::people(tx, scope.tenant).await?;
            Ok((shops, users, with_codes, invitation::list(tx, scope).await?))
        })
    });
    let (shops, users, with_codes, invitations) = found.await?;
    let named = |access: &ShopAccess| match access {
        ShopAccess::All => Vec::new(),
        ShopAccess::Only(ids) => shops.iter().filter(|shop| ids.contains(&shop.id)).cloned().collect(),
    };
    let people = users.iter().map(|user| Colleague {
        person: Person::of(user),
        all_shops: user.shops == ShopAccess::All,
        shops: named(&user.shops),
        totp: with_codes.contains(&user.id),
        reviewed: user.reviewed,
        created_at: user.created_at,
        disabled_at: user.disabled_at,
        last_seen_at: user.last_seen_at.filter(|_| manages),
    });
    let people = people.collect();
    let invitations = invitations.into_iter().map(|invitation| {
        let shops = named(&invitation.shops);
        (invitation, shops)
    });
    Ok(Team { people, invitations: invitations.collect() })
}

/// Somebody of the team by what he signs in with.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may, [`DeskError::NotFound`] for somebody who is not in the team.
pub async fn find_by_login(desk: &Desk, scope: &Scope, login: &str) -> Result<Person> {
    allow(scope, Action::ManagePeople)?;
    let found = desk.store.read(|tx| Box::pin(async move { user::find_by_login(tx, login).await })).await?;
    let found = found.filter(|user| user.tenant == scope.tenant).ok_or(DeskError::NotFound)?;
    Ok(Person::of(&found))
}

/// Gives somebody a new password and ends all his sessions.
///
/// # Errors
/// [`DeskError::NotFound`] for somebody who is not in the team, [`DeskError::Refused`] for a password that is too
/// short.
pub async fn set_password(
    desk: &Desk,
    hasher: &Hasher,
    scope: &Scope,
    login: &str,
    password: String,
) -> Result<UserId> {
    allow(scope, Action::ManagePeople)?;
    let login = login.trim();
    check_password(login, &password).map_err(DeskError::Refused)?;
    let password_hash = hash(hasher, password).await?;
    let password_hash = password_hash.as_str();
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            let found = user::find_by_login(tx, login).await?.filter(|user| user.tenant == scope.tenant);
            let id = found.ok_or(StoreError::NotFound { what: "user" })?.id;
            let now = tx.now();
            user::set_password(tx, scope, id, password_hash).await?;
            session::revoke_all_of(tx, scope, id, now).await?;
            audit::append(tx, scope, "person.password_set", "user", &id.to_string(), &json!({})).await?;
            Ok(id)
        })
    });
    Ok(changed.await?)
}

async fn hash(hasher: &Hasher, password: String) -> Result<String> {
    hasher.hash(password).await.map_err(|busy| {
        tracing::warn!("{busy}");
        DeskError::refused("系统正忙，请稍后再试", "the server is busy; try again in a few seconds")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_one_word_in_small_letters() {
        assert_eq!(check_login(" Lin.Xiaomei@shop "), Ok("lin.xiaomei@shop".into()));
        assert_eq!(check_login("小美"), Ok("小美".into()));
        for wrong in ["", "  ", "two words", "a\u{0}b", "<b>", &"x".repeat(61)] {
            assert!(check_login(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn names_are_shown_as_written() {
        assert_eq!(check_name(" 林 小美 "), Ok("林 小美".into()));
        assert!(check_name(" ").is_err() && check_name("a\nb").is_err());
    }
}
