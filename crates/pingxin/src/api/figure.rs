//! Figures that a platform shows and no file holds, typed by a person.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use pingxin_desk::figures::{self, TypedFigure};
use pingxin_domain::figure::FigureUnit;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{RecordId, ShopId};
use pingxin_store::record;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::PageAsked;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A figure of one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    id: Uuid,
    shop: ShopRef,
    /// A known code such as `experience_score`, or the name as it was typed.
    name: String,
    value: String,
    #[schema(value_type = Option<word::FigureUnit>, required = true)]
    unit: Option<FigureUnit>,
    /// The first instant of the day, in the shop's zone.
    at: Timestamp,
    /// Null for one of a file.
    #[schema(required = true)]
    typed_by: Option<String>,
}

impl From<record::Figure> for Figure {
    fn from(figure: record::Figure) -> Self {
        Self {
            id: figure.id.uuid(),
            shop: figure.shop.into(),
            name: figure.name,
            value: figure.value.to_string(),
            unit: figure.unit,
            at: figure.at,
            typed_by: figure.typed_by.map(|user| user.name),
        }
    }
}

/// A page of figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureList {
    figures: Vec<Figure>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// A figure to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewFigure {
    #[schema(value_type = Uuid)]
    shop_id: ShopId,
    name: String,
    /// `4.86`, `98.5%`.
    value: String,
    #[schema(value_type = Option<word::FigureUnit>)]
    unit: Option<FigureUnit>,
    /// The day it was shown.
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// Its id.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureCreated {
    id: Uuid,
}

/// Of which shop.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct FiguresAsked {
    /// All shops unless given.
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
}

/// Figures, newest first.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figure", params(FiguresAsked, PageAsked),
    responses((status = 200, body = FigureList), BadRequest, SignedOut, Forbidden))]
pub async fn list_figures(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<FiguresAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<FigureList>, Problem> {
    let found = figures::list(&app.desk, &session.scope, asked.shop, page.cursor(), page.limit()?).await?;
    Ok(Json(FigureList {
        figures: found.rows.into_iter().map(Figure::from).collect(),
        next_cursor: found.next,
    }))
}

/// Keeps a figure; one of the same name, shop and day is written over.
#[utoipa::path(post, path = "/api/v1/figures", tag = "figure", request_body = NewFigure,
    responses((status = 201, body = FigureCreated), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn create_figure(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewFigure>,
) -> Result<(StatusCode, Json<FigureCreated>), Problem> {
    let typed =
        TypedFigure { shop: new.shop_id, name: new.name, value: new.value, unit: new.unit, date: new.date };
    let id = figures::create(&app.desk, &session.scope, typed).await?;
    Ok((StatusCode::CREATED, Json(FigureCreated { id: id.uuid() })))
}

/// Takes a figure away.
#[utoipa::path(delete, path = "/api/v1/figures/{id}", tag = "figure", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_figure(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RecordId>,
) -> Result<StatusCode, Problem> {
    figures::delete(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
