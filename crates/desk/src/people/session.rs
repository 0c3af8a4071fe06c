//! Signing in and out, and who is signed in.

use std::net::IpAddr;

use jiff::SignedDuration;
use pingxin_domain::Scope;
use pingxin_store::secret::{Token, hash_of};
use pingxin_store::session::{NewSession, SessionRecord};
use pingxin_store::user::UserRecord;
use pingxin_store::{audit, login_try, session, user};
use serde_json::json;
use thiserror::Error;

use super::brake::{Marks, TRIES_PER_ADDRESS, TRIES_PER_PERSON, WINDOW};
use super::password::{Busy, Hasher};
use super::second_factor::{self, Checked};
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
    /// The code of his second factor, or a recovery code.
    pub code: Option<String>,
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
    /// The password is right, and a code is asked for too.
    #[error("a code is needed")]
    CodeNeeded,
    /// The password is right; the code is wrong, too old, or was used.
    #[error("the code is wrong")]
    CodeWrong,
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

/// Whoever asks: on the pages, or a program with a token.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The bounds of everything he does.
    pub scope: Scope,
    /// Who it is, or for whom the program acts.
    pub person: Person,
}

impl From<SignedIn> for Asking {
    fn from(signed_in: SignedIn) -> Self {
        Self { scope: signed_in.scope, person: signed_in.person }
    }
}

/// Lets somebody in, with a new session.
///
/// # Errors
/// [`LoginError::Wrong`], or [`LoginError::TooManyTries`] after ten wrong tries for this login from this address
/// (or a hundred from this address) within a quarter of an hour; [`LoginError::CodeNeeded`] and
/// [`LoginError::CodeWrong`] for somebody with a second factor.
pub async fn log_in(
    desk: &Desk,
    hasher: &Hasher,
    attempt: Attempt,
) -> std::result::Result<SignedOn, LoginError> {
    let known = know(desk, hasher, &attempt.login, attempt.password, attempt.address).await?;
    match second_factor::check(desk, &known.user, attempt.code.as_deref()).await? {
        Checked::Good => {}
        // It counts as a try until the code comes, so that nobody learns passwords for nothing.
        Checked::Needed => return Err(LoginError::CodeNeeded),
        Checked::Wrong => {
            known.wrong(desk).await?;
            return Err(LoginError::CodeWrong);
        }
        Checked::Braked => return Err(too_many()),
    }
    let user = known.right(desk).await?;
    Ok(begin(desk, &user, attempt.user_agent.as_deref()).await?)
}

/// Come back when the oldest try no longer counts.
pub(super) fn too_many() -> LoginError {
    LoginError::TooManyTries { retry_after: WINDOW.as_secs().unsigned_abs() }
}

/// Somebody who gave the right password; the try still counts as a wrong one until [`Known::right`].
pub(super) struct Known {
    user: UserRecord,
    marks: Marks,
}

impl Known {
    /// Everything else was right too: his wrong tries are forgotten.
    pub(super) async fn right(self, desk: &Desk) -> Result<UserRecord> {
        self.note(desk, self.marks.person, true).await?;
        Ok(self.user)
    }

    /// Something else was wrong.
    async fn wrong(&self, desk: &Desk) -> Result<()> {
        self.note(desk, self.marks.address, false).await
    }

    async fn note(&self, desk: &Desk, mark: [u8; 32], ok: bool) -> Result<()> {
        note(desk, mark, ok).await
    }
}

async fn note(desk: &Desk, mark: [u8; 32], ok: bool) -> Result<()> {
    let mark = &mark;
    let noted = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            login_try::record(tx, mark, now, ok).await
        })
    });
    Ok(noted.await?)
}

/// Whose login and password these are.
///
/// # Errors
/// [`LoginError::Wrong`] or [`LoginError::TooManyTries`].
pub(super) async fn know(
    desk: &Desk,
    hasher: &Hasher,
    login: &str,
    password: String,
    address: IpAddr,
) -> std::result::Result<Known, LoginError> {
    let marks = Marks::of(login, address);
    let found = match look_up(desk, login, marks).await? {
        LookUp::Braked => return Err(too_many()),
        LookUp::Found(user) => user.map(|user| *user),
    };
    let stored = found.as_ref().map(|user| user.password_hash.clone());
    let right = hasher.matches(password, stored).await?;
    if let (true, Some(user)) = (right, found) {
        return Ok(Known { user, marks });
    }
    tracing::info!("a sign-in was refused");
    note(desk, marks.address, false).await?;
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
    let me = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let expires_at = now + ABSOLUTE_END;
                let new =
                    NewSession { tenant: user.tenant, user: user.id, token_hash, expires_at, user_agent };
                let session = session::create(tx, &new).await?;
                user::seen(tx, user.tenant, user.id, now).await?;
                audit::append(tx, scope, "session.begun", "session", &session.to_string(), &json!({}))
                    .await?;
                Me::find(tx, scope, Person::of(user)).await
            })
        })
        .await?;
    Ok(SignedOn { token, me })
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

/// Who asks, and at which merchant.
///
/// # Errors
/// When the database cannot be asked.
pub async fn me(desk: &Desk, asking: &Asking) -> Result<Me> {
    let (scope, person) = (&asking.scope, &asking.person);
    Ok(desk.store.read(|tx| Box::pin(async move { Me::find(tx, scope, person.clone()).await })).await?)
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
    me(desk, &Asking { scope: scope.clone(), person }).await
}
