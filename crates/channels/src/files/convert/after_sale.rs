//! A refund, return or exchange.

use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::intake::{Field, IncomingAfterSale, IncomingRecord, RowFailure};

use super::reader::Reader;
use super::{failure, order};

/// The after-sale; it must say which it is or of which order.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    let platform_id = reader.key(Field::AfterSaleId)?;
    let order_number = reader.key(Field::OrderNumber)?;
    if platform_id.is_none() && order_number.is_none() {
        return Err(failure::missing(
            reader,
            Field::AfterSaleId,
            "售后编号，也没有订单编号",
            "after-sales id and no order number",
        ));
    }
    let currency = reader.currency()?;
    Ok(vec![IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
        platform_id,
        kind: reader.get(Field::AfterSaleKind).and_then(|value| AfterSaleKind::from_code(value.text)),
        state: reader.get(Field::AfterSaleState).and_then(|value| AfterSaleState::from_code(value.text)),
        order_number,
        order_line: reader.key(Field::OrderLine)?,
        product_key: reader.key(Field::ProductKey)?,
        product_title: reader.text(Field::ProductTitle),
        sku: reader.key(Field::Sku)?,
        quantity: order::quantity(reader)?.unwrap_or(1).max(1),
        amount: reader.money(Field::RefundAmount, currency)?,
        reason: reader.words(Field::Reason)?,
        explanation: reader.words(Field::Explanation)?,
        disposition: reader.words(Field::Disposition)?,
        requested: reader.instant(Field::Requested)?,
        resolved: reader.instant(Field::Resolved)?,
        carrier: reader.text(Field::Carrier),
        tracking_number: reader.key(Field::TrackingNumber)?,
        buyer: reader.buyer()?,
    }))])
}
