//! What a note or task tells of the buyer's own words: "买家说不退全款就不改评价" is what he demands, and evidence, not
//! what the shop offers. A text that goes to a buyer has no such stretches, and what is to be said to him (跟买家说) is none.

use super::clause::Clause;
use super::plain::Plain;

/// Who speaks.
const BUYERS: &[&str] = &["买家", "客户", "顾客", "对方", "他", "她"];
/// Before them, they are spoken to.
const TO: &[&str] = &[
    "跟", "对", "和", "与", "给", "向", "让", "请", "叫", "告诉", "联系", "通知", "帮", "催", "劝", "求",
    "把", "问", "替", "要求", "回复", "提醒", "答应", "允许",
];
/// What they do with the words that follow.
const SAYS: &[&str] = &[
    "说",
    "要求",
    "提出",
    "威胁",
    "扬言",
    "表示",
    "坚持",
    "索要",
    "索赔",
    "讨要",
    "想要",
    "主张",
    "声称",
    "称",
    "写道",
    "骂",
    "抱怨",
    "投诉",
    "反馈",
    "问",
    "希望",
    "开口要",
    "加了我",
    "加我",
    "主动提",
    "晒出",
    "晒了",
    "贴出",
    "发到网上",
    "一直让我",
];
/// How far behind them that may stand: 买家刚才在电话里说.
const NEAR: usize = 8;
/// With these the shop itself goes on.
const OURS: &[&str] = &[
    "我",
    "咱",
    "本店",
    "店里",
    "客服",
    "请",
    "让",
    "先",
    "可以",
    "同意",
    "麻烦",
    "建议",
    "打算",
    "准备",
    "跟他",
    "跟她",
    "跟买家",
    "跟客户",
    "告诉",
    "回复",
    "答应",
    "就给",
    "那就",
    "所以",
    "于是",
];
/// With these what he says goes on in the next clause. Others are taken for the shop's own doing: 买家说质量差，删了就退.
const GOES_ON: &[&str] = &[
    "否则",
    "不然",
    "要么",
    "要不",
    "要求",
    "并要求",
    "还要求",
    "并说",
    "还说",
    "又说",
    "威胁",
    "扬言",
    "如果不",
    "要是不",
    "不退",
    "不赔",
    "不给",
    "不答应",
    "再不",
    "or ",
    "otherwise",
    "unless",
    "else",
    "and wants",
    "and asked",
    "and says",
    "if we don't",
    "if we do not",
];

const BUYERS_EN: &[&str] =
    &["the buyer", "buyer", "the customer", "customer", "client", "the client", "he", "she", "they"];
const SAYS_EN: &[&str] = &[
    "says",
    "said",
    "wants",
    "wanted",
    "asks",
    "asked",
    "demands",
    "demanded",
    "threatens",
    "threatened",
    "claims",
    "claimed",
    "insists",
    "insisted",
    "offers",
    "offered",
    "wrote",
    "writes",
    "told us",
    "told me",
    "is asking",
    "is demanding",
    "complains",
    "complained",
    "posted",
    "published",
    "sent",
];
const OURS_EN: &[&str] = &[
    "i ", "we ", "please ", "let ", "tell ", "so ", "ask ", "offer ", "reply ", "our ", "then ", "i'", "we'",
    "you ",
];

/// The characters that tell of a buyer's words.
pub(super) fn reported(plain: &Plain, clauses: &[Clause]) -> Vec<bool> {
    let mut marks = vec![false; plain.chars.len()];
    let mut going: Option<(usize, bool)> = None;
    for clause in clauses {
        let text: String = plain.chars[clause.start..clause.end].iter().collect();
        let text = text.trim();
        let from = begins(text).or_else(|| is_own_deed(text).then_some((0, false)));
        let start = match (from, going) {
            (Some((offset, _)), _) => Some(clause.start + offset),
            (None, Some((sentence, is_open)))
                if sentence == clause.sentence && (is_open && !is_ours(text) || goes_on(text)) =>
            {
                Some(clause.start)
            }
            _ => None,
        };
        // "买家说，" tells nothing yet: the next clause does.
        going = start.map(|_| (clause.sentence, from.is_some_and(|(_, is_open)| is_open)));
        if let Some(start) = start {
            marks.iter_mut().take(clause.end).skip(start).for_each(|mark| *mark = true);
        }
    }
    marks
}

/// Whether a chat speaks of a buyer and to none: so colleagues talk, not an agent with a buyer.
pub(super) fn among_colleagues(text: &str) -> bool {
    const NAMED: &[&str] = &["客户", "买家", "顾客", "buyer", "customer"];
    const ADDRESSED: &[&str] = &["您", "亲", "你"];
    const ADDRESSED_EN: &[&str] = &["you", "your", "yours", "dear"];
    let lower = text.to_lowercase();
    let rest = lower.replace("你们", "");
    NAMED.iter().any(|word| lower.contains(word))
        && !ADDRESSED.iter().any(|word| rest.contains(word))
        && !lower.split(|part: char| !part.is_ascii_alphabetic()).any(|word| ADDRESSED_EN.contains(&word))
}

fn is_ours(text: &str) -> bool {
    let lower = text.to_lowercase();
    OURS.iter().any(|word| text.starts_with(word)) || OURS_EN.iter().any(|word| lower.starts_with(word))
}

fn goes_on(text: &str) -> bool {
    let lower = text.to_lowercase();
    GOES_ON.iter().any(|word| lower.starts_with(word))
}

/// Where a clause begins to tell of a buyer's words, in characters, and whether it ends before they come.
fn begins(text: &str) -> Option<(usize, bool)> {
    let lower = text.to_lowercase();
    let english = BUYERS_EN.iter().find_map(|buyer| lower.strip_prefix(buyer)).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.len() < lower.len()
            && SAYS_EN.iter().any(|says| {
                rest.strip_prefix(says).is_some_and(|after| !after.starts_with(char::is_alphabetic))
            })
    });
    if english {
        return Some((0, false));
    }
    let (at, buyer) = BUYERS.iter().filter_map(|buyer| Some((text.find(buyer)?, *buyer))).min()?;
    let before = &text[..at];
    if TO.iter().any(|word| before.contains(word)) || is_ours(before) {
        return None;
    }
    let behind: String = text[at + buyer.len()..].chars().take(NEAR).collect();
    let (said, says) = SAYS.iter().filter_map(|says| Some((behind.find(says)?, *says))).min()?;
    // 买家那边跟他说: he is spoken to after all.
    if TO.iter().any(|word| *word != "要求" && *word != "问" && behind[..said].contains(word)) {
        return None;
    }
    let rest = &text[at + buyer.len() + said + says.len()..];
    Some((before.chars().count(), rest.trim().is_empty()))
}

/// Whether a clause tells of what a buyer did by himself: 客户自己把一星改成了五星. What depends on something is no deed.
fn is_own_deed(text: &str) -> bool {
    const BY_HIMSELF: &[&str] = &["自己", "自行", "主动", "私自"];
    const BY_HIMSELF_EN: &[&str] =
        &["on her own", "on his own", "on their own", "himself", "herself", "themselves", "by the buyer"];
    const DEPENDS: &[&str] = &["就", "才", "再", "如果", "只要", "要是", "之后", "先"];
    const DEPENDS_EN: &[&str] = &["if ", "once ", "when ", "unless ", "let ", "make ", "get ", "ask "];
    let lower = text.to_lowercase();
    let chinese = BUYERS.iter().filter_map(|buyer| text.find(buyer)).min().is_some_and(|at| {
        let before = &text[..at];
        !TO.iter().any(|word| before.contains(word))
            && BY_HIMSELF.iter().any(|word| text[at..].contains(word))
    });
    // 换得快就是了: no condition.
    let text = text.replace("就是", "");
    chinese && !DEPENDS.iter().any(|word| text.contains(word))
        || BY_HIMSELF_EN.iter().any(|word| lower.contains(word))
            && !DEPENDS_EN.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::guard::{Channel, Draft, Guard, Verdict};

    fn verdict(channel: Channel, text: &str) -> Verdict {
        let draft =
            Draft { platform: Some(crate::Platform::Taobao), channel: Some(channel), ..Draft::of_text(text) };
        Guard::detectors().check(&draft).verdict
    }

    #[test]
    fn what_a_buyer_demands_may_be_noted() {
        for text in [
            "买家要求退全款否则不改评价",
            "买家说不退全款就不改评价",
            "刚才电话里买家说，给他20元就删差评",
            "客户提出退20元就改好评，等主管决定",
            "买家加了我微信，要求私下转账",
            "Buyer says he will remove the review if we refund 20 dollars",
            "The customer threatened a bad review unless we pay her by PayPal",
            "客户自己把一星改成了五星，没有人提过要求，补发件前天已签收",
            "Buyer removed the negative on her own after the replacement arrived",
        ] {
            for channel in [Channel::Note, Channel::Task] {
                assert_eq!(verdict(channel, text), Verdict::Allow, "{channel:?} {text}");
            }
        }
    }

    #[test]
    fn what_the_shop_offers_may_not() {
        for text in [
            "跟买家说删了差评就退全款",
            "告诉他删差评马上退全款",
            "买家说质量差，跟他说删差评就退全款",
            "买家说质量差，我答应他删了差评就退全款",
            "买家说质量差，删了差评就退全款",
            "让客户把差评删掉，删了退全款",
            "Buyer says it broke, tell her we refund in full if she removes the review",
        ] {
            for channel in [Channel::Note, Channel::Task] {
                assert_eq!(verdict(channel, text), Verdict::Block, "{channel:?} {text}");
            }
        }
        // So colleagues talk in a chat, and so nobody talks to a buyer there.
        assert_eq!(verdict(Channel::Chat, "客户说给200就改五星，这种怎么回比较好"), Verdict::Allow);
        assert_ne!(verdict(Channel::Chat, "别的客户说删了差评就退全款，您也可以"), Verdict::Allow);
        assert_eq!(verdict(Channel::Task, "客户自己删了差评就退全款"), Verdict::Block);
        // To a buyer nothing is a report.
        assert_eq!(verdict(Channel::PlatformMessage, "其他买家说删了差评就退全款，您也可以"), Verdict::Block);
    }
}
