//! What runs here.

use axum::Json;
use axum::extract::State;
use pingxin_desk::about;
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Forbidden, SignedOut};
use super::word;
use crate::http::App;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What runs here.
#[derive(Debug, Serialize, ToSchema)]
pub struct About {
    /// Version of the program.
    version: &'static str,
    /// Its licence.
    license: &'static str,
    #[schema(value_type = word::Engine)]
    engine: &'static str,
    /// Version of the database's tables.
    schema: i64,
    /// Name of the model that reads texts.
    model: String,
    /// Years whose public holidays are known.
    calendar_years: Vec<i16>,
}

/// What runs here: versions, the database, the model.
#[utoipa::path(get, path = "/api/v1/about", tag = "service",
    responses((status = 200, body = About), SignedOut, Forbidden))]
pub async fn get_about(State(app): State<App>, Session(session): Session) -> Result<Json<About>, Problem> {
    let about = about::read(&app.desk, &session.scope)?;
    Ok(Json(About {
        version: env!("CARGO_PKG_VERSION"),
        license: "Apache-2.0",
        engine: about.engine,
        schema: about.schema,
        model: about.model,
        calendar_years: about.calendar_years,
    }))
}
