//! Orders and lines as read from the database.

use pingxin_domain::intake::{IncomingBuyer, IncomingLine, IncomingOrder};
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_domain::{BuyerId, Money, OrderId};

use crate::StoreError;
use crate::sql::Columns;

/// The columns that [`read_order`] reads, of `orders o`.
macro_rules! order_columns {
    () => {
        "o.id, o.buyer_id, o.order_number, o.state, o.placed_at, o.paid_at, o.promised_at, o.shipped_at, \
         o.delivered_at, o.completed_at, o.amount_minor, o.currency, o.fulfilled_by, o.buy_shipping, \
         o.shipped_on_time, o.both_rated, o.carrier, o.tracking_number"
    };
}
pub(super) use order_columns;

/// The columns of an order with its shop, the nick of its buyer and how many reviews it has.
macro_rules! order_row_columns {
    () => {
        concat!(
            crate::order::row::order_columns!(),
            ", s.id, s.name, s.platform, o.ordered_at, b.id, b.nick_sealed, (SELECT count(*) FROM reviews v \
             WHERE v.tenant_id = o.tenant_id AND v.order_id = o.id)"
        )
    };
}
pub(super) use order_row_columns;

/// The tables beside `orders o`. Left joins keep SQLite from walking them first.
macro_rules! order_joins {
    () => {
        " LEFT JOIN shops s ON s.tenant_id = o.tenant_id AND s.id = o.shop_id \
          LEFT JOIN buyers b ON b.tenant_id = o.tenant_id AND b.id = o.buyer_id"
    };
}
pub(super) use order_joins;

fn read_money(row: &mut Columns<'_>) -> Result<Option<Money>, StoreError> {
    let minor = row.opt_int()?;
    let currency = row.opt_code(|code| code.parse().ok())?;
    Ok(minor.zip(currency).map(|(minor, currency)| Money { minor, currency }))
}

pub(super) fn read_order(
    row: &mut Columns<'_>,
) -> Result<(OrderId, Option<BuyerId>, IncomingOrder), StoreError> {
    let (id, buyer) = (row.id()?, row.opt_id()?);
    let order = IncomingOrder {
        number: row.text()?,
        state: row.opt_code(OrderState::from_code)?,
        placed: row.opt_instant()?,
        paid: row.opt_instant()?,
        promised: row.opt_instant()?,
        shipped: row.opt_instant()?,
        delivered: row.opt_instant()?,
        completed: row.opt_instant()?,
        amount: read_money(row)?,
        fulfilled_by: row.opt_code(Fulfilment::from_code)?,
        buy_shipping: row.opt_bool()?,
        shipped_on_time: row.opt_bool()?,
        both_rated: row.opt_bool()?,
        carrier: row.opt_text()?,
        tracking_number: row.opt_text()?,
        buyer: IncomingBuyer::default(),
        lines: Vec::new(),
    };
    Ok((id, buyer, order))
}

/// `line_key, sku, product_key, title, quantity, price_minor, currency`.
pub(super) fn read_line(row: &mut Columns<'_>) -> Result<IncomingLine, StoreError> {
    Ok(IncomingLine {
        key: row.text()?,
        sku: row.opt_text()?,
        product_key: row.opt_text()?,
        title: row.opt_text()?,
        quantity: row.small()?,
        price: read_money(row)?,
    })
}
