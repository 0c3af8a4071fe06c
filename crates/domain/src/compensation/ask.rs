//! Whether a compensation may be asked for: by the ladder, by caps and budgets, once for one matter, never above the order,
//! never on a day on which the shop has spoken of the rating (X01, X17 and G06: the two may share neither message nor day).

use pingxin_language::Cause;
use thiserror::Error;

use super::rules::CompensationRules;
use super::rung::{Benefit, Rung, SignOff, rungs};
use crate::identifiers::{ShopId, UserId};
use crate::money::{Currency, Money};

/// What is asked for. Nothing here knows a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask<'a> {
    /// Who asks.
    pub asker: Option<UserId>,
    /// The shop.
    pub shop: ShopId,
    /// What is complained of.
    pub cause: Option<Cause>,
    /// What is to be given.
    pub kind: Benefit,
    /// Worth how much.
    pub amount: Money,
    /// The line of the order that it is for; empty, all of it.
    pub line: &'a str,
    /// What was paid for the order; none while nobody knows.
    pub order: Option<Money>,
    /// Whether the platform allows presents.
    pub presents: bool,
    /// Whether the shop spoke of the rating to this buyer today.
    pub rating_talk_today: bool,
}

/// What was given before, as far as an ask is held against it. What was refused or taken back is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    /// Lines of the same order or the same case that were given something; an empty one stands for all.
    pub lines: Vec<String>,
    /// What was given on the order, minor units of its currency.
    pub given: i64,
    /// What the platform gave back on it besides, minor units.
    pub refunded: i64,
    /// What was given in this month under each of [`CompensationRules::bounds`], in their order.
    pub sums: Vec<i64>,
}

/// A bound over a month, with what it covers. What is none covers all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Given by this person.
    pub asker: Option<UserId>,
    /// By this shop.
    pub shop: Option<ShopId>,
    /// Where this is complained of.
    pub cause: Option<Cause>,
    /// Of orders that cost less, minor units.
    pub order_under: Option<i64>,
    /// In this currency.
    pub currency: Currency,
    /// The most, minor units.
    pub most: i64,
}

/// Why something may not be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AskRefused {
    /// Nobody knows what was paid, so nothing could be held against it.
    #[error("nobody knows what was paid for the order; bring in the order first")]
    NoOrder,
    /// Nothing, or less.
    #[error("the amount must be above zero")]
    Nothing,
    /// Another currency than the order's.
    #[error("the order was paid in {0}")]
    OtherCurrency(Currency),
    /// The ladder has no such rung for this order, or the platform allows no presents.
    #[error("this cannot be given here: the ladder or the platform does not allow it")]
    NotOnLadder,
    /// Above what the rung allows.
    #[error("at most {0} of this for this order")]
    AboveRung(Money),
    /// Above what one may ask for at once.
    #[error("at most {0} at once in such a case")]
    AboveCap(Money),
    /// The same matter was given something.
    #[error("this matter was given something already; take that back first")]
    Again,
    /// More than was paid would go back.
    #[error("only {0} of what was paid is left after other payouts and refunds")]
    OverOrder(Money),
    /// The agent's month is full.
    #[error("the agent's limit of this month leaves {0}")]
    AgentMonth(Money),
    /// The shop's month is full.
    #[error("the shop's budget of this month leaves {0}")]
    ShopMonth(Money),
    /// The shop spoke of the rating today.
    #[error("the rating was spoken of today; compensation and rating never share a day")]
    RatingDay,
}

impl CompensationRules {
    /// The rungs that are open for an order; those that could be proposed.
    #[must_use]
    pub fn open(&self, order: Option<Money>, presents: bool) -> Vec<Rung> {
        rungs(&self.ladder, order, presents)
    }

    /// The bounds over a month that an ask falls under.
    #[must_use]
    pub fn bounds(&self, ask: &Ask<'_>) -> Vec<Bound> {
        let mut bounds: Vec<Bound> = self
            .covering(ask)
            .filter_map(|cap| {
                Some(Bound {
                    asker: ask.asker,
                    shop: None,
                    cause: cap.cause,
                    order_under: cap.order_under,
                    currency: cap.currency,
                    most: cap.month?,
                })
            })
            .collect();
        let of_currency = |shop: Option<ShopId>| {
            self.budgets
                .iter()
                .find(|budget| budget.shop == shop && budget.month.currency == ask.amount.currency)
        };
        if let Some(budget) = of_currency(Some(ask.shop)).or_else(|| of_currency(None)) {
            bounds.push(Bound {
                asker: None,
                shop: Some(ask.shop),
                cause: None,
                order_under: None,
                currency: budget.month.currency,
                most: budget.month.minor,
            });
        }
        bounds
    }

    fn covering(&self, ask: &Ask<'_>) -> impl Iterator<Item = &super::rules::Cap> {
        self.caps.iter().filter(move |cap| {
            let worth = ask.order.map_or(i64::MAX, |order| order.minor);
            cap.currency == ask.amount.currency
                && cap.agent.is_none_or(|agent| Some(agent) == ask.asker)
                && cap.cause.is_none_or(|cause| Some(cause) == ask.cause)
                && cap.order_under.is_none_or(|under| worth < under)
        })
    }

    /// Who has to agree to what is asked for. It is the sum given on the order that counts: two halves need as many
    /// persons as the whole.
    ///
    /// # Errors
    /// [`AskRefused`] with the reason.
    pub fn weigh(&self, ask: &Ask<'_>, before: &Before) -> Result<SignOff, AskRefused> {
        let order = ask.order.filter(|order| order.minor > 0).ok_or(AskRefused::NoOrder)?;
        let Money { minor, currency } = ask.amount;
        let money = |minor: i64| Money { minor: minor.max(0), currency };
        if minor <= 0 {
            return Err(AskRefused::Nothing);
        }
        if currency != order.currency {
            return Err(AskRefused::OtherCurrency(order.currency));
        }
        if ask.rating_talk_today {
            return Err(AskRefused::RatingDay);
        }
        let rungs = self.open(Some(order), ask.presents);
        let rung = rungs.iter().find(|rung| rung.kind == ask.kind).ok_or(AskRefused::NotOnLadder)?;
        if minor > rung.most.minor {
            return Err(AskRefused::AboveRung(rung.most));
        }
        if let Some(single) = self.covering(ask).filter_map(|cap| cap.single).min()
            && minor > single
        {
            return Err(AskRefused::AboveCap(money(single)));
        }
        if before.lines.iter().any(|line| line.is_empty() || ask.line.is_empty() || line == ask.line) {
            return Err(AskRefused::Again);
        }
        let left = order.minor.saturating_sub(before.given).saturating_sub(before.refunded);
        if minor > left {
            return Err(AskRefused::OverOrder(money(left)));
        }
        for (bound, sum) in self.bounds(ask).iter().zip(&before.sums) {
            let left = bound.most.saturating_sub(*sum);
            if minor > left {
                return Err(match bound.shop {
                    Some(_) => AskRefused::ShopMonth(money(left)),
                    None => AskRefused::AgentMonth(money(left)),
                });
            }
        }
        let whole = Money { minor: minor.saturating_add(before.given), currency };
        Ok(self.ladder.limits.sign_off(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compensation::rules::{BudgetWritten, CapWritten};
    use crate::identifiers::Identifier;
    use uuid::Uuid;

    fn cny(minor: i64) -> Money {
        Money { minor, currency: Currency::CNY }
    }

    fn ask(minor: i64) -> Ask<'static> {
        Ask {
            asker: Some(UserId::from_uuid(Uuid::from_u128(1))),
            shop: ShopId::from_uuid(Uuid::from_u128(1)),
            cause: Some(Cause::Quality),
            kind: Benefit::PartialRefund,
            amount: cny(minor),
            line: "",
            order: Some(cny(12_900)),
            presents: true,
            rating_talk_today: false,
        }
    }

    /// A cap: cause, order value, amount of one, amount of a month.
    type CapOf<'a> = (Option<Cause>, Option<i64>, Option<&'a str>, Option<&'a str>);

    fn rules(caps: &[CapOf<'_>]) -> CompensationRules {
        let mut written = CompensationRules::shipped().written();
        let digits = |text: Option<&str>| text.map(str::to_owned);
        written.caps = caps
            .iter()
            .map(|(cause, under, single, month)| CapWritten {
                agent: None,
                cause: *cause,
                currency: "CNY".into(),
                order_under: under.map(|under| cny(under).amount()),
                single: digits(*single),
                month: digits(*month),
            })
            .collect();
        written.budgets = vec![BudgetWritten { shop: None, currency: "CNY".into(), month: "300.00".into() }];
        CompensationRules::of(&written).unwrap()
    }

    #[test]
    fn the_ladder_the_order_and_the_day_decide_first() {
        let rules = CompensationRules::shipped();
        let none = Before { sums: vec![0, 0], ..Before::default() };
        let weigh = |ask: Ask<'_>| rules.weigh(&ask, &none);
        assert_eq!(weigh(ask(2_000)), Ok(SignOff::Agent));
        assert_eq!(weigh(ask(2_001)), Ok(SignOff::Supervisor));
        assert_eq!(weigh(ask(6_451)), Err(AskRefused::AboveRung(cny(6_450))));
        assert_eq!(weigh(ask(0)), Err(AskRefused::Nothing));
        assert_eq!(weigh(Ask { order: None, ..ask(1) }), Err(AskRefused::NoOrder));
        assert_eq!(weigh(Ask { rating_talk_today: true, ..ask(1) }), Err(AskRefused::RatingDay));
        let present = Ask { kind: Benefit::Coupon, presents: false, ..ask(100) };
        assert_eq!(weigh(present), Err(AskRefused::NotOnLadder));
        assert_eq!(weigh(Ask { kind: Benefit::Gift, ..ask(100) }), Err(AskRefused::NotOnLadder));
        let dollars = Ask { amount: Money { minor: 1, currency: Currency::USD }, ..ask(1) };
        assert_eq!(weigh(dollars), Err(AskRefused::OtherCurrency(Currency::CNY)));
    }

    #[test]
    fn one_matter_once_and_never_above_the_order() {
        let rules = CompensationRules::shipped();
        let before = |lines: &[&str], given, refunded| Before {
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            given,
            refunded,
            sums: vec![0, 0],
        };
        let of_line = |line| Ask { line, ..ask(2_000) };
        assert_eq!(rules.weigh(&ask(2_000), &before(&["1"], 500, 0)), Err(AskRefused::Again));
        assert_eq!(rules.weigh(&of_line("1"), &before(&[""], 500, 0)), Err(AskRefused::Again));
        assert_eq!(rules.weigh(&of_line("1"), &before(&["1"], 500, 0)), Err(AskRefused::Again));
        // Another line is another matter, but the sum decides who has to agree.
        assert_eq!(rules.weigh(&of_line("2"), &before(&["1"], 500, 0)), Ok(SignOff::Supervisor));
        assert_eq!(
            rules.weigh(&of_line("2"), &before(&["1"], 5_000, 6_000)),
            Err(AskRefused::OverOrder(cny(1_900)))
        );
    }

    #[test]
    fn caps_of_agents_and_budgets_of_shops_hold_together() {
        let all = rules(&[
            (None, None, None, Some("200.00")),
            (Some(Cause::Quality), None, None, Some("50.00")),
            (None, Some(10_000), Some("10.00"), None),
            (Some(Cause::Logistics), None, Some("1.00"), None),
        ]);
        let bounds = all.bounds(&ask(1_000));
        assert_eq!(bounds.iter().map(|bound| bound.most).collect::<Vec<_>>(), [20_000, 5_000, 30_000]);
        let sums = |sums: [i64; 3]| Before { sums: sums.to_vec(), ..Before::default() };
        assert!(all.weigh(&ask(1_000), &sums([0, 4_000, 0])).is_ok());
        assert_eq!(all.weigh(&ask(1_000), &sums([0, 4_001, 0])), Err(AskRefused::AgentMonth(cny(999))));
        assert_eq!(all.weigh(&ask(1_000), &sums([0, 0, 29_500])), Err(AskRefused::ShopMonth(cny(500))));
        let small = Ask { order: Some(cny(9_900)), ..ask(1_001) };
        assert_eq!(all.weigh(&small, &sums([0; 3])), Err(AskRefused::AboveCap(cny(1_000))));
    }
}
