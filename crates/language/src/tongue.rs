//! Which language a text is written in.

mod words;

use crate::features::Units;
use crate::fold::Folded;

crate::code::codes! {
    /// The language of a text, by its ISO 639-1 code.
    Language ("language") {
        /// Chinese.
        Chinese = "zh",
        /// English.
        English = "en",
        /// Japanese.
        Japanese = "ja",
        /// German.
        German = "de",
        /// French.
        French = "fr",
        /// Spanish.
        Spanish = "es",
        /// Italian.
        Italian = "it",
        /// Portuguese.
        Portuguese = "pt",
        /// Nothing to tell from.
        Undetermined = "und",
    }
}

/// The writing that carries most of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Chinese characters.
    Han,
    /// Chinese characters among kana.
    Kana,
    /// Latin letters.
    Latin,
    /// No letters, or letters of another script.
    Other,
}

/// How many letters one Chinese character or kana is worth: about a word's.
const LETTERS_A_CHARACTER: usize = 3;

/// The writing that carries most of a folded text.
pub(crate) fn script(folded: &Folded) -> Script {
    let (mut han, mut kana, mut latin, mut other) = (0_usize, 0, 0, 0);
    for &character in folded.chars() {
        match character {
            'a'..='z' => latin += 1,
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => han += 1,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => kana += 1,
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += usize::from(character.is_alphabetic()),
            _ => other += usize::from(!character.is_ascii() && character.is_alphabetic()),
        }
    }
    let east = (han + kana) * LETTERS_A_CHARACTER;
    if han + kana + latin + other == 0 || other * 2 > han + kana + latin + other {
        Script::Other
    } else if east < latin {
        Script::Latin
    } else if kana * 5 >= han + kana {
        Script::Kana
    } else {
        Script::Han
    }
}

/// The language of a text in Latin letters, by the words that only some languages have.
///
/// `english` is how many of its words the English model knows: it decides where the word list is silent. Texts
/// that point both ways stay undetermined.
pub(crate) fn latin(words: &Units, english: usize) -> Language {
    let mut scores = [0_u32; words::LISTED.len()];
    for code in words.word_codes() {
        let languages = words::languages().get(&code).copied().unwrap_or_default();
        // A word of several languages says less for each of them; 0 when the word is in no list.
        let share = 12_u32.checked_div(languages.count_ones()).unwrap_or_default();
        for (place, score) in scores.iter_mut().enumerate() {
            *score += if languages & (1 << place) != 0 { share } else { 0 };
        }
    }
    let best =
        (0..scores.len()).max_by_key(|&place| (scores[place], std::cmp::Reverse(place))).unwrap_or_default();
    let second =
        (0..scores.len()).filter(|&place| place != best).map(|place| scores[place]).max().unwrap_or_default();
    if scores[best] == 0 {
        // Not one listed word: English only if its model knows nearly all of them.
        return if english > 0 && english * 4 >= words.words() * 3 {
            Language::English
        } else {
            Language::Undetermined
        };
    }
    if best == 0 && scores[best] > second {
        return Language::English;
    }
    // Other languages need more than a word that English texts might quote.
    let clear =
        scores[best] >= 12 && scores[best] * 2 >= second * 3 && scores[best] as usize * 2 >= words.words();
    if clear { words::LISTED[best] } else { Language::Undetermined }
}
