//! What the team and the owner's own systems are told of.

use crate::words::words;

words! {
    /// Something the team is told of by a robot, or another system by webhook. It names cases by number: nothing of a buyer
    /// is in it.
    TeamEvent {
        /// A case is late and the supervisor should look.
        CaseEscalated = "case_escalated",
        /// A promise to a buyer was broken.
        PromiseBroken = "promise_broken",
        /// A text waits for a second person.
        TextWaits = "text_waits",
        /// A message was sent.
        MessageSent = "message_sent",
        /// A message was refused or is in doubt: a person has to look.
        MessageStuck = "message_stuck",
        /// A rule of automation asks somebody to look.
        Rule = "rule",
        /// A try of the channel by hand.
        Test = "test",
    }
}

impl TeamEvent {
    /// One line about it.
    #[must_use]
    pub fn line(self, shop: Option<&str>, case: Option<u64>) -> String {
        let what = match self {
            Self::CaseEscalated => "跟进超时，请主管查看",
            Self::PromiseBroken => "对买家的约定已过时间",
            Self::TextWaits => "有内容等待主管审核",
            Self::MessageSent => "消息已发出",
            Self::MessageStuck => "消息没有发出或待核实，请处理",
            Self::Rule => "自动化规则请您查看",
            Self::Test => "这是一条测试消息，渠道设置正常",
        };
        let of = match (shop, case) {
            (Some(shop), Some(case)) => format!("{shop} · 跟进单 #{case}："),
            (Some(shop), None) => format!("{shop}："),
            (None, Some(case)) => format!("跟进单 #{case}："),
            (None, None) => String::new(),
        };
        format!("评心 · {of}{what}")
    }
}
