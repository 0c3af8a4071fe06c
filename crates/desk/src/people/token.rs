//! Tokens for programs: made by a person for himself, with some of his actions, for at most a year.

mod meter;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::{Action, Scope, TokenId};
use pingxin_store::secret::{Token, hash_of};
use pingxin_store::token::{self, NewToken, TokenRecord};
use pingxin_store::{StoreError, audit};
use serde_json::json;
use thiserror::Error;

pub use meter::{REQUESTS_PER_MINUTE, TokenMeter};

use super::Person;
use super::colleague::check_name;
use super::session::Asking;
use crate::{Desk, DeskError, Result, allow};

/// What every token begins with, so that tools which look for lost secrets know it.
pub const TOKEN_PREFIX: &str = "pingxin_";
/// Days a token may last.
const LONGEST: i64 = 365;
/// Tokens a person may have.
const MOST: u32 = 50;
/// Use is noted at most this often: a read should not become a write.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A token to make.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// What its person calls it.
    pub name: String,
    /// What it may do: some of what he may.
    pub actions: Vec<Action>,
    /// How many days it lasts.
    pub days: i64,
}

/// A token just made. Not `Debug`: it holds the text.
pub struct NewTokenText {
    /// What the program sends, shown this once.
    pub text: String,
    /// As it is kept.
    pub record: TokenRecord,
}

/// Why a token did not let a program in.
#[derive(Debug, Error)]
pub enum TokenError {
    /// Unknown, ended or taken back, or its person is shut out.
    #[error("the token is unknown, ended or taken back")]
    Wrong,
    /// More than [`REQUESTS_PER_MINUTE`].
    #[error("too many requests")]
    TooFast {
        /// When to try again, in seconds.
        retry_after: u64,
    },
    /// The desk could not look.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Makes a token for oneself.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::Refused`] for an empty name, a wrong number of days, no
/// actions, or one that he may not do himself or no token may.
pub async fn create_token(desk: &Desk, scope: &Scope, request: &TokenRequest) -> Result<NewTokenText> {
    allow(scope, Action::UseTokens)?;
    let user =
        scope.user().ok_or_else(|| DeskError::refused("令牌只能由本人创建", "only a person makes tokens"))?;
    let name = check_name(&request.name).map_err(DeskError::Refused)?;
    let actions = granted(scope, &request.actions)?;
    if !(1..=LONGEST).contains(&request.days) {
        return Err(DeskError::refused(
            format!("有效期需要 1 到 {LONGEST} 天"),
            format!("a token lasts 1 to {LONGEST} days"),
        ));
    }
    let text = format!("{TOKEN_PREFIX}{}", Token::fresh().as_str());
    let (token_hash, lasts) = (hash_of(&text), SignedDuration::from_hours(24 * request.days));
    let (name, actions) = (name.as_str(), actions.as_slice());
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            if token::count(tx, scope, user).await? >= MOST {
                return Ok(None);
            }
            let new = NewToken { user, name, token_hash, actions, expires_at: tx.now() + lasts };
            let id = token::create(tx, scope, &new).await?;
            let codes: Vec<&str> = actions.iter().map(|action| action.code()).collect();
            let detail = json!({ "name": name, "permissions": codes, "expires_at": new.expires_at });
            audit::append(tx, scope, "token.created", "token", &id.to_string(), &detail).await?;
            token::find(tx, scope, id).await
        })
    });
    let record = made.await?.ok_or_else(|| {
        DeskError::refused(
            format!("每人最多 {MOST} 个令牌，请先删除不用的"),
            format!("a person has at most {MOST} tokens; delete some first"),
        )
    })?;
    Ok(NewTokenText { text, record })
}

fn granted(scope: &Scope, asked: &[Action]) -> Result<Vec<Action>> {
    let mut actions = asked.to_vec();
    actions.sort_by_key(|action| action.code());
    actions.dedup();
    if actions.is_empty() {
        return Err(DeskError::refused("请至少选一个权限", "choose at least one permission"));
    }
    match actions.iter().find(|action| !action.fits_token() || !scope.may(**action)) {
        None => Ok(actions),
        Some(action) => Err(DeskError::refused(
            format!("令牌不能有「{}」权限：它不属于您，或不能给令牌", action.code()),
            format!("no token of yours can have `{}`: you have it not, or no token may", action.code()),
        )),
    }
}

/// One's own tokens, or with [`Action::ManagePeople`] everybody's, the newest first.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may.
pub async fn list_tokens(desk: &Desk, scope: &Scope) -> Result<Vec<TokenRecord>> {
    allow(scope, Action::UseTokens)?;
    let of = if scope.may(Action::ManagePeople) { None } else { scope.user() };
    Ok(desk.store.read(|tx| Box::pin(async move { token::list(tx, scope, of).await })).await?)
}

/// Takes back one's own token, or with [`Action::ManagePeople`] anybody's.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`] for any other.
pub async fn delete_token(desk: &Desk, scope: &Scope, id: TokenId) -> Result<()> {
    allow(scope, Action::UseTokens)?;
    let taken = desk.store.write(|tx| {
        Box::pin(async move {
            let found = token::find(tx, scope, id).await?;
            let found =
                found.filter(|found| Some(found.user.id) == scope.user() || scope.may(Action::ManagePeople));
            let found = found.ok_or(StoreError::NotFound { what: "token" })?;
            token::forget(tx, scope, id).await?;
            let detail = json!({ "name": found.name, "user": found.user.id });
            audit::append(tx, scope, "token.deleted", "token", &id.to_string(), &detail).await
        })
    });
    Ok(taken.await?)
}

/// Which person a program acts for, within what its token allows.
///
/// # Errors
/// [`TokenError::Wrong`], or [`TokenError::TooFast`] beyond [`REQUESTS_PER_MINUTE`].
pub async fn current_token(
    desk: &Desk,
    meter: &TokenMeter,
    text: &str,
) -> std::result::Result<Asking, TokenError> {
    let now: Timestamp = desk.store.clock().now();
    let hash = &hash_of(text);
    let found = desk.store.read(|tx| Box::pin(async move { token::by_hash(tx, hash, now).await }));
    let (record, person) = found.await.map_err(DeskError::from)?.ok_or(TokenError::Wrong)?;
    meter.take(record.id, now).map_err(|retry_after| TokenError::TooFast { retry_after })?;
    if record.last_used_at.is_none_or(|last| now.duration_since(last) >= TOUCH_EVERY) {
        let record = &record;
        let noted = desk.store.write(|tx| Box::pin(async move { token::touch(tx, record, now).await }));
        noted.await.map_err(DeskError::from)?;
    }
    Ok(Asking { scope: record.scope(&person), person: Person::of(&person) })
}
