//! Saved views of lists, each with its count.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::views::{self, ViewWrite};
use pingxin_desk::{buyers, orders, products};
use pingxin_domain::ViewId;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::List;
use pingxin_store::buyer::{BuyerFilter, BuyerSort};
use pingxin_store::order::{OrderFilter, OrderSort};
use pingxin_store::product::{ProductFilter, ProductSort};
use pingxin_store::review::ReviewFilter;
use pingxin_store::view::View as StoreView;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::buyer::BuyersAsked;
use super::case::Person;
use super::filter;
use super::order::OrdersAsked;
use super::page::Count;
use super::product::ProductsAsked;
use super::refusal::{BadRequest, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::{Asking, Session};

/// Of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ViewsAsked {
    /// `reviews` unless given.
    #[param(value_type = Option<word::ListName>)]
    list: List,
}

impl Default for ViewsAsked {
    fn default() -> Self {
        Self { list: List::Reviews }
    }
}

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
pub struct View {
    id: Uuid,
    name: String,
    #[schema(value_type = word::ListName)]
    list: List,
    /// The filter and the order, as they stand in an address after `?`.
    query: String,
    /// The columns shown, in order; none is the usual ones.
    columns: Vec<String>,
    /// Whether the whole team sees it.
    shared: bool,
    /// Whether it is the caller's own.
    mine: bool,
    owner: Person,
    /// What it shows the caller; null when its filter cannot be read any more.
    #[schema(required = true)]
    count: Option<Count>,
}

/// One's own views of a list and the shared ones, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewList {
    views: Vec<View>,
}

/// A view to save.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewView {
    /// 1 to 40 characters.
    name: String,
    #[schema(value_type = word::ListName)]
    list: List,
    query: String,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    shared: bool,
}

/// What changes of a view; a field that is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ViewChange {
    name: Option<String>,
    query: Option<String>,
    columns: Option<Vec<String>>,
    shared: Option<bool>,
}

/// What a view asks of its list.
enum Wanted {
    Reviews(ReviewFilter),
    Cases(ReviewFilter),
    Orders(OrderFilter),
    Buyers(BuyerFilter),
    Products(ProductFilter),
}

/// The filter of a view must be one that its list can read.
fn wanted(app: &App, query: &str, list: List, session: &Asking) -> Result<Wanted, Problem> {
    let now = app.desk.store.clock().now();
    Ok(match list {
        List::Reviews => Wanted::Reviews(filter::of_query(query, list, session, now)?),
        List::Cases => Wanted::Cases(filter::of_query(query, list, session, now)?),
        List::Orders => Wanted::Orders(filter::read::<OrdersAsked>(query)?.into()),
        List::Buyers => Wanted::Buyers(filter::read::<BuyersAsked>(query)?.into()),
        List::Products => Wanted::Products(filter::read::<ProductsAsked>(query)?.into()),
    })
}

async fn count(app: &App, session: &Asking, wanted: &Wanted) -> Result<Count, Problem> {
    let (desk, scope) = (&app.desk, &session.scope);
    let counted = match wanted {
        Wanted::Reviews(filter) => views::count(desk, scope, List::Reviews, filter).await?,
        Wanted::Cases(filter) => views::count(desk, scope, List::Cases, filter).await?,
        Wanted::Orders(filter) => orders::list(desk, scope, filter, OrderSort::default(), None, 1).await?.1,
        Wanted::Buyers(filter) => buyers::list(desk, scope, filter, BuyerSort::default(), None, 1).await?.1,
        Wanted::Products(filter) => {
            products::list(desk, scope, filter, ProductSort::default(), None, 1).await?.1
        }
    };
    Ok(counted.into())
}

async fn counted(app: &App, session: &Asking, view: StoreView) -> Result<View, Problem> {
    let count = match wanted(app, &view.query, view.list, session) {
        Ok(wanted) => Some(count(app, session, &wanted).await?),
        // Saved by an older program, or naming what is no more; it can still be opened and mended.
        Err(_) => None,
    };
    Ok(View {
        id: view.id.uuid(),
        name: view.name,
        list: view.list,
        query: view.query,
        columns: view.columns,
        shared: view.shared,
        mine: view.owner.id == session.person.id,
        owner: view.owner.into(),
        count,
    })
}

/// One's own views of a list and the shared ones, each with what it shows the caller.
#[utoipa::path(get, path = "/api/v1/views", tag = "view", params(ViewsAsked),
    responses((status = 200, body = ViewList), BadRequest, SignedOut, Forbidden))]
pub async fn list_views(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ViewsAsked>,
) -> Result<Json<ViewList>, Problem> {
    let mut shown = Vec::new();
    for view in views::list(&app.desk, &session.scope, asked.list).await? {
        shown.push(counted(&app, &session, view).await?);
    }
    Ok(Json(ViewList { views: shown }))
}

/// Saves a view.
#[utoipa::path(post, path = "/api/v1/views", tag = "view", request_body = NewView,
    responses((status = 201, body = View), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn create_view(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewView>,
) -> Result<(StatusCode, Json<View>), Problem> {
    wanted(&app, &new.query, new.list, &session)?;
    let write = ViewWrite {
        name: Some(new.name),
        query: Some(new.query),
        columns: Some(new.columns),
        shared: Some(new.shared),
    };
    let view = views::create(&app.desk, &session.scope, new.list, write).await;
    let view = view.map_err(Problem::of_field("name"))?;
    Ok((StatusCode::CREATED, Json(counted(&app, &session, view).await?)))
}

/// Changes a view.
#[utoipa::path(patch, path = "/api/v1/views/{id}", tag = "view", params(("id" = Uuid, Path)), request_body = ViewChange,
    responses((status = 200, body = View), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn update_view(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ViewId>,
    Body(new): Body<ViewChange>,
) -> Result<Json<View>, Problem> {
    let list = views::list_of(&app.desk, &session.scope, id).await?;
    if let Some(query) = &new.query {
        wanted(&app, query, list, &session)?;
    }
    let write = ViewWrite { name: new.name, query: new.query, columns: new.columns, shared: new.shared };
    let view = views::change(&app.desk, &session.scope, id, write).await;
    let view = view.map_err(Problem::of_field("name"))?;
    Ok(Json(counted(&app, &session, view).await?))
}

/// Deletes a view.
#[utoipa::path(delete, path = "/api/v1/views/{id}", tag = "view", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_view(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ViewId>,
) -> Result<StatusCode, Problem> {
    views::delete(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
