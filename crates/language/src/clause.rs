//! Clauses: the stretches of a text between punctuation.

use crate::Span;
use crate::cue::ends_clause;
use crate::fold::Folded;

/// The clauses of a folded text that hold a letter or digit, as spans of the original.
#[must_use]
pub fn clauses(folded: &Folded) -> Vec<Span> {
    places(folded).into_iter().map(|(start, end)| folded.source(start, end)).collect()
}

/// The clauses of a folded text that hold a letter or digit, as places of its characters.
#[must_use]
pub fn places(folded: &Folded) -> Vec<(usize, usize)> {
    let chars = folded.chars();
    let mut clauses = Vec::new();
    let mut start = 0;
    for end in 0..=chars.len() {
        if end == chars.len() || ends_clause(chars[end]) {
            let first = (start..end).find(|&at| chars[at].is_alphanumeric());
            let last = (start..end).rfind(|&at| !chars[at].is_whitespace());
            if let (Some(first), Some(last)) = (first, last) {
                clauses.push((first, last + 1));
            }
            start = end + 1;
        }
    }
    clauses
}

/// Adds up what stands in each clause; what stands between clauses is left out.
#[must_use]
pub fn sums(clauses: &[Span], parts: &[(Span, f32)]) -> Vec<f32> {
    let mut sums = vec![0.0; clauses.len()];
    let mut at = 0;
    for (span, value) in parts {
        while clauses.get(at).is_some_and(|clause| clause.end <= span.start) {
            at += 1;
        }
        if let Some(clause) = clauses.get(at)
            && clause.overlaps(*span)
        {
            sums[at] += value;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    #[test]
    fn clauses_stand_between_punctuation() {
        let text = "很好，但是 太慢了！！ ok";
        let found = clauses(&fold_for_model(text));
        assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["很好", "但是 太慢了", "ok"]);
        let parts =
            [(Span::new(0, 1), 1.0), (Span::new(1, 2), 2.0), (Span::new(2, 3), 9.0), (Span::new(6, 7), -4.0)];
        assert_eq!(sums(&found, &parts), [3.0, -4.0, 0.0]);
    }
}
