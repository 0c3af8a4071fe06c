//! How one character folds: a table of pages, each built when a text first needs it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

const PAGE: usize = 256;
const PAGES: usize = (char::MAX as usize + 1) / PAGE;
const DROPPED: u32 = 1 << 31;
const EXTENDS: u32 = 1 << 30;
const EXPANDS: u32 = 1 << 29;

/// What becomes of one character.
#[derive(Clone, Copy)]
pub(super) struct Folding(u32);

impl Folding {
    /// It has no width and disappears.
    pub(super) fn is_dropped(self) -> bool {
        self.0 & DROPPED != 0
    }

    /// It may join the character before it.
    pub(super) fn extends(self) -> bool {
        self.0 & EXTENDS != 0
    }

    /// The one character it becomes, unless it becomes several.
    pub(super) fn single(self) -> Option<char> {
        if self.0 & EXPANDS == 0 { char::from_u32(self.0) } else { None }
    }
}

struct Page {
    foldings: [Folding; PAGE],
    expansions: Vec<(char, Box<[char]>)>,
}

fn page(of: char) -> &'static Page {
    static TABLE: [OnceLock<Box<Page>>; PAGES] = [const { OnceLock::new() }; PAGES];
    let number = of as usize / PAGE;
    TABLE[number].get_or_init(|| Box::new(build(number)))
}

/// The Han characters of the basic plane that have neither case nor another form than a simplified one.
const HAN: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';
const HAN_FIRST: usize = *HAN.start() as usize;
const HAN_COUNT: usize = *HAN.end() as usize - HAN_FIRST + 1;

/// How a Han character folds: looked up when a text first holds it, as a page of them would take long.
fn han(original: char) -> Folding {
    static TABLE: [AtomicU32; HAN_COUNT] = [const { AtomicU32::new(0) }; HAN_COUNT];
    let known = &TABLE[original as usize - HAN_FIRST];
    let folded = known.load(Ordering::Relaxed);
    if folded != 0 {
        return Folding(folded);
    }
    let folded = settled(original);
    known.store(folded as u32, Ordering::Relaxed);
    Folding(folded as u32)
}

/// The simplified form, until nothing changes any more.
fn settled(original: char) -> char {
    let mut folded = original;
    for _ in 0..4 {
        let next = simplified(folded);
        if next == folded {
            break;
        }
        folded = next;
    }
    folded
}

/// How `original` folds.
#[inline]
pub(super) fn folding(original: char) -> Folding {
    if HAN.contains(&original) {
        return han(original);
    }
    page(original).foldings[original as usize % PAGE]
}

/// The characters that `original` becomes, where it becomes several.
pub(super) fn expansion(original: char) -> &'static [char] {
    let expansions = &page(original).expansions;
    expansions.binary_search_by_key(&original, |entry| entry.0).map_or(&[], |at| &expansions[at].1)
}

fn build(number: usize) -> Page {
    let mut page = Page { foldings: [Folding(DROPPED); PAGE], expansions: Vec::new() };
    for (offset, folding) in page.foldings.iter_mut().enumerate() {
        let Some(original) = u32::try_from(number * PAGE + offset).ok().and_then(char::from_u32) else {
            continue; // a surrogate: no text holds it
        };
        let folded = fold_cluster(original.encode_utf8(&mut [0; 4]));
        let mut chars = folded.chars();
        *folding = match (chars.next(), chars.next()) {
            (None, _) => Folding(DROPPED),
            (Some(only), None) => {
                Folding(only as u32 | if joins(original) || joins(only) { EXTENDS } else { 0 })
            }
            (Some(first), Some(_)) => {
                page.expansions.push((original, folded.chars().collect()));
                Folding(EXPANDS | if joins(original) || joins(first) { EXTENDS } else { 0 })
            }
        };
    }
    page
}

/// Whether normalisation may join `character` with what stands before it.
fn joins(character: char) -> bool {
    let decomposed = std::iter::once(character).nfkd().next().unwrap_or(character);
    [character, decomposed].into_iter().any(|part| {
        canonical_combining_class(part) != 0 || is_nfkc_quick(std::iter::once(part)) == IsNormalized::Maybe
    })
}

/// Folds a character with the marks that join it, until nothing changes any more.
pub(super) fn fold_cluster(cluster: &str) -> String {
    let mut folded: String = cluster.chars().filter(|&part| !is_zero_width(part)).collect();
    for _ in 0..4 {
        let next: String = folded
            .nfkc()
            .flat_map(char::to_lowercase)
            .map(simplified)
            .nfkc()
            .filter(|&part| !is_zero_width(part))
            .collect();
        if next == folded {
            break;
        }
        folded = next;
    }
    folded
}

fn is_zero_width(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// The simplified form of a Han character; anything else as it is.
fn simplified(character: char) -> char {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    if !matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') {
        return character;
    }
    // Without its built-in tables the converter would be of no use to anybody; texts then match as written.
    let Some(converter) = CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok()) else {
        return character;
    };
    let converted = converter.convert(character.encode_utf8(&mut [0; 4]));
    let mut parts = converted.chars();
    match (parts.next(), parts.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_fold_as_the_pages_say() {
        for original in HAN {
            let page = page(original).foldings[original as usize % PAGE];
            assert_eq!(folding(original).0, page.0, "{original}");
        }
    }
}
