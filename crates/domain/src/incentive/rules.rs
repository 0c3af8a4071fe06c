//! What is earned for which cause.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pingxin_language::Cause;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{Currency, Money};

/// What is earned, by cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncentiveRules {
    amounts: BTreeMap<Cause, Money>,
    /// So many days after its end the return of a complaint takes the incentive back.
    pub watch_days: u16,
}

/// Rules as they are written and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncentiveRulesWritten {
    /// What is earned for a case of each cause; a cause that is not named earns nothing.
    pub amounts: Vec<AmountWritten>,
    /// Days after the end of a case in which the return of its complaint takes the incentive back, 1 to 365.
    pub watch_days: u16,
}

/// The amount of one cause as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountWritten {
    /// What was complained of.
    pub cause: Cause,
    /// Digits.
    pub amount: String,
    /// Of which currency.
    pub currency: String,
}

/// Why rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulesError {
    /// An amount or a currency.
    #[error("`{0}`: {1}")]
    Amount(String, String),
    /// One cause twice.
    #[error("`{0}` stands there twice")]
    Twice(&'static str),
    /// The days.
    #[error("a returned complaint is watched for 1 to 365 days")]
    Days,
}

static SHIPPED: LazyLock<IncentiveRules> = LazyLock::new(|| {
    let cny = |minor| Money { minor, currency: Currency::CNY };
    let amounts = BTreeMap::from([(Cause::Quality, cny(5_000)), (Cause::Logistics, cny(3_000))]);
    IncentiveRules { amounts, watch_days: 30 }
});

impl IncentiveRules {
    /// What a merchant starts with: 50 yuan for quality, 30 for logistics (article-000).
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The rules that are written so.
    ///
    /// # Errors
    /// [`RulesError`] for an amount, a currency, a cause named twice, or the days.
    pub fn of(written: &IncentiveRulesWritten) -> Result<Self, RulesError> {
        if !(1..=365).contains(&written.watch_days) {
            return Err(RulesError::Days);
        }
        let mut amounts = BTreeMap::new();
        for AmountWritten { cause, amount, currency } in &written.amounts {
            let wrong = |text: &str, why: String| RulesError::Amount(text.to_owned(), why);
            let currency: Currency = currency
                .parse()
                .map_err(|error: crate::money::MoneyError| wrong(currency, error.to_string()))?;
            let money = Money::parse(amount, currency).map_err(|error| wrong(amount, error.to_string()))?;
            if money.minor <= 0 {
                return Err(wrong(amount, "an incentive is above zero".to_owned()));
            }
            if amounts.insert(*cause, money).is_some() {
                return Err(RulesError::Twice(cause.as_str()));
            }
        }
        Ok(Self { amounts, watch_days: written.watch_days })
    }

    /// As they are written.
    #[must_use]
    pub fn written(&self) -> IncentiveRulesWritten {
        let amount = |(cause, money): (&Cause, &Money)| AmountWritten {
            cause: *cause,
            amount: money.amount(),
            currency: money.currency.to_string(),
        };
        IncentiveRulesWritten {
            amounts: self.amounts.iter().map(amount).collect(),
            watch_days: self.watch_days,
        }
    }

    /// What a case of this cause earns.
    #[must_use]
    pub fn amount(&self, cause: Option<Cause>) -> Option<Money> {
        self.amounts.get(&cause?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_for_quality_thirty_for_logistics_and_nothing_else() {
        let shipped = IncentiveRules::shipped();
        let amount = |cause| shipped.amount(Some(cause)).map(|money| money.to_string());
        assert_eq!(amount(Cause::Quality).as_deref(), Some("50.00 CNY"));
        assert_eq!(amount(Cause::Logistics).as_deref(), Some("30.00 CNY"));
        assert_eq!((amount(Cause::Service), shipped.amount(None)), (None, None));
        assert_eq!(IncentiveRules::of(&shipped.written()).as_ref(), Ok(shipped));
    }

    #[test]
    fn rules_that_make_no_sense_are_refused() {
        let of = |amount: &str, days, twice: bool| {
            let one = AmountWritten { cause: Cause::Quality, amount: amount.into(), currency: "CNY".into() };
            let amounts = if twice { vec![one.clone(), one] } else { vec![one] };
            IncentiveRules::of(&IncentiveRulesWritten { amounts, watch_days: days })
        };
        assert!(of("5", 30, false).is_ok());
        assert_eq!(of("5", 30, true), Err(RulesError::Twice("quality")));
        assert_eq!(of("5", 0, false), Err(RulesError::Days));
        assert!(matches!(of("-5", 30, false), Err(RulesError::Amount(..))));
    }
}
