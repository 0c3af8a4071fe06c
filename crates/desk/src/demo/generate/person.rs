//! Invented buyers. Phone numbers come from ranges that reach nobody, e-mail from a reserved domain (RFC 2606).

use pingxin_domain::Platform;
use pingxin_domain::intake::IncomingBuyer;

use super::dice::Dice;
use super::words::{Language, Words};

/// One buyer, whole, before a platform masks him.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) nick: String,
    pub(crate) surname: String,
    pub(crate) given: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) region: String,
    pub(crate) address: String,
    /// Whether he hides his nick in reviews (匿名评价).
    pub(crate) hides: bool,
    language: Language,
}

const AREA_CODES: [u16; 8] = [212, 305, 414, 503, 602, 713, 808, 916];

impl Person {
    /// The buyer these dice give.
    pub(crate) fn throw(mut dice: Dice, language: Language, words: &'static Words) -> Self {
        let people = words.people(language);
        let dice = &mut dice;
        let surname = dice.pick(&people.surnames).clone();
        let given = dice.pick(&people.given).clone();
        let region = &people.regions[dice.weighted(people.regions.iter().map(|region| region.weight))];
        let city = dice.pick(&region.cities);
        let (road, estate) = (dice.pick(&people.roads), dice.pick(&people.estates));
        let house = dice.between(1, 398);
        let letters: String = (0..9).map(|_| *dice.pick(b"bcdfghjkmnpqrstvwxz2345679") as char).collect();
        let nick = nick(dice, language, &people.nick_heads, &people.nick_tails);
        let (phone, address) = match language {
            Language::Chinese => {
                let (block, room) = (dice.between(1, 28), dice.between(1, 26) * 100 + dice.between(1, 4));
                (
                    format!("1700000{:04}", dice.below(10_000)),
                    format!("{}{city}{road}{house}号{estate}{block}幢{room}室", region.name),
                )
            }
            Language::English => {
                let area = dice.pick(&AREA_CODES);
                let unit = if estate.is_empty() { String::new() } else { format!(", {estate}") };
                (
                    format!("({area}) 555-01{:02}", dice.below(100)),
                    format!("{house} {road}{unit}, {city}, {}", region.name),
                )
            }
        };
        Self {
            nick,
            surname,
            given,
            phone,
            email: format!("{letters}@buyer.example"),
            region: region.name.clone(),
            address,
            hides: dice.chance(650),
            language,
        }
    }

    /// Name as a parcel carries it.
    pub(crate) fn name(&self) -> String {
        match self.language {
            Language::Chinese => format!("{}{}", self.surname, self.given),
            Language::English => format!("{} {}", self.given, self.surname),
        }
    }

    /// What the seller sees in an order: Amazon shows no nick and a relayed e-mail, Taobao no e-mail, an own site
    /// everything.
    pub(crate) fn in_order(&self, platform: Platform) -> IncomingBuyer {
        let shows_email = matches!(platform, Platform::Amazon(_) | Platform::Ebay | Platform::OwnShop);
        IncomingBuyer {
            nick: self.account(platform),
            name: Some(self.name()),
            phone: Some(self.phone.clone()),
            email: shows_email.then(|| self.email.clone()),
            address: Some(self.address.clone()),
            region: Some(self.region.clone()),
        }
    }

    /// What everyone sees under a review.
    pub(crate) fn in_review(&self, platform: Platform) -> IncomingBuyer {
        let nick = self.account(platform).unwrap_or_else(|| self.nick.clone());
        let hidden = platform == Platform::Ebay || (self.hides && self.language == Language::Chinese);
        IncomingBuyer { nick: Some(if hidden { masked(&nick) } else { nick }), ..IncomingBuyer::default() }
    }

    /// His account as the seller sees it.
    pub(crate) fn account(&self, platform: Platform) -> Option<String> {
        match platform {
            Platform::Amazon(_) => None,
            // Nobody else has it, unlike the names that people choose to be shown.
            Platform::Ebay => self.email.split('@').next().map(str::to_owned),
            _ => Some(self.nick.clone()),
        }
    }
}

fn nick(dice: &mut Dice, language: Language, heads: &[String], tails: &[String]) -> String {
    let (head, tail) = (dice.pick(heads), dice.pick(tails));
    let number = dice.between(10, 99_999);
    match (language, dice.below(8)) {
        (Language::Chinese, 0 | 1) => format!("tb{}{number}", dice.between(100, 9_999)),
        (Language::Chinese, 2 | 3) => format!("{head}{number}"),
        // Two buyers seldom share a nick, since it tells them apart.
        (Language::Chinese, 4) => format!("{head}{tail}"),
        (Language::Chinese, _) => format!("{head}{tail}{number}"),
        (Language::English, 0 | 1) => head.clone(),
        (Language::English, 2 | 3) => format!("{head}{number}"),
        (Language::English, _) => format!("{head} {tail}"),
    }
}

/// `t**1`: first and last letter.
fn masked(nick: &str) -> String {
    let first = nick.chars().next().unwrap_or('*');
    let last = nick.chars().last().unwrap_or('*');
    format!("{first}**{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(language: Language) -> impl Iterator<Item = Person> {
        (0..500).map(move |number| Person::throw(Dice::of(&[number]), language, Words::all()))
    }

    #[test]
    fn numbers_and_addresses_reach_nobody() {
        assert!(
            people(Language::Chinese)
                .all(|buyer| buyer.phone.len() == 11 && buyer.phone.starts_with("1700000"))
        );
        assert!(
            people(Language::English).all(|buyer| buyer.phone.contains(" 555-01") && buyer.phone.len() == 14)
        );
        assert!(people(Language::English).all(|buyer| buyer.email.ends_with("@buyer.example")));
    }

    #[test]
    fn reviews_show_less_than_orders() {
        for buyer in people(Language::Chinese).chain(people(Language::English)) {
            let (order, review) = (buyer.in_order(Platform::OwnShop), buyer.in_review(Platform::OwnShop));
            assert!(order.name.is_some() && order.address.is_some() && order.region.is_some());
            assert!(review.name.is_none() && review.phone.is_none() && review.address.is_none());
        }
        let hidden = people(Language::Chinese)
            .filter(|buyer| {
                buyer
                    .in_review(Platform::OwnShop)
                    .nick
                    .is_some_and(|nick| nick.chars().count() == 4 && nick.contains("**"))
            })
            .count();
        assert!((200..480).contains(&hidden), "{hidden}");
    }
}
