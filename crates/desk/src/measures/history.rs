//! How the figures of a shop went: what each window showed every thirty days back for a year, and what people typed.
//!
//! A review counts in what was shown while it stood there: one that is gone or struck since counts until then. Stars that a
//! buyer has changed count as they are now.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pingxin_domain::figure::{FigureUnit, FigureValue};
use pingxin_domain::rating::{FeedbackCount, Window, class_of};
use pingxin_domain::{Action, Object, Scope, ShopId};
use pingxin_store::rating::{self, RatingCount, Stretch, TakenAway};
use pingxin_store::record::{self, Figure};

use super::group::{Basis, add, basis_of, objects};
use super::{TYPED, back};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::shops;

/// Days between two points.
const STEP: u16 = 30;
/// Points before today's.
const POINTS: u16 = 12;
/// The windows that are drawn.
const DRAWN: [Window; 3] = [Window::Days30, Window::Days90, Window::Days365];

/// What a window held at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryPoint {
    /// As of when.
    pub at: Timestamp,
    /// What counted then.
    pub count: FeedbackCount,
}

/// One line: a window of one kind of review.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// What is counted.
    pub object: Object,
    /// How.
    pub basis: Basis,
    /// Over which window.
    pub window: Window,
    /// The oldest first.
    pub points: Vec<HistoryPoint>,
}

/// One line of what people typed.
#[derive(Debug, Clone)]
pub struct TypedLine {
    /// Code or name of the figure.
    pub name: String,
    /// What it counts.
    pub unit: Option<FigureUnit>,
    /// The oldest first.
    pub points: Vec<(Timestamp, FigureValue)>,
}

/// How the figures of a shop went.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What was counted.
    pub lines: Vec<HistoryLine>,
    /// What was typed; figures that were typed once are no line.
    pub typed: Vec<TypedLine>,
}

/// The figures of a shop over the last year.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn history(desk: &Desk, scope: &Scope, id: ShopId) -> Result<History> {
    allow(scope, Action::ReadReviews)?;
    let shop = shops::find(desk, scope, id).await?.ok_or(DeskError::NotFound)?;
    let as_of = desk.store.clock().now();
    let edges = edges();
    let longest = back(as_of, edges.last().copied().unwrap_or_default());
    let edges = &edges;
    let (parts, taken, figures) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut parts = Vec::new();
                for pair in edges.windows(2) {
                    let stretch = Stretch { after: Some(back(as_of, pair[1])), until: back(as_of, pair[0]) };
                    parts.push((pair[0], rating::counts(tx, scope, id, stretch).await?));
                }
                let taken = rating::taken_away(tx, scope, id, longest).await?;
                let figures = record::list_figures(tx, scope, Some(id), None, TYPED).await?;
                Ok((parts, taken, figures.rows))
            })
        })
        .await?;
    let past = Past { parts, taken, as_of };
    let lines = objects(shop.platform).iter().flat_map(|object| past.lines(*object)).collect();
    Ok(History { lines, typed: typed_lines(figures) })
}

/// Days back at which a part begins or ends, the newest first: every window of every point is a sum of parts.
fn edges() -> Vec<u16> {
    let of_point = |point: u16| {
        let ends = DRAWN.into_iter().filter_map(move |window| Some(point + window.days()?));
        std::iter::once(point).chain(ends)
    };
    let edges: BTreeSet<u16> = points().flat_map(of_point).collect();
    edges.into_iter().collect()
}

/// The days back of each point, today's first.
fn points() -> impl DoubleEndedIterator<Item = u16> {
    (0..=POINTS).map(|point| point * STEP)
}

struct Past {
    /// Each part by the days back at which it ends, the newest first.
    parts: Vec<(u16, Vec<RatingCount>)>,
    taken: Vec<TakenAway>,
    as_of: Timestamp,
}

impl Past {
    fn lines(&self, object: Object) -> Vec<HistoryLine> {
        let basis = basis_of(object, self.parts.iter().flat_map(|(_, counts)| counts));
        let lines = DRAWN.into_iter().map(|window| HistoryLine {
            object,
            basis,
            window,
            points: points().rev().map(|back| self.point(object, window, back)).collect(),
        });
        lines.filter(|line| line.points.iter().any(|point| point.count.total() > 0)).collect()
    }

    fn point(&self, object: Object, window: Window, days_back: u16) -> HistoryPoint {
        let at = back(self.as_of, days_back);
        let end = days_back + window.days().unwrap_or_default();
        let mut count = FeedbackCount::default();
        let inside = self.parts.iter().filter(|(from, _)| (days_back..end).contains(from));
        for part in
            inside.flat_map(|(_, counts)| counts).filter(|part| part.object == object && !part.is_gone)
        {
            add(&mut count, class_of(part.rating, part.verdict), part.many);
        }
        let after = back(self.as_of, end);
        let then = |taken: &&TakenAway| {
            taken.object == object && taken.at > after && taken.at <= at && taken.ended > at
        };
        for taken in self.taken.iter().filter(then) {
            add(&mut count, class_of(taken.rating, taken.verdict), 1);
        }
        HistoryPoint { at, count }
    }
}

fn typed_lines(figures: Vec<Figure>) -> Vec<TypedLine> {
    let mut lines: Vec<TypedLine> = Vec::new();
    // The newest come first.
    for figure in figures.into_iter().rev() {
        let point = (figure.at, figure.value);
        match lines.iter_mut().find(|line| line.name == figure.name) {
            Some(line) => line.points.push(point),
            None => lines.push(TypedLine { name: figure.name, unit: figure.unit, points: vec![point] }),
        }
    }
    lines.retain(|line| line.points.len() > 1);
    lines.sort_by(|one, two| one.name.cmp(&two.name));
    lines
}

#[cfg(test)]
mod tests {
    use pingxin_domain::review::Rating;

    use super::*;

    fn star(stars: u8) -> Option<Rating> {
        Rating::try_from(stars).ok()
    }

    #[test]
    fn every_window_of_every_point_is_a_sum_of_parts() {
        let edges = edges();
        for point in points() {
            for days in DRAWN.into_iter().filter_map(Window::days) {
                assert!(edges.contains(&point) && edges.contains(&(point + days)));
            }
        }
        assert_eq!((edges.first(), edges.last()), (Some(&0), Some(&725)));
    }

    #[test]
    fn what_is_gone_counts_until_it_went() {
        let as_of: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let part = |days, stars, many| {
            let count = RatingCount {
                object: Object::Review,
                rating: star(stars),
                verdict: None,
                is_revised: false,
                is_gone: false,
                many,
            };
            (days, vec![count])
        };
        let gone = TakenAway {
            object: Object::Review,
            rating: star(1),
            verdict: None,
            at: back(as_of, 40),
            ended: back(as_of, 10),
        };
        let past = Past { parts: vec![part(0, 5, 3), part(30, 5, 1)], taken: vec![gone], as_of };
        let lines = past.lines(Object::Review);
        let month = lines.iter().find(|line| line.window == Window::Days30).unwrap();
        let [.., before, now] = month.points.as_slice() else { panic!("{month:?}") };
        assert_eq!((before.count.positive, before.count.negative), (1, 1), "it stood there then");
        assert_eq!((now.count.positive, now.count.negative, now.at), (3, 0, as_of));
        assert_eq!(month.points.len(), usize::from(POINTS) + 1);
    }
}
