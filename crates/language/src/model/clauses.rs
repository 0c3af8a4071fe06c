//! What the clauses of a text are like: a small layer beside the linear weights.
//!
//! Every gram has a place in a space of a few dimensions, one signed byte each. A clause is the sum of the places of its
//! distinct known grams over the root of their number, and of that what lies above a start. A text is told by three
//! summaries of its clauses (their sum over the root of their number, the greatest of each dimension, the last clause),
//! and every head weighs those. So a praise that is taken back in the next clause is seen as such.

/// How many dimensions there are.
pub const WIDTH: usize = 8;

/// A clause, or a summary of clauses.
pub(crate) type Place = [f32; WIDTH];

/// The three summaries of a text, or what a head makes of them: of all clauses, the greatest, the last.
pub type Summary = [[f32; WIDTH]; 3];

/// The places of the grams of a vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseLayer {
    /// One place a gram, in the order of the vocabulary.
    pub places: Vec<[i8; WIDTH]>,
    /// What one step of a place is worth.
    pub scale: f32,
    /// What is added to a clause before what lies below nothing is cut off.
    pub start: [f32; WIDTH],
}

/// The summaries of the clauses gathered so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    sum: [i32; WIDTH],
    count: u32,
    clauses: u32,
    summary: Summary,
}

impl Gathered {
    /// Adds a gram to the clause at hand.
    #[inline]
    pub(crate) fn add(&mut self, place: &[i8; WIDTH]) {
        for (sum, part) in self.sum.iter_mut().zip(place) {
            *sum += i32::from(*part);
        }
        self.count += 1;
    }

    /// Ends the clause at hand; one without a known gram counts for nothing.
    pub(crate) fn end_clause(&mut self, layer: &ClauseLayer) {
        if self.count == 0 {
            return;
        }
        let unit = layer.scale / (self.count as f32).sqrt();
        let clause = std::array::from_fn(|at| (self.sum[at] as f32 * unit + layer.start[at]).max(0.0));
        summarise(&mut self.summary, &clause);
        (self.sum, self.count) = ([0; WIDTH], 0);
        self.clauses += 1;
    }

    /// The summaries once every clause has ended.
    pub(crate) fn summary(&self) -> Summary {
        finished(self.summary, self.clauses)
    }
}

/// Takes one clause more into summaries whose first is a plain sum yet.
pub(crate) fn summarise(summary: &mut Summary, clause: &Place) {
    let [all, greatest, last] = summary;
    all.iter_mut().zip(clause).for_each(|(all, part)| *all += part);
    greatest.iter_mut().zip(clause).for_each(|(greatest, part)| *greatest = greatest.max(*part));
    *last = *clause;
}

/// The summaries of so many clauses, from those whose first is a plain sum yet.
pub(crate) fn finished(mut summary: Summary, clauses: u32) -> Summary {
    let unit = 1.0 / (clauses.max(1) as f32).sqrt();
    summary[0].iter_mut().for_each(|part| *part *= unit);
    summary
}

/// What a head with these weights makes of a summary.
pub(crate) fn weigh(weights: &Summary, summary: &Summary) -> f32 {
    weights.iter().flatten().zip(summary.iter().flatten()).map(|(weight, part)| weight * part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_summed_up_in_three_ways() {
        let layer = ClauseLayer { places: Vec::new(), scale: 0.5, start: [0.0; WIDTH] };
        let mut gathered = Gathered::default();
        let place = |first, second| {
            let mut place = [0; WIDTH];
            (place[0], place[1]) = (first, second);
            place
        };
        for clause in [vec![place(4, -2)], vec![], vec![place(1, 3); 4]] {
            clause.iter().for_each(|place| gathered.add(place));
            gathered.end_clause(&layer);
        }
        let [all, greatest, last] = gathered.summary();
        let root = 2.0_f32.sqrt();
        assert!((all[0] - 3.0 / root).abs() < 1e-5 && (all[1] - 3.0 / root).abs() < 1e-5);
        assert_eq!((greatest[0], greatest[1]), (2.0, 3.0));
        assert_eq!((last[0], last[1]), (1.0, 3.0));
        let mut weights = Summary::default();
        (weights[1][0], weights[2][1]) = (2.0, -1.0);
        assert_eq!(weigh(&weights, &gathered.summary()), 1.0);
        assert_eq!(Gathered::default().summary(), Summary::default());
    }
}
