//! The evidence pack 举证材料: everything that bears on one review, as documents that a platform's clerk can read, in the
//! language he reads. The same facts give the same bytes: no clock, no order but that of the facts.
//!
//! [`documents`] is the one entry; what happened when stands in `timeline.rs`, the printable page in `page.rs`. Contacts and
//! nicks arrive masked: whoever gathers the facts masks them, third persons' above all.

mod page;
mod timeline;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::Say;
use crate::intake::{IncomingAfterSale, IncomingChatMessage, IncomingOrder, IncomingShipment, IncomingTrace};
use crate::removal::Letter;
use crate::review::{Rating, Verdict};

pub use timeline::{Moment, timeline};

/// A review as it stood once.
#[derive(Debug, Clone)]
pub struct Version<'a> {
    /// Number, from 1.
    pub revision: u32,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Title.
    pub title: Option<&'a str>,
    /// Words.
    pub text: &'a str,
    /// When it was first seen so.
    pub seen: Timestamp,
}

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// Its path within the pack.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// When it was added.
    pub added: Timestamp,
}

/// What the pack tells. Contacts are masked.
#[derive(Debug, Clone)]
pub struct EvidenceFacts<'a> {
    /// Whether the clerk reads Chinese; else English.
    pub chinese: bool,
    /// In which zone instants are written.
    pub zone: TimeZone,
    /// Name of the shop.
    pub shop: &'a str,
    /// Code of the platform.
    pub platform: String,
    /// The ground of the request.
    pub ground: Option<Say>,
    /// The request.
    pub letter: Option<&'a Letter>,
    /// What is missing.
    pub missing: &'a [Say],
    /// The platform's id of the review.
    pub review_id: Option<&'a str>,
    /// When it was written.
    pub written: Option<Timestamp>,
    /// Who wrote it, masked.
    pub buyer: Option<&'a str>,
    /// What it is about.
    pub product: Option<&'a str>,
    /// How it stood each time, the oldest first.
    pub versions: &'a [Version<'a>],
    /// Number of the order that it names.
    pub order_number: Option<&'a str>,
    /// Its order.
    pub order: Option<&'a IncomingOrder>,
    /// Parcels with their stations.
    pub parcels: &'a [(IncomingShipment, Vec<IncomingTrace>)],
    /// Messages, the oldest first.
    pub messages: &'a [IncomingChatMessage],
    /// Refunds, returns, exchanges.
    pub after_sales: &'a [IncomingAfterSale],
    /// Files added by hand.
    pub files: &'a [FileFacts],
}

/// A document of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its path within the pack.
    pub path: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Its words.
    pub text: String,
}

impl EvidenceFacts<'_> {
    /// The wording for the clerk.
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.chinese { zh } else { en }
    }

    /// An instant as the clerk reads it.
    fn at(&self, instant: Timestamp) -> String {
        let local: Zoned = instant.to_zoned(self.zone.clone());
        local.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
    }

    fn line(&self, zh: &'static str, en: &'static str, value: Option<impl std::fmt::Display>) -> String {
        let value = value.map_or_else(|| self.say("未知", "unknown").to_owned(), |value| value.to_string());
        let between = self.say("：", ": ");
        format!("{}{between}{value}\n", self.say(zh, en))
    }

    fn stars(&self, rating: Option<Rating>, verdict: Option<Verdict>) -> Option<String> {
        let stars = rating.map(|rating| format!("{} {}", rating.stars(), self.say("星", "of 5 stars")));
        let verdict = verdict.map(|verdict| match verdict {
            Verdict::Good => self.say("好评", "positive").to_owned(),
            Verdict::Neutral => self.say("中评", "neutral").to_owned(),
            Verdict::Bad => self.say("差评", "negative").to_owned(),
        });
        stars.or(verdict)
    }
}

/// Every document of the pack, in the order they are read; what nothing is known of says so.
#[must_use]
pub fn documents(facts: &EvidenceFacts<'_>) -> Vec<Document> {
    let mut documents = vec![
        document("1-request.txt", facts.say("申诉正文", "Request"), request(facts)),
        document("2-review.txt", facts.say("评价与修改记录", "Review and its revisions"), review(facts)),
        document("3-order.txt", facts.say("订单", "Order"), order(facts)),
        document("4-shipment.txt", facts.say("物流轨迹", "Shipment"), shipment(facts)),
        document("5-messages.txt", facts.say("聊天记录", "Messages"), messages(facts)),
        document("6-timeline.txt", facts.say("时间线", "Timeline"), timeline::told(facts)),
        document("7-missing.txt", facts.say("缺少的材料", "What is missing"), missing(facts)),
        document("8-files.txt", facts.say("附件", "Files added by hand"), files(facts)),
    ];
    let page = page::page(facts, &documents);
    documents.push(document("index.html", facts.say("打印页", "Page to print"), page));
    documents
}

fn document(path: &'static str, title: &'static str, text: String) -> Document {
    Document { path, title, text }
}

fn request(facts: &EvidenceFacts<'_>) -> String {
    match facts.letter {
        Some(letter) => letter.text.clone() + "\n",
        None => facts.say("还没有选择申诉理由\n", "No ground was chosen yet\n").to_owned(),
    }
}

fn review(facts: &EvidenceFacts<'_>) -> String {
    let mut text = facts.line("店铺", "Shop", Some(facts.shop));
    text += &facts.line("平台", "Platform", Some(&facts.platform));
    text += &facts.line("评价编号", "Review", facts.review_id);
    text += &facts.line("买家", "Buyer", facts.buyer);
    text += &facts.line("商品", "Product", facts.product);
    text += &facts.line("评价时间", "Written", facts.written.map(|at| facts.at(at)));
    for version in facts.versions {
        let seen = facts.at(version.seen);
        text.push('\n');
        text += &match facts.chinese {
            true => format!("第 {} 版，{seen} 记录\n", version.revision),
            false => format!("Version {}, seen {seen}\n", version.revision),
        };
        text += &facts.line("评分", "Rating", facts.stars(version.rating, version.verdict));
        if let Some(title) = version.title {
            text += &facts.line("标题", "Title", Some(title));
        }
        let words = Some(version.text).filter(|text| !text.is_empty());
        text += &facts.line("内容", "Words", words.or(Some(facts.say("（无文字）", "(no words)"))));
    }
    text
}

fn order(facts: &EvidenceFacts<'_>) -> String {
    let mut text = facts.line("订单编号", "Order", facts.order_number);
    let Some(order) = facts.order else {
        return text + facts.say("没有这个订单的资料\n", "Nothing is stored of this order\n");
    };
    let at = |instant: Option<Timestamp>| instant.map(|instant| facts.at(instant));
    text += &facts.line("状态", "State", order.state.map(crate::order::OrderState::code));
    for (zh, en, instant) in [
        ("下单", "Placed", order.placed),
        ("付款", "Paid", order.paid),
        ("承诺送达", "Promised", order.promised),
        ("发货", "Shipped", order.shipped),
        ("送达", "Delivered", order.delivered),
        ("完成", "Completed", order.completed),
    ] {
        text += &facts.line(zh, en, at(instant));
    }
    text += &facts.line("金额", "Amount", order.amount.as_ref());
    let by = order.fulfilled_by.map(crate::order::Fulfilment::code);
    text += &facts.line("配送方式", "Fulfilled by", by);
    for line in &order.lines {
        let title = line.title.as_deref().or(line.sku.as_deref()).unwrap_or(&line.key);
        text += &facts.line("商品", "Item", Some(format!("{title} × {}", line.quantity)));
    }
    for after_sale in facts.after_sales {
        let kind = after_sale.kind.map_or("?", crate::after_sale::AfterSaleKind::code);
        let state = after_sale.state.map_or("?", crate::after_sale::AfterSaleState::code);
        let amount = after_sale.amount.as_ref().map(|amount| format!(", {amount}")).unwrap_or_default();
        let asked = after_sale.requested.map(|at| format!(", {}", facts.at(at))).unwrap_or_default();
        text += &facts.line("售后", "After-sale", Some(format!("{kind}, {state}{amount}{asked}")));
    }
    text
}

fn shipment(facts: &EvidenceFacts<'_>) -> String {
    if facts.parcels.is_empty() {
        return facts.say("没有物流记录\n", "No shipment is stored\n").to_owned();
    }
    let mut text = String::new();
    for (parcel, traces) in facts.parcels {
        text += &facts.line("运单号", "Tracking number", Some(&parcel.tracking_number));
        text += &facts.line("承运商", "Carrier", parcel.carrier.as_deref());
        for trace in traces {
            text += &format!("{}  {}\n", facts.at(trace.at), one_line(&trace.text));
        }
        text.push('\n');
    }
    text
}

fn messages(facts: &EvidenceFacts<'_>) -> String {
    if facts.messages.is_empty() {
        return facts.say("没有聊天记录\n", "No message is stored\n").to_owned();
    }
    facts
        .messages
        .iter()
        .map(|message| format!("{}  {}\n", facts.at(message.at), said(facts, message)))
        .collect()
}

/// Who said what, in one line.
fn said(facts: &EvidenceFacts<'_>, message: &IncomingChatMessage) -> String {
    use crate::chat::ChatSide;
    let who = match message.side {
        Some(ChatSide::Buyer) => facts.say("买家", "Buyer"),
        Some(ChatSide::Seller) => facts.say("店铺", "Shop"),
        Some(ChatSide::System) => facts.say("系统", "System"),
        None => "?",
    };
    format!("{who}{}{}", facts.say("：", ": "), one_line(&message.text))
}

fn missing(facts: &EvidenceFacts<'_>) -> String {
    if facts.missing.is_empty() {
        return facts.say("没有缺少的材料\n", "Nothing is missing\n").to_owned();
    }
    facts.missing.iter().map(|say| format!("- {}\n", say.pick(facts.chinese))).collect()
}

fn files(facts: &EvidenceFacts<'_>) -> String {
    if facts.files.is_empty() {
        return facts.say("没有附件\n", "No file was added\n").to_owned();
    }
    let told = facts.files.iter().map(|file| {
        let added = facts.at(file.added);
        format!("{}  {}  {} {}  {added}\n", file.sha256, file.path, file.size, facts.say("字节", "bytes"))
    });
    told.collect()
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::ChatSide;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn told(chinese: bool, text: &str) -> Vec<Document> {
        let version = |revision, text, seen| Version {
            revision,
            rating: Rating::try_from(1).ok(),
            verdict: None,
            title: None,
            text,
            seen: at(seen),
        };
        let versions = [version(1, "还行", "2026-11-01T00:00:00Z"), version(2, text, "2026-11-03T00:00:00Z")];
        let messages = [IncomingChatMessage {
            order_number: None,
            buyer_nick: None,
            side: Some(ChatSide::Buyer),
            speaker: None,
            at: at("2026-11-02T01:00:00Z"),
            text: "不赔我200就\n给差评".into(),
            ordinal: 0,
        }];
        let missing = [Say::new("聊天举证号", "the number of the conversation")];
        let facts = EvidenceFacts {
            chinese,
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            shop: "木棉",
            platform: "taobao".into(),
            ground: Some(Say::new("不合理要求", "a demand")),
            letter: None,
            missing: &missing,
            review_id: None,
            written: Some(at("2026-11-01T00:00:00Z")),
            buyer: Some("t**1"),
            product: None,
            versions: &versions,
            order_number: Some("A1"),
            order: None,
            parcels: &[],
            messages: &messages,
            after_sales: &[],
            files: &[],
        };
        documents(&facts)
    }

    #[test]
    fn it_tells_what_there_is_and_what_is_not_in_the_language_of_the_clerk() {
        let pack = told(true, "差<b>");
        let text = |path: &str| &pack.iter().find(|document| document.path == path).unwrap().text;
        assert!(text("2-review.txt").contains("第 2 版，2026-11-03 08:00:00 +08:00 记录"));
        assert_eq!(text("5-messages.txt"), "2026-11-02 09:00:00 +08:00  买家：不赔我200就 / 给差评\n");
        assert!(text("3-order.txt").contains("没有这个订单的资料"));
        assert_eq!(text("7-missing.txt"), "- 聊天举证号\n");
        assert!(text("index.html").contains("差&lt;b&gt;") && !text("index.html").contains("<b>"));
        let lines: Vec<&str> = text("6-timeline.txt").lines().collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[1].contains("不赔我200") && lines[2].contains("第 2 版"));
        assert!(told(false, "bad")[1].text.contains("Version 1, seen 2026-11-01 08:00:00 +08:00"));
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        assert_eq!(told(true, "差"), told(true, "差"));
        assert_ne!(told(true, "差"), told(true, "很差"));
    }
}
