//! How a single cell is read and written: Excel's `="123"` wrapping, absent values, and the guard against
//! formulas.

use std::borrow::Cow;

/// First letters that make a spreadsheet run a cell as a formula (CWE-1236; OWASP ASVS 5.0, 1.2.10).
const STARTERS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet would take the text for a formula, or our own import would unguard it.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTERS) && !is_plain_number(text)
}

/// Digits with an optional minus and decimals: no formula, so it stays a number.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text as it may stand in a csv or xlsx cell: a leading `'` where a spreadsheet would run it.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes back what [`guarded`] added; done where csv and xlsx are read, for JSON is never guarded.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => text,
    }
}

/// Strips blanks (also full-width and unbreakable ones), a byte order mark, and Excel's `="…"`.
pub(super) fn trimmed(text: &str) -> &str {
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}');
    let text = text.trim_matches(blank);
    match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => inner.trim_matches(blank),
        _ => text,
    }
}

/// Whether a (trimmed) value says that there is none.
pub(super) fn is_absent(value: &str) -> bool {
    value.len() <= 6
        && matches!(
            value,
            "" | "-"
                | "–"
                | "—"
                | "--"
                | "——"
                | "NULL"
                | "Null"
                | "null"
                | "N/A"
                | "n/a"
                | "#N/A"
                | "\\N"
                | "None"
                | "NaT"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_stay_numbers() {
        for formula in
            ["=1+1", "+8613812345678", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=1", "-", "--3", "-1.2.3"]
        {
            assert_eq!(guarded(formula), format!("'{formula}"), "{formula}");
        }
        for plain in ["-3", "-3.50", "好评", "", "'quoted'", "3-4", "'"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    #[test]
    fn values_are_freed_of_wrapping() {
        for (cell, expected) in [
            ("=\"1234567890123456789\"", "1234567890123456789"),
            (" 收货地址 \u{3000}", "收货地址"),
            ("\u{feff}订单编号", "订单编号"),
            ("'t is", "'t is"),
            ("=\"a\"\"b\"", "=\"a\"\"b\""),
        ] {
            assert_eq!(trimmed(cell), expected);
        }
        assert!(
            is_absent("NULL") && is_absent("–") && is_absent("") && !is_absent("NaN") && !is_absent("无")
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@\\t\\r\\-0-9.a\\PC]{0,8}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!cell.starts_with(STARTERS) || is_plain_number(&cell));
        }
    }
}
