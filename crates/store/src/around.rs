//! What hangs together: the reviews, cases and orders of an order, of a buyer, or of an order number.

use pingxin_domain::{BuyerId, OrderId, Scope};

use crate::shop::bounds;
use crate::sql::{Built, Value};

/// What things are asked for around. An empty list finds nothing.
#[derive(Debug, Clone, Copy)]
pub enum Around<'a> {
    /// These orders.
    Orders(&'a [OrderId]),
    /// These buyers.
    Buyers(&'a [BuyerId]),
    /// Orders of these numbers, in any shop.
    Numbers(&'a [&'a str]),
}

impl Around<'_> {
    pub(crate) fn is_empty(self) -> bool {
        match self {
            Self::Orders(list) => list.is_empty(),
            Self::Buyers(list) => list.is_empty(),
            Self::Numbers(list) => list.is_empty(),
        }
    }

    /// ` WHERE …` on reviews `f`, within the scope. Each is a look-up by index.
    pub(crate) fn push_reviews<'a>(self, built: &mut Built<'a>, scope: &'a Scope) {
        built.with(" WHERE f.tenant_id = ", scope.tenant);
        match self {
            Self::Orders(list) => built.among("f.order_id", list),
            Self::Buyers(list) => built.among("f.buyer_id", list),
            Self::Numbers(list) => built.with(" AND f.order_number = ANY(", owned(list)).push("::text[])"),
        };
        push_bounds(built, scope, " AND (", " OR f.shop_id = ANY(");
    }

    /// ` WHERE …` on cases `f` without a review, within the scope.
    pub(crate) fn push_cases<'a>(self, built: &mut Built<'a>, scope: &'a Scope) {
        built.with(" WHERE f.tenant_id = ", scope.tenant);
        match self {
            Self::Orders(list) => {
                built.push(
                    " AND f.id IN (SELECT g.id FROM orders o JOIN cases g ON g.tenant_id = o.tenant_id",
                );
                built.push(" AND g.shop_id = o.shop_id AND g.order_number = o.order_number");
                built.with(" WHERE o.tenant_id = ", scope.tenant).among("o.id", list);
                built.push(")")
            }
            Self::Buyers(list) => built.push(" AND f.buyer_id IS NOT NULL").among("f.buyer_id", list),
            Self::Numbers(list) => built
                .push(" AND f.order_number IS NOT NULL")
                .with(" AND f.order_number = ANY(", owned(list))
                .push("::text[])"),
        };
        push_bounds(built, scope, " AND (", " OR f.shop_id = ANY(");
    }

    /// ` WHERE …` on orders `o`, within the scope.
    pub(crate) fn push_orders<'a>(self, built: &mut Built<'a>, scope: &'a Scope) {
        built.with(" WHERE o.tenant_id = ", scope.tenant);
        match self {
            Self::Orders(list) => built.among("o.id", list),
            Self::Buyers(list) => built.among("o.buyer_id", list),
            Self::Numbers(list) => built.with(" AND o.order_number = ANY(", owned(list)).push("::text[])"),
        };
        push_bounds(built, scope, " AND (", " OR o.shop_id = ANY(");
    }
}

fn owned(list: &[&str]) -> Value<'static> {
    Value::Texts(list.iter().map(|text| std::borrow::Cow::Owned((*text).to_owned())).collect())
}

fn push_bounds<'a>(built: &mut Built<'a>, scope: &Scope, open: &'static str, or: &'static str) {
    let [all, shops] = bounds(scope);
    built.with(open, all).with(or, shops).push("::uuid[]))");
}
