//! Bank cards: 13 to 19 digits whose last is the check digit of ISO/IEC 7812 (Luhn).

use super::digits::{Group, is_order_number};

/// Words that announce a card, after which 16 to 19 digits need no check.
const ANNOUNCING: [&str; 9] =
    ["银行卡", "卡号", "账号", "帐号", "工行", "建行", "农行", "card number", "credit card"];

/// Card numbers that are not identity cards (`cards`, found before).
pub(super) fn find(chars: &[char], groups: &[Group], cards: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let is_card = |group: &&Group| {
        let announced = ANNOUNCING.iter().any(|word| super::before(chars, group.start, 14).contains(word));
        let length = group.digits.len();
        let network = group.digits.starts_with(['3', '4', '5', '6']) && (13..=19).contains(&length);
        !cards.contains(&(group.start, group.end))
            && !is_order_number(chars, group.start)
            && ((network && luhn(&group.digits) && (announced || length == 16 || length == 19))
                || (announced && (16..=19).contains(&length)))
    };
    groups.iter().filter(is_card).map(|group| (group.start, group.end)).collect()
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0');
            let doubled = digit * (1 + u32::try_from(at % 2).unwrap_or(0));
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::super::{digits, found_in};

    fn cards(text: &str) -> Vec<String> {
        found_in(text, |chars| super::find(chars, &digits::groups(chars), &[]))
    }

    #[test]
    fn the_check_digit_tells() {
        assert_eq!(cards("card 4111 1111 1111 1111 was charged"), ["4111 1111 1111 1111"]);
        assert_eq!(cards("卡号6222021234567890123退款"), ["6222021234567890123"]);
        assert!(cards("4111 1111 1111 1112").is_empty());
        assert!(cards("订单号4111111111111111").is_empty());
    }
}
