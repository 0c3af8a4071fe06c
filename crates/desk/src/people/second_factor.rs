//! The second step of signing in: turning it on and off, and looking at the code that somebody gives.

use std::net::IpAddr;

use jiff::Timestamp;
use pingxin_domain::{Action, Scope, TenantId, UserId};
use pingxin_store::secret::{self, hash_of};
use pingxin_store::user::UserRecord;
use pingxin_store::{StoreError, Tx, audit, login_try, second_factor, user};
use serde_json::json;

use super::brake::WINDOW;
use super::password::Hasher;
use super::session::{LoginError, SignedIn};
use super::{account, totp};
use crate::{Desk, DeskError, Result, allow};

/// Wrong codes for one person within [`WINDOW`], wherever they come from, after which further ones are not looked at.
/// Only who knows the password gets so far, so nobody else can keep a person out; a recovery code always lets him in.
pub const CODES_PER_PERSON: u32 = 10;
/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 10;
/// Bytes of a recovery code: 80 bits, so that nobody guesses one and no salt is needed.
const RECOVERY: usize = 10;

/// A secret to put into an app. Not `Debug`.
pub struct NewSecret {
    /// As a person types it.
    pub secret: String,
    /// As an app reads it from a picture.
    pub uri: String,
}

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checked {
    /// It is right, or none is asked for.
    Good,
    /// One is asked for.
    Needed,
    /// It is wrong, too old, or was used.
    Wrong,
    /// Too many wrong ones.
    Braked,
}

/// Begins to turn it on: a new secret, which asks nothing of him before he confirms it.
///
/// # Errors
/// [`LoginError::Wrong`] for a wrong password, [`DeskError::Refused`] when it is on already.
pub async fn begin_totp(
    desk: &Desk,
    hasher: &Hasher,
    signed_in: &SignedIn,
    password: String,
    address: IpAddr,
) -> std::result::Result<NewSecret, LoginError> {
    account::prove(desk, hasher, signed_in, password, address).await?;
    let mut bytes = [0; totp::SECRET];
    secret::fill(&mut bytes);
    let (tenant, user, bytes) = (signed_in.scope.tenant, signed_in.person.id, &bytes);
    let kept =
        desk.store.write(|tx| Box::pin(async move { second_factor::put(tx, tenant, user, bytes).await }));
    match kept.await {
        Ok(()) => {
            Ok(NewSecret { secret: totp::base32(bytes), uri: totp::uri(bytes, &signed_in.person.login) })
        }
        Err(StoreError::Conflict { .. }) => Err(LoginError::Desk(DeskError::refused(
            "两步验证已经开启；要换手机请先关闭",
            "the second step is on already; turn it off first to change the device",
        ))),
        Err(other) => Err(DeskError::from(other).into()),
    }
}

/// Turns it on once he shows a code, and gives his recovery codes, this once.
///
/// # Errors
/// [`DeskError::Refused`] for a wrong code, or when there is nothing to confirm.
pub async fn confirm_totp(desk: &Desk, signed_in: &SignedIn, code: &str) -> Result<Vec<String>> {
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let mut bytes = [0; RECOVERY];
        secret::fill(&mut bytes);
        codes.push(totp::base32(&bytes));
    }
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| hash_of(code)).collect();
    let (scope, id, code, hashes) = (&signed_in.scope, signed_in.person.id, plain(code), hashes.as_slice());
    let code = code.as_str();
    let confirmed = desk.store.write(|tx| {
        Box::pin(async move {
            let found = second_factor::lock(tx, scope.tenant, id).await?.filter(|found| !found.confirmed);
            let Some(found) = found else { return Ok(None) };
            let Some(step) = totp::step_of(&found.secret, code, tx.now()) else { return Ok(Some(false)) };
            second_factor::use_step(tx, scope.tenant, id, step).await?;
            second_factor::confirm(tx, scope.tenant, id, hashes).await?;
            audit::append(tx, scope, "person.totp_on", "user", &id.to_string(), &json!({})).await?;
            Ok(Some(true))
        })
    });
    match confirmed.await? {
        Some(true) => Ok(codes.iter().map(|code| spaced(code)).collect()),
        Some(false) => Err(DeskError::refused(
            "验证码不对；请确认手机时间准确，输入最新的 6 位数字",
            "the code is wrong; check that the device's clock is right and type the newest six digits",
        )),
        None => Err(DeskError::refused(
            "没有等待确认的两步验证，请重新开启",
            "there is nothing to confirm; begin to turn it on again",
        )),
    }
}

/// Turns one's own off.
///
/// # Errors
/// [`LoginError::Wrong`] for a wrong password.
pub async fn disable_totp(
    desk: &Desk,
    hasher: &Hasher,
    signed_in: &SignedIn,
    password: String,
    address: IpAddr,
) -> std::result::Result<(), LoginError> {
    account::prove(desk, hasher, signed_in, password, address).await?;
    take_off(desk, &signed_in.scope, signed_in.person.id).await?;
    Ok(())
}

/// Takes somebody's off, for a lost phone; his sessions stay.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may, [`DeskError::NotFound`] outside the team.
pub async fn remove_totp(desk: &Desk, scope: &Scope, id: UserId) -> Result<()> {
    allow(scope, Action::ManagePeople)?;
    take_off(desk, scope, id).await
}

async fn take_off(desk: &Desk, scope: &Scope, id: UserId) -> Result<()> {
    let taken = desk.store.write(|tx| {
        Box::pin(async move {
            user::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "user" })?;
            if second_factor::forget(tx, scope.tenant, id).await? {
                audit::append(tx, scope, "person.totp_off", "user", &id.to_string(), &json!({})).await?;
            }
            Ok(())
        })
    });
    Ok(taken.await?)
}

/// Looks at the code of somebody whose password was right.
pub(super) async fn check(desk: &Desk, user: &UserRecord, code: Option<&str>) -> Result<Checked> {
    let code = plain(code.unwrap_or_default());
    let code = code.as_str();
    let checked = desk.store.write(|tx| {
        Box::pin(async move {
            let found = second_factor::lock(tx, user.tenant, user.id).await?;
            let Some(found) = found.filter(|found| found.confirmed) else { return Ok(Checked::Good) };
            if code.is_empty() {
                return Ok(Checked::Needed);
            }
            if second_factor::take_code(tx, user.tenant, user.id, &hash_of(code)).await? {
                let id = user.id.to_string();
                audit::append(tx, &user.scope(), "person.recovery_code_used", "user", &id, &json!({}))
                    .await?;
                return Ok(Checked::Good);
            }
            by_clock(tx, user.tenant, user.id, &found.secret, code).await
        })
    });
    Ok(checked.await?)
}

async fn by_clock(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
    secret: &[u8],
    code: &str,
) -> std::result::Result<Checked, StoreError> {
    let (now, mark) = (tx.now(), hash_of(&format!("code\u{1f}{user}")));
    if login_try::recent_failures(tx, &mark, since(now)).await? >= CODES_PER_PERSON {
        return Ok(Checked::Braked);
    }
    let good = match totp::step_of(secret, code, now) {
        Some(step) => second_factor::use_step(tx, tenant, user, step).await?,
        None => false,
    };
    login_try::record(tx, &mark, now, good).await?;
    Ok(if good { Checked::Good } else { Checked::Wrong })
}

fn since(now: Timestamp) -> Timestamp {
    now - WINDOW
}

/// A code as it was made: people type blanks and dashes, and small letters.
fn plain(code: &str) -> String {
    let kept = code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    kept.map(|letter| letter.to_ascii_uppercase()).take(64).collect()
}

/// In fours, as people read it.
fn spaced(code: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        assert_eq!(spaced("ABCDEFGH234567YZ"), "ABCD-EFGH-2345-67YZ");
        assert_eq!(plain(" abcd-efgh 2345-67yz "), "ABCDEFGH234567YZ");
        assert_eq!(plain("123 456"), "123456");
        assert_eq!(plain(&"x".repeat(1000)).len(), 64);
    }
}
