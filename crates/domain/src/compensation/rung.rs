//! The rungs that are open for one order.

use pingxin_language::{Cause, Fault};
use serde::{Deserialize, Serialize};

use super::ladder::Ladder;
use crate::intake::codes;
use crate::money::{Currency, Money};
use crate::say::Say;

codes! {
    /// What is given.
    Benefit {
        /// 优惠券
        Coupon = "coupon",
        /// 积分
        Points = "points",
        /// 会员
        Membership = "membership",
        /// 赠品
        Gift = "gift",
        /// 红包
        RedPacket = "red_packet",
        /// New goods.
        Replacement = "replacement",
        /// Part of the money.
        PartialRefund = "partial_refund",
        /// All of it.
        FullRefund = "full_refund",
    }
}

codes! {
    /// Who has to agree.
    SignOff {
        /// The agent alone.
        Agent = "agent",
        /// A supervisor.
        Supervisor = "supervisor",
        /// Two persons.
        TwoPersons = "two_persons",
    }
}

impl Benefit {
    /// Its height on the ladder, from 1.
    pub(super) fn step(self) -> u8 {
        match self {
            Self::Coupon => 1,
            Self::Points | Self::Membership => 2,
            Self::Gift | Self::RedPacket => 3,
            Self::Replacement => 4,
            Self::PartialRefund => 5,
            Self::FullRefund => 6,
        }
    }

    /// Whether it is a present and not what the order is about: goods as ordered, or the money for them.
    #[must_use]
    pub fn is_present(self) -> bool {
        self.step() < Self::Replacement.step()
    }
}

/// One rung that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// Its height, from 1 to 6; what a platform forbids is left out, and the others keep their height.
    pub rung: u8,
    /// What is given.
    pub kind: Benefit,
    /// The most it may be worth, as digits.
    #[serde(rename = "max", serialize_with = "digits")]
    pub most: Money,
    /// Of which currency.
    pub currency: Currency,
    /// Who has to agree to the most.
    pub approval: SignOff,
}

fn digits<S: serde::Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&money.amount())
}

/// The rungs that are open for an order of this amount, the lowest first; none while the amount is unknown, since nothing
/// may ever be above it. `presents` is false where the platform forbids benefits.
#[must_use]
pub fn rungs(ladder: &Ladder, order: Option<Money>, presents: bool) -> Vec<Rung> {
    let Some(order) = order.filter(|order| order.minor > 0) else { return Vec::new() };
    let open = ladder.rungs.iter().filter(|rule| presents || !rule.kind.is_present());
    open.filter_map(|rule| {
        let most = rule.most_of(order).filter(|most| most.minor > 0)?;
        Some(Rung {
            rung: rule.kind.step(),
            kind: rule.kind,
            most,
            currency: most.currency,
            approval: ladder.limits.sign_off(most),
        })
    })
    .collect()
}

/// The rung to begin with, and why: where the goods are at fault and the shop answers for it, part of the money; where the
/// way or the words were, the lowest rung. Whoever asks may choose another that is open.
#[must_use]
pub fn propose(rungs: &[Rung], cause: Option<Cause>, fault: Option<Fault>) -> Option<(Rung, Say)> {
    let of_goods = matches!(
        cause,
        Some(
            Cause::Quality
                | Cause::Mismatch
                | Cause::SizeFit
                | Cause::DamagePackaging
                | Cause::WrongMissing
                | Cause::Freshness
                | Cause::Authenticity
        )
    );
    let not_ours = matches!(fault, Some(Fault::Buyer | Fault::Platform));
    let money = rungs.iter().find(|rung| rung.kind == Benefit::PartialRefund);
    if of_goods
        && !not_ours
        && let Some(rung) = money
    {
        return Some((
            *rung,
            Say::new("商品问题，从部分退款开始", "the goods are at fault: begin with part of the money"),
        ));
    }
    let lowest = rungs.first()?;
    Some((*lowest, Say::new("不是商品问题，从最低一档开始", "not the goods: begin with the lowest rung")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(amount: &str, currency: &str, presents: bool) -> Vec<String> {
        let order = Money::parse(amount, currency.parse().unwrap()).unwrap();
        rungs(Ladder::shipped(), Some(order), presents)
            .into_iter()
            .map(|rung| {
                format!("{} {} {} {}", rung.rung, rung.kind.code(), rung.most.amount(), rung.approval.code())
            })
            .collect()
    }

    #[test]
    fn the_rungs_of_an_order() {
        assert_eq!(
            shown("129.00", "CNY", true),
            [
                "1 coupon 10.00 agent",
                "2 points 20.00 agent",
                "3 red_packet 30.00 supervisor",
                "4 replacement 64.50 supervisor",
                "5 partial_refund 64.50 supervisor",
                "6 full_refund 129.00 supervisor",
            ]
        );
        assert_eq!(shown("499", "CNY", true)[5], "6 full_refund 499.00 two_persons");
        assert_eq!(shown("8", "CNY", true)[0], "1 coupon 0.80 agent");
    }

    #[test]
    fn where_benefits_are_forbidden_only_goods_and_money_are_left() {
        assert_eq!(
            shown("20.00", "USD", false),
            [
                "4 replacement 10.00 supervisor",
                "5 partial_refund 10.00 supervisor",
                "6 full_refund 20.00 supervisor"
            ]
        );
        assert_eq!(
            shown("20.00", "CHF", true).len(),
            3,
            "nobody has said what a coupon may be worth in francs"
        );
        assert!(rungs(Ladder::shipped(), None, true).is_empty());
        assert!(shown("0", "CNY", true).is_empty());
    }

    #[test]
    fn what_is_proposed_depends_on_the_matter_alone() {
        let order = Money { minor: 12_900, currency: Currency::CNY };
        let all = rungs(Ladder::shipped(), Some(order), true);
        let of = |cause, fault| propose(&all, Some(cause), Some(fault)).map(|(rung, _)| rung.kind);
        assert_eq!(of(Cause::Quality, Fault::Seller), Some(Benefit::PartialRefund));
        assert_eq!(of(Cause::Quality, Fault::Buyer), Some(Benefit::Coupon));
        assert_eq!(of(Cause::Logistics, Fault::Carrier), Some(Benefit::Coupon));
        assert_eq!(propose(&[], Some(Cause::Quality), None), None);
    }

    #[test]
    fn no_word_of_it_speaks_of_a_rating() {
        let written = serde_json::to_string(&rungs(
            Ladder::shipped(),
            Some(Money { minor: 12_900, currency: Currency::CNY }),
            true,
        ));
        let written = written.unwrap().to_lowercase();
        for word in ["rating", "review", "feedback", "评", "star"] {
            assert!(!written.contains(word), "{written}");
        }
        assert!(
            written.starts_with(
                r#"[{"rung":1,"kind":"coupon","max":"10.00","currency":"cny","approval":"agent"}"#
            )
        );
    }

    proptest! {
        #[test]
        fn rungs_rise_and_none_is_above_the_order(minor in 0_i64..100_000_000, code in 0_usize..8) {
            let currency: Currency = ["CNY", "USD", "EUR", "GBP", "JPY", "CAD", "AUD", "KWD"][code].parse().unwrap();
            let all = rungs(Ladder::shipped(), Some(Money { minor, currency }), true);
            for rung in &all {
                prop_assert!(0 < rung.most.minor && rung.most.minor <= minor);
            }
            for pair in all.windows(2) {
                prop_assert!(pair[0].rung < pair[1].rung && pair[0].most.minor <= pair[1].most.minor);
                prop_assert!(pair[0].approval <= pair[1].approval);
            }
        }
    }
}
