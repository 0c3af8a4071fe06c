//! One box that finds reviews, cases, orders, buyers and products.

use axum::Json;
use axum::extract::State;
use pingxin_desk::search;
use pingxin_domain::list::List;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::buyer::BuyerRow;
use super::case::CaseRow;
use super::order::OrderRow;
use super::product::ProductRow;
use super::refusal::{BadRequest, Forbidden, SignedOut};
use super::review::ReviewRow;
use super::word;
use crate::http::App;
use crate::http::body::Asked;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What to find.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SearchAsked {
    /// An order number (whole or its beginning), a case number (`#12`), a nick, or words; as it was typed or pasted.
    q: String,
    /// Kinds to find, also between commas; all unless given.
    #[param(value_type = Vec<word::SearchKind>)]
    kinds: Vec<String>,
}

impl SearchAsked {
    fn kinds(&self) -> Result<Vec<List>, Problem> {
        let named: Vec<&str> = self
            .kinds
            .iter()
            .flat_map(|list| list.split(','))
            .map(str::trim)
            .filter(|kind| !kind.is_empty())
            .collect();
        if named.is_empty() {
            return Ok(List::ALL.to_vec());
        }
        let unknown = || {
            Problem::bad_request(
                "kinds 应为 reviews、cases、orders、buyers 或 products",
                "`kinds` must be reviews, cases, orders, buyers or products",
            )
        };
        named.into_iter().map(|kind| List::from_code(kind).ok_or_else(unknown)).collect()
    }
}

/// What was found: eight of a kind at most, the likeliest first; kinds that were not asked for are empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    reviews: Vec<ReviewRow>,
    cases: Vec<CaseRow>,
    orders: Vec<OrderRow>,
    buyers: Vec<BuyerRow>,
    products: Vec<ProductRow>,
}

impl From<search::Found> for Found {
    fn from(found: search::Found) -> Self {
        Self {
            reviews: found.reviews.into_iter().map(ReviewRow::from).collect(),
            cases: found.cases.into_iter().map(CaseRow::from).collect(),
            orders: found.orders.into_iter().map(OrderRow::from).collect(),
            buyers: found.buyers.into_iter().map(BuyerRow::from).collect(),
            products: found.products.into_iter().map(ProductRow::from).collect(),
        }
    }
}

/// Reviews, cases, orders, buyers and products by number, nick or words.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchAsked),
    responses((status = 200, body = Found), BadRequest, SignedOut, Forbidden))]
pub async fn search(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<SearchAsked>,
) -> Result<Json<Found>, Problem> {
    let kinds = asked.kinds()?;
    Ok(Json(search::find(&app.desk, &session.scope, &asked.q, &kinds).await?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_between_commas_or_in_keys_of_their_own() {
        let kinds = |kinds: &[&str]| {
            let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            SearchAsked { q: String::new(), kinds }.kinds().ok()
        };
        assert_eq!(kinds(&[]), Some(List::ALL.to_vec()));
        assert_eq!(kinds(&["cases,orders", "reviews"]), Some(vec![List::Cases, List::Orders, List::Reviews]));
        assert_eq!(kinds(&["people"]), None);
    }
}
