//! Where somebody is signed in, and ending it.

use pingxin_domain::{Action, Scope, SessionId, UserId};
use pingxin_store::reference::UserRef;
use pingxin_store::session::{self, SessionRecord};
use pingxin_store::{StoreError, audit, user};
use serde_json::json;

use super::session::{IDLE_END, SignedIn};
use crate::{Desk, DeskError, Result, allow};

/// A session with whose it is.
#[derive(Debug, Clone)]
pub struct SessionOf {
    /// The session.
    pub session: SessionRecord,
    /// Whose.
    pub person: UserRef,
}

/// One's own valid sessions, or with [`Action::ManagePeople`] a colleague's; the one used last first.
///
/// # Errors
/// [`DeskError::Forbidden`] for a colleague's; [`DeskError::NotFound`] for somebody who is not in the team.
pub async fn list_sessions(
    desk: &Desk,
    scope: &Scope,
    own: UserId,
    of: Option<UserId>,
) -> Result<Vec<SessionOf>> {
    let of = of.unwrap_or(own);
    if of != own {
        allow(scope, Action::ManagePeople)?;
    }
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let user = user::find(tx, scope, of).await?.ok_or(StoreError::NotFound { what: "user" })?;
            let sessions = session::of(tx, scope, of, now, now - IDLE_END).await?;
            Ok((UserRef { id: user.id, name: user.display_name }, sessions))
        })
    });
    let (person, sessions) = found.await?;
    Ok(sessions.into_iter().map(|session| SessionOf { session, person: person.clone() }).collect())
}

/// Ends one of one's own sessions, or with [`Action::ManagePeople`] a colleague's.
///
/// # Errors
/// [`DeskError::NotFound`] for any other, so that nobody learns which there are.
pub async fn end_session(desk: &Desk, signed_in: &SignedIn, id: SessionId) -> Result<()> {
    let (scope, own) = (&signed_in.scope, signed_in.person.id);
    let ended = desk.store.write(|tx| {
        Box::pin(async move {
            let of = session::user_of(tx, scope, id).await?;
            let of = of.filter(|of| *of == own || scope.may(Action::ManagePeople));
            let of = of.ok_or(StoreError::NotFound { what: "session" })?;
            let now = tx.now();
            session::revoke(tx, scope, id, now).await?;
            let detail = json!({ "user": of });
            audit::append(tx, scope, "session.ended", "session", &id.to_string(), &detail).await
        })
    });
    Ok(ended.await?)
}

/// Ends all of one's own sessions but this one; says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn end_other_sessions(desk: &Desk, signed_in: &SignedIn) -> Result<u64> {
    let (scope, own, this) = (&signed_in.scope, signed_in.person.id, signed_in.session.id);
    let ended = desk.store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let ended = session::revoke_others(tx, scope, own, this, now).await?;
            if ended > 0 {
                let detail = json!({ "sessions_ended": ended });
                audit::append(tx, scope, "session.others_ended", "user", &own.to_string(), &detail).await?;
            }
            Ok(ended)
        })
    });
    ended.await.map_err(DeskError::from)
}
