//! A stretch of a text.

use serde::{Deserialize, Serialize};

/// `[start, end)` in Unicode scalar values of the original text. Written as `[start, end]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// A span from `start` to one past the last character.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Whether the two share at least one character.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words it covers; the part inside the text where it reaches past the end.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        let at =
            |position: u32| text.char_indices().nth(position as usize).map_or(text.len(), |(byte, _)| byte);
        text.get(at(self.start)..at(self.end)).unwrap_or_default()
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Spans in order, to ask quickly whether one of them shares a character with another span.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cover {
    /// Where each begins, and how far it and those before it reach.
    reaches: Vec<(u32, u32)>,
}

impl Cover {
    pub(crate) fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut reaches: Vec<(u32, u32)> = spans.into_iter().map(Into::into).collect();
        reaches.sort_unstable();
        let mut reach = 0;
        for span in &mut reaches {
            reach = reach.max(span.1);
            span.1 = reach;
        }
        Self { reaches }
    }

    /// Whether one of them overlaps `span`.
    pub(crate) fn overlaps(&self, span: Span) -> bool {
        let before = self.reaches.partition_point(|(start, _)| *start < span.end);
        before.checked_sub(1).is_some_and(|last| self.reaches[last].1 > span.start)
    }
}

/// Sorts spans and joins those that overlap or touch, so that a text is marked once.
pub fn join(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    let mut kept: usize = 0;
    for at in 1..spans.len() {
        if spans[at].start <= spans[kept].end {
            spans[kept].end = spans[kept].end.max(spans[at].end);
        } else {
            kept += 1;
            spans[kept] = spans[at];
        }
    }
    spans.truncate(kept + 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_pair() {
        let span = Span::new(3, 17);
        assert_eq!(serde_json::to_string(&span).unwrap(), "[3,17]");
        assert_eq!(serde_json::from_str::<Span>("[3,17]").unwrap(), span);
    }

    #[test]
    fn covers_characters_not_bytes() {
        assert_eq!(Span::new(1, 3).of("质量差a"), "量差");
        assert_eq!(Span::new(2, 99).of("质量差a"), "差a");
        assert_eq!(Span::new(9, 12).of("质量"), "");
    }

    #[test]
    fn joins_what_overlaps_or_touches() {
        let mut spans = vec![Span::new(5, 7), Span::new(0, 2), Span::new(2, 4), Span::new(6, 9)];
        join(&mut spans);
        assert_eq!(spans, [Span::new(0, 4), Span::new(5, 9)]);
    }
}
