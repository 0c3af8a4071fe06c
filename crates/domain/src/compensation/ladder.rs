//! A shop's ladder: its rungs, and who may decide up to which amount.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::rung::{Benefit, SignOff};
use crate::money::{Currency, Money};

/// The ladder of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    pub(super) rungs: Vec<RungRule>,
    /// Who may decide up to which amount.
    pub limits: Limits,
}

/// What one rung allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RungRule {
    pub kind: Benefit,
    /// The most of the order, percent.
    pub share: u8,
    /// The most in money; empty, the share alone counts.
    pub most: BTreeMap<Currency, Money>,
}

/// Up to which amount an agent, and up to which a supervisor decides; above it two persons do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    agent: BTreeMap<Currency, Money>,
    supervisor: BTreeMap<Currency, Money>,
}

/// Why a ladder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LadderError {
    /// It is not written as a ladder is.
    #[error("the ladder cannot be read: {0}")]
    Unreadable(String),
    /// An amount, or a currency.
    #[error("`{0}`: {1}")]
    Amount(String, String),
    /// A rung may not be worth less than the one below it.
    #[error("`{0}` allows less than the rung below it")]
    Falls(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rung: Vec<RungWritten>,
    limits: LimitsWritten,
}

/// A rung as it is written: amounts are digits by currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RungWritten {
    /// What is given.
    pub kind: Benefit,
    /// The most of the order, percent.
    pub share: u8,
    /// The most in money; empty, the share alone counts.
    #[serde(default)]
    pub most: BTreeMap<String, String>,
}

/// Who decides up to which amount, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsWritten {
    /// An agent alone.
    pub agent: BTreeMap<String, String>,
    /// One supervisor; above it two persons do.
    pub supervisor: BTreeMap<String, String>,
}

static SHIPPED: LazyLock<Ladder> =
    LazyLock::new(|| Ladder::read(include_str!("ladder.toml")).expect("a test reads the shipped ladder"));

impl Ladder {
    /// The ladder a shop starts with.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a ladder as `ladder.toml` is written.
    ///
    /// # Errors
    /// [`LadderError`] when a word, an amount or the order of the rungs is wrong.
    pub fn read(text: &str) -> Result<Self, LadderError> {
        let file: File = toml::from_str(text).map_err(|error| LadderError::Unreadable(error.to_string()))?;
        Self::of(&file.rung, &file.limits)
    }

    /// The ladder that is written so.
    ///
    /// # Errors
    /// [`LadderError`] when an amount or the order of the rungs is wrong.
    pub fn of(written: &[RungWritten], limits: &LimitsWritten) -> Result<Self, LadderError> {
        let mut rungs: Vec<RungRule> = Vec::new();
        for rung in written {
            let rule = RungRule { kind: rung.kind, share: rung.share.min(100), most: amounts(&rung.most)? };
            if let Some(below) = rungs.last()
                && !rule.is_above(below)
            {
                return Err(LadderError::Falls(rule.kind.code()));
            }
            rungs.push(rule);
        }
        let limits = Limits { agent: amounts(&limits.agent)?, supervisor: amounts(&limits.supervisor)? };
        Ok(Self { rungs, limits })
    }

    /// As it is written.
    #[must_use]
    pub fn written(&self) -> (Vec<RungWritten>, LimitsWritten) {
        let digits = |amounts: &BTreeMap<Currency, Money>| {
            amounts.iter().map(|(currency, most)| (currency.to_string(), most.amount())).collect()
        };
        let rung =
            |rung: &RungRule| RungWritten { kind: rung.kind, share: rung.share, most: digits(&rung.most) };
        let limits =
            LimitsWritten { agent: digits(&self.limits.agent), supervisor: digits(&self.limits.supervisor) };
        (self.rungs.iter().map(rung).collect(), limits)
    }
}

impl RungRule {
    /// A later kind, and for every order at least as much.
    fn is_above(&self, below: &Self) -> bool {
        let most = self
            .most
            .iter()
            .all(|(currency, most)| below.most.get(currency).is_none_or(|below| below.minor <= most.minor));
        let falls_to_share = below.most.is_empty() && !self.most.is_empty();
        self.kind.step() >= below.kind.step() && self.share >= below.share && most && !falls_to_share
    }

    /// The most that this rung allows for an order, rounded down; `None` where nobody has said.
    pub(super) fn most_of(&self, order: Money) -> Option<Money> {
        let share = i128::from(order.minor) * i128::from(self.share) / 100;
        let minor = i64::try_from(share).ok()?;
        if self.most.is_empty() {
            return Some(Money { minor, ..order });
        }
        let most = self.most.get(&order.currency)?;
        Some(Money { minor: minor.min(most.minor), ..order })
    }
}

impl Limits {
    /// Who has to agree to an amount; where no limit is known for its currency, two persons.
    #[must_use]
    pub fn sign_off(&self, amount: Money) -> SignOff {
        let within = |limits: &BTreeMap<Currency, Money>| {
            limits.get(&amount.currency).is_some_and(|limit| amount.minor <= limit.minor)
        };
        if within(&self.agent) {
            SignOff::Agent
        } else if within(&self.supervisor) {
            SignOff::Supervisor
        } else {
            SignOff::TwoPersons
        }
    }
}

pub(super) fn amounts(texts: &BTreeMap<String, String>) -> Result<BTreeMap<Currency, Money>, LadderError> {
    let wrong =
        |text: &str, error: crate::money::MoneyError| LadderError::Amount(text.to_owned(), error.to_string());
    texts
        .iter()
        .map(|(code, text)| {
            let currency: Currency = code.parse().map_err(|error| wrong(code, error))?;
            let amount = Money::parse(text, currency).map_err(|error| wrong(text, error))?;
            if amount.minor < 0 {
                return Err(LadderError::Amount(text.clone(), "an amount is not below zero".to_owned()));
            }
            Ok((currency, amount))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_that_falls_or_is_misspelt_is_refused() {
        let limits = "[limits]\nagent = { CNY = \"1\" }\nsupervisor = { CNY = \"2\" }\n";
        let read = |rungs: &str| Ladder::read(&format!("{rungs}{limits}"));
        let rung = |kind: &str, share: u8| format!("[[rung]]\nkind = \"{kind}\"\nshare = {share}\n");
        assert!(read(&(rung("coupon", 5) + &rung("gift", 5))).is_ok());
        assert_eq!(read(&(rung("gift", 5) + &rung("coupon", 6))), Err(LadderError::Falls("coupon")));
        assert_eq!(read(&(rung("coupon", 6) + &rung("gift", 5))), Err(LadderError::Falls("gift")));
        assert!(matches!(read(&rung("cash", 5)), Err(LadderError::Unreadable(_))));
        let amount = "[[rung]]\nkind = \"coupon\"\nshare = 5\nmost = { CNY = \"1.234\" }\n";
        assert!(matches!(read(amount), Err(LadderError::Amount(_, _))));
    }

    #[test]
    fn the_higher_the_amount_the_more_have_to_agree() {
        let sign_off = |minor, currency: &str| {
            Ladder::shipped().limits.sign_off(Money { minor, currency: currency.parse().unwrap() })
        };
        assert_eq!(sign_off(2_000, "CNY"), SignOff::Agent);
        assert_eq!(sign_off(2_001, "CNY"), SignOff::Supervisor);
        assert_eq!(sign_off(20_001, "CNY"), SignOff::TwoPersons);
        assert_eq!(sign_off(1, "CHF"), SignOff::TwoPersons, "no limit is known for this currency");
    }
}
