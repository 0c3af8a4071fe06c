//! What was between the shop and a buyer: chats, calls, and money that was paid back.

use jiff::Timestamp;
use pingxin_domain::after_sale::AfterSaleKind;
use pingxin_domain::{BuyerId, Money, Scope, ShopId};

use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// How often and when the shop and a buyer last spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Chat messages.
    pub chats: u64,
    /// Phone calls.
    pub calls: u64,
    /// The last of either.
    pub last_at: Option<Timestamp>,
}

/// Money that was paid back to a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// When it was resolved, else asked for.
    pub at: Option<Timestamp>,
    /// What for.
    pub kind: Option<AfterSaleKind>,
    /// How much.
    pub amount: Money,
    /// The order.
    pub order_number: Option<String>,
}

/// Payouts shown at most, the newest.
const MOST: u32 = 200;

// What names the buyer, and what names one of his orders.
macro_rules! spoken {
    ($table:literal) => {
        concat!(
            "SELECT count(*), max(moment) FROM (SELECT a.id, a.at AS moment FROM ",
            $table,
            " a WHERE a.tenant_id = $1 \
             AND a.buyer_id = $2 UNION SELECT b.id, b.at AS moment FROM ",
            $table,
            " b WHERE b.tenant_id = $1 \
             AND b.shop_id = $3 AND b.order_number = ANY($4::text[])) found"
        )
    };
}

statements! {
    CHATS = spoken!("chat_messages");
    CALLS = spoken!("calls");
    PAYOUTS = "SELECT moment, kind, amount_minor, currency, order_number FROM (SELECT a.id, \
        coalesce(a.resolved_at, a.requested_at) AS moment, a.kind, a.amount_minor, a.currency, a.order_number \
        FROM after_sales a WHERE a.tenant_id = $1 AND a.buyer_id = $2 AND a.state = 'done' AND a.amount_minor > 0 UNION \
        SELECT b.id, coalesce(b.resolved_at, b.requested_at) AS moment, b.kind, b.amount_minor, b.currency, \
        b.order_number FROM after_sales b WHERE b.tenant_id = $1 AND b.shop_id = $3 AND b.order_number = ANY($4::text[]) \
        AND b.state = 'done' AND b.amount_minor > 0) found ORDER BY coalesce(moment, 0) DESC, id DESC LIMIT $5";
}

/// Chats and calls with a buyer, and what he was paid back, also where only one of his orders is named.
///
/// # Errors
/// The database's error.
pub async fn past(
    tx: &mut Tx<'_>,
    scope: &Scope,
    buyer: BuyerId,
    shop: ShopId,
    numbers: &[&str],
) -> Result<(Contacts, Vec<Payout>), StoreError> {
    let mut counted = [(0, None), (0, None)];
    for (statement, counted) in [CHATS, CALLS].into_iter().zip(&mut counted) {
        let row = tx.one(statement, values![scope.tenant, buyer, shop, numbers]).await?;
        let mut columns = row.columns();
        *counted = (columns.unsigned()?, columns.opt_instant()?);
    }
    let [(chats, last_chat), (calls, last_call)] = counted;
    let contacts = Contacts { chats, calls, last_at: last_chat.max(last_call) };
    let mut payouts = Vec::new();
    for row in tx.all(PAYOUTS, values![scope.tenant, buyer, shop, numbers, MOST]).await? {
        let mut columns = row.columns();
        let (at, kind) = (columns.opt_instant()?, columns.opt_code(AfterSaleKind::from_code)?);
        let (minor, currency) = (columns.int()?, columns.opt_code(|code| code.parse().ok())?);
        let order_number = columns.opt_text()?;
        if let Some(currency) = currency {
            payouts.push(Payout { at, kind, amount: Money { minor, currency }, order_number });
        }
    }
    Ok((contacts, payouts))
}
