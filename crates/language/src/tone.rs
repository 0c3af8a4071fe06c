//! The tone of each clause: what the sentiment model makes of it, denials understood.

use crate::clause;
use crate::cue::CueFound;
use crate::features::Units;
use crate::fold::Folded;
use crate::model::{Hits, Known, LinearModel};
use crate::span::{Cover, join};
use crate::turn::Turns;
use crate::{Sentiment, SentimentLabel, Span};

/// Log odds that a denied complaint is worth at least, times the square root of the known grams of its text.
const DENIED: f32 = 12.0;
/// The most that one denied complaint is worth.
const MOST_DENIED: f32 = 3.5;

/// One clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Clause {
    pub span: Span,
    /// Log odds of praise.
    pub sum: f32,
    /// It begins with a contrast (但是, but).
    pub contrast: bool,
    /// It judges without giving a reason (千万别买, save your money).
    pub verdict: bool,
    /// It holds a cue.
    pub cued: bool,
    /// No mark stands before it, only the contrast that it begins with.
    pub divided: bool,
}

/// What the units of a text weigh, with every denied complaint lifted to what it is worth at least, and every grievance
/// lowered as far; and by how much all of that moves the whole.
///
/// `known` must hold the grams of the text. Denials and grievances stand in order, none overlapping its like.
pub(crate) fn parts(
    model: &LinearModel,
    units: &Units,
    hits: &Hits,
    known: &Known,
    denials: &[Span],
    grievances: &[Span],
) -> (Vec<(Span, f32)>, f32) {
    let Some(head) = model.heads().first() else { return (Vec::new(), 0.0) };
    let mut parts = model.contributions(head, units, hits, known);
    let least = (DENIED / (known.count().max(1) as f32).sqrt()).min(MOST_DENIED);
    let mut moved = 0.0;
    for (spans, side) in [(denials, 1.0), (grievances, -1.0)] {
        for span in spans {
            let from = parts.partition_point(|(part, _)| part.end <= span.start);
            let to = from + parts[from..].partition_point(|(part, _)| part.start < span.end);
            let within = &mut parts[from..to];
            let sum: f32 = within.iter().map(|(_, part)| part).sum();
            if !within.is_empty() && sum * side < least {
                let lift = (least * side - sum) / within.len() as f32;
                within.iter_mut().for_each(|(_, part)| *part += lift);
                moved += least * side - sum;
            }
        }
    }
    (parts, moved)
}

/// The clauses of a text with their tone; a contrast within one divides it.
pub(crate) fn clauses(
    folded: &Folded,
    parts: &[(Span, f32)],
    turns: &Turns,
    cues: &[CueFound],
) -> Vec<Clause> {
    let cued = Cover::new(cues.iter().map(|cue| cue.span));
    let chars = folded.chars();
    let mut places = Vec::new();
    for (start, end) in clause::places(folded) {
        let pivots = turns.pivots(chars, start, end);
        let starts = std::iter::once(start).chain(pivots.iter().copied());
        let ends = pivots.iter().copied().chain(std::iter::once(end));
        places.extend(starts.zip(ends).map(|(from, to)| (from, to, from > start)));
    }
    let spans: Vec<Span> = places.iter().map(|&(start, end, _)| folded.source(start, end)).collect();
    let sums = clause::sums(&spans, parts);
    let of = |((&(start, end, divided), &span), sum): ((&(usize, usize, bool), &Span), f32)| Clause {
        span,
        sum,
        contrast: turns.is_contrast(chars, start),
        verdict: turns.is_verdict(chars, start, end),
        cued: cued.overlaps(span),
        divided,
    };
    places.iter().zip(&spans).zip(sums).map(of).collect()
}

/// The share of the strongest clause from which on another one is shown beside it.
const NEARLY: f32 = 0.5;
/// The most clauses that are shown.
const MOST_SHOWN: usize = 3;

/// The clauses that weigh most for what is said of the tone: for praise or complaint those on its side, for both the
/// strongest of either.
pub(crate) fn telling(clauses: &[Clause], sentiment: Sentiment) -> Vec<Span> {
    let sides: &[f32] = match sentiment.label {
        SentimentLabel::Negative => &[-1.0],
        SentimentLabel::Positive => &[1.0],
        SentimentLabel::Neutral | SentimentLabel::Mixed => &[1.0, -1.0],
    };
    let mut spans = Vec::new();
    for side in sides {
        let mut strong: Vec<(f32, Span)> = clauses
            .iter()
            .map(|clause| (clause.sum * side, clause.span))
            .filter(|(sum, _)| *sum > 0.0)
            .collect();
        strong.sort_by(|left, right| right.0.total_cmp(&left.0));
        let most = strong.first().map_or(0.0, |(sum, _)| *sum);
        spans.extend(
            strong.iter().take(MOST_SHOWN).filter(|(sum, _)| *sum >= most * NEARLY).map(|(_, span)| *span),
        );
    }
    join(&mut spans);
    spans
}
