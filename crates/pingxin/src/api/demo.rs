//! The demo, away with one click.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use pingxin_desk::demo;
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Conflict, Forbidden, SignedOut};
use crate::http::App;
use crate::http::problem::Problem;
use crate::http::session::{Session, without_cookie};

/// The demo is gone; this is where to begin in earnest.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoWiped {
    /// The page for the first owner, with a token that is good once and for a day.
    setup_url: String,
}

/// Wipes the demo with everything in it; nobody is signed in afterwards.
#[utoipa::path(delete, path = "/api/v1/demo", tag = "demo",
    responses((status = 200, body = DemoWiped), SignedOut, Forbidden, Conflict))]
pub async fn wipe_demo(State(app): State<App>, Session(session): Session) -> Result<Response, Problem> {
    let token = demo::wipe(&app.desk, &session.scope).await?;
    let setup_url = format!("/setup?token={}", token.as_str());
    Ok(without_cookie(Json(DemoWiped { setup_url })))
}
