//! Why a ground holds or does not, in both languages.

use jiff::civil::Date;

use super::answer::Verdict;
use super::judge::{Told, Weighed};
use crate::Say;
use crate::pack::{Condition, Ground, Status};

/// The sentence that goes with a verdict.
pub(super) fn of(
    ground: &Ground,
    verdict: Verdict,
    told: &Told,
    weighed: &Weighed,
    last_day: Option<Date>,
    stale: bool,
) -> Say {
    let name = &ground.name;
    let mut say = match verdict {
        Verdict::Eligible => {
            let until = last_day.map_or_else(
                || Say::new("", ""),
                |day| Say::new(format!("，最迟 {day} 提交"), format!("; file by {day}")),
            );
            Say::new(format!("符合“{}”{}", name.zh, until.zh), format!("holds: {}{}", name.en, until.en))
        }
        Verdict::NeedsEvidence => {
            let missing: Vec<Say> = weighed.missing.iter().map(|code| missing(code)).collect();
            let list = |pick: fn(&Say) -> &str, between: &str| {
                missing.iter().map(pick).collect::<Vec<_>>().join(between)
            };
            let zh = list(|say| &say.zh, "、");
            let en = list(|say| &say.en, ", ");
            Say::new(
                format!("可能符合“{}”，还缺：{zh}", name.zh),
                format!("would hold: {}; missing: {en}", name.en),
            )
        }
        Verdict::Expired => {
            let day = last_day.map(|day| day.to_string()).unwrap_or_default();
            Say::new(
                format!("符合“{}”，但申请期限 {day} 已过", name.zh),
                format!("would hold: {}, but the last day was {day}", name.en),
            )
        }
        Verdict::NotEligible | Verdict::NoRule => refused(ground, told, weighed),
    };
    let doubt = match ground.record.status {
        Status::Folk | Status::SingleSource => {
            Some(Say::new("（规则仅有单一来源）", " (the rule has a single source)"))
        }
        Status::Disputed => Some(Say::new("（规则来源有分歧）", " (sources of the rule disagree)")),
        Status::Assumed => Some(Say::new("（规则为推定）", " (the rule is assumed)")),
        Status::Confirmed => None,
    };
    let stale = stale.then(|| Say::new("（规则待复核）", " (the rules are due to be looked at again)"));
    for more in doubt.into_iter().chain(stale) {
        say = Say::new(say.zh + &more.zh, say.en + &more.en);
    }
    say
}

fn refused(ground: &Ground, told: &Told, weighed: &Weighed) -> Say {
    let name = &ground.name;
    match told {
        Told::Broken { by, .. } => {
            let topic = topic(by);
            Say::new(
                format!("不符合“{}”：还提到了{}，混合内容不予移除", name.zh, topic.zh),
                format!(
                    "does not hold ({}): it also speaks of {}, and mixed comments stay",
                    name.en, topic.en
                ),
            )
        }
        Told::Silent => Say::new(
            format!("不符合“{}”：没有相应的内容或事实", name.zh),
            format!("does not hold ({}): neither words nor facts carry it", name.en),
        ),
        Told::Carried(_) | Told::Proven(_) | Told::Hinted(_) => {
            let fact =
                weighed.against.first().map_or_else(|| Say::new("", ""), |condition| denied(*condition));
            Say::new(
                format!("不符合“{}”：{}", name.zh, fact.zh),
                format!("does not hold ({}): {}", name.en, fact.en),
            )
        }
    }
}

fn denied(condition: Condition) -> Say {
    match condition {
        Condition::FulfilledByAmazon => {
            Say::new("订单不是由亚马逊配送", "the order was not fulfilled by Amazon")
        }
        Condition::BuyShipping => {
            Say::new("没有使用 Buy Shipping 购买面单", "the label was not bought through Buy Shipping")
        }
        Condition::ShippedOnTime => Say::new("没有按时发货", "the order was not sent on time"),
        Condition::BothRated => Say::new(
            "卖家没有评价买家，且评价期已过",
            "the shop has not rated the buyer, and the time to rate is over",
        ),
        Condition::BuyerIsCompetitor => Say::new("买家不是同行", "the buyer is no competitor"),
        Condition::FraudReport => Say::new("没有诈骗报案记录", "there is no report of fraud"),
        Condition::DemandWithRatingThreat | Condition::MessageWithDemand => {
            Say::new("没有以评价要挟的消息", "no message ties a demand to the rating")
        }
    }
}

/// What a missing fact is called; a code that is not known stands for itself.
#[must_use]
pub fn missing(code: &str) -> Say {
    match code {
        "fulfilled_by" => Say::new("配送方式", "who fulfilled the order"),
        "buy_shipping" => {
            Say::new("是否使用 Buy Shipping", "whether the label was bought through Buy Shipping")
        }
        "shipped_on_time" => Say::new("是否按时发货", "whether it was sent on time"),
        "both_rated" => Say::new("双方是否都已评价", "whether both have rated"),
        "seller_rating" => Say::new("先评价买家", "the shop's own rating of the buyer"),
        "identity_link" => Say::new("证明买家是同行的材料", "proof that the buyer is a competitor"),
        "fraud_report" => Say::new("诈骗报案材料", "a report of the fraud"),
        "chat_proof_id" => Say::new("聊天举证号", "the number of the conversation"),
        "message_with_demand" => Say::new("含有要挟内容的站内消息", "the message that holds the demand"),
        "pattern_of_ratings" => Say::new("买家其他评价的规律", "the pattern of the buyer's other ratings"),
        "platform_record" => Say::new(
            "平台记录（如未付款、账号停用）",
            "the platform's own record, such as an unpaid order or a suspended account",
        ),
        "proof_of_right" => Say::new("权利证明", "proof of the right"),
        "label_purchase" => {
            Say::new("Buy Shipping 面单购买记录", "the purchase of the label through Buy Shipping")
        }
        "ship_confirm_vs_expected" => Say::new(
            "实际发货时间与承诺发货时间对照",
            "the time of shipping beside the time that was promised",
        ),
        other => Say::new(other, other),
    }
}

/// What a word list is called.
fn topic(list: &str) -> Say {
    match list {
        "seller" | "thanks" => Say::new("卖家或服务", "the seller or the service"),
        "returns" => Say::new("退换货或退款", "returns or refunds"),
        "packing" | "parcel" => Say::new("包装", "packing"),
        "damage" => Say::new("到货破损", "damage on arrival"),
        "wrong" => Say::new("错发、漏发或与订单不符", "wrong or missing goods"),
        "used" => Say::new("二手或拆封", "used or opened goods"),
        "fake" => Say::new("真伪", "authenticity"),
        "price" => Say::new("价格或费用", "price or charges"),
        "people" => Say::new("人的行为", "what somebody did"),
        "late" | "slow" | "misdelivery" | "carrier" | "delivery" => Say::new("配送", "delivery"),
        _ => Say::new("商品本身", "the product itself"),
    }
}
