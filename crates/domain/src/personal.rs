//! Masking of buyer data: what a screen shows until somebody reveals it on purpose.

use pingxin_language::fold::fold_for_model;
use pingxin_language::{Place, SignalCode, detect};

/// `t**1`: first and last letter of a nick; one already masked by the platform stays as it is.
#[must_use]
pub fn mask_nick(nick: &str) -> String {
    if nick.contains('*') {
        return nick.to_owned();
    }
    let letters: Vec<char> = nick.chars().collect();
    match letters.as_slice() {
        [] => String::new(),
        [only] => format!("{only}**"),
        [first, .., last] => format!("{first}**{last}"),
    }
}

/// `张**`, `J**`: the first letter of a name.
#[must_use]
pub fn mask_name(name: &str) -> String {
    if name.contains('*') {
        return name.to_owned();
    }
    name.chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

/// `138****5678`: the first three and last four digits; shorter numbers lose all but the last two.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    if phone.contains('*') {
        return phone.to_owned();
    }
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0 => String::new(),
        1..=7 => format!("****{}", digits[digits.len().saturating_sub(2)..].iter().collect::<String>()),
        length => {
            let head: String = digits[..3].iter().collect();
            let tail: String = digits[length - 4..].iter().collect();
            format!("{head}****{tail}")
        }
    }
}

/// `l***@example.com`: the first letter and the domain.
#[must_use]
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => {
            format!("{}***@{domain}", local.chars().next().map(String::from).unwrap_or_default())
        }
        None => mask_name(email),
    }
}

/// The words of a review with the phones, accounts, addresses and numbers in them masked. Letters are replaced one
/// by one, so that every span of the text still points at the same words.
#[must_use]
pub fn mask_text(text: &str) -> String {
    let found = detect::signals(&fold_for_model(text), text, Place::Text);
    let spans: Vec<_> = found
        .iter()
        .filter(|signal| signal.code == SignalCode::PersonalData)
        .flat_map(|signal| &signal.spans)
        .collect();
    if spans.is_empty() {
        return text.to_owned();
    }
    let mut letters: Vec<char> = text.chars().collect();
    for span in spans {
        let written: Vec<&mut char> = letters
            .iter_mut()
            .take(span.end as usize)
            .skip(span.start as usize)
            .filter(|letter| letter.is_alphanumeric())
            .collect();
        let (head, tail) = if written.len() > 7 { (3, 4) } else { (1, 0) };
        let hidden = written.len().saturating_sub(head + tail);
        written.into_iter().skip(head).take(hidden).for_each(|letter| *letter = '*');
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_what_tells_buyers_apart() {
        assert_eq!(mask_nick("taobao_user_1"), "t**1");
        assert_eq!(mask_nick("t**1"), "t**1");
        assert_eq!(mask_nick("猫"), "猫**");
        assert_eq!(mask_name("张小明"), "张**");
        assert_eq!(mask_phone("138 1234-5678"), "138****5678");
        assert_eq!(mask_phone("12345"), "****45");
        assert_eq!(mask_email("lena@example.com"), "l***@example.com");
        assert_eq!((mask_nick("").as_str(), mask_phone("无").as_str()), ("", ""));
    }

    #[test]
    fn masks_contacts_within_words_and_moves_no_letter() {
        assert_eq!(mask_text("客服别装死打我17000007792，姓沈"), "客服别装死打我170****7792，姓沈");
        assert_eq!(mask_text("穿了两天就开线，500块"), "穿了两天就开线，500块");
        for text in ["mail lena.k@example.com please", "加我微信 wx_lena88 详聊", "电话 138 0000 1234！"]
        {
            let masked = mask_text(text);
            assert_ne!(masked, text);
            assert_eq!(masked.chars().count(), text.chars().count());
            assert_eq!(mask_text(&masked).chars().count(), text.chars().count());
        }
    }
}
