//! One's own password and second factor.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::people::{self, LoginError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, SignedOut, TooManyTries};
use super::session::Caller;
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::OwnSession;

/// The password of whoever asks, once more.
#[derive(Deserialize, ToSchema)]
pub struct PasswordProof {
    password: String,
}

/// What to put into an authenticator app.
#[derive(Serialize, ToSchema)]
pub struct TotpSecret {
    /// As a person types it, in base32.
    secret: String,
    /// As an app reads it, `otpauth://…`.
    uri: String,
}

/// A wrong password of somebody who is signed in is a field at fault; he stays signed in.
fn of_password(field: &'static str) -> impl Fn(LoginError) -> Problem {
    move |error| match error {
        LoginError::Wrong => Problem::invalid(field, "密码不对", "this is not your password"),
        other => other.into(),
    }
}

/// Begins to turn the second factor on; nothing is asked for before it is confirmed.
#[utoipa::path(post, path = "/api/v1/me/totp", tag = "session", request_body = PasswordProof,
    responses((status = 200, body = TotpSecret), BadRequest, SignedOut, Forbidden, Conflict, Invalid, TooManyTries))]
pub async fn begin_totp(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    caller: Caller,
    Body(proof): Body<PasswordProof>,
) -> Result<Json<TotpSecret>, Problem> {
    let begun = people::begin_totp(&app.desk, &app.hasher, &session, proof.password, caller.address);
    let new = begun.await.map_err(of_password("password"))?;
    Ok(Json(TotpSecret { secret: new.secret, uri: new.uri }))
}

/// A code of six digits.
#[derive(Deserialize, ToSchema)]
pub struct TotpCode {
    code: String,
}

/// Codes that let one in without the app, each once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Shown this once.
    recovery_codes: Vec<String>,
}

/// Turns the second factor on with a code of the app.
#[utoipa::path(post, path = "/api/v1/me/totp/confirm", tag = "session", request_body = TotpCode,
    responses((status = 200, body = RecoveryCodes), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn confirm_totp(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    Body(code): Body<TotpCode>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let confirmed = people::confirm_totp(&app.desk, &session, &code.code).await;
    let recovery_codes = confirmed.map_err(Problem::of_field("code"))?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}

/// Turns the second factor off.
#[utoipa::path(post, path = "/api/v1/me/totp/disable", tag = "session", request_body = PasswordProof,
    responses((status = 204, description = "Off"), BadRequest, SignedOut, Forbidden, Invalid, TooManyTries))]
pub async fn disable_totp(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    caller: Caller,
    Body(proof): Body<PasswordProof>,
) -> Result<StatusCode, Problem> {
    let off = people::disable_totp(&app.desk, &app.hasher, &session, proof.password, caller.address);
    off.await.map_err(of_password("password"))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new password.
#[derive(Deserialize, ToSchema)]
pub struct ChangePassword {
    old: String,
    /// At least eight characters, and not the login.
    new: String,
}

/// Changes one's own password; one's other sessions end.
#[utoipa::path(put, path = "/api/v1/me/password", tag = "session", request_body = ChangePassword,
    responses((status = 204, description = "Changed"), BadRequest, SignedOut, Forbidden, Invalid, TooManyTries))]
pub async fn change_password(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    caller: Caller,
    Body(change): Body<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let (desk, hasher) = (&app.desk, &app.hasher);
    let changed =
        people::change_password(desk, hasher, &session, change.old, change.new, caller.address).await;
    changed.map_err(|error| match error {
        LoginError::Desk(error) => Problem::of_field("new")(error),
        other => of_password("old")(other),
    })?;
    Ok(StatusCode::NO_CONTENT)
}
