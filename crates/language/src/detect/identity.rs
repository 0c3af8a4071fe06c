//! Chinese identity card numbers: 17 digits with a date of birth in them, then a digit or X.

use super::digits::{Group, is_order_number};

/// Identity card numbers.
pub(super) fn find(chars: &[char], groups: &[Group]) -> Vec<(usize, usize)> {
    groups.iter().filter_map(|group| card(chars, group)).collect()
}

fn card(chars: &[char], group: &Group) -> Option<(usize, usize)> {
    let ends_in_x = group.digits.len() == 17 && chars.get(group.end) == Some(&'x');
    if group.digits.len() + usize::from(ends_in_x) != 18 || is_order_number(chars, group.start) {
        return None;
    }
    let number =
        |from: usize, to: usize| group.digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (number(6, 10)?, number(10, 12)?, number(12, 14)?);
    let born = (1920..=2025).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let region = matches!(group.digits.as_bytes()[0], b'1'..=b'8');
    (born && region).then_some((group.start, group.end + usize::from(ends_in_x)))
}

#[cfg(test)]
mod tests {
    use super::super::{digits, found_in};

    #[test]
    fn needs_a_date_of_birth() {
        let cards = |text| found_in(text, |chars| super::find(chars, &digits::groups(chars)));
        assert_eq!(cards("要我的身份证号310115196307273551"), ["310115196307273551"]);
        assert_eq!(cards("身份证 11010519491231002X"), ["11010519491231002X"]);
        assert!(cards("订单号310115196307273551").is_empty());
        assert!(cards("310115196313273551").is_empty());
        assert!(cards("31011519630727355112").is_empty());
    }
}
