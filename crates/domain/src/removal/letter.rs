//! The words a removal request is filed with: facts and quotations, no pleading. In the language of whoever reads it at the
//! platform, and no longer than the platform takes where that is known.

use jiff::civil::Date;

use crate::order::OrderFacts;
use crate::pack::{Condition, Ground};
use crate::shop::Platform;

/// Words that carry the ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub words: String,
    /// The local day of the message they stand in; none when they stand in the review itself.
    pub message: Option<Date>,
}

/// What a request tells.
#[derive(Debug, Clone)]
pub struct LetterFacts<'a> {
    /// Where it is filed.
    pub platform: Platform,
    /// Under which ground.
    pub ground: &'a Ground,
    /// Number of the order.
    pub order_number: Option<&'a str>,
    /// The platform's id of the review.
    pub review_id: Option<&'a str>,
    /// The local day it was written.
    pub written: Option<Date>,
    /// The whole comment.
    pub comment: &'a str,
    /// The words that carry the ground.
    pub quotes: &'a [Quote],
    /// What is known of the order.
    pub order: OrderFacts,
    /// The platform's number of the conversation (举证号).
    pub chat_proof_id: Option<&'a str>,
    /// Files that go along.
    pub files: usize,
    /// Unicode scalar values at most; none when no limit is known.
    pub max: Option<u32>,
}

/// The text of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its language, ISO 639-1.
    pub language: &'static str,
    /// Its words.
    pub text: String,
    /// Its length in Unicode scalar values.
    pub length: usize,
    /// The most the platform takes; none when no limit is known.
    pub max: Option<u32>,
    /// Whether something was left out to keep within it.
    pub shortened: bool,
}

/// Lines of the letter: those that go last when it is too long come first in `Rank`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Stays as long as anything does.
    Ground,
    Number,
    Quote,
    Fact,
    Proof,
    /// The whole comment, which the platform has itself.
    Comment,
    Courtesy,
}

/// Writes the request.
#[must_use]
pub fn letter(facts: &LetterFacts<'_>) -> Letter {
    let chinese = matches!(facts.platform, Platform::Taobao | Platform::Tmall | Platform::Jd);
    let mut lines = if chinese { in_chinese(facts) } else { in_english(facts) };
    lines.retain(|(_, line)| !line.is_empty());
    let (text, shortened) = fitted(lines, facts.max);
    let language = if chinese { "zh" } else { "en" };
    Letter { language, length: text.chars().count(), text, max: facts.max, shortened }
}

fn joined(lines: &[(Rank, String)]) -> String {
    lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n")
}

/// Leaves out the least important lines until the rest fits; the last one is cut.
fn fitted(mut lines: Vec<(Rank, String)>, max: Option<u32>) -> (String, bool) {
    let whole = joined(&lines);
    let Some(max) = max.and_then(|max| usize::try_from(max).ok()) else { return (whole, false) };
    if whole.chars().count() <= max {
        return (whole, false);
    }
    while lines.len() > 1 && joined(&lines).chars().count() > max {
        let least = (0..lines.len()).max_by_key(|at| (lines[*at].0, *at)).unwrap_or(0);
        lines.remove(least);
    }
    (joined(&lines).chars().take(max).collect(), true)
}

fn in_chinese(facts: &LetterFacts<'_>) -> Vec<(Rank, String)> {
    let line = |label: &str, value: Option<String>| {
        value.map_or_else(String::new, |value| format!("{label}：{value}"))
    };
    let mut lines = vec![
        (Rank::Ground, format!("申诉理由：{}", facts.ground.name.zh)),
        (Rank::Number, line("订单编号", facts.order_number.map(str::to_owned))),
        (Rank::Number, line("评价编号", facts.review_id.map(str::to_owned))),
        (Rank::Fact, line("评价日期", facts.written.map(|day| day.to_string()))),
    ];
    for quote in facts.quotes {
        let place = quote.message.map_or_else(|| "评价正文".to_owned(), |day| format!("{day} 聊天消息"));
        lines.push((Rank::Quote, format!("依据：“{}”（{place}）", quote.words)));
    }
    lines.extend(conditions(facts).into_iter().map(|(zh, _)| (Rank::Fact, format!("事实：{zh}"))));
    lines.push((Rank::Proof, line("聊天举证号", facts.chat_proof_id.map(str::to_owned))));
    let files = (facts.files > 0).then(|| format!("{} 个文件，SHA-256 见清单", facts.files));
    lines.push((Rank::Proof, line("附件", files)));
    let comment = (!facts.comment.trim().is_empty()).then(|| format!("“{}”", facts.comment.trim()));
    lines.push((Rank::Comment, line("评价全文", comment)));
    lines.push((Rank::Courtesy, "以上内容属实，请按平台规则核实处理。".to_owned()));
    lines
}

fn in_english(facts: &LetterFacts<'_>) -> Vec<(Rank, String)> {
    let line = |label: &str, value: Option<String>| {
        value.map_or_else(String::new, |value| format!("{label}: {value}"))
    };
    let mut lines = vec![
        (Rank::Ground, format!("Ground: {}", facts.ground.name.en)),
        (Rank::Number, line("Order", facts.order_number.map(str::to_owned))),
        (Rank::Number, line("Review", facts.review_id.map(str::to_owned))),
        (Rank::Fact, line("Written on", facts.written.map(|day| day.to_string()))),
    ];
    for quote in facts.quotes {
        let place =
            quote.message.map_or_else(|| "in the comment".to_owned(), |day| format!("message of {day}"));
        lines.push((Rank::Quote, format!("Words: \"{}\" ({place})", quote.words)));
    }
    lines.extend(conditions(facts).into_iter().map(|(_, en)| (Rank::Fact, format!("Fact: {en}"))));
    lines.push((Rank::Proof, line("Conversation number", facts.chat_proof_id.map(str::to_owned))));
    let files = (facts.files > 0).then(|| format!("{}, SHA-256 in the list", facts.files));
    lines.push((Rank::Proof, line("Files attached", files)));
    let comment = (!facts.comment.trim().is_empty()).then(|| format!("\"{}\"", facts.comment.trim()));
    lines.push((Rank::Comment, line("Whole comment", comment)));
    lines.push((Rank::Courtesy, "Please check this against your policy.".to_owned()));
    lines
}

/// The facts that the ground needs, as far as they hold.
fn conditions(facts: &LetterFacts<'_>) -> Vec<(&'static str, &'static str)> {
    let order = &facts.order;
    let needed = facts.ground.conditions.iter().copied();
    let holds = needed.filter_map(|condition| match condition {
        Condition::FulfilledByAmazon => (order.fulfilled_by == Some(crate::order::Fulfilment::Amazon))
            .then_some(("订单由亚马逊配送（FBA）", "the order was fulfilled by Amazon (FBA)")),
        Condition::BuyShipping => (order.buy_shipping == Some(true))
            .then_some(("面单由 Buy Shipping 购买", "the label was bought through Buy Shipping")),
        Condition::ShippedOnTime => {
            (order.shipped_on_time == Some(true)).then_some(("按时发货", "it was shipped on time"))
        }
        Condition::BothRated => {
            (order.both_rated == Some(true)).then_some(("双方均已评价", "both sides have rated"))
        }
        Condition::DemandWithRatingThreat
        | Condition::MessageWithDemand
        | Condition::BuyerIsCompetitor
        | Condition::FraudReport => None,
    });
    let entire = facts
        .ground
        .entire
        .then_some(("评价全文只涉及上述内容", "the whole comment is about this and nothing else"));
    holds.chain(entire).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;
    use crate::shop::Object;

    fn ground(platform: Platform, object: Object, id: &str) -> Ground {
        let rules = Packs::embedded().rules(Some(platform), None, "2026-12-01".parse().unwrap());
        rules.grounds(object).find(|ground| ground.id == id).unwrap().clone()
    }

    fn facts<'a>(platform: Platform, ground: &'a Ground, quotes: &'a [Quote]) -> LetterFacts<'a> {
        LetterFacts {
            platform,
            ground,
            order_number: Some("112-1234567-1234567"),
            review_id: None,
            written: Some("2026-11-01".parse().unwrap()),
            comment: "The mouse stopped working after a week",
            quotes,
            order: OrderFacts::default(),
            chat_proof_id: None,
            files: 2,
            max: None,
        }
    }

    #[test]
    fn it_is_written_in_the_language_of_the_platform() {
        let ground = ground(Platform::AMAZON_US, Object::SellerFeedback, "product_only");
        let written = letter(&facts(Platform::AMAZON_US, &ground, &[]));
        assert_eq!(written.language, "en");
        assert!(
            written.text.starts_with("Ground: the whole comment is a product review\nOrder: 112-"),
            "{}",
            written.text
        );
        assert!(written.text.contains("nothing else") && !written.shortened);
    }

    #[test]
    fn in_chinese_it_quotes_the_message_with_its_day() {
        let ground = ground(Platform::Taobao, Object::Review, "unreasonable_demand");
        let quotes = [Quote {
            words: "不赔我200就给差评".into(),
            message: Some("2026-11-02".parse().unwrap()),
        }];
        let asked = LetterFacts { chat_proof_id: Some("A-77"), ..facts(Platform::Taobao, &ground, &quotes) };
        let written = letter(&asked);
        assert!(
            written.text.contains("依据：“不赔我200就给差评”（2026-11-02 聊天消息）"),
            "{}",
            written.text
        );
        assert!(written.text.contains("聊天举证号：A-77"));
        let short = letter(&LetterFacts { max: Some(60), ..asked });
        assert!(short.shortened && short.length <= 60, "{}", short.text);
        assert!(short.text.starts_with("申诉理由：不合理要求") && !short.text.contains("评价全文"));
    }
}
