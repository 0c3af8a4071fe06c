//! Telephone numbers of people. Hot lines (400, 800, 95…) and numbers of orders and parcels are none.

use super::digits::{Group, is_order_number};

/// Mobile and landline numbers.
pub(super) fn find(chars: &[char], groups: &[Group]) -> Vec<(usize, usize)> {
    groups.iter().filter(|group| is_phone(chars, group)).map(|group| (group.start, group.end)).collect()
}

fn is_phone(chars: &[char], group: &Group) -> bool {
    let joined = |at: Option<&char>| {
        at.is_some_and(|part| part.is_ascii_alphabetic() || matches!(part, '$' | '¥' | '#'))
    };
    let glued =
        joined(group.start.checked_sub(1).and_then(|at| chars.get(at))) || joined(chars.get(group.end));
    if is_order_number(chars, group.start) || (glued && !group.plus) {
        return false;
    }
    let digits =
        group.digits.strip_prefix("0086").or_else(|| group.digits.strip_prefix("86").filter(|_| group.plus));
    let digits = digits.unwrap_or(&group.digits);
    // 1-800-…: an American number with its country code looks like a Chinese mobile number.
    let country_code = !group.plus && chars.get(group.start + 1).is_some_and(|part| !part.is_alphanumeric());
    (is_chinese_mobile(digits) && !country_code)
        || is_chinese_landline(chars, group, digits)
        || is_american(chars, group, digits)
        || (group.plus && (9..=14).contains(&group.digits.len()))
}

fn is_chinese_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// Area code and seven or eight digits, set apart or announced.
fn is_chinese_landline(chars: &[char], group: &Group, digits: &str) -> bool {
    let announced = ["电话", "打了", "致电", "热线", "座机", "联系", "拨打", "tel", "call"];
    let before = super::before(chars, group.start, 8);
    (10..=12).contains(&digits.len())
        && digits.starts_with('0')
        && !digits.starts_with("00")
        && (group.parts == 2 || announced.iter().any(|word| before.contains(word)))
}

/// Ten digits in the American grouping, or announced; toll-free numbers belong to companies.
fn is_american(chars: &[char], group: &Group, digits: &str) -> bool {
    let digits = digits.strip_prefix('1').filter(|_| digits.len() == 11).unwrap_or(digits);
    let toll_free =
        ["400", "800", "888", "877", "866", "855", "844", "833"].iter().any(|area| digits.starts_with(area));
    let valid =
        digits.len() == 10 && digits.as_bytes()[0] >= b'2' && digits.as_bytes()[3] >= b'2' && !toll_free;
    let announced =
        ["number", "call", "contact", "phone", "text", "cell", "reach", "tel", "mobile", "whatsapp"];
    let before = super::before(chars, group.start, 24);
    valid
        && (group.parts == 3
            || (group.parts == 4 && group.plus)
            || announced.iter().any(|word| before.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::super::{digits, found_in};

    fn phones(text: &str) -> Vec<String> {
        found_in(text, |chars| super::find(chars, &digits::groups(chars)))
    }

    #[test]
    fn finds_numbers_of_people() {
        for (text, phone) in [
            ("有问题联系我１５９１５８３５３３４", "１５９１５８３５３３４"),
            ("打了0571—60768839三次没人接", "0571—60768839"),
            ("打了02874115336三次没人接", "02874115336"),
            ("商家陈明电话+86 15239700745态度恶劣", "+86 15239700745"),
            ("老板手机一三七零零零零五五六六", "一三七零零零零五五六六"),
            ("My number is 415.555.3968, call me", "415.555.3968"),
            ("Contact (646) 555-0647 for a refund", "(646) 555-0647"),
            ("My number is 2125553435, call me", "2125553435"),
        ] {
            assert_eq!(phones(text), [phone], "{text}");
        }
    }

    #[test]
    fn leaves_other_numbers() {
        for text in [
            "订单编号14864782294到现在没发货",
            "运单号 13800138000",
            "拨打400-820-8820没人理",
            "call 1-800-555-0123",
            "价格1999.00元",
            "2018-03-24 10:20 下单",
            "order 112-1234567-1234567",
            "ISBN 9787111234567",
        ] {
            assert!(phones(text).is_empty(), "{text} {:?}", phones(text));
        }
    }
}
