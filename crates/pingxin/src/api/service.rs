//! Whether the server is there at all.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The server is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`
    status: &'static str,
    /// Version of the program.
    version: &'static str,
}

/// Whether the server is there; asks nothing of the database.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, body = Health)))]
pub async fn health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
