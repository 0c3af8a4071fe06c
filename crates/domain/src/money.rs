//! Money in minor units with its currency; never a float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An ISO 4217 currency code, three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi.
    pub const CNY: Self = Self(*b"CNY");
    /// US dollar.
    pub const USD: Self = Self(*b"USD");

    /// The code as text, such as `CNY`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII capitals")
    }

    /// Digits after the decimal point (ISO 4217 minor unit): 0 for JPY, 3 for KWD, mostly 2.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"PYG" | b"UGX" | b"XAF" | b"XOF" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"TND" | b"JOD" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.trim().as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|letter| letter.is_ascii_alphabetic()) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(MoneyError::Currency(text.chars().take(12).collect())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// An amount of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units (fen, cents); negative for what the shop owes.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not three letters.
    #[error("`{0}` is no currency code; write three letters such as CNY or USD")]
    Currency(String),
    /// Not a number, or more decimals than the currency has.
    #[error("`{0}` is no amount; write digits with at most {1} decimals, such as 129.00")]
    Amount(String, u32),
    /// Beyond what an amount can hold.
    #[error("`{0}` is too large for an amount")]
    TooLarge(String),
}

impl Money {
    /// Reads an amount as exports write it: `129.00`, `¥1,299`, `US$ 12.5`, `-3`, `１２９`, `89,90` (a comma
    /// followed by one or two closing digits, with no other point, is a decimal comma).
    ///
    /// # Errors
    /// [`MoneyError::Amount`] for anything else or for decimals the currency does not have,
    /// [`MoneyError::TooLarge`] beyond 64 bits of minor units.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let shown = || text.chars().take(40).collect::<String>();
        let wrong = || MoneyError::Amount(shown(), currency.decimals());
        let plain = plain_number(text).ok_or_else(wrong)?;
        let (negative, digits) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let kept = fraction.trim_end_matches('0');
        if (whole.is_empty() && fraction.is_empty())
            || !all_digits(whole)
            || !all_digits(fraction)
            || kept.len() > currency.decimals() as usize
        {
            return Err(wrong());
        }
        let mut minor: i64 = 0;
        let padding = std::iter::repeat_n(b'0', currency.decimals() as usize - kept.len());
        for byte in whole.bytes().chain(kept.bytes()).chain(padding) {
            minor = minor
                .checked_mul(10)
                .and_then(|value| value.checked_add(i64::from(byte - b'0')))
                .ok_or_else(|| MoneyError::TooLarge(shown()))?;
        }
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }
}

/// Strips currency signs, spaces and group commas, and folds full-width digits; `None` when letters remain.
fn plain_number(text: &str) -> Option<String> {
    let mut plain = String::new();
    for letter in text.trim().chars() {
        match letter {
            '0'..='9' | '.' | ',' => plain.push(letter),
            '０'..='９' => plain.push(char::from(b'0' + u8::try_from(letter as u32 - '０' as u32).ok()?)),
            '．' => plain.push('.'),
            '，' => plain.push(','),
            '-' | '－' | '−' if !plain.contains(|mark: char| mark.is_ascii_digit() || mark == '-') => {
                plain.push('-')
            }
            '¥' | '￥' | '$' | '€' | '£' | '元' | ' ' | '\u{a0}' | '+' => {}
            'A'..='Z' | 'a'..='z' if !plain.contains(|mark: char| mark.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    let decimal_comma = !plain.contains('.')
        && plain.matches(',').count() == 1
        && plain.rsplit(',').next().is_some_and(|tail| (1..=2).contains(&tail.len()));
    Some(if decimal_comma { plain.replace(',', ".") } else { plain.replace(',', "") })
}

impl fmt::Display for Money {
    /// `129.00 CNY`; the plain form that [`Money::parse`] reads back.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.amount(), self.currency)
    }
}

impl Money {
    /// The number alone with the currency's decimals, such as `129.00`.
    #[must_use]
    pub fn amount(&self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor(text: &str) -> Option<i64> {
        Money::parse(text, Currency::CNY).ok().map(|money| money.minor)
    }

    #[test]
    fn reads_amounts_as_exports_write_them() {
        for (text, expected) in [
            ("129.00", 12_900),
            ("¥1,299", 129_900),
            ("￥０．５", 50),
            ("US$ 12.5", 1_250),
            ("-3", -300),
            ("89,90", 8_990),
            ("1,234.50", 123_450),
            (".5", 50),
            ("12.", 1_200),
            ("106.0800", 10_608),
            ("25元", 2_500),
        ] {
            assert_eq!(minor(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["", "abc", "1.234", "1.2.3", "NaN", "1e308", "12-3", "--3", "99999999999999999999"] {
            assert_eq!(minor(text), None, "{text}");
        }
    }

    #[test]
    fn knows_currencies_without_cents() {
        let yen: Currency = "jpy".parse().unwrap();
        assert_eq!(Money::parse("1200", yen).unwrap().minor, 1200);
        assert!(Money::parse("12.5", yen).is_err());
        assert_eq!(Money { minor: 1200, currency: yen }.to_string(), "1200 JPY");
    }

    proptest! {
        #[test]
        fn reads_back_what_it_prints(minor in -1_000_000_000_000i64..1_000_000_000_000) {
            let money = Money { minor, currency: Currency::USD };
            prop_assert_eq!(Money::parse(&money.amount(), Currency::USD).unwrap(), money);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = Money::parse(&text, Currency::CNY);
        }
    }
}
