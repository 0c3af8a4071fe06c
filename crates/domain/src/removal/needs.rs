//! What every match of a pattern holds: sets of words of which at least one must stand in a text, or nothing can match.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

/// Words of which one must be there.
pub(super) type Words = BTreeSet<Vec<u8>>;

/// The most words of one set.
const MOST_WORDS: usize = 256;
/// The most characters of a class that are taken one by one.
const MOST_LETTERS: usize = 16;
/// The most sets that are kept of one pattern.
const MOST_SETS: usize = 3;
/// By so much a further byte makes a word rarer, roughly.
const RARER: f64 = 0.3;
/// Sets that nearly every text holds a word of spare nothing.
const USELESS: f64 = 0.8;

/// The sets of words that a match needs, all of them; none when nothing can be said.
pub(super) fn of(pattern: &Hir) -> Vec<Words> {
    let mut sets: Vec<Words> = match strings(pattern) {
        Some(words) => vec![words],
        None => within(pattern),
    };
    sets.iter_mut().for_each(shorten);
    sets.retain(|words| !words.is_empty() && commonness(words) < USELESS);
    sets.sort_by(|left, right| commonness(left).total_cmp(&commonness(right)));
    sets.dedup();
    sets.truncate(MOST_SETS);
    sets
}

/// Whether a pattern is a short list of words.
pub(super) fn is_list(pattern: &Hir) -> bool {
    strings(pattern).is_some()
}

/// Every string that it matches, when these are few.
fn strings(pattern: &Hir) -> Option<Words> {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(Words::from([Vec::new()])),
        HirKind::Literal(literal) => Some(Words::from([literal.0.to_vec()])),
        HirKind::Class(class) => letters(class),
        HirKind::Capture(capture) => strings(&capture.sub),
        HirKind::Repetition(repetition) => match (repetition.min, repetition.max) {
            (0, Some(1)) => {
                let mut words = strings(&repetition.sub)?;
                words.insert(Vec::new());
                Some(words)
            }
            (1, Some(1)) => strings(&repetition.sub),
            _ => None,
        },
        HirKind::Concat(parts) => {
            parts.iter().try_fold(Words::from([Vec::new()]), |before, part| joined(&before, &strings(part)?))
        }
        HirKind::Alternation(parts) => {
            let mut all = Words::new();
            for part in parts {
                all.extend(strings(part)?);
            }
            (all.len() <= MOST_WORDS).then_some(all)
        }
    }
}

/// Every word of the one followed by every word of the other, when these are not too many.
fn joined(before: &Words, after: &Words) -> Option<Words> {
    if before.len() * after.len() > MOST_WORDS {
        return None;
    }
    let pairs = before.iter().flat_map(|first| after.iter().map(move |last| [&**first, &**last].concat()));
    Some(pairs.collect())
}

fn letters(class: &Class) -> Option<Words> {
    match class {
        Class::Unicode(class) => {
            let count: usize = class.ranges().iter().map(|range| range.len()).sum();
            let all = || class.iter().flat_map(|range| range.start()..=range.end());
            (count <= MOST_LETTERS).then(|| all().map(|letter| letter.to_string().into_bytes()).collect())
        }
        Class::Bytes(class) => {
            let count: usize = class.ranges().iter().map(|range| range.len()).sum();
            let all = || class.iter().flat_map(|range| range.start()..=range.end());
            (count <= MOST_LETTERS).then(|| all().map(|letter| vec![letter]).collect())
        }
    }
}

/// The sets that a pattern needs which matches more than a few strings.
fn within(pattern: &Hir) -> Vec<Words> {
    match pattern.kind() {
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => {
            let mut sets = Vec::new();
            // Neighbours that are short lists stand for one longer word.
            let mut run: Option<Words> = None;
            for part in parts {
                let Some(words) = strings(part) else {
                    sets.extend(run.take());
                    sets.extend(of(part));
                    continue;
                };
                run = match run {
                    None => Some(words),
                    Some(before) => joined(&before, &words).or_else(|| {
                        sets.push(before);
                        Some(words)
                    }),
                };
            }
            sets.extend(run);
            sets
        }
        HirKind::Alternation(parts) => {
            let mut all = Words::new();
            for part in parts {
                // The rarest set of each; one that needs nothing leaves nothing to be said.
                let Some(words) = of(part).into_iter().next() else { return Vec::new() };
                all.extend(words);
            }
            vec![all]
        }
        _ => Vec::new(),
    }
}

/// Leaves out words that hold another; a set with the empty word needs nothing.
fn shorten(words: &mut Words) {
    if words.contains(&Vec::new()) {
        words.clear();
        return;
    }
    let all: Vec<Vec<u8>> = words.iter().cloned().collect();
    words.retain(|word| {
        !all.iter().any(|other| {
            other.len() < word.len() && word.windows(other.len()).any(|part| part == other.as_slice())
        })
    });
}

/// How likely a text holds one of these words, roughly.
fn commonness(words: &Words) -> f64 {
    words.iter().map(|word| RARER.powf(word.len() as f64)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str) -> Vec<Vec<String>> {
        let pattern = regex_syntax::parse(pattern).unwrap();
        let text = |word: Vec<u8>| String::from_utf8(word).unwrap();
        of(&pattern).into_iter().map(|words| words.into_iter().map(text).collect()).collect()
    }

    #[test]
    fn a_match_needs_one_word_of_every_set() {
        assert_eq!(needs("bad review|one star"), [["bad review", "one star"]]);
        assert_eq!(needs("(?:给|打).{0,8}差评"), [vec!["差评"], vec!["打", "给"]]);
        assert_eq!(needs("加(?:我|一下)?微信"), [["加一下微信", "加微信", "加我微信"]]);
        assert_eq!(needs(r"\brefund(?:s|ed)?\b"), [["refund"]]);
    }

    #[test]
    fn nothing_is_said_of_what_matches_nearly_anything() {
        for pattern in [r"\w+", "(?:late)?", "a|.+", "x*", "[^,]{1,8}"] {
            assert!(needs(pattern).is_empty(), "{pattern}");
        }
    }
}
