//! Extortion (勒索): more than is due, demanded under threat of the rating.
//!
//! Three things must stand close together: something beyond what is due (红包, a gift card, 50元), the rating (差评, one
//! star), and words that make one hang on the other (不给…就, or else). A rating threatened because a refund or a
//! replacement is withheld is no extortion, nor is an offer that the seller made (客服说返现改好评).

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// What is not due to a buyer.
const BEYOND: &[&str] = &[
    "红包",
    "返现",
    "现金",
    "好处费",
    "优惠券",
    "白送",
    "免费送",
    "免单",
    "转账",
    "转我",
    "打钱",
    "打款",
    "多赔",
    "三倍",
    "十倍",
    "仅退款",
    "精神损失",
    "再送",
    "多送",
    "补偿",
    "封口费",
    "不退货",
    "gift card",
    "extra",
    "cash",
    "for free",
    "free one",
    "another free",
    "a free",
    "bonus",
    "double",
    "voucher",
    "compensation",
    "keep the item",
    "keep it",
    "without returning",
    "store credit",
];
/// The rating, and what can be done to it.
const RATING: &[&str] = &[
    "差评",
    "一星",
    "1星",
    "追评",
    "好评",
    "不删",
    "不改",
    "删评",
    "改评",
    "撤评",
    "删掉评",
    "中评",
    "1 star",
    "one star",
    "1-star",
    "one-star",
    "negative feedback",
    "negative review",
    "bad review",
    "bad feedback",
    "my review",
    "this review",
    "my feedback",
    "this feedback",
    "5 stars",
    "five stars",
    "5 star",
    "five star",
    "the rating",
    "my rating",
];
/// What makes one hang on the other.
const CONDITION: &[&str] = &[
    "不给",
    "不打",
    "不转",
    "不赔",
    "不送",
    "不补",
    "否则",
    "不然",
    "要么",
    "除非",
    "才删",
    "才改",
    "才撤",
    "就删",
    "就改",
    "就撤",
    "才给",
    "就给",
    "给了就",
    "给我就",
    "想删",
    "想改",
    "想让我",
    "or i ",
    "or i'll",
    "or else",
    "unless",
    "if you don't",
    "if you want",
    "otherwise",
    "until you",
    "and i'll",
    "and i will",
    "then i'll",
    "then i will",
    "if you send",
    "if you give",
    "if you pay",
    "or it stays",
    "or this stays",
    "i'll change",
    "i will change",
    "i'll remove",
    "i will remove",
];
/// Words by which the seller is seen to make the offer.
const OFFER: &[&str] = &[
    "客服说",
    "卖家说",
    "商家说",
    "店家说",
    "老板说",
    "让我",
    "叫我",
    "求我",
    "要我改",
    "要我删",
    "要求我",
    "提出",
    "答应",
    "承诺",
    "联系我",
    "打电话给我",
    "骚扰",
    "卡片",
    "they offered",
    "seller offered",
    "offered me",
    "company offered",
    "asked me",
    "wanted me",
    "told me",
    "bribe",
    "they said",
    "seller said",
    "emailed me",
    "contacted me",
    "they promised",
];

/// Characters over which the three may be spread.
const REACH: usize = 60;

const KINDS: [&[&str]; 4] = [BEYOND, RATING, CONDITION, OFFER];

fn words() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(KINDS.iter().flat_map(|kind| kind.iter())))
}

/// From the number of a word to its kind.
fn kind_of(word: usize) -> usize {
    let mut first = 0;
    for (kind, words) in KINDS.iter().enumerate() {
        first += words.len();
        if word < first {
            return kind;
        }
    }
    KINDS.len()
}

/// Demands that extort, from the first to the last of their words.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let words = words();
    let mut hits: [Vec<(usize, usize)>; 4] = Default::default();
    for at in 0..chars.len() {
        words.each(chars, at, |number, end| {
            if let Some(hits) = hits.get_mut(kind_of(number)) {
                hits.push((at, end));
            }
        });
    }
    hits.iter_mut().for_each(|hits| hits.sort_unstable_by_key(|&(start, end)| (end, start)));
    let [beyond, rating, condition, offer] = &mut hits;
    if rating.is_empty() || condition.is_empty() || !offer.is_empty() {
        return Vec::new();
    }
    beyond.extend(sums(chars));
    rating.sort_by_key(|hit| hit.1);
    condition.sort_by_key(|hit| hit.1);
    for demand in beyond.iter() {
        for threat in near(rating, *demand) {
            for link in near(condition, *demand) {
                let start = demand.0.min(threat.0).min(link.0);
                let end = demand.1.max(threat.1).max(link.1);
                if end - start <= REACH {
                    return vec![(start, end)];
                }
            }
        }
    }
    Vec::new()
}

/// The hits, in the order of their ends, that may stand within reach of a place.
fn near(hits: &[(usize, usize)], (start, end): (usize, usize)) -> &[(usize, usize)] {
    let first = hits.partition_point(|hit| hit.1 + REACH < end);
    let last = hits.partition_point(|hit| hit.1 <= start + REACH);
    hits.get(first..last).unwrap_or_default()
}

/// Sums of money that are demanded: 赔50元, 给我100块, send me $20.
fn sums(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        at += chars[at..].iter().take_while(|part| part.is_ascii_digit()).count();
        let unit = chars.get(at).is_some_and(|next| matches!(next, '元' | '块'));
        let dollar = start > 0 && matches!(chars[start - 1], '$' | '£' | '€' | '¥');
        let before = super::before_in_clause(chars, start, 14);
        let demanded = ["赔", "给", "补", "转", "打", "红包", "send", "pay", "give", "want"]
            .iter()
            .any(|word| before.contains(word));
        if (unit || dollar) && demanded {
            found.push((start, at + usize::from(unit)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn more_than_is_due_under_threat_of_the_rating() {
        for text in [
            "不给50元红包我就给差评",
            "想删差评就转我200块",
            "要么赔三倍,要么一星挂着",
            "卖家听好了，不打钱我就追评曝光你",
            "Send me a gift card or I'll leave a negative review",
            "If you want this review gone, pay me $50 and I'll change it to 5 stars",
        ] {
            assert_eq!(found_in(text, super::find).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_due_and_what_the_seller_offers_are_none() {
        for text in [
            "不给退款就差评",
            "少发一件，再不补发就给差评",
            "客服说返现10元让我改好评，不改就一直打电话",
            "好评返现5元",
            "Refund me or I'll leave a bad review",
            "They offered me a $20 gift card if I would change my review",
            "The seller wanted me to remove this review or they would not refund",
            "质量差，给差评，花了50元",
        ] {
            assert!(found_in(text, super::find).is_empty(), "{text} {:?}", found_in(text, super::find));
        }
    }

    #[test]
    fn in_a_long_text_only_what_stands_together_counts() {
        let praise = "质量很好，物流也快。".repeat(200);
        let apart = format!("红包50元。{praise}如果差评。");
        assert!(found_in(&apart, super::find).is_empty(), "{:?}", found_in(&apart, super::find));
        let together = format!("红包50元。{praise}不给50元红包我就给差评。{praise}");
        assert_eq!(found_in(&together, super::find).len(), 1);
    }
}
