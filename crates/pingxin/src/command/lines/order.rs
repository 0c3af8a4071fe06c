//! The `order` object of a line.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::order::{Fulfilment, OrderFacts, OrderState};
use pingxin_domain::{Currency, Money, Platform};
use serde::Deserialize;

use super::{known, moment};

/// An order as a line gives it.
#[derive(Debug, Deserialize)]
pub(in crate::command) struct OrderLine<'a> {
    #[serde(default, deserialize_with = "moment")]
    placed: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    promised: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    shipped: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    delivered: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    completed: Option<Timestamp>,
    #[serde(borrow, default)]
    state: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    fulfilled_by: Option<Cow<'a, str>>,
    #[serde(default)]
    buy_shipping: Option<bool>,
    #[serde(default)]
    shipped_on_time: Option<bool>,
    #[serde(default)]
    both_rated: Option<bool>,
    #[serde(borrow, default)]
    amount: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    currency: Option<Cow<'a, str>>,
}

impl OrderLine<'_> {
    /// The facts that it holds; an amount without a currency is in that of the platform.
    ///
    /// # Errors
    /// A sentence that names the field whose value means nothing.
    pub(in crate::command) fn facts(&self, platform: Option<Platform>) -> Result<OrderFacts, String> {
        let states = &["paid_unshipped", "shipped", "delivered", "completed", "closed"];
        let sides = &["amazon", "merchant"];
        Ok(OrderFacts {
            placed: self.placed,
            promised: self.promised,
            shipped: self.shipped,
            delivered: self.delivered,
            completed: self.completed,
            state: known("order.state", self.state.as_deref(), states, OrderState::from_code)?,
            fulfilled_by: known(
                "order.fulfilled_by",
                self.fulfilled_by.as_deref(),
                sides,
                Fulfilment::from_code,
            )?,
            buy_shipping: self.buy_shipping,
            shipped_on_time: self.shipped_on_time,
            both_rated: self.both_rated,
            amount: self.amount(platform)?,
        })
    }

    /// What it cost; unknown when the currency is.
    fn amount(&self, platform: Option<Platform>) -> Result<Option<Money>, String> {
        let Some(amount) = &self.amount else { return Ok(None) };
        let Some(code) = self.currency.as_deref().or_else(|| platform.map(Platform::default_currency)) else {
            return Ok(None);
        };
        let currency: Currency =
            code.parse().map_err(|_| format!("order.currency \"{code}\" is no currency"))?;
        Money::parse(amount, currency).map(Some).map_err(|error| format!("order.amount: {error}"))
    }
}
