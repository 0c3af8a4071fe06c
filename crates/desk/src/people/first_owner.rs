//! The first owner: whoever can read the server's own output gets a link, good once and for a day.

use jiff::SignedDuration;
use pingxin_domain::Say;
use pingxin_domain::{Role, ShopAccess};
use pingxin_store::secret::{Token, hash_of};
use pingxin_store::user::NewUser;
use pingxin_store::{StoreError, audit, setup, tenant, user};
use serde_json::json;

use super::colleague::{check_login, check_name};
use super::password::{Hasher, check_password};
use super::session::{SignedOn, begin};
use crate::{Desk, DeskError, Result};

/// How long an offered link is good.
pub const SETUP_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What the first owner fills in. Not `Debug`: it holds a password.
pub struct FirstOwner {
    /// The token of the link.
    pub token: String,
    /// What he will sign in with.
    pub login: String,
    /// His name.
    pub display_name: String,
    /// His password.
    pub password: String,
    /// The merchant's name.
    pub tenant_name: String,
}

/// Whether nobody owns anything here yet.
///
/// # Errors
/// When the database cannot be asked.
pub async fn needs_owner(desk: &Desk) -> Result<bool> {
    Ok(!desk.store.read(|tx| Box::pin(async move { user::has_owner(tx).await })).await?)
}

/// What a page must know before anybody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetupState {
    /// Nobody owns anything here yet.
    pub needs_owner: bool,
    /// The demo is here.
    pub demo: bool,
}

/// Whether somebody has to set the desk up, and whether the demo is here.
///
/// # Errors
/// When the database cannot be asked.
pub async fn setup_state(desk: &Desk) -> Result<SetupState> {
    let state = desk.store.read(|tx| {
        Box::pin(async move {
            Ok(SetupState {
                needs_owner: !user::has_owner(tx).await?,
                demo: tenant::all(tx).await?.iter().any(|tenant| tenant.demo),
            })
        })
    });
    Ok(state.await?)
}

/// Makes a token for `/setup?token=…`; the store has only its hash.
///
/// # Errors
/// When the database cannot be asked.
pub async fn offer_setup(desk: &Desk) -> Result<Token> {
    let token = Token::fresh();
    let hash = token.hash();
    let kept = desk.store.write(|tx| {
        Box::pin(async move {
            let expires_at = tx.now() + SETUP_LASTS;
            setup::create_token(tx, &hash, expires_at).await
        })
    });
    kept.await?;
    Ok(token)
}

/// Why there is no first owner yet.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The link was used, is too old, or was never given.
    #[error("the setup link is used, too old, or was never given")]
    WrongToken,
    /// There is an owner already.
    #[error("there is an owner already")]
    HasOwner,
    /// A field is no good.
    #[error("`{field}`: {}", .say.en)]
    Field {
        /// Which one.
        field: &'static str,
        /// What is wrong with it.
        say: Say,
    },
    /// Too many people at this moment.
    #[error(transparent)]
    Busy(#[from] super::Busy),
    /// The desk could not do it.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Makes the merchant and its owner, and signs the owner in. A merchant that an import on the command line made
/// before keeps its name and gets this owner.
///
/// # Errors
/// See [`SetupError`]; a token is used up only when everything else is right.
pub async fn set_up(
    desk: &Desk,
    hasher: &Hasher,
    owner: FirstOwner,
    user_agent: Option<&str>,
) -> std::result::Result<SignedOn, SetupError> {
    let field = |field| move |say| SetupError::Field { field, say };
    let login = check_login(&owner.login).map_err(field("login"))?;
    let display_name = check_name(&owner.display_name).map_err(field("display_name"))?;
    let tenant_name = check_name(&owner.tenant_name).map_err(field("tenant_name"))?;
    check_password(&login, &owner.password).map_err(field("password"))?;
    let token_hash = hash_of(&owner.token);
    if !needs_owner(desk).await? {
        return Err(SetupError::HasOwner);
    }
    let password_hash = hasher.hash(owner.password).await?;
    let new = NewUser {
        login: &login,
        display_name: &display_name,
        password_hash: &password_hash,
        role: Role::Owner,
        department: None,
        shops: ShopAccess::All,
        locale: None,
    };
    let (new, tenant_name) = (&new, tenant_name.as_str());
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            if user::has_owner(tx).await? {
                return Err(StoreError::Conflict { what: HAS_OWNER });
            }
            if !setup::take_token(tx, &token_hash, now).await? {
                return Err(StoreError::NotFound { what: "setup token" });
            }
            let merchant = match tenant::only(tx).await? {
                Some(known) => known.id,
                None => tenant::create(tx, tenant_name, false).await?,
            };
            user::create(tx, merchant, new).await?;
            let user = user::find_by_login(tx, new.login).await?;
            let user = user.ok_or(StoreError::NotFound { what: "user" })?;
            let id = user.id.to_string();
            audit::append(tx, &user.scope(), "owner.set_up", "user", &id, &json!({})).await?;
            Ok(user)
        })
    });
    let user = made.await.map_err(|error| match error {
        StoreError::NotFound { what: "setup token" } => SetupError::WrongToken,
        StoreError::Conflict { what: HAS_OWNER } => SetupError::HasOwner,
        StoreError::Conflict { what: "login" } => SetupError::Field {
            field: "login",
            say: Say::new("登录名已被使用", "this login is taken"),
        },
        other => SetupError::Desk(other.into()),
    })?;
    Ok(begin(desk, &user, user_agent).await?)
}

const HAS_OWNER: &str = "owner";
