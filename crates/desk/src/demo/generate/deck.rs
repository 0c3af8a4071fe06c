//! Lines drawn like cards: none comes again before all have come once.

use std::collections::HashMap;

use super::dice::Dice;

/// The banks in use, each with the order in which its lines come next.
#[derive(Debug)]
pub(crate) struct Decks {
    seed: u64,
    // By the address of the bank: only looked up, never walked, so addresses cannot change what is drawn.
    decks: HashMap<usize, Deck>,
}

#[derive(Debug)]
struct Deck {
    dice: Dice,
    left: Vec<usize>,
    last: Option<usize>,
}

impl Decks {
    /// Fresh decks.
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, decks: HashMap::new() }
    }

    /// The next line of a bank that `fits`; `None` when none does.
    pub(crate) fn draw<'a>(&mut self, bank: &'a [String], fits: impl Fn(&str) -> bool) -> Option<&'a str> {
        let number = u64::try_from(self.decks.len()).unwrap_or(u64::MAX);
        let seed = self.seed;
        let deck = self.decks.entry(bank.as_ptr().addr()).or_insert_with(|| Deck {
            dice: Dice::of(&[seed, number]),
            left: Vec::new(),
            last: None,
        });
        deck.draw(bank, fits)
    }
}

impl Deck {
    fn draw<'a>(&mut self, bank: &'a [String], fits: impl Fn(&str) -> bool) -> Option<&'a str> {
        if let Some(place) = self.left.iter().rposition(|index| fits(&bank[*index])) {
            return Some(self.take(bank, place));
        }
        // All fitting lines are used up: a new round, in which the last line does not come first.
        self.left = (0..bank.len()).collect();
        for end in (1..self.left.len()).rev() {
            let other = self.dice.index(end + 1);
            self.left.swap(end, other);
        }
        if self.left.len() > 1 && self.left.last() == self.last.as_ref() {
            self.left.rotate_right(1);
        }
        let place = self.left.iter().rposition(|index| fits(&bank[*index]))?;
        Some(self.take(bank, place))
    }

    fn take<'a>(&mut self, bank: &'a [String], place: usize) -> &'a str {
        let index = self.left.remove(place);
        self.last = Some(index);
        &bank[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn bank(length: usize) -> Vec<String> {
        (0..length).map(|number| number.to_string()).collect()
    }

    #[test]
    fn every_line_comes_once_before_one_comes_twice() {
        let bank = bank(9);
        let mut decks = Decks::new(3);
        for _ in 0..5 {
            let round: HashSet<_> = (0..9).filter_map(|_| decks.draw(&bank, |_| true)).collect();
            assert_eq!(round.len(), 9);
        }
    }

    #[test]
    fn no_line_follows_itself() {
        let bank = bank(3);
        let mut decks = Decks::new(11);
        let drawn: Vec<_> = (0..300).filter_map(|_| decks.draw(&bank, |_| true)).collect();
        assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn draws_only_what_fits_and_says_when_nothing_does() {
        let bank = bank(5);
        let mut decks = Decks::new(1);
        assert_eq!(decks.draw(&bank, |line| line == "4"), Some("4"));
        assert_eq!(decks.draw(&bank, |line| line == "4"), Some("4"));
        assert_eq!(decks.draw(&bank, |line| line == "x"), None);
        assert_eq!(decks.draw(&[], |_| true), None);
    }
}
