//! Full names of people. A name alone is none: characters of books have names too, so a name must be announced
//! (我是…, 商家…, the seller …, attn …) or stand beside other contact data.

mod chinese;
mod english;

/// Full names; `capital` tells whether the letter of the original behind a folded character is a capital.
/// `contacts` are the phones, addresses and accounts found before, as folded ranges.
pub(super) fn find(
    chars: &[char],
    capital: &dyn Fn(usize) -> bool,
    contacts: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let mut found = chinese::find(chars, contacts);
    found.extend(english::find(chars, capital, contacts));
    // Streets are named after people.
    found.retain(|name| contacts.iter().all(|contact| name.1 <= contact.0 || contact.1 <= name.0));
    found
}

/// Characters between two ranges; 0 when they touch or overlap.
fn distance(left: (usize, usize), right: (usize, usize)) -> usize {
    if left.1 <= right.0 { right.0 - left.1 } else { left.0.saturating_sub(right.1) }
}
