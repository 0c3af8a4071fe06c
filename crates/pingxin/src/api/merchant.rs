//! The merchant himself.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::people;
use pingxin_domain::identifiers::Identifier;
use pingxin_store::tenant::Tenant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Forbidden, Invalid, SignedOut};
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// The merchant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Merchant {
    id: Uuid,
    name: String,
    /// Whether it is the demo.
    demo: bool,
    /// Whether one person may confirm himself what needs a second pair of eyes; each time is noted.
    solo: bool,
    created_at: Timestamp,
}

impl From<Tenant> for Merchant {
    fn from(tenant: Tenant) -> Self {
        Self {
            id: tenant.id.uuid(),
            name: tenant.name,
            demo: tenant.demo,
            solo: tenant.solo,
            created_at: tenant.created_at,
        }
    }
}

/// What is to be different about the merchant; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpdateMerchant {
    name: Option<String>,
    /// Whether one person may confirm himself what needs a second pair of eyes.
    solo: Option<bool>,
}

/// The merchant.
#[utoipa::path(get, path = "/api/v1/merchant", tag = "merchant",
    responses((status = 200, body = Merchant), SignedOut, Forbidden))]
pub async fn get_merchant(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<Merchant>, Problem> {
    Ok(Json(people::merchant(&app.desk, &session.scope).await?.into()))
}

/// Gives the merchant another name, or turns solo mode on or off.
#[utoipa::path(patch, path = "/api/v1/merchant", tag = "merchant", request_body = UpdateMerchant,
    responses((status = 200, body = Merchant), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn update_merchant(
    State(app): State<App>,
    Session(session): Session,
    Body(update): Body<UpdateMerchant>,
) -> Result<Json<Merchant>, Problem> {
    let changed = people::change_merchant(&app.desk, &session.scope, update.name.as_deref(), update.solo);
    Ok(Json(changed.await.map_err(Problem::of_field("name"))?.into()))
}
