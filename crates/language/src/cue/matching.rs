//! Finding cues in a folded text: one pass for all pieces, then their surroundings.

use std::collections::HashMap;

use super::source::Pattern;
use crate::fold::Folded;
use crate::lexicon::Lexicon;

/// More than the characters of any piece.
const LONGEST_PIECE: usize = 40;

/// A piece of a pattern, as the automaton knows it.
#[derive(Debug, Default)]
struct Piece {
    /// Patterns that are this piece alone.
    whole: Vec<usize>,
    /// Patterns that begin with it.
    begins: Vec<usize>,
    /// Some pattern ends with it.
    ends: bool,
    /// It may go on with more letters.
    stem: bool,
}

/// All patterns of one language.
#[derive(Debug)]
pub(super) struct Matcher<T> {
    patterns: Vec<Pattern<T>>,
    /// For every pattern the piece that ends it; none for those of one piece.
    endings: Vec<usize>,
    pieces: Vec<Piece>,
    lexicon: Lexicon,
    /// How many characters may stand between the two pieces of a pattern.
    gap: usize,
    words: bool,
}

impl<T: Copy> Matcher<T> {
    pub(super) fn new(patterns: Vec<Pattern<T>>, words: bool) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut texts: Vec<String> = Vec::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut place_of = |text: &str, pieces: &mut Vec<Piece>| {
            *places.entry(text.to_owned()).or_insert_with(|| {
                let stem = words && text.ends_with('+');
                texts.push(text.strip_suffix('+').filter(|_| stem).unwrap_or(text).to_owned());
                pieces.push(Piece { stem, ..Piece::default() });
                pieces.len() - 1
            })
        };
        let mut endings = vec![usize::MAX; patterns.len()];
        for (number, pattern) in patterns.iter().enumerate() {
            let first = place_of(&pattern.first, &mut pieces);
            match &pattern.second {
                None => pieces[first].whole.push(number),
                Some(second) => {
                    pieces[first].begins.push(number);
                    let second = place_of(second, &mut pieces);
                    pieces[second].ends = true;
                    endings[number] = second;
                }
            }
        }
        let lexicon = Lexicon::new(&texts);
        Self { patterns, endings, pieces, lexicon, gap: if words { 30 } else { 8 }, words }
    }

    /// What is found, with its folded range.
    pub(super) fn find(&self, folded: &Folded) -> Vec<(T, usize, usize)> {
        let chars = folded.chars();
        let mut found = Vec::new();
        let mut begun: Vec<(usize, usize, usize)> = Vec::new();
        for (end, start, number) in self.pieces_in_order_of_ends(chars) {
            let (ending, piece) = (number, &self.pieces[number]);
            // 不错 and the like are no refusals.
            let kind = chars[end - 1] == '不'
                && chars.get(end).is_some_and(|next| "错愧仅但只光过知管".contains(*next));
            if kind || !is_whole(chars, start, end, piece.stem) {
                continue;
            }
            let mut hold = |number: usize, from: usize| {
                let pattern = &self.patterns[number];
                if !(pattern.negatable && self.is_negated(chars, from)) {
                    found.push((pattern.code, from, end));
                }
            };
            piece.whole.iter().for_each(|&number| hold(number, start));
            if piece.ends {
                // What began shortly before, in the same clause; hits come in the order of their ends.
                let near =
                    begun.iter().rev().take_while(|(_, _, end)| *end + self.gap + LONGEST_PIECE >= start);
                let mut held = Vec::new();
                for &(number, from, begun_end) in near {
                    if !held.contains(&number)
                        && self.endings[number] == ending
                        && begun_end <= start
                        && start - begun_end <= self.gap
                        && !chars[begun_end..start].iter().any(|&between| ends_clause(between))
                        && !self.is_taken_back(chars, begun_end, start)
                    {
                        hold(number, from);
                        held.push(number);
                    }
                }
            }
            begun.extend(piece.begins.iter().map(|&number| (number, start, end)));
        }
        found
    }

    /// Every piece that the text holds: its end, its start, its number.
    fn pieces_in_order_of_ends(&self, chars: &[char]) -> Vec<(usize, usize, usize)> {
        let mut hits = Vec::new();
        for at in 0..chars.len() {
            // No piece begins within a Latin word.
            let within = at > 0 && chars[at].is_ascii_alphanumeric() && chars[at - 1].is_ascii_alphanumeric();
            if !within {
                self.lexicon.each(chars, at, |number, end| hits.push((end, at, number)));
            }
        }
        hits.sort_unstable();
        hits
    }

    /// Whether a negation between the pieces takes the second one back (包装很好没有破损).
    fn is_taken_back(&self, chars: &[char], from: usize, start: usize) -> bool {
        let reach = if self.words { 5 } else { 2 };
        let near: String = chars[from.max(start.saturating_sub(reach))..start].iter().collect();
        if self.words {
            near.split(' ').any(|word| matches!(word, "not" | "no" | "never" | "n't"))
        } else {
            near.contains(['不', '没', '无', '未'])
        }
    }

    /// Whether a negation stands just before `start`.
    fn is_negated(&self, chars: &[char], start: usize) -> bool {
        let reach = if self.words { 18 } else { 4 };
        let from = start.saturating_sub(reach);
        let before =
            chars[from..start].iter().rposition(|&part| ends_clause(part)).map_or(from, |at| from + at + 1);
        let before: String = chars[before..start].iter().collect();
        if self.words {
            let negations = [
                "not", "no", "never", "without", "nothing", "isn't", "wasn't", "doesn't", "didn't", "don't",
                "hasn't", "won't", "aren't",
            ];
            return before.split(' ').any(|word| negations.contains(&word));
        }
        // Words that hold 不 or 没 and negate nothing.
        let mut before = before;
        for harmless in [
            "是不是",
            "不仅",
            "不但",
            "不只",
            "不光",
            "不知",
            "没想到",
            "不说",
            "不愧",
            "不止",
            "差不多",
            "不过",
            "不小心",
            // Double negation: every time.
            "有一次不",
            "没一次不",
            "有哪次不",
            "没哪次不",
        ] {
            before = before.replace(harmless, "");
        }
        before.contains(['不', '没', '无', '未', '莫'])
    }
}

/// Whether Latin words begin and end where the piece does.
fn is_whole(chars: &[char], start: usize, end: usize, stem: bool) -> bool {
    let joins = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let before = start > 0 && joins(start) && joins(start - 1);
    let after = !stem && end > start && joins(end - 1) && joins(end);
    !before && !after
}

/// Whether a folded character ends a clause.
pub(crate) fn ends_clause(character: char) -> bool {
    matches!(character, ',' | '.' | '!' | '?' | ';' | ':' | '。' | '、' | '\n' | '\r' | '~' | '(' | ')')
}
