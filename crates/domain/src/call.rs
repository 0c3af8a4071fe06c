//! A phone call with a buyer, as a call centre or a phone's list exports it.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// Who called whom.
    CallDirection {
        /// The shop called.
        Out = "out" | "outbound" | "outgoing" | "呼出" | "去电" | "拨出" | "外呼" | "主叫" | "呼出电话" | "已拨" | "已拨电话" | "dialed" | "dialled",
        /// The buyer called.
        In = "in" | "inbound" | "incoming" | "呼入" | "来电" | "打入" | "被叫" | "呼入电话" | "已接来电" | "received",
    }
}

codes! {
    /// How it ended. The codes are those of the contract's contact attempts (`plan`).
    CallResult {
        /// Nobody answered.
        NoAnswer = "no_answer" | "noanswer" | "unanswered" | "busy" | "missed" | "未接" | "未接通" | "无人接听" | "占线" | "关机" | "停机" | "空号" | "呼叫失败" | "未接听" | "未接来电" | "无应答" | "无法接通" | "忙线" | "正忙" | "no answer" | "no-answer" | "failed" | "voicemail" | "否" | "no",
        /// The buyer was reached.
        Talked = "talked" | "answered" | "connected" | "completed" | "已接" | "已接通" | "接通" | "已接听" | "通话" | "接听" | "已通话" | "接听成功" | "呼叫成功" | "talk" | "connect" | "是" | "yes",
        /// The buyer does not want to talk about it.
        Refused = "refused" | "declined" | "拒接" | "拒绝" | "拒绝沟通" | "挂断" | "已拒接" | "对方挂断" | "直接挂断" | "rejected" | "不愿沟通",
        /// The buyer promised to do something.
        Promised = "promised" | "承诺" | "已答应" | "答应" | "同意" | "承诺修改" | "同意修改" | "答应修改" | "已承诺",
        /// The buyer has changed the review.
        Changed = "changed" | "已修改" | "已改评" | "已解决" | "已删评" | "已删除评价" | "resolved",
    }
}
