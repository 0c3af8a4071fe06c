//! What a buyer thinks of an order: how many stars, and over what.

use pingxin_domain::shop::Object;
use pingxin_language::Cause;

use super::course::Course;
use super::dice::Dice;
use super::words::Category;

/// How a text is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Praise.
    Good,
    /// Praise with a small but.
    Fair,
    /// Half and half.
    Mixed,
    /// Complaint.
    Bad,
    /// Five stars over a complaint.
    Clash,
}

/// One buyer's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opinion {
    pub(crate) stars: u8,
    pub(crate) mood: Mood,
    /// What it complains of; `None` when it does not.
    pub(crate) cause: Option<Cause>,
    /// Complains of the days it took, and it did take them.
    pub(crate) late: bool,
    /// Complains of the bad lot.
    pub(crate) bad_lot: bool,
}

/// What buyers of Amazon say of the seller rather than of the goods.
const SELLER_CAUSES: [(Cause, u32); 6] = [
    (Cause::Logistics, 34),
    (Cause::DamagePackaging, 22),
    (Cause::Service, 20),
    (Cause::WrongMissing, 14),
    (Cause::Authenticity, 5),
    (Cause::Price, 5),
];

impl Opinion {
    /// What this buyer thinks.
    pub(crate) fn throw(course: &Course, category: &Category, object: Object, dice: &mut Dice) -> Self {
        let angry_over_lot = course.bad_lot && object != Object::SellerFeedback && dice.chance(800);
        let angry_over_days = course.is_late() && dice.chance(500);
        let stars = if angry_over_lot {
            [1, 1, 1, 2][dice.index(4)]
        } else if angry_over_days {
            [1, 1, 2, 3, 3][dice.index(5)]
        } else {
            [5, 4, 3, 2, 1][dice.weighted([72, 15, 5, 3, 5].into_iter())]
        };
        let mood = match stars {
            5 if dice.chance(14) => Mood::Clash,
            5 => Mood::Good,
            4 => {
                if dice.chance(550) {
                    Mood::Fair
                } else {
                    Mood::Good
                }
            }
            3 => Mood::Mixed,
            2 if dice.chance(300) => Mood::Mixed,
            _ => Mood::Bad,
        };
        let late = angry_over_days && !angry_over_lot;
        let cause = match mood {
            Mood::Good | Mood::Fair => None,
            _ if angry_over_lot => Some(Cause::Quality),
            _ if late => Some(Cause::Logistics),
            _ => Some(cause(category, object, dice)),
        };
        Self { stars, mood, cause, late, bad_lot: angry_over_lot }
    }

    /// The same buyer after the shop has helped him.
    pub(crate) fn healed(self, dice: &mut Dice) -> Self {
        Self {
            stars: if dice.chance(700) { 5 } else { 4 },
            mood: Mood::Good,
            cause: None,
            late: false,
            bad_lot: false,
        }
    }

    /// The same buyer after the goods have failed him.
    pub(crate) fn soured(category: &Category, dice: &mut Dice) -> Self {
        let cause = if dice.chance(600) { Cause::Quality } else { cause(category, Object::Review, dice) };
        let stars = if dice.chance(600) { 1 } else { 2 };
        Self { stars, mood: Mood::Bad, cause: Some(cause), late: false, bad_lot: false }
    }
}

/// A cause as often as the goods give cause for it.
pub(crate) fn cause(category: &Category, object: Object, dice: &mut Dice) -> Cause {
    if object == Object::SellerFeedback && !dice.chance(180) {
        return SELLER_CAUSES[dice.weighted(SELLER_CAUSES.iter().map(|(_, weight)| *weight))].0;
    }
    let place = dice.weighted(category.cause_weights().map(|(_, weight)| weight));
    Cause::ALL[place]
}
