//! A text without its disguises: what the guard's words and patterns are looked for in.
//!
//! On top of folding (width, traditional characters, case, zero-width marks) it joins what separators tear apart
//! (好·评·返·现, r e m o v e), reads letters and digits that stand for others (shan → 删, g1ft → gift, 5🌟), and
//! homophones (好坪 → 好评). Every character remembers where it came from.

mod chinese;
mod english;

use pingxin_language::Span;
use pingxin_language::fold::fold_for_model;

/// One character and where it stands in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letter {
    is: char,
    from: Span,
}

/// The undisguised text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub chars: Vec<char>,
    pub text: String,
    /// Which character begins at each byte of `text`, and one past the last.
    pub places: Vec<u32>,
    /// How many disguises were taken off.
    pub disguises: usize,
    /// Whether the text is Chinese rather than anything in Latin letters.
    pub chinese: bool,
    sources: Vec<Span>,
}

impl Plain {
    /// Reads a text; `known` says which English words the guard knows.
    pub(super) fn read(text: &str, known: &dyn Fn(&str) -> bool) -> Self {
        let folded = fold_for_model(text);
        let letters: Vec<Letter> = folded
            .chars()
            .iter()
            .enumerate()
            .map(|(at, &is)| Letter { is: symbol(is), from: folded.source(at, at + 1) })
            .filter(|letter| letter.is != '\0')
            .collect();
        let (han, latin) = letters.iter().fold((0_usize, 0_usize), |(han, latin), letter| {
            (han + usize::from(is_han(letter.is)), latin + usize::from(letter.is.is_ascii_alphabetic()))
        });
        let chinese = han * 3 >= latin && han > 0;
        let mut disguises = 0;
        let letters = if chinese {
            chinese::undisguise(letters, &mut disguises)
        } else {
            english::undisguise(letters, known, &mut disguises)
        };
        let mut plain = Self { disguises, chinese, ..Self::default() };
        for letter in letters {
            let place = u32::try_from(plain.chars.len()).unwrap_or(u32::MAX);
            plain.chars.push(letter.is);
            plain.sources.push(letter.from);
            plain.text.push(letter.is);
            plain.places.resize(plain.text.len(), place);
        }
        plain.places.push(u32::try_from(plain.chars.len()).unwrap_or(u32::MAX));
        plain
    }

    /// Where the characters `start..end` stand in the original text.
    pub(super) fn source(&self, start: usize, end: usize) -> Span {
        match (self.sources.get(start), end.checked_sub(1).and_then(|last| self.sources.get(last))) {
            (Some(first), Some(last)) if start < end => {
                Span::new(first.start.min(last.start), last.end.max(first.end))
            }
            _ => Span::new(0, 0),
        }
    }
}

/// Whether a character is Chinese.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a picture.
pub(super) fn is_picture(character: char) -> bool {
    matches!(character,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2300}'..='\u{23ff}')
}

/// Signs that stand for words or for nothing: stars, money, marks that ring a character.
fn symbol(character: char) -> char {
    match character {
        '⭐' | '🌟' | '★' | '☆' | '✯' | '✩' | '✪' | '✫' | '✬' | '✭' | '✮' | '✰' => '☆',
        '💰' | '💵' | '💴' | '💸' | '🤑' => '钱',
        '➕' => '+',
        '❶'..='❾' => char::from(b'1' + (character as u32 - '❶' as u32) as u8),
        '➊'..='➒' => char::from(b'1' + (character as u32 - '➊' as u32) as u8),
        '〇' | '○' => '0',
        '’' | '‘' | '`' | '´' => '\'',
        '_' => ' ',
        '\u{20dd}'..='\u{20e4}' | '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' => '\0',
        '\u{1f3fb}'..='\u{1f3ff}' => '\0',
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Plain {
        let words = ["remove", "review", "gift", "card", "free", "star", "clearance", "not", "stop", "house"];
        Plain::read(text, &|word| words.contains(&word))
    }

    #[test]
    fn disguises_come_off() {
        for (disguised, meant) in [
            ("好·评·返·现3元", "好评返现3元"),
            ("好。评。返。现", "好评返现"),
            ("給個伍⭐", "给个五☆"),
            ("差 p 麻烦 shan 一下", "差评麻烦删一下"),
            ("加V信详谈", "加微信详谈"),
            ("今晚 s.h.u.a 单", "今晚刷单"),
            ("改下坪價", "改下评价"),
            ("8满意请来私聊", "不满意请来私聊"),
            ("r e m o v e the r3view", "remove the review"),
            ("g1ft c4rd for u", "gift card for you"),
            ("s t o p  b y his h0use", "stop by his house"),
            ("fr33 c1earance", "free clearance"),
        ] {
            let plain = plain(disguised);
            assert_eq!(plain.text, meant, "{disguised}");
            assert!(plain.disguises > 0, "{disguised}");
        }
    }

    #[test]
    fn honest_texts_stay_as_they_are() {
        for text in [
            "尺寸是48×74厘米,分5档",
            "size 40cm, model 800-555-m, 2nd floor",
            "退货单 sf0000012345 已寄出",
            "红、黄、蓝三色",
            "会员日9折",
        ] {
            let plain = plain(text);
            assert_eq!((plain.text.as_str(), plain.disguises), (text, 0));
        }
    }

    #[test]
    fn what_is_found_is_shown_in_the_original() {
        let text = "请 好·评·返·现";
        let plain = plain(text);
        let at = plain.chars.iter().position(|&part| part == '好').unwrap();
        assert_eq!(plain.source(at, at + 4).of(text), "好·评·返·现");
    }

    proptest! {
        #[test]
        fn spans_stay_inside_the_text(text in "\\PC{0,60}") {
            let plain = plain(&text);
            let length = u32::try_from(text.chars().count()).unwrap();
            for at in 0..plain.chars.len() {
                let span = plain.source(at, at + 1);
                prop_assert!(span.start < span.end && span.end <= length);
            }
        }
    }
}
