//! Pages of orders.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::order::OrderState;
use pingxin_domain::rating::{OrderMeasure, OrderPart};
use pingxin_domain::{BuyerId, Platform, ProductId, Scope, ShopId};

use super::row::{order_joins, order_row_columns};
use super::{Order, with_lines};
use crate::around::Around;
use crate::page::{Count, Cursor, Page, page_limit};
use crate::sql::{Built, Value};
use crate::{Engine, StoreError, Tx, product, shop};

/// Which orders. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Of these shops.
    pub shops: Vec<ShopId>,
    /// On these platforms.
    pub platforms: Vec<Platform>,
    /// In these states.
    pub states: Vec<OrderState>,
    /// With one of these numbers, or a number that begins so.
    pub number: Option<NumberAsked>,
    /// With a line of this product.
    pub product: Option<ProductId>,
    /// Of this buyer.
    pub buyer: Option<BuyerId>,
    /// With or without a review.
    pub has_review: Option<bool>,
    /// Placed (else first seen on its way) at this instant or later.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
    /// What a part of a figure counts; the window of the figure is `from` and `to`.
    pub counted: Option<(OrderMeasure, OrderPart)>,
}

/// Order numbers to look for.
#[derive(Debug, Clone, Default)]
pub struct NumberAsked {
    /// Whole numbers.
    pub whole: Vec<String>,
    /// The beginning of one; of a beginning that very many share, the first 500 numbers are looked at.
    pub beginning: Option<String>,
}

/// Numbers of one beginning that are looked at.
pub const SHARED: u32 = 500;

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrderSort {
    /// The last placed first.
    #[default]
    Newest,
    /// The first placed first.
    Oldest,
}

impl OrderSort {
    fn name(self) -> u8 {
        match self {
            Self::Newest => 20,
            Self::Oldest => 21,
        }
    }
}

/// What has to be read before the statement can be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolved {
    /// The shops that are asked for, on the platforms that are.
    shops: Vec<ShopId>,
    /// The shop of the product, and what its lines say of it.
    product: Option<(ShopId, String)>,
}

/// How much of what a line says of its product the index knows.
const INDEXED: usize = 200;

impl OrderFilter {
    /// Whether an index finds all that can match, so that they are sorted; else the list is walked in its order.
    fn is_narrow(&self) -> bool {
        self.number.is_some() || self.buyer.is_some()
    }

    /// Whether the lines of a product, which carry shop and time of their order, decide alone.
    fn lines_decide(&self) -> bool {
        self.states.is_empty() && !self.is_narrow() && self.has_review.is_none() && self.counted.is_none()
    }

    /// Reads what the statement needs; none when nothing can match.
    pub(crate) async fn resolve(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
    ) -> Result<Option<Resolved>, StoreError> {
        let Some(shops) = shop::on_platforms(tx, scope, &self.shops, &self.platforms).await? else {
            return Ok(None);
        };
        let Some(product) = self.product else { return Ok(Some(Resolved { shops, product: None })) };
        let Some(product) = product::get(tx, scope, product).await? else { return Ok(None) };
        let identity = product::identity(product.key.as_deref(), product.title.as_deref());
        Ok(identity.map(|identity| Resolved { shops, product: Some((product.shop.id, identity)) }))
    }

    /// ` FROM … WHERE …`, and the names of id and time; none when nothing can match.
    fn push_from<'a>(
        &'a self,
        built: &mut Built<'a>,
        engine: Engine,
        scope: &'a Scope,
        resolved: &'a Resolved,
    ) -> Option<Names> {
        // The plus keeps SQLite walking the index of the order shown.
        let plus = if engine == Engine::Sqlite { " AND +" } else { " AND " };
        let names = match &resolved.product {
            Some((shop, identity)) => {
                if !resolved.shops.is_empty() && !resolved.shops.contains(shop) {
                    return None;
                }
                push_lines(built, engine, scope, *shop, identity, !self.lines_decide());
                OF_LINE
            }
            None => {
                match &self.number {
                    Some(number) => push_numbered(built, engine, scope, number),
                    None => {
                        built.push(" FROM orders o");
                    }
                }
                built.with(" WHERE o.tenant_id = ", scope.tenant);
                if !crate::review::push_shops(built, scope, &resolved.shops, "o.shop_id", engine) {
                    return None;
                }
                OF_ORDER
            }
        };
        match self.states.as_slice() {
            [] => {}
            [state] => {
                built.with(" AND o.state = ", state.code());
            }
            many => {
                let codes = Value::Texts(many.iter().map(|state| Cow::Borrowed(state.code())).collect());
                built.push(plus).with("o.state = ANY(", codes).push("::text[])");
            }
        }
        if let (Some(number), Some(_)) = (&self.number, &resolved.product) {
            built.push(" AND o.id IN (");
            push_numbers(built, scope, number);
            built.push(")");
        }
        if let Some(buyer) = self.buyer {
            built.with(" AND o.buyer_id = ", buyer);
        }
        if let Some(has_review) = self.has_review {
            built.push(" AND (SELECT 1 FROM reviews h WHERE h.tenant_id = o.tenant_id AND h.order_id = o.id LIMIT 1)");
            built.push(if has_review { " IS NOT NULL" } else { " IS NULL" });
        }
        if let Some(from) = self.from {
            built.push(" AND ").push(names.at).with(" >= ", from);
        }
        if let Some(to) = self.to {
            built.push(" AND ").push(names.at).with(" < ", to);
        }
        if let Some((measure, part)) = self.counted {
            crate::rating::push_part(built, measure, part);
        }
        Some(names)
    }
}

/// Under which names a statement has the id and the time of an order.
#[derive(Debug, Clone, Copy)]
struct Names {
    id: &'static str,
    at: &'static str,
}

const OF_ORDER: Names = Names { id: "o.id", at: "o.ordered_at" };
const OF_LINE: Names = Names { id: "l.order_id", at: "l.ordered_at" };

/// The lines of a product, with their orders where those are asked something.
fn push_lines<'a>(
    built: &mut Built<'a>,
    engine: Engine,
    scope: &'a Scope,
    shop: ShopId,
    identity: &'a str,
    with_orders: bool,
) {
    let sqlite = engine == Engine::Sqlite;
    built.push(" FROM order_lines l").push(if sqlite { " INDEXED BY order_lines_product" } else { "" });
    if with_orders {
        built.push(if sqlite { " CROSS JOIN " } else { " JOIN " });
        built.push("orders o ON o.tenant_id = l.tenant_id AND o.id = l.order_id");
    }
    let head: String = identity.chars().take(INDEXED).collect();
    built.with(" WHERE l.tenant_id = ", scope.tenant).with(" AND l.shop_id = ", shop);
    // The same words as in the index `order_lines_product`.
    built.push(" AND substr(coalesce('k:' || l.product_key, 't:' || l.title), 1, 200)").with(" = ", head);
    if identity.chars().count() >= INDEXED {
        built.push(" AND coalesce('k:' || l.product_key, 't:' || l.title)").with(" = ", identity);
    }
}

/// The orders of some numbers, looked up one by one.
fn push_numbered<'a>(built: &mut Built<'a>, engine: Engine, scope: &'a Scope, number: &'a NumberAsked) {
    built.push(" FROM (");
    push_numbers(built, scope, number);
    built.push(if engine == Engine::Sqlite { ") w CROSS JOIN " } else { ") w JOIN " });
    built.with("orders o ON o.tenant_id = ", scope.tenant).push(" AND o.id = w.id");
}

/// The ids of the orders of some numbers: `SELECT …`.
fn push_numbers<'a>(built: &mut Built<'a>, scope: &'a Scope, number: &'a NumberAsked) {
    let whole = Value::Texts(number.whole.iter().map(|whole| Cow::Borrowed(whole.as_str())).collect());
    built.with("SELECT n.id FROM orders n WHERE n.tenant_id = ", scope.tenant);
    built.with(" AND n.order_number = ANY(", whole).push("::text[])");
    if let Some(beginning) = &number.beginning {
        built
            .push(" UNION SELECT v.id FROM (SELECT v.id FROM orders v")
            .with(" WHERE v.tenant_id = ", scope.tenant);
        built.with(" AND v.order_number >= ", beginning.as_str());
        built.with(" AND v.order_number < ", format!("{beginning}\u{10ffff}"));
        built.push(" ORDER BY v.order_number").with(" LIMIT ", SHARED).push(") v");
    }
}

/// The statement of one page; `None` when nothing can match.
pub(crate) fn built_list<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a OrderFilter,
    resolved: &'a Resolved,
    sort: OrderSort,
    after: Option<Cursor>,
    limit: u32,
) -> Option<Built<'a>> {
    // What a row counts is counted for those that are shown, not for all that are sorted.
    let mut built = Built::new(concat!("SELECT ", order_row_columns!(), " FROM orders o", order_joins!()));
    built.with(" WHERE o.tenant_id = ", scope.tenant).push(" AND o.id IN (SELECT e.id FROM (SELECT ");
    let narrow = filter.is_narrow();
    // An order may have a product on several lines.
    built.push(match resolved.product {
        Some(_) => "DISTINCT l.order_id AS id, l.ordered_at AS at",
        None => "o.id AS id",
    });
    let names = filter.push_from(&mut built, engine, scope, resolved)?;
    if let Some(after) = after {
        built.push(" AND (").push(names.at).push(", ").push(names.id);
        built.push(if sort == OrderSort::Newest { ") < (" } else { ") > (" });
        built.value(after.first);
        built.with(", ", after.id).push(")");
    }
    // The sum keeps both engines from walking all orders where an index finds the few that match.
    built.push(match (resolved.product.is_some(), narrow, sort) {
        (true, _, OrderSort::Newest) => " ORDER BY l.ordered_at DESC, l.order_id DESC",
        (true, _, OrderSort::Oldest) => " ORDER BY l.ordered_at, l.order_id",
        (_, false, OrderSort::Newest) => " ORDER BY o.ordered_at DESC, o.id DESC",
        (_, false, OrderSort::Oldest) => " ORDER BY o.ordered_at, o.id",
        (_, true, OrderSort::Newest) => " ORDER BY o.ordered_at + 0 DESC, o.id DESC",
        (_, true, OrderSort::Oldest) => " ORDER BY o.ordered_at + 0, o.id",
    });
    built.with(" LIMIT ", limit).push(match sort {
        OrderSort::Newest => ") e) ORDER BY o.ordered_at + 0 DESC, o.id DESC",
        OrderSort::Oldest => ") e) ORDER BY o.ordered_at + 0, o.id",
    });
    Some(built)
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a OrderFilter,
    resolved: &'a Resolved,
) -> Option<Built<'a>> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT ");
    built.push(if resolved.product.is_some() { "DISTINCT l.ordered_at, l.order_id" } else { "1" });
    filter.push_from(&mut built, engine, scope, resolved)?;
    built.push(" LIMIT 1001) counted");
    Some(built)
}

/// One page, with the lines of each order.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &OrderFilter,
    sort: OrderSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Order>, StoreError> {
    let (limit, empty) = (page_limit(limit), Page { rows: Vec::new(), next: None });
    let after = Cursor::read(cursor, sort.name())?;
    let Some(resolved) = filter.resolve(tx, scope).await? else { return Ok(empty) };
    let Some(built) = built_list(tx.engine(), scope, filter, &resolved, sort, after, limit + 1) else {
        return Ok(empty);
    };
    let rows = tx.all_built("order::list", built).await?;
    let orders = with_lines(tx, scope, &rows).await?;
    Ok(Page::cut(orders, limit, |last| {
        let first = last.ordered_at.as_microsecond();
        Cursor { list: sort.name(), first, second: 0, id: last.id.uuid() }
    }))
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &OrderFilter) -> Result<Count, StoreError> {
    let Some(resolved) = filter.resolve(tx, scope).await? else { return Ok(Count::of(0)) };
    let Some(built) = built_count(tx.engine(), scope, filter, &resolved) else { return Ok(Count::of(0)) };
    tx.count_built("order::count", built).await
}

/// The newest orders around something, with their lines, at most so many.
///
/// # Errors
/// The database's error.
pub async fn around(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Around<'_>,
    most: u32,
) -> Result<Vec<Order>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.all_built("order::around", built_around(scope, of, most)).await?;
    with_lines(tx, scope, &rows).await
}

/// The statement of [`around`].
pub(crate) fn built_around<'a>(scope: &'a Scope, of: Around<'_>, most: u32) -> Built<'a> {
    let mut built = Built::new(concat!("SELECT ", order_row_columns!(), " FROM orders o", order_joins!()));
    of.push_orders(&mut built, scope);
    built.push(" ORDER BY o.ordered_at + 0 DESC, o.id DESC").with(" LIMIT ", most);
    built
}

/// Filters that between them use every condition, for the test that prepares all statements.
pub(crate) fn sample_filters() -> Vec<(OrderFilter, Resolved)> {
    let nil = uuid::Uuid::nil();
    let shop = ShopId::from_uuid(nil);
    let all = OrderFilter {
        shops: vec![shop, shop],
        platforms: vec![Platform::Taobao],
        states: vec![OrderState::Shipped, OrderState::Closed],
        number: Some(NumberAsked { whole: vec!["1".into()], beginning: Some("1234".into()) }),
        product: Some(ProductId::from_uuid(nil)),
        buyer: Some(BuyerId::from_uuid(nil)),
        has_review: Some(true),
        from: Some(Timestamp::UNIX_EPOCH),
        to: Some(Timestamp::UNIX_EPOCH),
        counted: Some((OrderMeasure::ValidTracking, OrderPart::Unknown)),
    };
    let parts =
        OrderPart::ALL.iter().flat_map(|part| OrderMeasure::ALL.iter().map(|measure| (*measure, *part)));
    let parts = parts.map(|counted| OrderFilter { counted: Some(counted), ..OrderFilter::default() });
    let few =
        OrderFilter { states: vec![OrderState::Shipped], has_review: Some(false), ..OrderFilter::default() };
    let resolved = Resolved { shops: vec![shop, shop], product: Some((shop, "k:1".into())) };
    let of_product = Resolved { shops: Vec::new(), product: Some((shop, "k:1".into())) };
    let mut samples = vec![
        (OrderFilter::default(), Resolved::default()),
        (OrderFilter::default(), of_product),
        (all, resolved),
        (few, Resolved { shops: vec![shop], product: None }),
    ];
    samples.extend(parts.map(|filter| (filter, Resolved::default())));
    samples
}
