//! Runs of digits, with the marks that people put between them.

/// Digits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub start: usize,
    pub end: usize,
    /// The digits alone, `0` to `9`.
    pub digits: String,
    /// A `+` stands before them.
    pub plus: bool,
    /// How many runs it has: 1 without marks in between.
    pub parts: usize,
}

/// The digit that a character stands for, Chinese numerals included, also as written on bills.
pub(super) fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '零' | '〇' => Some('0'),
        '一' | '壹' | '幺' => Some('1'),
        '二' | '贰' => Some('2'),
        '三' | '叁' => Some('3'),
        '四' | '肆' => Some('4'),
        '五' | '伍' => Some('5'),
        '六' | '陆' => Some('6'),
        '七' | '柒' => Some('7'),
        '八' | '捌' => Some('8'),
        '九' | '玖' => Some('9'),
        _ => None,
    }
}

fn is_mark(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―' | '‐' | '−' | '.' | ' ' | '(' | ')' | '·' | '_' | '*')
}

/// Every group of at least five digits. One or two marks may stand between its runs; a run ends where writing changes
/// between figures and numerals.
pub(super) fn groups(chars: &[char]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if digit(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let (start, figures) = (at, chars[at].is_ascii_digit());
        let mut group = Group { start, end: at, digits: String::new(), plus: false, parts: 1 };
        let same = |at: usize| {
            chars.get(at).filter(|part| part.is_ascii_digit() == figures).and_then(|part| digit(*part))
        };
        loop {
            while let Some(found) = same(at) {
                group.digits.push(found);
                at += 1;
            }
            group.end = at;
            let marks = chars[at..].iter().take(3).take_while(|part| is_mark(**part)).count();
            if !figures || marks == 0 || marks > 2 || same(at + marks).is_none() {
                break;
            }
            at += marks;
            group.parts += 1;
        }
        group.plus = start > 0 && chars[start - 1] == '+';
        if group.plus {
            group.start -= 1;
        }
        if start > 0 && chars[start - 1] == '(' && chars[start..group.end].contains(&')') {
            group.start -= 1;
        }
        if group.digits.len() >= 5 {
            groups.push(group);
        }
    }
    groups
}

/// Whether the words before a number say that it numbers an order, a parcel or goods.
pub(super) fn is_order_number(chars: &[char], start: usize) -> bool {
    let before = super::before_in_clause(chars, start, 14);
    [
        "订单",
        "单号",
        "编号",
        "运单",
        "物流",
        "货号",
        "款号",
        "型号",
        "条码",
        "条形码",
        "序列",
        "发票",
        "order",
        "tracking",
        "case",
        "ticket",
        "model",
        "asin",
        "isbn",
        "serial",
        "invoice",
        "part #",
        "sku",
        "imei",
        "upc",
    ]
    .iter()
    .any(|word| before.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<String> {
        groups(&text.chars().collect::<Vec<_>>()).into_iter().map(|group| group.digits).collect()
    }

    #[test]
    fn marks_join_and_words_part() {
        assert_eq!(digits("打138 0013-8000或(021) 5555-0123"), ["13800138000", "02155550123"]);
        assert_eq!(digits("一三七零零零零五五六六"), ["13700005566"]);
        assert_eq!(digits("12块3毛,等了45天"), Vec::<String>::new());
    }
}
