//! One box that finds reviews, cases, orders, buyers and products: by order number, case number, nick or words, as they
//! are typed or pasted.

use pingxin_domain::list::List;
use pingxin_domain::pasted::{self, Pasted};
use pingxin_domain::{Action, BuyerId, Scope};
use pingxin_store::buyer::{self, BuyerRow};
use pingxin_store::case::{self, CaseRow};
use pingxin_store::order::{self, NumberAsked, Order, OrderFilter, OrderSort};
use pingxin_store::product::{self, Product, ProductFilter, ProductSort};
use pingxin_store::review::{self, ReviewFilter, ReviewRow, Sort};
use pingxin_store::{Around, StoreError, Tx};

use crate::buyers::mask_buyer;
use crate::cases;
use crate::desk::{Desk, allow};
use crate::error::Result;
use crate::orders::mask_order;
use crate::reviews::mask_row;

/// What is found of each kind at most.
pub const MOST: usize = 8;
const LIMIT: u32 = MOST as u32;

/// What was found, the likeliest of each kind first. Buyers are masked.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Reviews.
    pub reviews: Vec<ReviewRow>,
    /// Cases.
    pub cases: Vec<CaseRow>,
    /// Orders.
    pub orders: Vec<Order>,
    /// Buyers.
    pub buyers: Vec<BuyerRow>,
    /// Products.
    pub products: Vec<Product>,
}

/// Finds things of some kinds by what was typed or pasted; blank text finds nothing.
///
/// # Errors
/// [`DeskError::Forbidden`](crate::DeskError::Forbidden), or the database's.
pub async fn find(desk: &Desk, scope: &Scope, typed: &str, kinds: &[List]) -> Result<Found> {
    allow(scope, Action::ReadReviews)?;
    allow(scope, Action::ReadCases)?;
    let pasted = pasted::read(typed);
    if pasted == Pasted::default() {
        return Ok(Found::default());
    }
    let pasted = &pasted;
    let mut found = desk
        .store
        .read(|tx| {
            Box::pin(async move { Search::begin(tx, scope, pasted).await?.run(tx, scope, kinds).await })
        })
        .await?;
    found.reviews.iter_mut().for_each(mask_row);
    found.cases.iter_mut().for_each(cases::mask);
    found.orders.iter_mut().for_each(mask_order);
    found.buyers.iter_mut().for_each(mask_buyer);
    Ok(found)
}

/// What every kind needs to know.
struct Search<'a> {
    pasted: &'a Pasted,
    numbers: Vec<&'a str>,
    /// Orders of the numbers.
    orders: Vec<Order>,
    /// Buyers of the nicks.
    buyers: Vec<BuyerId>,
}

impl<'a> Search<'a> {
    async fn begin(
        tx: &mut Tx<'_>,
        scope: &Scope,
        pasted: &'a Pasted,
    ) -> std::result::Result<Self, StoreError> {
        let numbers: Vec<&str> = pasted.numbers.iter().map(String::as_str).collect();
        let orders = order::around(tx, scope, Around::Numbers(&numbers), LIMIT).await?;
        let buyers = buyer::find_by_nicks(tx, scope, &pasted.nicks, LIMIT).await?;
        Ok(Self { pasted, numbers, orders, buyers })
    }

    async fn run(
        self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        kinds: &[List],
    ) -> std::result::Result<Found, StoreError> {
        let mut found = Found::default();
        for kind in List::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            match kind {
                List::Reviews => found.reviews = self.reviews(tx, scope).await?,
                List::Cases => found.cases = self.cases(tx, scope).await?,
                List::Orders => found.orders = self.orders(tx, scope).await?,
                List::Buyers => found.buyers = self.buyers(tx, scope).await?,
                List::Products => found.products = self.products(tx, scope).await?,
            }
        }
        Ok(found)
    }

    async fn reviews(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
    ) -> std::result::Result<Vec<ReviewRow>, StoreError> {
        let mut rows = review::around(tx, scope, Around::Numbers(&self.numbers), LIMIT).await?;
        if rows.is_empty() {
            rows = review::around(tx, scope, Around::Buyers(&self.buyers), LIMIT).await?;
            let filter = ReviewFilter { query: self.words(), ..ReviewFilter::default() };
            if filter.query.is_some() {
                let page = review::list(tx, scope, &filter, Sort::Newest, None, LIMIT).await?;
                add(&mut rows, page.rows, |row| row.id);
            }
        }
        Ok(rows)
    }

    async fn cases(&self, tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Vec<CaseRow>, StoreError> {
        let mut rows = Vec::new();
        if let Some(number) = self.pasted.case_number {
            rows.extend(case::by_number(tx, scope, number).await?);
        }
        add(&mut rows, case::around(tx, scope, Around::Numbers(&self.numbers), LIMIT).await?, |row| row.id);
        add(&mut rows, case::around(tx, scope, Around::Buyers(&self.buyers), LIMIT).await?, |row| row.id);
        // The review of an order that was found need not have a case, and need not be looked for by words.
        let by_number = !rows.is_empty() && self.buyers.is_empty() || !self.orders.is_empty();
        if let (false, Some(words)) = (by_number, self.words()) {
            add(&mut rows, case::by_words(tx, scope, &words, LIMIT).await?, |row| row.id);
        }
        Ok(rows)
    }

    async fn orders(&self, tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Vec<Order>, StoreError> {
        let mut rows = self.orders.clone();
        if let Some(beginning) = &self.pasted.beginning {
            let number = NumberAsked { whole: Vec::new(), beginning: Some(beginning.clone()) };
            let filter = OrderFilter { number: Some(number), ..OrderFilter::default() };
            let page = order::list(tx, scope, &filter, OrderSort::Newest, None, LIMIT).await?;
            add(&mut rows, page.rows, |row| row.id);
        }
        add(&mut rows, order::around(tx, scope, Around::Buyers(&self.buyers), LIMIT).await?, |row| row.id);
        Ok(rows)
    }

    async fn buyers(&self, tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Vec<BuyerRow>, StoreError> {
        let mut ids: Vec<BuyerId> = self.buyers.clone();
        add(&mut ids, self.orders.iter().filter_map(|order| order.buyer).collect(), |id| *id);
        buyer::rows(tx, scope, &ids).await
    }

    async fn products(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
    ) -> std::result::Result<Vec<Product>, StoreError> {
        let filter = ProductFilter { query: self.words(), ..ProductFilter::default() };
        if filter.query.is_none() {
            return Ok(Vec::new());
        }
        Ok(product::list(tx, scope, &filter, ProductSort::Reviews, None, LIMIT).await?.rows)
    }

    fn words(&self) -> Option<String> {
        Some(self.pasted.words.clone()).filter(|words| !words.trim().is_empty())
    }
}

/// Adds what is not there yet, up to [`MOST`].
fn add<T, I: PartialEq>(rows: &mut Vec<T>, more: Vec<T>, id: impl Fn(&T) -> I) {
    for row in more {
        if rows.len() < MOST && !rows.iter().any(|known| id(known) == id(&row)) {
            rows.push(row);
        }
    }
}
