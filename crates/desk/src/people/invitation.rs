//! Invitations into the team: a link good once and for three days, written by the owner, used by whoever gets it.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::Say;
use pingxin_domain::{Action, InvitationId, Role, Scope, UserId};
use pingxin_store::invitation::{self, NewInvitation};
use pingxin_store::secret::{Token, hash_of};
use pingxin_store::user::{NewUser, UserRecord};
use pingxin_store::{StoreError, audit, password_link, session, tenant, user};
use serde_json::json;
use thiserror::Error;

use super::colleague::{check_login, check_name};
use super::password::{Busy, Hasher, check_password};
use super::place::Place;
use super::second_factor::{self, Checked};
use super::session::{LoginError, SignedOn, begin, too_many};
use crate::{Desk, DeskError, Result, allow};

/// How long a link is good.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(72);

/// A link as it is handed out, once.
#[derive(Debug)]
pub struct NewLink<I> {
    /// Of what.
    pub id: I,
    /// The token in it; the store has only its hash.
    pub token: Token,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl<I> NewLink<I> {
    fn new(id: I, token: Token, now: Timestamp) -> Self {
        Self { id, token, expires_at: now + LINK_LASTS }
    }

    /// The address, without the server's own.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/invite?token={}", self.token.as_str())
    }
}

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFound {
    /// The merchant's name.
    pub tenant_name: String,
    /// Whose it is, or how colleagues will see him.
    pub display_name: String,
    /// His role.
    pub role: Role,
    /// What he signs in with; absent in an invitation, for he chooses it.
    pub login: Option<String>,
}

/// What whoever got a link fills in. Not `Debug`: it holds a password.
pub struct Acceptance {
    /// The token of the link.
    pub token: String,
    /// What he will sign in with; only for an invitation.
    pub login: Option<String>,
    /// His name, when it should be another; only for an invitation.
    pub display_name: Option<String>,
    /// His password.
    pub password: String,
    /// The code of his second factor, when he has one.
    pub code: Option<String>,
    /// What he calls with.
    pub user_agent: Option<String>,
}

/// Why a link let nobody in.
#[derive(Debug, Error)]
pub enum LinkError {
    /// It was used, taken back or sent again, is too old, or was never given.
    #[error("the link is used, too old, or was never given")]
    Gone,
    /// A field is no good.
    #[error("`{field}`: {}", .say.en)]
    Field {
        /// Which one.
        field: &'static str,
        /// What is wrong with it.
        say: Say,
    },
    /// The second factor, or too many people.
    #[error(transparent)]
    Login(#[from] LoginError),
}

impl From<DeskError> for LinkError {
    fn from(error: DeskError) -> Self {
        Self::Login(error.into())
    }
}

impl From<Busy> for LinkError {
    fn from(busy: Busy) -> Self {
        Self::Login(busy.into())
    }
}

/// Writes an invitation.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::Refused`] for an empty name or what does not go together;
/// [`DeskError::NotFound`] for a shop outside the merchant.
pub async fn invite(
    desk: &Desk,
    scope: &Scope,
    display_name: &str,
    place: &Place,
) -> Result<NewLink<InvitationId>> {
    allow(scope, Action::ManagePeople)?;
    let display_name = check_name(display_name).map_err(DeskError::Refused)?;
    place.check()?;
    let token = Token::fresh();
    let (token_hash, display_name) = (token.hash(), display_name.as_str());
    let (id, now) = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                place.check_shops(tx, scope).await?;
                let now = tx.now();
                let (role, department, shops) = (place.role, place.department, &place.shops);
                let expires_at = now + LINK_LASTS;
                let new = NewInvitation { token_hash, display_name, role, department, shops, expires_at };
                let id = invitation::create(tx, scope, &new).await?;
                let detail = json!({ "name": display_name, "role": role, "department": department });
                audit::append(tx, scope, "invitation.created", "invitation", &id.to_string(), &detail)
                    .await?;
                Ok((id, now))
            })
        })
        .await?;
    Ok(NewLink::new(id, token, now))
}

/// Gives an invitation a new link; the old one is good no more.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`].
pub async fn resend(desk: &Desk, scope: &Scope, id: InvitationId) -> Result<NewLink<InvitationId>> {
    allow(scope, Action::ManagePeople)?;
    let token = Token::fresh();
    let hash = &token.hash();
    let renewed = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            invitation::renew(tx, scope, id, hash, now + LINK_LASTS).await?;
            let id = id.to_string();
            audit::append(tx, scope, "invitation.resent", "invitation", &id, &json!({})).await?;
            Ok(now)
        })
    });
    Ok(NewLink::new(id, token, renewed.await?))
}

/// Takes an invitation back.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`].
pub async fn take_back(desk: &Desk, scope: &Scope, id: InvitationId) -> Result<()> {
    allow(scope, Action::ManagePeople)?;
    let taken = desk.store.write(|tx| {
        Box::pin(async move {
            invitation::forget(tx, scope, id).await?;
            let id = id.to_string();
            audit::append(tx, scope, "invitation.taken_back", "invitation", &id, &json!({})).await
        })
    });
    Ok(taken.await?)
}

/// A link by which somebody sets a new password; an older one is good no more. His password and sessions stay until he
/// uses it.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`]; [`DeskError::Refused`] for one who is shut out.
pub async fn reset(desk: &Desk, scope: &Scope, id: UserId) -> Result<NewLink<UserId>> {
    allow(scope, Action::ManagePeople)?;
    let token = Token::fresh();
    let hash = &token.hash();
    let kept = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let user = user::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "user" })?;
            if user.disabled_at.is_some() {
                return Ok(None);
            }
            password_link::put(tx, scope, id, hash, now + LINK_LASTS).await?;
            audit::append(tx, scope, "person.reset_link", "user", &id.to_string(), &json!({})).await?;
            Ok(Some(now))
        })
    });
    let now = kept.await?.ok_or_else(|| {
        DeskError::refused("该账号已停用，请先启用", "this account is shut out; let it in again first")
    })?;
    Ok(NewLink::new(id, token, now))
}

enum Link {
    Invitation(invitation::Invitation),
    Reset(UserRecord),
}

async fn find(desk: &Desk, hash: &[u8; 32]) -> Result<Option<(Link, String)>> {
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let link = match invitation::by_token(tx, hash, now).await? {
                Some(invitation) => Some(Link::Invitation(invitation)),
                None => password_link::find(tx, hash, now).await?.map(Link::Reset),
            };
            let Some(link) = link else { return Ok(None) };
            let tenant = match &link {
                Link::Invitation(invitation) => invitation.tenant,
                Link::Reset(user) => user.tenant,
            };
            Ok(tenant::find(tx, tenant).await?.map(|tenant| (link, tenant.name)))
        })
    });
    Ok(found.await?)
}

/// What a link is for, before it is used.
///
/// # Errors
/// [`LinkError::Gone`].
pub async fn read_link(desk: &Desk, token: &str) -> std::result::Result<LinkFound, LinkError> {
    let (link, tenant_name) = find(desk, &hash_of(token)).await?.ok_or(LinkError::Gone)?;
    Ok(match link {
        Link::Invitation(of) => {
            LinkFound { tenant_name, display_name: of.display_name, role: of.role, login: None }
        }
        Link::Reset(of) => {
            LinkFound { tenant_name, display_name: of.display_name, role: of.role, login: Some(of.login) }
        }
    })
}

/// Uses a link up and signs in whoever has it: somebody new with his invitation, or somebody with a new password, whose
/// other sessions end. A second factor is asked for all the same.
///
/// # Errors
/// See [`LinkError`]; a link is used up only when everything else is right.
pub async fn accept(
    desk: &Desk,
    hasher: &Hasher,
    acceptance: Acceptance,
) -> std::result::Result<SignedOn, LinkError> {
    let hash = hash_of(&acceptance.token);
    let (link, _) = find(desk, &hash).await?.ok_or(LinkError::Gone)?;
    let user_agent = acceptance.user_agent.clone();
    let user = match link {
        Link::Invitation(found) => come_in(desk, hasher, acceptance, &hash, found).await?,
        Link::Reset(user) => set_anew(desk, hasher, acceptance, &hash, user).await?,
    };
    Ok(begin(desk, &user, user_agent.as_deref()).await?)
}

fn of_field(field: &'static str) -> impl Fn(Say) -> LinkError {
    move |say| LinkError::Field { field, say }
}

async fn come_in(
    desk: &Desk,
    hasher: &Hasher,
    acceptance: Acceptance,
    hash: &[u8; 32],
    found: invitation::Invitation,
) -> std::result::Result<UserRecord, LinkError> {
    let login = check_login(acceptance.login.as_deref().unwrap_or_default()).map_err(of_field("login"))?;
    let name = acceptance.display_name.as_deref().unwrap_or(&found.display_name);
    let name = check_name(name).map_err(of_field("display_name"))?;
    check_password(&login, &acceptance.password).map_err(of_field("password"))?;
    let password_hash = hasher.hash(acceptance.password).await?;
    let new = NewUser {
        login: &login,
        display_name: &name,
        password_hash: &password_hash,
        role: found.role,
        department: found.department,
        shops: found.shops.clone(),
        locale: None,
    };
    let (new, scope, id) = (&new, &Scope::system(found.tenant), found.id);
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            // Sent again meanwhile, it has another token.
            invitation::by_token(tx, hash, now).await?.ok_or(StoreError::NotFound { what: "link" })?;
            invitation::forget(tx, scope, id).await.map_err(|_| StoreError::NotFound { what: "link" })?;
            let person = user::create(tx, scope.tenant, new).await?;
            let user = user::find(tx, scope, person).await?.ok_or(StoreError::NotFound { what: "user" })?;
            let detail = json!({ "invitation": id, "role": new.role, "department": new.department });
            audit::append(tx, &user.scope(), "person.joined", "user", &person.to_string(), &detail).await?;
            Ok(user)
        })
    });
    made.await.map_err(|error| match error {
        StoreError::NotFound { what: "link" } => LinkError::Gone,
        StoreError::Conflict { what: "login" } => LinkError::Field {
            field: "login",
            say: Say::new("登录名已被使用，请换一个", "this login is taken; choose another"),
        },
        other => DeskError::from(other).into(),
    })
}

async fn set_anew(
    desk: &Desk,
    hasher: &Hasher,
    acceptance: Acceptance,
    hash: &[u8; 32],
    user: UserRecord,
) -> std::result::Result<UserRecord, LinkError> {
    check_password(&user.login, &acceptance.password).map_err(of_field("password"))?;
    match second_factor::check(desk, &user, acceptance.code.as_deref()).await? {
        Checked::Good => {}
        Checked::Needed => return Err(LoginError::CodeNeeded.into()),
        Checked::Wrong => return Err(LoginError::CodeWrong.into()),
        Checked::Braked => return Err(too_many().into()),
    }
    let password_hash = hasher.hash(acceptance.password).await?;
    let (password_hash, user_ref) = (password_hash.as_str(), &user);
    let set = desk.store.write(|tx| {
        Box::pin(async move {
            let (now, scope, id) = (tx.now(), &user_ref.scope(), user_ref.id);
            if !password_link::take(tx, hash, now).await? {
                return Ok(false);
            }
            user::set_password(tx, scope, id, password_hash).await?;
            session::revoke_all_of(tx, scope, id, now).await?;
            audit::append(tx, scope, "person.password_reset", "user", &id.to_string(), &json!({})).await?;
            Ok(true)
        })
    });
    if set.await.map_err(DeskError::from)? { Ok(user) } else { Err(LinkError::Gone) }
}
