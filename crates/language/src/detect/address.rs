//! Postal addresses of people.

mod chinese;
mod english;

use super::digits::Group;

/// Postal addresses; `capital` tells whether the letter of the original behind a folded character is a capital.
/// Without a digit there is none.
pub(super) fn find(chars: &[char], capital: &dyn Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = chinese::find(chars);
    found.extend(english::find(chars, capital));
    found
}

/// Whether a run of digits lies within an address: a postcode or a number of a flat, no phone.
pub(super) fn covers(addresses: &[(usize, usize)], group: &Group) -> bool {
    addresses.iter().any(|(start, end)| *start <= group.start && group.end <= *end)
}
