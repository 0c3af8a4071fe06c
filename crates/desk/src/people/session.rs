//! Signing in and out, and who is signed in.

use std::net::IpAddr;

use jiff::SignedDuration;
use pingxin_domain::Scope;
use pingxin_store::secret::{Token, hash_of};
use pingxin_store::session::{NewSession, SessionRecord};
use pingxin_store::user::UserRecord;
use pingxin_store::{audit, login_try, session, tenant, user};
use serde_json::json;
use thiserror::Error;

use super::brake::{Marks, TRIES_PER_ADDRESS, TRIES_PER_PERSON, WINDOW};
use super::password::{Busy, Hasher};
use super::{Me, Person};
use crate::{Desk, DeskError, Result};

/// A session that nobody used for this long is over.
pub const IDLE_END: SignedDuration = SignedDuration::from_hours(8);
/// A session is over this long after its start, used or not.
pub const ABSOLUTE_END: SignedDuration = SignedDuration::from_hours(24);
/// Use is noted at most this often: a read should not become a write.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// Letters of the browser's name that are kept.
const LONGEST_USER_AGENT: usize = 200;

/// Languages the screens have.
const LOCALES: [&str; 2] = ["zh-CN", "en-US"];

/// Somebody wants to sign in. Not `Debug`: it holds a password.
pub struct Attempt {
    /// What he signs in with.
    pub login: String,
    /// His password.
    pub password: String,
    /// Where he calls from.
    pub address: IpAddr,
    /// What he calls with.
    pub user_agent: Option<String>,
}

/// Why somebody was not let in.
#[derive(Debug, Error)]
pub enum LoginError {
    /// Login or password is wrong; nobody is told which.
    #[error("login or password is wrong")]
    Wrong,
    /// Too many wrong tries.
    #[error("too many wrong tries")]
    TooManyTries {
        /// When to try again, in seconds.
        retry_after: u64,
    },
    /// Too many people at this moment.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The desk could not look.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// A session just begun.
#[derive(Debug)]
pub struct SignedOn {
    /// What the browser keeps; the store has only its hash.
    pub token: Token,
    /// Who it is.
    pub me: Me,
}

/// A session that is valid now.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The bounds of everything this person does.
    pub scope: Scope,
    /// His session.
    pub session: SessionRecord,
    /// Who it is.
    pub person: Person,
}

/// Lets somebody in, with a new session.
///
/// # Errors
/// [`LoginError::Wrong`], or [`LoginError::TooManyTries`] after ten wrong tries for this login from this address
/// (or a hundred from this address) within a quarter of an hour.
pub async fn log_in(
    desk: &Desk,
    hasher: &Hasher,
    attempt: Attempt,
) -> std::result::Result<SignedOn, LoginError> {
    let marks = Marks::of(&attempt.login, attempt.address);
    let found = match look_up(desk, &attempt.login, marks).await? {
        LookUp::Braked => {
            return Err(LoginError::TooManyTries { retry_after: WINDOW.as_secs().unsigned_abs() });
        }
        LookUp::Found(user) => user.map(|user| *user),
    };
    let stored = found.as_ref().map(|user| user.password_hash.clone());
    let right = hasher.matches(attempt.password, stored).await?;
    if let (true, Some(user)) = (right, found) {
        desk.store
            .write(|tx| {
                Box::pin(async move {
                    let now = tx.now();
                    login_try::record(tx, &marks.person, now, true).await
                })
            })
            .await
            .map_err(DeskError::from)?;
        return Ok(begin(desk, &user, attempt.user_agent.as_deref()).await?);
    }
    tracing::info!("a sign-in was refused");
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                login_try::record(tx, &marks.address, now, false).await
            })
        })
        .await
        .map_err(DeskError::from)?;
    Err(LoginError::Wrong)
}

enum LookUp {
    Braked,
    Found(Option<Box<UserRecord>>),
}

/// Counts the try before the password is looked at, so that a burst of tries cannot slip past the count together.
async fn look_up(desk: &Desk, login: &str, marks: Marks) -> Result<LookUp> {
    let login = login.trim();
    let found = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let since = now - WINDOW;
            if login_try::recent_failures(tx, &marks.person, since).await? >= TRIES_PER_PERSON
                || login_try::recent_failures(tx, &marks.address, since).await? >= TRIES_PER_ADDRESS
            {
                return Ok(LookUp::Braked);
            }
            login_try::record(tx, &marks.person, now, false).await?;
            let user = user::find_by_login(tx, login).await?;
            Ok(LookUp::Found(user.filter(|user| user.disabled_at.is_none()).map(Box::new)))
        })
    });
    Ok(found.await?)
}

/// Begins a session for somebody who has proved who he is.
pub(super) async fn begin(desk: &Desk, user: &UserRecord, user_agent: Option<&str>) -> Result<SignedOn> {
    let token = Token::fresh();
    let token_hash = token.hash();
    let user_agent: Option<String> = user_agent.map(|name| name.chars().take(LONGEST_USER_AGENT).collect());
    let user_agent = user_agent.as_deref();
    let scope = &user.scope();
    let tenant = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let expires_at = tx.now() + ABSOLUTE_END;
                let new =
                    NewSession { tenant: user.tenant, user: user.id, token_hash, expires_at, user_agent };
                let session = session::create(tx, &new).await?;
                audit::append(tx, scope, "session.begun", "session", &session.to_string(), &json!({}))
                    .await?;
                tenant::find(tx, user.tenant).await
            })
        })
        .await?;
    Ok(SignedOn { token, me: Me::new(Person::of(user), tenant.ok_or(DeskError::NotFound)?) })
}

/// Who has this token, when his session is still valid.
///
/// # Errors
/// When the database cannot be asked.
pub async fn current(desk: &Desk, token: &str) -> Result<Option<SignedIn>> {
    let hash = hash_of(token);
    let now = desk.store.clock().now();
    let hash = &hash;
    let found = desk.store.read(|tx| Box::pin(async move { session::find(tx, hash, now).await })).await?;
    let Some((session, user)) = found else {
        return Ok(None);
    };
    let unused = now.duration_since(session.last_seen_at);
    if unused >= IDLE_END || now.duration_since(session.created_at) >= ABSOLUTE_END {
        return Ok(None);
    }
    if unused >= TOUCH_EVERY {
        let session = &session;
        desk.store.write(|tx| Box::pin(async move { session::touch(tx, session, now).await })).await?;
    }
    Ok(Some(SignedIn { scope: user.scope(), person: Person::of(&user), session }))
}

/// Ends the session.
///
/// # Errors
/// When the database cannot be asked.
pub async fn log_out(desk: &Desk, signed_in: &SignedIn) -> Result<()> {
    let (scope, session) = (&signed_in.scope, &signed_in.session);
    let ended = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            session::revoke(tx, scope, session.id, now).await?;
            audit::append(tx, scope, "session.ended", "session", &session.id.to_string(), &json!({})).await
        })
    });
    Ok(ended.await?)
}

/// Who is signed in, at which merchant.
///
/// # Errors
/// When the database cannot be asked.
pub async fn me(desk: &Desk, signed_in: &SignedIn) -> Result<Me> {
    let id = signed_in.scope.tenant;
    let tenant = desk.store.read(|tx| Box::pin(async move { tenant::find(tx, id).await })).await?;
    Ok(Me::new(signed_in.person.clone(), tenant.ok_or(DeskError::NotFound)?))
}

/// Sets the language of somebody's own screens; none follows his browser.
///
/// # Errors
/// [`DeskError::Refused`] for a language the screens do not have.
pub async fn set_locale(desk: &Desk, signed_in: &SignedIn, locale: Option<&str>) -> Result<Me> {
    if let Some(locale) = locale
        && !LOCALES.contains(&locale)
    {
        return Err(DeskError::refused("界面语言只有 zh-CN 和 en-US", "the screens speak zh-CN and en-US"));
    }
    let (scope, id) = (&signed_in.scope, signed_in.person.id);
    desk.store.write(|tx| Box::pin(async move { user::set_locale(tx, scope, id, locale).await })).await?;
    let person = Person { locale: locale.map(str::to_owned), ..signed_in.person.clone() };
    me(desk, &SignedIn { person, ..signed_in.clone() }).await
}
