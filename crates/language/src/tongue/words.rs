//! The words that tell one language written in Latin letters from another.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Language;
use crate::features::{Grams, Units};
use crate::fold::fold_for_model;

/// The languages that have a line in the word list.
pub(super) const LISTED: [Language; 6] = [
    Language::English,
    Language::German,
    Language::French,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
];

/// From the code of a word to the languages it belongs to, one bit each in the order of [`LISTED`].
pub(super) fn languages() -> &'static HashMap<u64, u8> {
    static WORDS: OnceLock<HashMap<u64, u8>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = HashMap::new();
        let mut units = Units::default();
        for line in include_str!("../../data/function-words.txt").lines() {
            let Some((code, list)) = line.split_once(':') else { continue };
            let Some(place) = LISTED.iter().position(|language| language.as_str() == code) else { continue };
            for word in list.split_whitespace() {
                units.read(Grams::Words, &fold_for_model(word));
                if let &[code] = units.codes() {
                    *words.entry(code).or_default() |= 1_u8 << place;
                }
            }
        }
        words
    })
}
