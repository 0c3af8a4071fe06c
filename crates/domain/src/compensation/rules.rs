//! What a merchant lets be given: his ladder 赔付标准, and caps 赔付额度 by agent, cause, worth of the order and month, and a
//! budget by shop and month. Data: the shipped ones are `ladder.toml` and `caps.toml`, and the owner keeps his own.

use std::sync::LazyLock;

use pingxin_language::Cause;
use serde::{Deserialize, Serialize};

use super::ladder::{Ladder, LadderError, LimitsWritten, RungWritten};
use crate::identifiers::{ShopId, UserId};
use crate::money::{Currency, Money};

/// Most caps, and most budgets.
pub const CAP_LIMIT: usize = 100;

/// What may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompensationRules {
    /// The rungs, and who decides up to which amount.
    pub ladder: Ladder,
    pub(super) caps: Vec<Cap>,
    pub(super) budgets: Vec<Budget>,
}

/// The most that agents may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cap {
    /// Only of this person; else of each for himself.
    pub agent: Option<UserId>,
    /// Only where this is complained of.
    pub cause: Option<Cause>,
    pub currency: Currency,
    /// Only of orders that cost less, minor units.
    pub order_under: Option<i64>,
    /// The most at once, minor units.
    pub single: Option<i64>,
    /// The most in a month, minor units.
    pub month: Option<i64>,
}

/// The most that a shop may give in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Budget {
    /// Only this shop; else each for itself, unless it has one of its own.
    pub shop: Option<ShopId>,
    pub month: Money,
}

/// Rules as they are written and kept: amounts are digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesWritten {
    /// The rungs, the lowest first.
    pub rungs: Vec<RungWritten>,
    /// Who decides up to which amount.
    pub limits: LimitsWritten,
    /// Caps; of those that cover an ask each holds.
    pub caps: Vec<CapWritten>,
    /// Budgets of shops.
    pub budgets: Vec<BudgetWritten>,
}

/// A cap as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapWritten {
    /// Only of this person; else of each for himself.
    #[serde(default)]
    pub agent: Option<UserId>,
    /// Only where this is complained of.
    #[serde(default)]
    pub cause: Option<Cause>,
    /// Its currency.
    pub currency: String,
    /// Only of orders that cost less.
    #[serde(default)]
    pub order_under: Option<String>,
    /// The most at once.
    #[serde(default)]
    pub single: Option<String>,
    /// The most in a month.
    #[serde(default)]
    pub month: Option<String>,
}

/// A budget as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetWritten {
    /// Only this shop; else each for itself, unless it has one of its own.
    #[serde(default)]
    pub shop: Option<ShopId>,
    /// Its currency.
    pub currency: String,
    /// The most in a month.
    pub month: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CapsFile {
    cap: Vec<CapWritten>,
    budget: Vec<BudgetWritten>,
}

static SHIPPED: LazyLock<CompensationRules> = LazyLock::new(|| {
    let caps: CapsFile = toml::from_str(include_str!("caps.toml")).expect("a test reads the shipped caps");
    let (rungs, limits) = Ladder::shipped().written();
    let written = RulesWritten { rungs, limits, caps: caps.cap, budgets: caps.budget };
    CompensationRules::of(&written).expect("a test reads the shipped rules")
});

impl CompensationRules {
    /// The rules that a merchant starts with.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The rules that are written so.
    ///
    /// # Errors
    /// [`LadderError`] for an amount, a currency or rungs that fall, and for more than [`CAP_LIMIT`] caps.
    pub fn of(written: &RulesWritten) -> Result<Self, LadderError> {
        if written.caps.len().max(written.budgets.len()) > CAP_LIMIT {
            return Err(LadderError::Unreadable(format!("at most {CAP_LIMIT} caps and budgets")));
        }
        let ladder = Ladder::of(&written.rungs, &written.limits)?;
        let caps = written.caps.iter().map(cap).collect::<Result<_, _>>()?;
        let budgets = written.budgets.iter().map(budget).collect::<Result<_, _>>()?;
        Ok(Self { ladder, caps, budgets })
    }

    /// As they are written.
    #[must_use]
    pub fn written(&self) -> RulesWritten {
        let (rungs, limits) = self.ladder.written();
        let caps = self.caps.iter().map(|cap| {
            let digits =
                |minor: Option<i64>| minor.map(|minor| Money { minor, currency: cap.currency }.amount());
            CapWritten {
                agent: cap.agent,
                cause: cap.cause,
                currency: cap.currency.to_string(),
                order_under: digits(cap.order_under),
                single: digits(cap.single),
                month: digits(cap.month),
            }
        });
        let budgets = self.budgets.iter().map(|budget| BudgetWritten {
            shop: budget.shop,
            currency: budget.month.currency.to_string(),
            month: budget.month.amount(),
        });
        RulesWritten { rungs, limits, caps: caps.collect(), budgets: budgets.collect() }
    }
}

fn money(text: &str, currency: Currency) -> Result<i64, LadderError> {
    let wrong = |why: String| LadderError::Amount(text.to_owned(), why);
    let money = Money::parse(text, currency).map_err(|error| wrong(error.to_string()))?;
    if money.minor < 0 {
        return Err(wrong("an amount is not below zero".to_owned()));
    }
    Ok(money.minor)
}

fn currency(code: &str) -> Result<Currency, LadderError> {
    code.parse()
        .map_err(|error: crate::money::MoneyError| LadderError::Amount(code.to_owned(), error.to_string()))
}

fn cap(written: &CapWritten) -> Result<Cap, LadderError> {
    let currency = currency(&written.currency)?;
    let read = |text: &Option<String>| text.as_deref().map(|text| money(text, currency)).transpose();
    Ok(Cap {
        agent: written.agent,
        cause: written.cause,
        currency,
        order_under: read(&written.order_under)?,
        single: read(&written.single)?,
        month: read(&written.month)?,
    })
}

fn budget(written: &BudgetWritten) -> Result<Budget, LadderError> {
    let currency = currency(&written.currency)?;
    Ok(Budget { shop: written.shop, month: Money { minor: money(&written.month, currency)?, currency } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_read_and_written_alike() {
        let shipped = CompensationRules::shipped();
        let written = shipped.written();
        assert_eq!(CompensationRules::of(&written).as_ref(), Ok(shipped));
        let text = serde_json::to_string(&written).expect("plain data");
        assert_eq!(serde_json::from_str::<RulesWritten>(&text).ok(), Some(written));
        for word in ["rating", "review", "feedback", "star", "评"] {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn amounts_that_are_none_are_refused() {
        let with = |month: &str, currency: &str| {
            let mut written = CompensationRules::shipped().written();
            written.caps[0].month = Some(month.to_owned());
            written.caps[0].currency = currency.to_owned();
            CompensationRules::of(&written).is_ok()
        };
        assert!(with("10", "CNY"));
        assert!(!with("-1", "CNY") && !with("1.234", "CNY") && !with("x", "CNY") && !with("1", "RMBX"));
    }
}
