//! One's own password, and showing that one knows it.

use std::net::IpAddr;

use pingxin_store::{audit, password_link, session, user};
use serde_json::json;

use super::password::{Hasher, check_password};
use super::session::{LoginError, SignedIn, know};
use crate::{Desk, DeskError};

/// Lets go on whoever knows the password of the account he is signed in with: whoever found an open screen may not
/// change how it is entered. Guesses are slowed down like those of a sign-in.
///
/// # Errors
/// [`LoginError::Wrong`] or [`LoginError::TooManyTries`].
pub(super) async fn prove(
    desk: &Desk,
    hasher: &Hasher,
    signed_in: &SignedIn,
    password: String,
    address: IpAddr,
) -> std::result::Result<(), LoginError> {
    know(desk, hasher, &signed_in.person.login, password, address).await?.right(desk).await?;
    Ok(())
}

/// Sets one's own password and ends one's other sessions.
///
/// # Errors
/// [`LoginError::Wrong`] for a wrong old one, [`DeskError::Refused`] for a new one that is no good.
pub async fn change_password(
    desk: &Desk,
    hasher: &Hasher,
    signed_in: &SignedIn,
    old: String,
    new: String,
    address: IpAddr,
) -> std::result::Result<(), LoginError> {
    check_password(&signed_in.person.login, &new).map_err(DeskError::Refused)?;
    prove(desk, hasher, signed_in, old, address).await?;
    let hash = hasher.hash(new).await?;
    let (scope, id, own, hash) = (&signed_in.scope, signed_in.person.id, signed_in.session.id, hash.as_str());
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            user::set_password(tx, scope, id, hash).await?;
            password_link::forget(tx, scope, id).await?;
            let ended = session::revoke_others(tx, scope, id, own, now).await?;
            let detail = json!({ "sessions_ended": ended });
            audit::append(tx, scope, "person.password_changed", "user", &id.to_string(), &detail).await
        })
    });
    changed.await.map_err(DeskError::from)?;
    Ok(())
}
