//! The order a row tells of.

use pingxin_domain::Money;
use pingxin_domain::intake::{Field, IncomingLine, IncomingOrder, RowFailure};
use pingxin_domain::order::{Fulfilment, OrderState};

use super::failure;
use super::reader::Reader;
use crate::files::columns::FileKind;

/// The order; none in a row without order number.
pub(super) fn read(reader: &Reader<'_>) -> Result<Option<IncomingOrder>, RowFailure> {
    let Some(number) = reader.key(Field::OrderNumber)? else {
        // In a mixed file a review may stand alone; in a file of orders every row is an order.
        return if reader.kind() == FileKind::Orders {
            Err(failure::no_order_number(reader))
        } else {
            Ok(None)
        };
    };
    let currency = reader.currency()?;
    let mut lines: Vec<IncomingLine> = Vec::new();
    for element in reader.lines() {
        let Some(line) = line(&element, currency)? else { continue };
        // Two units of one thing may stand in two elements.
        match lines.iter_mut().find(|known| known.key == line.key && known.price == line.price) {
            Some(known) => known.quantity = known.quantity.saturating_add(line.quantity),
            None => lines.push(line),
        }
    }
    Ok(Some(IncomingOrder {
        number,
        state: reader.get(Field::OrderState).and_then(|value| OrderState::from_code(value.text)),
        placed: reader.instant(Field::Placed)?,
        paid: reader.instant(Field::Paid)?,
        promised: reader.promise(Field::Promised)?,
        shipped: reader.instant(Field::Shipped)?,
        delivered: reader.instant(Field::Delivered)?,
        completed: reader.instant(Field::Completed)?,
        amount: reader.money(Field::Amount, currency)?,
        fulfilled_by: reader.get(Field::FulfilledBy).and_then(|value| Fulfilment::from_code(value.text)),
        buy_shipping: reader.flag(Field::BuyShipping)?,
        shipped_on_time: reader.flag(Field::ShippedOnTime)?,
        both_rated: reader.flag(Field::BothRated)?,
        carrier: reader.text(Field::Carrier),
        tracking_number: reader.key(Field::TrackingNumber)?,
        buyer: reader.buyer()?,
        lines,
    }))
}

/// A line; none when the row says nothing of one, or that none was bought (a cancelled line has quantity 0).
fn line(reader: &Reader<'_>, currency: pingxin_domain::Currency) -> Result<Option<IncomingLine>, RowFailure> {
    let product_key = reader.key(Field::ProductKey)?;
    let sku = reader.key(Field::Sku)?;
    let title = reader.text(Field::ProductTitle);
    let number = reader.key(Field::OrderLine)?;
    let quantity = quantity(reader)?;
    let mut price = reader.money(Field::Price, currency)?;
    if price.is_none() {
        price = reader.money(Field::LineTotal, currency)?.and_then(|total| {
            let units = i64::from(quantity.unwrap_or(1));
            // A total that does not part evenly gives no price of one.
            (units > 0 && total.minor % units == 0)
                .then(|| Money { minor: total.minor / units, currency: total.currency })
        });
    }
    if quantity == Some(0)
        || [&product_key, &sku, &title, &number].iter().all(|part| part.is_none()) && price.is_none()
    {
        return Ok(None);
    }
    let key = number.or_else(|| product_key.clone()).or_else(|| sku.clone()).unwrap_or_default();
    Ok(Some(IncomingLine { key, sku, product_key, title, quantity: quantity.unwrap_or(1), price }))
}

/// How many; 0 is a cancelled line.
pub(super) fn quantity(reader: &Reader<'_>) -> Result<Option<u32>, RowFailure> {
    let Some(value) = reader.get(Field::Quantity) else { return Ok(None) };
    let plain: String = value
        .text
        .chars()
        .map(|letter| match letter {
            '０'..='９' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .filter(|letter| *letter != ',')
        .collect();
    let whole = plain.split_once('.').map_or(plain.as_str(), |(whole, fraction)| {
        if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') { whole } else { plain.as_str() }
    });
    whole.parse().map(Some).map_err(|_| {
        failure::cell(
            reader,
            value.column,
            value.text,
            "这不是数量。请写整数，例如 1。".into(),
            "This is no quantity. Write a whole number, such as 1.".into(),
        )
    })
}
