//! What somebody types or pastes into the search box: which order numbers, case number and nicks it may mean, and which
//! words. Copied text comes with labels (`订单号：`), full-width digits, blanks, punctuation and several lines.

use crate::nick::{is_invisible, narrow};

/// What a text in the search box may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Order numbers, the likeliest first.
    pub numbers: Vec<String>,
    /// The beginning of an order number, when it is nothing else.
    pub beginning: Option<String>,
    /// The number of a case: `#12`, `跟进单 12`, `12`.
    pub case_number: Option<u64>,
    /// Nicks as typed.
    pub nicks: Vec<String>,
    /// Words to look for in texts.
    pub words: String,
}

/// Lines that are looked at, and characters of each.
const MOST_LINES: usize = 20;
const MOST_LETTERS: usize = 400;
/// Order numbers and nicks that are looked for.
const MOST_NUMBERS: usize = 8;
const MOST_NICKS: usize = 4;
/// Shorter ones are quantities, sizes, stars.
const SHORTEST_NUMBER: usize = 4;
const LONGEST_NICK: usize = 60;

/// In front of an order number, longer ones first.
const ORDER_LABELS: [&str; 16] = [
    "主订单编号",
    "子订单编号",
    "平台订单号",
    "订单编号",
    "交易编号",
    "订单号",
    "交易号",
    "订单id",
    "订单",
    "单号",
    "order number",
    "order id",
    "order no.",
    "order no",
    "order",
    "po",
];
const NICK_LABELS: [&str; 12] = [
    "买家会员名",
    "买家昵称",
    "客户昵称",
    "会员名",
    "旺旺号",
    "旺旺",
    "昵称",
    "买家",
    "客户",
    "buyer",
    "customer",
    "nick",
];
const CASE_LABELS: [&str; 4] = ["差评跟进单", "跟进单号", "跟进单", "case"];
/// In front of a nick in copied Wangwang ids.
const NICK_PREFIXES: [&str; 2] = ["cntaobao", "cnalichn"];

/// Reads a text of the search box.
#[must_use]
pub fn read(text: &str) -> Pasted {
    let lines = lines(text);
    let mut pasted = Pasted::default();
    let only = lines.len() == 1;
    let mut words = Vec::new();
    for line in &lines {
        let said = without_label(line);
        if let Some(joined) = grouped_digits(said) {
            push(&mut pasted.numbers, joined, MOST_NUMBERS);
        }
        for number in numbers(said) {
            push(&mut pasted.numbers, number, MOST_NUMBERS);
        }
        if pasted.case_number.is_none() && only {
            pasted.case_number = case_number(said);
        }
        if only && is_one_number(said) {
            pasted.beginning = Some(said.to_owned());
        }
        for nick in nicks(line) {
            push(&mut pasted.nicks, nick, MOST_NICKS);
        }
        words.push(said);
    }
    pasted.words = words.join(" ");
    pasted
}

fn push(list: &mut Vec<String>, new: String, most: usize) {
    if list.len() < most && !list.contains(&new) {
        list.push(new);
    }
}

/// The lines and cells that hold anything, narrowed and without what nobody sees.
fn lines(text: &str) -> Vec<String> {
    text.split(['\n', '\r', '\t', '\u{2028}'])
        .map(|line| {
            let narrowed: String = line
                .chars()
                .map(narrow)
                .filter(|letter| !is_invisible(*letter) && !letter.is_control())
                .take(MOST_LETTERS)
                .collect();
            trimmed(&narrowed).to_owned()
        })
        .filter(|line| !line.is_empty())
        .take(MOST_LINES)
        .collect()
}

/// Without blanks and punctuation around it; `#`, `*` and `_` mean something.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|letter: char| {
        letter.is_whitespace() || ",.;:!?。、…·\"'“”‘’()[]{}【】《》<>「」|`~".contains(letter)
    })
}

/// What stands behind a label, when one begins the line.
fn behind<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| {
        let head = line.get(..label.len())?;
        if !head.eq_ignore_ascii_case(label) {
            return None;
        }
        let rest = &line[label.len()..];
        let bare = rest.trim_start();
        let marked = bare.trim_start_matches([':', '=', '#']);
        // `订单取消了` and `orders` are words, no labels.
        let begins_number = marked.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
        let ascii = label.is_ascii();
        let is_label = marked.len() < bare.len()
            || (begins_number && (!ascii || rest.len() > bare.len()))
            || (!ascii && rest.len() > bare.len());
        (is_label && !marked.trim().is_empty()).then(|| marked.trim())
    })
}

fn without_label(line: &str) -> &str {
    let labels = [ORDER_LABELS.as_slice(), NICK_LABELS.as_slice(), CASE_LABELS.as_slice()];
    labels.iter().find_map(|labels| behind(line, labels)).map_or(line, trimmed)
}

/// `3456 7890 1234`: a number copied from where it stands in groups.
fn grouped_digits(said: &str) -> Option<String> {
    let grouped = said.contains(char::is_whitespace)
        && said.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace());
    let joined: String = said.chars().filter(char::is_ascii_digit).collect();
    (grouped && joined.len() >= 8).then_some(joined)
}

fn is_of_number(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

fn is_one_number(said: &str) -> bool {
    said.len() >= SHORTEST_NUMBER
        && said.chars().all(is_of_number)
        && said.chars().any(|letter| letter.is_ascii_digit())
}

/// What may be an order number: letters and digits with at least one digit; also in capitals, also with its `#`.
fn numbers(said: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in said.split(|letter: char| !is_of_number(letter) && letter != '#') {
        let bare = piece.trim_start_matches('#').trim_matches(['-', '_']);
        if !is_one_number(bare) {
            continue;
        }
        found.push(bare.to_owned());
        let capitals = bare.to_ascii_uppercase();
        if capitals != bare {
            found.push(capitals);
        }
        if piece.starts_with('#') {
            found.push(format!("#{bare}"));
        }
    }
    found
}

fn case_number(said: &str) -> Option<u64> {
    let digits = said.trim_start_matches('#').trim();
    let short = (1..=9).contains(&digits.len()) && digits.bytes().all(|letter| letter.is_ascii_digit());
    if short { digits.parse().ok().filter(|number| *number > 0) } else { None }
}

/// The line as a nick, and what stands behind a label within it.
fn nicks(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut take = |said: &str| {
        let bare = NICK_PREFIXES.iter().find_map(|prefix| said.strip_prefix(prefix)).unwrap_or(said).trim();
        if !bare.is_empty() && bare.chars().count() <= LONGEST_NICK {
            found.push(bare.to_owned());
        }
    };
    let labelled = line.split([' ', ',', ';']).find_map(|part| behind(part, &NICK_LABELS));
    if let Some(nick) = labelled {
        take(trimmed(nick));
    }
    take(without_label(line));
    // A nick may end in what else is punctuation; and `客户 小猫` may be the nick itself.
    if without_label(line) != line {
        take(line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(text: &str) -> String {
        read(text).numbers.first().cloned().unwrap_or_default()
    }

    #[test]
    fn an_order_number_is_found_however_it_was_copied() {
        for text in [
            "2345678901234567890",
            "  2345678901234567890  ",
            "２３４５６７８９０１２３４５６７８９０",
            "订单号：2345678901234567890",
            "订单编号: 2345678901234567890。",
            "订单2345678901234567890",
            "【2345678901234567890】",
            "2345678901234567890，",
            "\u{feff}2345678901234567890\u{200b}",
            "Order ID: 2345678901234567890",
            "order 2345678901234567890",
            "2345 6789 0123 4567 890",
            "\n\n订单编号：2345678901234567890\n买家：小猫钓鱼\n收货人：张三\n",
            "订单编号\t2345678901234567890\t已发货",
            "亲，我的订单号是2345678901234567890，麻烦查一下",
        ] {
            assert_eq!(first(text), "2345678901234567890", "{text:?}");
        }
        assert_eq!(first("Order # 113-1234567-7654321"), "113-1234567-7654321");
        assert_eq!(read("#1001").numbers, ["1001", "#1001"]);
        assert_eq!(read("a1001").numbers, ["a1001", "A1001"]);
    }

    #[test]
    fn words_are_no_numbers_and_no_labels() {
        for text in ["订单取消了", "orders arrived late", "质量太差", "A4", "3 stars", "po"] {
            assert_eq!(read(text).numbers, Vec::<String>::new(), "{text}");
            assert_eq!(read(text).words, text);
        }
        assert_eq!(read("?!。").words, "");
    }

    #[test]
    fn a_case_is_called_by_its_number() {
        for text in ["#12", "12", "跟进单 12", "差评跟进单#12", "case #12", "＃１２"] {
            assert_eq!(read(text).case_number, Some(12), "{text}");
        }
        for text in ["#0", "12a", "2345678901234567890", "12\n13", "case closed"] {
            assert_eq!(read(text).case_number, None, "{text}");
        }
    }

    #[test]
    fn nicks_stand_alone_or_behind_a_label() {
        assert_eq!(read(" 小猫钓鱼 ").nicks, ["小猫钓鱼"]);
        assert_eq!(read("t**1").nicks, ["t**1"]);
        assert_eq!(read("cntaobao小猫钓鱼").nicks, ["小猫钓鱼"]);
        assert_eq!(read("买家昵称：小猫钓鱼").nicks[0], "小猫钓鱼");
        assert!(read("订单号：1234567 买家：小猫钓鱼").nicks.contains(&"小猫钓鱼".to_owned()));
        assert!(read("订单编号：1234567\n旺旺：小猫钓鱼").nicks.contains(&"小猫钓鱼".to_owned()));
    }

    #[test]
    fn a_single_number_may_be_a_beginning() {
        assert_eq!(read("订单号：23456").beginning.as_deref(), Some("23456"));
        assert_eq!(read("1234 好").beginning, None);
        assert_eq!(read("1234567\n7654321").beginning, None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,200}") {
            let pasted = read(&text);
            prop_assert!(pasted.numbers.len() <= MOST_NUMBERS && pasted.nicks.len() <= MOST_NICKS);
        }

        #[test]
        fn a_number_among_anything_chinese_is_found(
            before in "[一-龥，。：\n ]{0,12}", number in "[1-9][0-9]{9,18}", after in "[一-龥，。！\n]{0,12}"
        ) {
            let found = read(&format!("{before}{number}{after}")).numbers;
            prop_assert!(found.contains(&number), "{found:?}");
        }
    }
}
