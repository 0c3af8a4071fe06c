//! The search index: tokens of `pingxin_language::search`, in FTS5 on SQLite, in a hand-built `tsvector` on PostgreSQL.
//!
//! Both find exactly what `pingxin_language::search::scan` finds in [`crate::review::searchable_text`]. PostgreSQL keeps
//! positions up to 16,383, 256 of them a word, and 1 MiB in all. The runs of a text beyond that are kept beside its
//! words without positions, and phrases are looked for in there; where not even the words fit, one mark stands for them
//! and everything is looked for in the runs.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use pingxin_domain::TenantId;
use pingxin_language::search::{Term, is_cjk, query, tokens};
use sha2::{Digest, Sha256};

use crate::sql::Built;
use crate::{Engine, hex};

/// Longer words are kept as their hash; PostgreSQL takes no lexeme above 2,046 bytes.
const LONGEST_WORD: usize = 256;
/// A `tsvector` ends at 1 MiB of words and positions: so many bytes with positions, so many of different words without.
const MOST_BYTES_WITH_POSITIONS: usize = 500_000;
const MOST_BYTES: usize = 900_000;
/// What PostgreSQL keeps of positions.
const LAST_POSITION: usize = 16_383;
const MOST_POSITIONS: u32 = 255;
/// Stands for all words of a text whose words do not fit; private use, so no word is ever taken for it.
const TOO_MANY_WORDS: &str = "\u{e001}";

/// What an engine keeps of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// FTS5's column, or the text form of a `tsvector`.
    pub(crate) index: String,
    /// The runs of the text between spaces, where a `tsvector` cannot hold every position.
    pub(crate) long: Option<String>,
}

/// A private-use character begins the hash of a long word, so that no word is ever taken for one.
fn shorten(token: String) -> String {
    if token.len() <= LONGEST_WORD {
        return token;
    }
    let digest = Sha256::digest(token.as_bytes());
    String::from('\u{e000}') + &hex::encode(&digest[..16])
}

/// Builds what `engine` keeps of `text`.
pub(crate) fn document(text: &str, engine: Engine) -> Document {
    let tokens: Vec<String> = tokens(text).into_iter().map(shorten).collect();
    if engine == Engine::Sqlite {
        return Document { index: tokens.join(" "), long: None };
    }
    let mut index = String::with_capacity(text.len() * 3);
    if fits_with_positions(&tokens) {
        for (at, token) in tokens.iter().enumerate() {
            let _ = write!(index, "'{token}':{} ", at + 1);
        }
        return Document { index, long: None };
    }
    let distinct: HashSet<&str> = tokens.iter().map(String::as_str).collect();
    if distinct.iter().map(|token| token.len()).sum::<usize>() > MOST_BYTES {
        return Document { index: format!("'{TOO_MANY_WORDS}'"), long: Some(runs(text)) };
    }
    for token in distinct {
        let _ = write!(index, "'{token}' ");
    }
    Document { index, long: Some(runs(text)) }
}

/// The runs of a text, each between spaces: words whole, and of the pairs of a CJK run their first characters.
fn runs(text: &str) -> String {
    let mut out = String::from(" ");
    for token in tokens(text) {
        let mut marks = token.chars();
        match (marks.next(), marks.next(), marks.next()) {
            (Some(first), Some(_), None) if is_cjk(first) => out.push(first),
            _ => {
                out.push_str(&token);
                out.push(' ');
            }
        }
    }
    out
}

fn fits_with_positions(tokens: &[String]) -> bool {
    tokens.len() <= LAST_POSITION
        && tokens.iter().map(String::len).sum::<usize>() <= MOST_BYTES_WITH_POSITIONS
        && !repeats_too_often(tokens)
}

fn repeats_too_often(tokens: &[String]) -> bool {
    if tokens.len() <= MOST_POSITIONS as usize {
        return false;
    }
    let mut seen: HashMap<&str, u32> = HashMap::new();
    tokens.iter().any(|token| {
        let times = seen.entry(token).or_default();
        *times += 1;
        *times > MOST_POSITIONS
    })
}

/// What somebody typed, ready for either engine; `None` when there is no letter or digit in it.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    terms: Vec<Term>,
}

/// A search box holds no more than this; the rest is not looked at.
const LONGEST_QUERY: usize = 400;

pub(crate) fn wanted(text: &str) -> Option<Wanted> {
    let cut: String = text.chars().take(LONGEST_QUERY).collect();
    let terms = query(&cut);
    (!terms.is_empty()).then_some(Wanted { terms })
}

impl Wanted {
    /// FTS5's query: every term in quotes, joined by AND.
    pub(crate) fn for_fts5(&self) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| match term {
                Term::Word(word) => format!("\"{}\"", shorten(word.clone())),
                Term::Prefix(start) => format!("\"{start}\" *"),
                Term::Phrase(pairs) => format!("\"{}\"", pairs.join(" ")),
            })
            .collect();
        terms.join(" AND ")
    }

    /// A `tsquery`; phrases as words side by side, or (`loose`) as words anywhere.
    pub(crate) fn for_tsquery(&self, loose: bool) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| match term {
                Term::Word(word) => format!("'{}'", shorten(word.clone())),
                Term::Prefix(start) => format!("'{start}':*"),
                Term::Phrase(pairs) => {
                    let quoted: Vec<String> = pairs.iter().map(|pair| format!("'{pair}'")).collect();
                    format!("({})", quoted.join(if loose { " & " } else { " <-> " }))
                }
            })
            .collect();
        terms.join(" & ")
    }

    /// The phrases of three characters and more.
    fn long_phrases(&self) -> impl Iterator<Item = String> + '_ {
        let long = |term: &&Term| matches!(term, Term::Phrase(pairs) if pairs.len() > 1);
        self.terms.iter().filter(long).map(in_runs)
    }

    /// PostgreSQL's condition on the review `r`.
    pub(crate) fn push_tsquery(&self, built: &mut Built<'_>) {
        built.with("(r.search @@ ", self.for_tsquery(false)).push("::tsquery");
        let phrases: Vec<String> = self.long_phrases().collect();
        if !phrases.is_empty() {
            built.with(" OR (r.search_long IS NOT NULL AND r.search @@ ", self.for_tsquery(true));
            built.push("::tsquery");
            push_found_in_runs(built, phrases);
        }
        built.with(" OR (r.search @@ ", format!("'{TOO_MANY_WORDS}'")).push("::tsquery");
        push_found_in_runs(built, self.terms.iter().map(in_runs));
        built.push(")");
    }
}

impl Wanted {
    /// PostgreSQL's condition that the review at `place`, such as `u.position`, has the words. It is a scalar, which is not
    /// turned into a join, so entries that are walked are looked at one by one.
    pub(crate) fn push_at_place(&self, built: &mut Built<'_>, tenant: TenantId, place: &'static str) {
        built.with("(SELECT 1 FROM reviews r WHERE r.tenant_id = ", tenant);
        built.push(" AND r.position = ").push(place).push(" AND ");
        self.push_tsquery(built);
        built.push(" LIMIT 1) IS NOT NULL");
    }

    /// PostgreSQL's positions of all reviews with the words: `(SELECT … AS rowid …)`. The offset keeps it from walking an
    /// order in the hope of meeting the words.
    pub(crate) fn push_positions(&self, built: &mut Built<'_>, tenant: TenantId) {
        built.with("(SELECT r.position AS rowid FROM reviews r WHERE r.tenant_id = ", tenant).push(" AND ");
        self.push_tsquery(built);
        built.push(" OFFSET 0)");
    }

    /// SQLite's condition that the review at `place` has the words, entry by entry: as a list they would be read whole.
    pub(crate) fn push_match_at_place(&self, built: &mut Built<'_>, place: &'static str) {
        built.push("EXISTS (SELECT 1 FROM review_search f WHERE f.rowid = ").push(place);
        built.with(" AND f.review_search MATCH ", self.for_fts5()).push(")");
    }
}

/// How a term stands in [`runs`].
fn in_runs(term: &Term) -> String {
    match term {
        Term::Word(word) => format!(" {word} "),
        Term::Prefix(start) => start.clone(),
        Term::Phrase(pairs) => {
            let tail = pairs.iter().skip(1).filter_map(|pair| pair.chars().last());
            pairs.first().map(String::as_str).unwrap_or_default().chars().chain(tail).collect()
        }
    }
}

fn push_found_in_runs(built: &mut Built<'_>, needles: impl IntoIterator<Item = String>) {
    for needle in needles {
        built.with(" AND strpos(r.search_long, ", needle).push("::text) > 0");
    }
    built.push(")");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_gets_its_own_spelling() {
        assert_eq!(document("质量差 A4", Engine::Sqlite).index, "质量 量差 差 a4");
        assert_eq!(document("质量差 A4", Engine::Postgres).index, "'质量':1 '量差':2 '差':3 'a4':4 ");
        let typed = wanted("质量差 A4 好").unwrap();
        assert_eq!(typed.for_fts5(), "\"质量 量差\" AND \"a4\" AND \"好\" *");
        assert_eq!(typed.for_tsquery(false), "('质量' <-> '量差') & 'a4' & '好':*");
        assert_eq!(typed.long_phrases().collect::<Vec<_>>(), ["质量差"]);
        assert!(wanted("'\" * ()").is_none());
    }

    #[test]
    fn what_a_tsvector_cannot_hold_is_kept_folded() {
        let long = document(&"差评".repeat(300), Engine::Postgres);
        assert!(long.long.is_some_and(|text| text.starts_with(" 差评差评") && text.ends_with("差评 ")));
        assert_eq!(runs("质量差!iPhone13手机 差"), " 质量差 iphone13 手机 差 ");
        assert!(!long.index.contains(':'));
        assert!(document(&"差评".repeat(100), Engine::Postgres).long.is_none());
    }

    #[test]
    fn a_word_without_end_is_kept_as_its_hash() {
        let word = "x".repeat(5000);
        let kept = document(&word, Engine::Sqlite).index;
        assert!(kept.len() < 64 && wanted(&word[..400]).unwrap().for_fts5().contains('\u{e000}'));
        let unlike: String = (0..200_000_u32).map(|at| format!("{at:06} ")).collect();
        assert_eq!(document(&unlike, Engine::Postgres).index, format!("'{TOO_MANY_WORDS}'"));
    }
}
