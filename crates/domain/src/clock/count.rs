//! Counting time that works.

use jiff::{SignedDuration, Timestamp};

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From this instant on.
    pub from: Timestamp,
    /// Up to this one, not included.
    pub to: Timestamp,
}

/// Time in which nothing counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// From this instant on.
    pub from: Timestamp,
    /// Up to this one; none while it lasts.
    pub to: Option<Timestamp>,
}

/// When a clock has counted so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At this instant, if nothing changes.
    At(Timestamp),
    /// It stands still with so much left.
    Standing(SignedDuration),
}

/// The parts of a stretch in which nothing pauses; pauses stand in order and apart.
fn awake(stretch: Stretch, pauses: &[Pause]) -> impl Iterator<Item = Stretch> {
    let mut from = stretch.from;
    let ends = pauses.iter().map(|pause| (pause.from, pause.to.unwrap_or(Timestamp::MAX)));
    ends.chain([(Timestamp::MAX, Timestamp::MAX)]).filter_map(move |(begins, ends)| {
        let part = Stretch { from, to: begins.min(stretch.to) };
        from = from.max(ends);
        (part.from < part.to).then_some(part)
    })
}

/// How much of the time until an instant counts. `working` are stretches in order from the beginning on; `pauses` stand in
/// order and apart.
#[must_use]
pub fn elapsed(working: impl Iterator<Item = Stretch>, pauses: &[Pause], until: Timestamp) -> SignedDuration {
    working
        .take_while(|stretch| stretch.from < until)
        .map(|stretch| Stretch { to: stretch.to.min(until), ..stretch })
        .flat_map(|stretch| awake(stretch, pauses))
        .fold(SignedDuration::ZERO, |sum, part| sum.saturating_add(part.to.duration_since(part.from)))
}

/// When so much has been counted.
#[must_use]
pub fn reaches(working: impl Iterator<Item = Stretch>, pauses: &[Pause], goal: SignedDuration) -> Reach {
    let mut left = goal;
    // Nothing counts any more once a pause has begun that lasts.
    let last = pauses.iter().find(|pause| pause.to.is_none()).map(|pause| pause.from);
    for stretch in working.take_while(|stretch| last.is_none_or(|last| stretch.from < last)) {
        for part in awake(stretch, pauses) {
            let counted = part.to.duration_since(part.from);
            if counted >= left {
                return part.from.checked_add(left).map_or(Reach::Standing(left), Reach::At);
            }
            left = left.saturating_sub(counted);
        }
    }
    Reach::Standing(left)
}

#[cfg(test)]
mod tests;
