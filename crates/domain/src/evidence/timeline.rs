//! What happened when, from every record of the pack.

use jiff::Timestamp;

use super::{EvidenceFacts, one_line, said};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What, in the language of the clerk.
    pub what: String,
}

/// Everything that happened, the oldest first; what happened at one instant stays in the order of the pack.
#[must_use]
pub fn timeline(facts: &EvidenceFacts<'_>) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut add = |at: Option<Timestamp>, what: String| moments.extend(at.map(|at| Moment { at, what }));
    if let Some(order) = facts.order {
        for (at, zh, en) in [
            (order.placed, "下单", "order placed"),
            (order.paid, "付款", "order paid"),
            (order.shipped, "发货", "order shipped"),
            (order.delivered, "送达", "order delivered"),
            (order.completed, "交易完成", "order completed"),
        ] {
            add(at, facts.say(zh, en).to_owned());
        }
    }
    for (parcel, traces) in facts.parcels {
        for trace in traces {
            let label = facts.say("物流", "parcel");
            add(Some(trace.at), format!("{label} {}: {}", parcel.tracking_number, one_line(&trace.text)));
        }
    }
    for message in facts.messages {
        add(Some(message.at), said(facts, message));
    }
    for after_sale in facts.after_sales {
        let kind = after_sale.kind.map_or("?", crate::after_sale::AfterSaleKind::code);
        add(after_sale.requested, format!("{} {kind}", facts.say("申请售后", "after-sale asked for:")));
        add(after_sale.resolved, format!("{} {kind}", facts.say("售后完结", "after-sale settled:")));
    }
    add(facts.written, facts.say("买家写下评价", "the review was written").to_owned());
    for version in facts.versions.iter().filter(|version| version.revision > 1) {
        let stars = facts.stars(version.rating, version.verdict).unwrap_or_default();
        add(
            Some(version.seen),
            match facts.chinese {
                true => format!("评价改为第 {} 版 {stars}", version.revision),
                false => format!("the review changed to version {} {stars}", version.revision),
            },
        );
    }
    for file in facts.files {
        add(Some(file.added), format!("{} {}", facts.say("添加附件", "file added:"), file.path));
    }
    moments.sort_by_key(|moment| moment.at);
    moments
}

/// The timeline as a document.
pub(super) fn told(facts: &EvidenceFacts<'_>) -> String {
    timeline(facts).iter().map(|moment| format!("{}  {}\n", facts.at(moment.at), moment.what)).collect()
}
