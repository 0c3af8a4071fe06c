//! What search finds: Chinese, Japanese and Korean by substring within a run, other words whole.
//!
//! The store keeps [`tokens`] of every text and looks for the terms of [`query`]; [`scan`] is the slow reference
//! that reads the text itself, and both always agree:
//! * a CJK run of n characters gives its n − 1 overlapping pairs and then its last character, so a pair never
//!   stands directly before a pair of another run;
//! * any other run of letters and digits is one token.
//!
//! Tokens hold ASCII letters and digits and characters beyond ASCII only, never white space or punctuation. An
//! engine that splits at ASCII white space alone (FTS5 `tokenize = 'ascii'`, a hand-built `tsvector`) keeps them whole;
//! one with its own idea of letters (`unicode61`) does not.

use crate::fold::fold_for_search;

/// Whether a character belongs to a script that is searched by substring.
#[must_use]
pub fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々' | '〇' | '〆'
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// One thing that a text must hold to match. All terms of a query must be held.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// A token with exactly this text.
    Word(String),
    /// A token that begins with this one CJK character.
    Prefix(String),
    /// These tokens directly one after another (at least one).
    Phrase(Vec<String>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cjk,
    Word,
}

fn kind(character: char) -> Option<Kind> {
    if is_cjk(character) { Some(Kind::Cjk) } else { character.is_alphanumeric().then_some(Kind::Word) }
}

/// The runs of the folded text, in order.
fn runs(text: &str) -> Vec<(Kind, Vec<char>)> {
    let mut runs: Vec<(Kind, Vec<char>)> = Vec::new();
    let mut last = None;
    for &character in fold_for_search(text).chars() {
        let found = kind(character);
        match (found, runs.last_mut()) {
            (Some(_), Some((_, run))) if found == last => run.push(character),
            (Some(kind), _) => runs.push((kind, vec![character])),
            (None, _) => {}
        }
        last = found;
    }
    runs
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> + '_ {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// The tokens of a text, in order of position.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for (kind, run) in runs(text) {
        match kind {
            Kind::Word => tokens.push(run.iter().collect()),
            Kind::Cjk => {
                tokens.extend(pairs(&run));
                tokens.extend(run.last().map(|last| last.to_string()));
            }
        }
    }
    tokens
}

/// The terms of what a person typed, each once; none when there is no letter or digit in it.
#[must_use]
pub fn query(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (kind, run) in runs(text) {
        let term = match (kind, run.as_slice()) {
            (Kind::Word, _) => Term::Word(run.iter().collect()),
            (Kind::Cjk, [only]) => Term::Prefix(only.to_string()),
            (Kind::Cjk, _) => Term::Phrase(pairs(&run).collect()),
        };
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Whether `text` matches `query`, by reading the text: the reference for every index.
///
/// Every CJK run of the query must occur within a CJK run of the text, every other run as a whole word. A query
/// without letters and digits matches nothing.
#[must_use]
pub fn scan(text: &str, query: &str) -> bool {
    let (text, query) = (runs(text), runs(query));
    !query.is_empty()
        && query.iter().all(|(kind, wanted)| {
            text.iter().any(|(found, run)| {
                found == kind
                    && match kind {
                        Kind::Word => run == wanted,
                        Kind::Cjk => run.windows(wanted.len()).any(|window| window == wanted.as_slice()),
                    }
            })
        })
}

/// Whether stored [`tokens`] hold every term, as an index would decide it.
#[must_use]
pub fn matches(tokens: &[String], terms: &[Term]) -> bool {
    !terms.is_empty()
        && terms.iter().all(|term| match term {
            Term::Word(word) => tokens.contains(word),
            Term::Prefix(start) => tokens.iter().any(|token| token.starts_with(start.as_str())),
            Term::Phrase(phrase) => tokens.windows(phrase.len()).any(|window| window == phrase.as_slice()),
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pairs_and_whole_words() {
        assert_eq!(tokens("质量差!iPhone13手机"), ["质量", "量差", "差", "iphone13", "手机", "机"]);
        assert_eq!(tokens("  …  "), Vec::<String>::new());
    }

    #[test]
    fn typed_words_become_terms() {
        let phrase = Term::Phrase(vec!["质量".to_owned(), "量差".to_owned()]);
        assert_eq!(query("质量差 A4, a4"), [phrase, Term::Word("a4".to_owned())]);
        assert_eq!(query("差"), [Term::Prefix("差".to_owned())]);
        assert_eq!(query("!?"), []);
    }

    #[test]
    fn finds_within_a_run_only() {
        assert!(scan("質量太差了", "质量"));
        assert!(scan("尺码偏小", "小"));
        assert!(scan("尺码偏小", "码"));
        assert!(!scan("质。量", "质量"), "punctuation ends a run");
        assert!(!scan("iphones", "iphone"), "Latin words are whole");
        assert!(scan("坏了 Return IT", "return 坏"));
        assert!(!scan("质量", "!"));
    }

    fn writing() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just('质'),
                Just('量'),
                Just('質'),
                Just('差'),
                Just('a'),
                Just('B'),
                Just('1'),
                Just(' '),
                Just('，'),
                any::<char>()
            ],
            0..14,
        )
        .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_index_finds_what_the_scan_finds(text in writing(), wanted in writing()) {
            prop_assert_eq!(matches(&tokens(&text), &query(&wanted)), scan(&text, &wanted));
        }

        #[test]
        fn a_piece_of_a_chinese_run_is_found(text in "[一-龥]{1,12}", from in 0_usize..12, length in 1_usize..5) {
            let from = from % text.chars().count();
            let piece: String = text.chars().skip(from).take(length).collect();
            prop_assert!(scan(&text, &piece));
            prop_assert!(matches(&tokens(&text), &query(&piece)));
        }

        #[test]
        fn tokens_hold_no_ascii_but_letters_and_digits(text in writing()) {
            for token in tokens(&text) {
                prop_assert!(token.chars().all(|part| !part.is_ascii() || part.is_ascii_alphanumeric()), "{}", token);
                prop_assert!(!token.is_empty());
            }
        }
    }
}
