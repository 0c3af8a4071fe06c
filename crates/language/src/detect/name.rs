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
    let contacts = Contacts::new(contacts);
    let mut found = chinese::find(chars, &contacts);
    found.extend(english::find(chars, capital, &contacts));
    // Streets are named after people.
    found.retain(|name| !contacts.overlap(*name));
    found
}

/// Ranges of contact data in order, to ask quickly what stands beside one.
struct Contacts {
    /// Where each begins, and how far it and those before it reach.
    reaches: Vec<(usize, usize)>,
}

impl Contacts {
    fn new(contacts: &[(usize, usize)]) -> Self {
        let mut reaches = contacts.to_vec();
        reaches.sort_unstable();
        let mut reach = 0;
        for contact in &mut reaches {
            reach = reach.max(contact.1);
            contact.1 = reach;
        }
        Self { reaches }
    }

    fn overlap(&self, (start, end): (usize, usize)) -> bool {
        let before = self.reaches.partition_point(|contact| contact.0 < end);
        before.checked_sub(1).is_some_and(|last| self.reaches[last].1 > start)
    }

    /// Whether at most `most` characters stand between one of them and the range.
    fn near(&self, (start, end): (usize, usize), most: usize) -> bool {
        let before = self.reaches.partition_point(|contact| contact.0 <= end + most);
        before.checked_sub(1).is_some_and(|last| self.reaches[last].1 + most >= start)
    }
}
