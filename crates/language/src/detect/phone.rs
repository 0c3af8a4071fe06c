//! Telephone numbers of people. Hot lines (400, 800, 95…) and numbers of orders and parcels are none.

use super::digits::{Group, digit, is_order_number};

/// Mobile and landline numbers.
pub(super) fn find(chars: &[char], groups: &[Group]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        groups.iter().filter(|group| is_phone(chars, group)).map(|group| (group.start, group.end)).collect();
    found.extend(mixed(chars));
    found
}

/// Mobile numbers in which figures and numerals take turns, so that a filter does not see them: 一三8零零1三8...
fn mixed(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().map_while(|part| digit(*part)).collect::<String>();
        let length = run.chars().count();
        let figures = chars[at..at + length].iter().filter(|part| part.is_ascii_digit()).count();
        if figures > 0 && figures < length && is_chinese_mobile(&run) && !is_order_number(chars, at) {
            found.push((at, at + length));
        }
        at += length.max(1);
    }
    found
}

/// Telephone numbers spelled out in English: `four one five five five five three nine six eight`.
pub(super) fn spelled(chars: &[char]) -> Vec<(usize, usize)> {
    const DIGITS: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh"];
    let mut found = Vec::new();
    let (mut run, mut digits) = (None, String::new());
    let mut at = 0;
    while at <= chars.len() {
        let letters = chars[at..].iter().take_while(|part| part.is_ascii_alphabetic()).count();
        let word = &chars[at..at + letters];
        let value = DIGITS.iter().position(|digit| super::is(word, digit));
        let Some(value) = value else {
            let gap = chars.get(at).is_some_and(|part| matches!(part, ' ' | '-' | ',' | '.'));
            if !gap && let Some((start, end)) = run.take() {
                let plain = digits.strip_prefix('1').unwrap_or(&digits);
                let american =
                    plain.len() == 10 && plain.as_bytes()[0] >= b'2' && plain.as_bytes()[3] >= b'2';
                if american || is_chinese_mobile(&digits) {
                    found.push((start, end));
                }
            }
            if !gap {
                digits.clear();
            }
            at += word.len().max(1);
            continue;
        };
        digits.push(char::from(b'0' + u8::try_from(value % 10).unwrap_or(0)));
        run = Some((run.map_or(at, |(start, _)| start), at + word.len()));
        at += word.len();
    }
    found
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
    let spaced = group.parts == group.digits.len();
    let country_code =
        !group.plus && !spaced && chars.get(group.start + 1).is_some_and(|part| !part.is_alphanumeric());
    (is_chinese_mobile(digits) && !country_code)
        || is_chinese_landline(chars, group, digits)
        || is_american(chars, group, digits)
        || (group.plus && (9..=14).contains(&group.digits.len()))
}

/// Eleven digits of a network that there is (工业和信息化部, 电信网码号资源).
fn is_chinese_mobile(digits: &str) -> bool {
    let [b'1', network, third, ..] = digits.as_bytes() else { return false };
    digits.len() == 11
        && match network {
            b'3' | b'8' => true,
            b'4' => matches!(third, b'5'..=b'9'),
            b'5' => *third != b'4',
            b'6' => matches!(third, b'2' | b'5' | b'6' | b'7'),
            b'7' => *third != b'9',
            b'9' => *third != b'4',
            _ => false,
        }
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
            ("手机号壹叁捌零零壹叁捌零零零", "壹叁捌零零壹叁捌零零零"),
            ("我的电话1 3 8 0 0 1 3 8 0 0 0欢迎", "1 3 8 0 0 1 3 8 0 0 0"),
            ("打一三8零零1三8零零零找我", "一三8零零1三8零零零"),
            ("My number is 415.555.3968, call me", "415.555.3968"),
            ("Contact (646) 555-0647 for a refund", "(646) 555-0647"),
            ("My number is 2125553435, call me", "2125553435"),
        ] {
            assert_eq!(phones(text), [phone], "{text}");
        }
    }

    #[test]
    fn spelled_out_in_english() {
        let text = "text me at four one five, five five five three nine six eight please";
        assert_eq!(found_in(text, super::spelled), ["four one five, five five five three nine six eight"]);
        assert!(found_in("one two three, go. I bought two and one broke", super::spelled).is_empty());
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
