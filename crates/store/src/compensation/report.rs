//! What compensations cost, and where money leaks: claimants who come again and again, orders that were paid twice.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BuyerId, Currency, Money, Month, Scope, ShopId};

use super::read_month;
use crate::review::read_nick;
use crate::sql::Built;
use crate::{StoreError, Tx, shop};

/// Over which months, both included, and which shop.
#[derive(Debug, Clone, Copy)]
pub struct Over {
    /// From.
    pub from: Month,
    /// To, included.
    pub to: Month,
    /// Only this shop.
    pub shop: Option<ShopId>,
}

/// By what costs are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Shop, by id and name.
    Shop,
    /// Month.
    Month,
    /// Who asked.
    Agent,
    /// What was complained of.
    Cause,
}

impl By {
    /// Every one there is.
    pub const ALL: [Self; 4] = [Self::Shop, Self::Month, Self::Agent, Self::Cause];

    /// Key and name that rows are grouped by, as text on both engines.
    fn columns(self) -> &'static str {
        match self {
            Self::Shop => "s.name, s.name",
            Self::Month => "CAST(c.month AS TEXT), CAST(c.month AS TEXT)",
            Self::Agent => "coalesce(u.login, ''), coalesce(u.display_name, '')",
            Self::Cause => "coalesce(c.cause, ''), coalesce(c.cause, '')",
        }
    }
}

/// What one group cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Shop, month, agent or cause; empty where nobody knows.
    pub key: String,
    /// What all of it is worth.
    pub total: Money,
    /// How many compensations.
    pub many: u64,
    /// How many cases of them are solved.
    pub solved: u64,
}

/// Somebody who was given something more than once.
#[derive(Debug, Clone)]
pub struct Claimant {
    /// The buyer.
    pub buyer: BuyerId,
    /// His nick, open: mask it before it is shown.
    pub nick: Option<String>,
    /// How often.
    pub many: u64,
    /// What all of it is worth.
    pub total: Money,
}

/// An order that may have been paid twice: refunds of the platform and payouts that they do not confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The shop.
    pub shop: String,
    /// The order.
    pub order_number: String,
    /// What the desk gave.
    pub given: Money,
    /// What the platform gave back besides.
    pub refunded: Money,
    /// What was paid for it.
    pub paid: Money,
}

const GIVEN: &str = " FROM compensations c JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
    JOIN cases k ON k.tenant_id = c.tenant_id AND k.id = c.case_id \
    LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.asked_by";

fn push_over(built: &mut Built<'_>, scope: &Scope, over: Over) {
    built.with(" WHERE c.tenant_id = ", scope.tenant);
    built.push(" AND c.state IN ('approved', 'paid', 'confirmed')");
    built.with(" AND c.month >= ", over.from.number()).with(" AND c.month <= ", over.to.number());
    shop::push_bounds(built, scope, "c.shop_id");
    if let Some(shop) = over.shop {
        built.with(" AND c.shop_id = ", shop);
    }
}

pub(crate) fn built_cost<'a>(scope: &Scope, over: Over, by: By) -> Built<'a> {
    let mut built = Built::new("SELECT ");
    built.push(by.columns());
    built.push(
        ", c.currency, CAST(sum(c.amount_minor) AS BIGINT), count(*), \
        count(DISTINCT CASE WHEN k.state = 'solved' OR k.outcome = 'kept' THEN k.id END)",
    );
    built.push(GIVEN);
    push_over(&mut built, scope, over);
    built.push(" GROUP BY 1, 2, c.currency ORDER BY 4 DESC, 1 LIMIT 200");
    built
}

pub(crate) fn built_claimants<'a>(scope: &Scope, over: Over) -> Built<'a> {
    let mut built = Built::new(
        "SELECT b.id, b.nick_sealed, g.currency, g.total, g.many FROM (SELECT o.buyer_id, c.currency, \
         CAST(sum(c.amount_minor) AS BIGINT) AS total, count(*) AS many FROM compensations c \
         JOIN orders o ON o.tenant_id = c.tenant_id AND o.shop_id = c.shop_id AND o.order_number = c.order_number",
    );
    push_over(&mut built, scope, over);
    built.push(" AND o.buyer_id IS NOT NULL GROUP BY o.buyer_id, c.currency HAVING count(*) > 1) g");
    built.with(" JOIN buyers b ON b.id = g.buyer_id AND b.tenant_id = ", scope.tenant);
    built.push(" ORDER BY g.many DESC, g.total DESC LIMIT 100");
    built
}

pub(crate) fn built_doubled<'a>(scope: &Scope, over: Over) -> Built<'a> {
    let mut built = Built::new(
        "SELECT g.name, g.order_number, g.currency, g.given, g.refunded, g.paid FROM (SELECT s.name, c.order_number, \
         c.currency, CAST(sum(c.amount_minor) AS BIGINT) AS given, max(c.order_minor) AS paid, CAST(coalesce((SELECT \
         sum(a.amount_minor) FROM after_sales a WHERE a.tenant_id = c.tenant_id AND a.shop_id = c.shop_id \
         AND a.order_number = c.order_number AND a.currency = c.currency AND a.state = 'done' AND NOT EXISTS (SELECT 1 \
         FROM compensations d WHERE d.tenant_id = a.tenant_id AND d.refund_id = a.id)), 0) AS BIGINT) AS refunded",
    );
    built.push(GIVEN);
    push_over(&mut built, scope, over);
    built.push(
        " GROUP BY c.tenant_id, c.shop_id, s.name, c.order_number, c.currency) g \
         WHERE g.refunded > 0 OR g.given > g.paid ORDER BY g.given + g.refunded DESC LIMIT 100",
    );
    built
}

/// What compensations cost, the dearest first.
///
/// # Errors
/// The database's error.
pub async fn costs(tx: &mut Tx<'_>, scope: &Scope, over: Over, by: By) -> Result<Vec<Cost>, StoreError> {
    let rows = tx.all_built("compensation::report::costs", built_cost(scope, over, by)).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (key, name) = (columns.text()?, columns.text()?);
            let key = match by {
                By::Month => read_month(key.parse().unwrap_or_default())?.to_string(),
                By::Shop | By::Agent => name,
                By::Cause => key,
            };
            let currency: Currency = columns.code(|code| code.parse().ok())?;
            let total = Money { minor: columns.int()?, currency };
            Ok(Cost { key, total, many: columns.unsigned()?, solved: columns.unsigned()? })
        })
        .collect()
}

/// Buyers who were given something more than once, those most often first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a nick that was moved.
pub async fn claimants(tx: &mut Tx<'_>, scope: &Scope, over: Over) -> Result<Vec<Claimant>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all_built("compensation::report::claimants", built_claimants(scope, over)).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let mut nick = columns.clone();
            let buyer = columns.id::<BuyerId>()?;
            let nick = read_nick(&mut nick, scope, &keys)?;
            columns.opt_bytes()?;
            let currency: Currency = columns.code(|code| code.parse().ok())?;
            let total = Money { minor: columns.int()?, currency };
            debug_assert!(!buyer.uuid().is_nil());
            Ok(Claimant { buyer, nick, many: columns.unsigned()?, total })
        })
        .collect()
}

/// Orders on which the platform gave money back besides what the desk gave.
///
/// # Errors
/// The database's error.
pub async fn doubled(tx: &mut Tx<'_>, scope: &Scope, over: Over) -> Result<Vec<Doubled>, StoreError> {
    let rows = tx.all_built("compensation::report::doubled", built_doubled(scope, over)).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (shop, order_number) = (columns.text()?, columns.text()?);
            let currency: Currency = columns.code(|code| code.parse().ok())?;
            let mut money = || columns.int().map(|minor| Money { minor, currency });
            Ok(Doubled { shop, order_number, given: money()?, refunded: money()?, paid: money()? })
        })
        .collect()
}

/// The statements with built conditions, for the doctor.
pub(crate) fn samples<'a>(scope: &Scope) -> Vec<(&'static str, Built<'a>)> {
    let Some(month) = Month::from_number(202_611) else { return Vec::new() };
    let over = Over { from: month, to: month, shop: Some(crate::identifier::fresh()) };
    let mut built: Vec<(&'static str, Built<'a>)> =
        By::ALL.map(|by| ("compensation::report::costs", built_cost(scope, over, by))).into();
    built.push(("compensation::report::claimants", built_claimants(scope, over)));
    built.push(("compensation::report::doubled", built_doubled(scope, over)));
    built
}
