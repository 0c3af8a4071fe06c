//! What a file tells of: before its columns are given meanings, and after.

use std::collections::HashSet;

use pingxin_domain::intake::Field;

use super::FileKind;

/// The meanings that the columns of a file can have.
#[derive(Debug, Default)]
pub(super) struct Offers {
    clear: HashSet<Field>,
    weak: HashSet<Field>,
    /// A column is headed `from`, as chats are.
    from: bool,
}

impl Offers {
    /// A column can mean this; `weak` when its header alone does not say so.
    pub(super) fn add(&mut self, field: Field, weak: bool, header: &str) {
        self.from |= field == Field::SaidBy && header == "from";
        if weak {
            self.weak.insert(field)
        } else {
            self.clear.insert(field)
        };
    }

    fn clear(&self, field: Field) -> bool {
        self.clear.contains(&field)
    }

    fn any(&self, field: Field) -> bool {
        self.clear(field) || self.weak.contains(&field)
    }

    fn count(&self, fields: &[Field]) -> usize {
        fields.iter().filter(|field| self.clear(**field)).count()
    }

    /// The kind of records that the headers speak of; none for reviews and orders, or when nothing says so clearly.
    ///
    /// An export of orders may have a column of refunds or of where the parcel is; it stays one of orders.
    pub(super) fn records(&self) -> Option<FileKind> {
        use Field::{
            AfterSaleId, AfterSaleKind, AfterSaleState, Agent, Amount, BuyerAddress, BuyerName, BuyerPhone,
            CallDirection, CallNote, CallResult, CallSeconds, CalledAt, Disposition, Explanation, FigureAt,
            FigureName, FigureValue, FollowupText, LineTotal, OrderState, Paid, Placed, Price, ProductKey,
            ProductTitle, Quantity, Rating, Reason, RefundAmount, Requested, Resolved, ReviewId, SaidAt,
            SaidBy, SaidSide, SaidText, ShipmentState, Sku, Text, TraceAt, TraceText, TrackingNumber,
            Verdict,
        };
        if self.clear(AfterSaleId) || self.clear(Disposition) {
            return Some(FileKind::AfterSales);
        }
        if self.count(&[Text, Rating, Verdict, ReviewId, FollowupText]) > 0 {
            return None;
        }
        let called = self.count(&[CallDirection, CallResult, CallSeconds]) > 0
            || self.clear(CalledAt)
                && [BuyerPhone, CallDirection, CallResult, CallSeconds, CallNote, Agent]
                    .into_iter()
                    .any(|field| self.any(field));
        if self.any(CalledAt) && called {
            return Some(FileKind::Calls);
        }
        let chat = self.count(&[SaidAt, SaidBy, SaidSide, SaidText]) > 0 || self.from;
        let ordered = self.count(&[OrderState, Placed]) > 0;
        if self.any(SaidAt) && self.any(SaidText) && chat && !ordered {
            return Some(FileKind::Chats);
        }
        let asked = self.count(&[AfterSaleKind, AfterSaleState, RefundAmount, Requested]);
        let more = asked + self.count(&[Reason, Explanation, Resolved]);
        if asked > 0 && (!ordered || more >= 3 && !self.clear(OrderState)) {
            return Some(FileKind::AfterSales);
        }
        // A list for packing says what was ordered; where its parcels are is then the state of the orders.
        let plain = !ordered && self.count(&[Amount, Paid, Price, LineTotal, Quantity]) == 0;
        // Beside a receiver or goods, an instant and a remark are those of a list for packing.
        let bare = self.count(&[BuyerName, BuyerAddress, BuyerPhone, ProductTitle, ProductKey, Sku]) == 0;
        let seen =
            self.any(TraceAt) && self.any(TraceText) && (bare || self.count(&[TraceAt, TraceText]) > 0);
        if plain && self.clear(TrackingNumber) && (self.clear(ShipmentState) || seen) {
            return Some(FileKind::Shipments);
        }
        (self.clear(FigureName) && self.any(FigureValue) && self.any(FigureAt)).then_some(FileKind::Figures)
    }
}

/// Whether a field can stand in a file of this kind of records; without one, in a file of reviews and orders.
pub(super) fn belongs(field: Field, records: Option<FileKind>) -> bool {
    use Field::{
        BuyerAddress, BuyerEmail, BuyerName, BuyerNick, BuyerPhone, Carrier, Currency, Delivered, OrderLine,
        OrderNumber, ProductKey, ProductTitle, Quantity, Region, Shipped, Sku, TrackingNumber,
    };
    let Some(kind) = records else { return home(field).is_none() };
    if home(field).is_some() {
        return home(field) == records;
    }
    let buyer = matches!(field, BuyerNick | BuyerName | BuyerPhone | BuyerEmail | BuyerAddress | Region);
    match kind {
        FileKind::Shipments => matches!(field, OrderNumber | TrackingNumber | Carrier | Shipped | Delivered),
        FileKind::AfterSales => {
            buyer
                || matches!(
                    field,
                    OrderNumber
                        | OrderLine
                        | ProductKey
                        | ProductTitle
                        | Sku
                        | Quantity
                        | Currency
                        | Carrier
                        | TrackingNumber
                )
        }
        FileKind::Chats => matches!(field, OrderNumber | BuyerNick),
        FileKind::Calls => buyer || field == OrderNumber,
        FileKind::Figures | FileKind::Reviews | FileKind::Orders | FileKind::Mixed => false,
    }
}

/// The kind of records that alone has the field.
pub(super) fn home(field: Field) -> Option<FileKind> {
    match field {
        Field::ShipmentState | Field::TraceAt | Field::TraceText => Some(FileKind::Shipments),
        Field::AfterSaleId
        | Field::AfterSaleKind
        | Field::AfterSaleState
        | Field::Reason
        | Field::Explanation
        | Field::Disposition
        | Field::RefundAmount
        | Field::Requested
        | Field::Resolved => Some(FileKind::AfterSales),
        Field::SaidAt | Field::SaidBy | Field::SaidText | Field::SaidSide => Some(FileKind::Chats),
        Field::CalledAt
        | Field::CallDirection
        | Field::CallResult
        | Field::CallSeconds
        | Field::CallNote
        | Field::Agent => Some(FileKind::Calls),
        Field::FigureName | Field::FigureValue | Field::FigureAt => Some(FileKind::Figures),
        _ => None,
    }
}

/// Fields of one line of an order.
pub(super) fn is_line(field: Field) -> bool {
    matches!(
        field,
        Field::OrderLine
            | Field::ProductKey
            | Field::ProductTitle
            | Field::Sku
            | Field::Quantity
            | Field::Price
            | Field::LineTotal
    )
}

/// The kind, by the meanings that the columns have.
pub(super) fn of(fields: &[Option<Field>]) -> Option<FileKind> {
    use Field::{
        AfterSaleId, AfterSaleKind, AfterSaleState, Amount, BuyerPhone, CallDirection, CallNote, CallResult,
        CallSeconds, CalledAt, Disposition, FigureAt, FigureName, FigureValue, LineTotal, OrderNumber,
        OrderState, Paid, Placed, Price, Quantity, RefundAmount, Requested, SaidAt, SaidText, ShipmentState,
        TraceAt, TraceText, TrackingNumber,
    };
    let has = |wanted: &dyn Fn(Field) -> bool| fields.iter().flatten().any(|field| wanted(*field));
    let all = |wanted: &[Field]| wanted.iter().all(|field| fields.contains(&Some(*field)));
    let any = |wanted: &[Field]| has(&|field| wanted.contains(&field));
    if all(&[SaidAt, SaidText]) {
        return Some(FileKind::Chats);
    }
    if all(&[CalledAt]) && any(&[CallDirection, CallResult, CallSeconds, CallNote, BuyerPhone]) {
        return Some(FileKind::Calls);
    }
    // Facts of an order beside them keep it one of orders, also where somebody has mapped more.
    let ordered = any(&[OrderState, Placed, Paid, Amount]);
    let packed = any(&[Price, LineTotal, Quantity]);
    let asked = any(&[AfterSaleKind, AfterSaleState, Disposition, RefundAmount, Requested]);
    if all(&[AfterSaleId]) || all(&[OrderNumber]) && asked && !ordered {
        return Some(FileKind::AfterSales);
    }
    if all(&[TrackingNumber]) && (all(&[TraceAt, TraceText]) || all(&[ShipmentState])) && !ordered && !packed
    {
        return Some(FileKind::Shipments);
    }
    if all(&[FigureName, FigureValue, FigureAt]) {
        return Some(FileKind::Figures);
    }
    let reviews =
        has(&|field| matches!(field, Field::Text | Field::Rating | Field::Verdict | Field::FollowupText));
    // The price of the thing reviewed does not make a file of reviews one of orders.
    let orders = all(&[OrderNumber]) && has(&|field| field.tells_of_order() && !(reviews && is_line(field)));
    match (reviews, orders) {
        (true, true) => Some(FileKind::Mixed),
        (true, false) => Some(FileKind::Reviews),
        (false, true) => Some(FileKind::Orders),
        (false, false) => None,
    }
}
