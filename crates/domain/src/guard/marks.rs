//! Marks: concepts that are shapes rather than words. Amounts of money, shares, phone numbers, addresses of mail and
//! of pages, order numbers, stars counted out.

use pingxin_language::fold::fold_for_model;
use pingxin_language::{PersonalData, Place, SignalCode, detect};

use super::lexicon::{Builder, Concept, Word};
use super::plain::Plain;

/// The concepts of marks, and word concepts that detectors share with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub amount: Concept,
    pub share: Concept,
    pub phone: Concept,
    pub email: Concept,
    pub link: Concept,
    pub order_number: Concept,
    pub high_stars: Concept,
    pub low_stars: Concept,
    pub question: Concept,
    pub disguise: Concept,
    pub carrier: Concept,
    pub seller_talk: Concept,
    pub delivery_talk: Concept,
    pub product_talk: Concept,
    pub obscene: Concept,
}

const NUMERALS: &str = "一二三四五六七八九十百千万两半几壹贰叁肆伍陆柒捌玖拾佰仟";
const UNITS: &[&str] = &["元", "块", "圆", "米", "刀", "毛", "美元", "美金", "欧元", "rmb"];

impl Marks {
    pub(super) fn new(words: &mut Builder) -> Self {
        let mut of = |name: &str| words.concept(name);
        Self {
            amount: of("amount"),
            share: of("share"),
            phone: of("phone"),
            email: of("email"),
            link: of("link"),
            order_number: of("order_number"),
            high_stars: of("high_stars"),
            low_stars: of("low_stars"),
            question: of("question"),
            disguise: of("disguise"),
            carrier: of("carrier"),
            seller_talk: of("seller_talk"),
            delivery_talk: of("delivery_talk"),
            product_talk: of("product_talk"),
            obscene: of("obscene"),
        }
    }

    /// Adds the marks of a text to its words.
    pub(super) fn find(&self, plain: &Plain, original: &str, words: &mut Vec<Word>) {
        let chars = &plain.chars;
        self.find_numbers(chars, words);
        self.find_contacts(plain, original, words);
        for (at, &mark) in chars.iter().enumerate() {
            if mark == '?' {
                words.push(Word { concept: self.question, start: at, end: at + 1 });
            }
        }
        if plain.disguises > 0 && !chars.is_empty() {
            words.push(Word { concept: self.disguise, start: 0, end: 1 });
        }
    }

    fn find_numbers(&self, chars: &[char], words: &mut Vec<Word>) {
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
            if digit(at) {
                while digit(at) || matches!(chars.get(at), Some('.' | ',')) && digit(at + 1) {
                    at += 1;
                }
            } else if NUMERALS.contains(chars[at]) {
                while chars.get(at).is_some_and(|&part| NUMERALS.contains(part)) {
                    at += 1;
                }
            } else {
                at += 1;
                continue;
            }
            let number: String = chars[start..at].iter().collect();
            let rest: String = chars[at..chars.len().min(at + 8)].iter().collect();
            let rest = rest.trim_start();
            let sign = start.checked_sub(1).and_then(|before| chars.get(before)).copied().unwrap_or(' ');
            let mut mark = |concept, from, to| words.push(Word { concept, start: from, end: to });
            let unit = UNITS.iter().find(|unit| rest.starts_with(**unit));
            let latin = ["dollar", "buck", "usd", "euro", "pound", "cents", "yuan"]
                .iter()
                .any(|unit| rest.starts_with(unit));
            if matches!(sign, '$' | '£' | '€' | '¥') {
                mark(self.amount, start - 1, at);
            } else if latin {
                mark(self.amount, start, at + 1);
            } else if let Some(unit) = unit
                && !(*unit == "米" && (number.len() < 2 || rest.starts_with("米色") || !number.is_ascii()))
                && (*unit != "毛" || number.is_ascii())
                && !(*unit == "块"
                    && !number.is_ascii()
                    && (matches!(sign, '哪' | '这' | '那' | '每' | '另') || rest.starts_with("块儿")))
            {
                mark(self.amount, start, at + 1);
            } else if rest.starts_with('%')
                || rest.starts_with("percent")
                || rest.starts_with("per cent")
                || rest.starts_with('折') && !rest.starts_with("折叠")
            {
                mark(self.share, start, at + 1);
            }
            self.find_stars(chars, &number, start, at, rest, words);
        }
    }

    /// Stars counted out: 五星, 5 stars, four or five stars, 一星.
    fn find_stars(
        &self,
        chars: &[char],
        number: &str,
        start: usize,
        end: usize,
        rest: &str,
        words: &mut Vec<Word>,
    ) {
        let star = rest.starts_with('星') && !rest.starts_with("星级酒店") && !rest.starts_with("星期")
            || rest.starts_with('☆')
            || rest.starts_with("颗星")
            || rest.starts_with("个星")
            || rest.starts_with("star")
            || rest.starts_with("-star")
            || rest.starts_with('分') && !rest.starts_with("分钟") && matches!(number, "5" | "五" | "满");
        if !star {
            return;
        }
        let concept = match number {
            "5" | "五" | "伍" | "4" | "四" => self.high_stars,
            "1" | "一" | "2" | "两" | "二" | "3" | "三" => self.low_stars,
            _ => return,
        };
        words.push(Word { concept, start, end: (end + 1).min(chars.len()) });
    }

    fn find_contacts(&self, plain: &Plain, original: &str, words: &mut Vec<Word>) {
        let chars = &plain.chars;
        let digits = chars.iter().filter(|part| part.is_ascii_digit()).count();
        let may_hold = digits >= 7 || chars.contains(&'@');
        // Amazon's order numbers: 3-7-7 digits.
        let mut at = 0;
        while at + 19 <= chars.len() {
            let shape = |offset: usize| {
                if matches!(offset, 3 | 11) {
                    chars[at + offset] == '-'
                } else {
                    chars[at + offset].is_ascii_digit()
                }
            };
            let free =
                |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|part| !part.is_ascii_digit());
            if (0..19).all(shape) && free(at.checked_sub(1)) && free(Some(at + 19)) {
                words.push(Word { concept: self.order_number, start: at, end: at + 19 });
                at += 19;
            } else {
                at += 1;
            }
        }
        self.find_links(plain, words);
        self.find_phones(chars, words);
        self.find_mail(plain, words);
        self.find_spelled_links(plain, words);
        if !may_hold {
            return;
        }
        let folded = fold_for_model(original);
        for signal in detect::signals(&folded, original, Place::Text) {
            let concept = match (signal.code, signal.kind) {
                (SignalCode::PersonalData, Some(PersonalData::Phone)) => self.phone,
                (SignalCode::PersonalData, Some(PersonalData::Email)) => self.email,
                _ => continue,
            };
            for span in signal.spans {
                let place = |wanted: u32| (0..chars.len()).find(|&at| plain.source(at, at + 1).end > wanted);
                if let (Some(start), Some(end)) = (place(span.start), place(span.end.saturating_sub(1))) {
                    let order = words.iter().any(|word| {
                        word.concept == self.order_number && word.start <= start && end < word.end
                    });
                    if !order {
                        words.push(Word { concept, start, end: end + 1 });
                    }
                }
            }
        }
    }

    /// Addresses of pages torn apart or with the dot in words: `www . shop . example`, `shop [dot] com / book`.
    fn find_spelled_links(&self, plain: &Plain, words: &mut Vec<Word>) {
        const ENDINGS: &[&str] =
            &["com", "cn", "net", "org", "io", "shop", "store", "example", "co", "info", "me"];
        for dot in ["[dot]", "(dot)", " dot ", " . ", "[点]"] {
            for (byte, _) in plain.text.match_indices(dot) {
                let tail = plain.text[byte + dot.len()..].trim_start();
                let ending: String = tail.chars().take_while(char::is_ascii_alphanumeric).collect();
                let start = plain.places[byte] as usize;
                let letter = start > 0
                    && plain.chars[..start]
                        .iter()
                        .rev()
                        .find(|part| **part != ' ')
                        .is_some_and(char::is_ascii_alphanumeric);
                let mail = words
                    .iter()
                    .any(|word| word.concept == self.email && word.start <= start && start < word.end);
                if letter && ENDINGS.contains(&ending.as_str()) && !mail {
                    let from = (0..start)
                        .rev()
                        .take_while(|&at| plain.chars[at].is_ascii_alphanumeric() || plain.chars[at] == ' ')
                        .take(24)
                        .last()
                        .unwrap_or(start);
                    let end = start + dot.chars().count() + ending.len();
                    words.push(Word { concept: self.link, start: from, end: end.min(plain.chars.len()) });
                }
            }
        }
    }

    /// Phone numbers by the shape of their groups: (415) 555-0134, 1-800-555-0199, 0755-8600-0123, 13800138000;
    /// and digits written out one by one.
    fn find_phones(&self, chars: &[char], words: &mut Vec<Word>) {
        const SHAPES: &[&[usize]] = &[
            &[3, 3, 4],
            &[1, 3, 3, 4],
            &[3, 4, 4],
            &[4, 4, 4],
            &[4, 8],
            &[3, 8],
            &[4, 7],
            &[5, 6],
            &[5, 3, 3],
            &[3, 4, 3],
            &[4, 3, 4],
            &[3, 3, 3, 4],
        ];
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            let (mut groups, mut end) = (Vec::new(), at);
            loop {
                let from = at;
                while chars.get(at).is_some_and(char::is_ascii_digit) {
                    at += 1;
                }
                groups.push(at - from);
                end = at.max(end);
                let mut next = at;
                while next < at + 2 && matches!(chars.get(next), Some(' ' | '-' | '(' | ')' | '.')) {
                    next += 1;
                }
                if next == at || !chars.get(next).is_some_and(char::is_ascii_digit) {
                    break;
                }
                at = next;
            }
            let known = words
                .iter()
                .any(|word| word.concept == self.order_number && word.start < end && start < word.end);
            let letter = start > 0 && chars[start - 1].is_ascii_alphabetic()
                || chars.get(end).is_some_and(char::is_ascii_alphabetic);
            let mobile = groups == [11] && chars[start] == '1' && ('3'..='9').contains(&chars[start + 1]);
            let shaped = SHAPES.contains(&groups.as_slice())
                && (groups[0] != 4 && groups.len() > 2 || chars[start] == '0' || chars[start] == '4');
            if !known && !letter && (mobile || shaped) {
                words.push(Word { concept: self.phone, start, end });
            }
            at = end.max(start + 1);
        }
        self.find_spelled(chars, words);
    }

    /// Seven digits or more written out: "two-one-two, five five five", 一三八零零.
    fn find_spelled(&self, chars: &[char], words: &mut Vec<Word>) {
        const SPELLED: &[&str] =
            &["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let (mut start, mut end, mut count, mut at) = (0, 0, 0, 0);
        let mut close = |start: usize, end: usize, count: usize| {
            if count >= 7 {
                words.push(Word { concept: self.phone, start, end });
            }
        };
        while at < chars.len() {
            let stop = (at..chars.len()).find(|&at| !chars[at].is_ascii_alphabetic()).unwrap_or(chars.len());
            let word: String = chars[at..stop].iter().collect();
            let numeral = matches!(
                chars[at],
                '零' | '0' | '幺' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '两'
            );
            let length = if SPELLED.contains(&word.as_str()) {
                stop - at
            } else {
                usize::from(numeral && !chars[at].is_ascii())
            };
            if length > 0 {
                if count == 0 {
                    start = at;
                }
                count += 1;
                at += length;
                end = at;
            } else if stop > at || !matches!(chars[at], ' ' | '-' | ',' | '、' | '.') {
                close(start, end, count);
                count = 0;
                at = stop.max(at + 1);
            } else {
                at += 1;
            }
        }
        close(start, end, count);
    }

    /// Mail addresses with their signs spelled out: help [at] brand [dot] example, fapiao 艾特 desk 点 example.
    fn find_mail(&self, plain: &Plain, words: &mut Vec<Word>) {
        let inside = |part: &char| {
            part.is_ascii_alphanumeric() || matches!(part, '.' | '_' | '-' | ' ' | '[' | ']' | '(' | ')')
        };
        let chars = &plain.chars;
        for sign in ["[at]", "(at)", "艾特", "圈a", " at ", "@"] {
            for (byte, _) in plain.text.match_indices(sign) {
                let at = plain.places[byte] as usize;
                let after = at + sign.chars().count();
                let end = (after..chars.len())
                    .take(40)
                    .find(|&at| !inside(&chars[at]) && chars[at] != '点')
                    .unwrap_or(chars.len().min(after + 40));
                let tail: String = chars[after..end].iter().collect();
                let dotted = ["[dot]", "(dot)", " dot ", "点"].iter().any(|dot| tail.contains(dot))
                    || sign != " at "
                        && tail
                            .trim_start()
                            .split(' ')
                            .next()
                            .is_some_and(|word| word.trim_end_matches('.').contains('.'));
                let start = (0..at)
                    .rev()
                    .take_while(|&at| {
                        chars[at].is_ascii_alphanumeric() || matches!(chars[at], '.' | '_' | '-' | ' ')
                    })
                    .last();
                if let (true, Some(start)) = (dotted, start) {
                    words.push(Word { concept: self.email, start, end });
                }
            }
        }
    }

    /// Addresses of pages: `www.`, `http`, `name.tld`, `name.tld/path`, spelled-out dots.
    fn find_links(&self, plain: &Plain, words: &mut Vec<Word>) {
        const ENDINGS: &[&str] = &[
            "com", "cn", "net", "org", "io", "shop", "store", "info", "me", "cc", "co", "us", "uk", "de",
            "example", "link", "site", "top", "vip", "xyz", "app", "ly", "gl", "to", "gg", "tv", "eu", "fr",
            "club", "online", "biz",
        ];
        let chars = &plain.chars;
        let inside = |part: &char| part.is_ascii_alphanumeric() || matches!(part, '-' | '_');
        for (at, &mark) in chars.iter().enumerate() {
            let dot = mark == '.' || mark == '点' && at > 0 && chars[at - 1].is_ascii_alphanumeric();
            if !dot || at == 0 || !inside(&chars[at - 1]) {
                continue;
            }
            let start =
                (0..at).rev().take_while(|&at| inside(&chars[at]) || chars[at] == '.').last().unwrap_or(at);
            let end = (at + 1..chars.len()).find(|&at| !inside(&chars[at])).unwrap_or(chars.len());
            let ending: String = chars[at + 1..end].iter().collect();
            let address = start > 0 && chars[start - 1] == '@';
            let letters = chars[start..at].iter().any(char::is_ascii_alphabetic);
            let host: String = chars[start..at].iter().collect();
            let own = host.ends_with("amazon");
            if ENDINGS.contains(&ending.as_str()) && letters && !address && !own {
                let stop = (end..chars.len())
                    .find(|&at| chars[at].is_whitespace() || !chars[at].is_ascii())
                    .unwrap_or(chars.len());
                words.push(Word { concept: self.link, start, end: stop });
            }
        }
        for opening in ["http:", "https:", "www."] {
            for (byte, _) in plain.text.match_indices(opening) {
                let start = plain.places[byte] as usize;
                if !plain.text[byte..]
                    .split_whitespace()
                    .next()
                    .is_some_and(|address| address.contains("amazon."))
                {
                    words.push(Word { concept: self.link, start, end: start + opening.len() });
                }
            }
        }
    }
}
