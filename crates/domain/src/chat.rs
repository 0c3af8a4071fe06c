//! A chat with a buyer, as the platform's client exports it.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// Who speaks.
    ChatSide {
        /// The buyer.
        Buyer = "buyer" | "customer" | "买家" | "顾客" | "客户" | "用户" | "消费者" | "访客" | "in" | "received" | "接收" | "client" | "consumer" | "user" | "buyer_message" | "客人" | "来访者" | "会员" | "收",
        /// Somebody of the shop, a person or its robot.
        Seller = "seller" | "agent" | "shop" | "merchant" | "卖家" | "商家" | "客服" | "店铺" | "机器人" | "robot" | "out" | "sent" | "发送" | "staff" | "bot" | "assistant" | "客服人员" | "人工客服" | "智能客服" | "店小蜜" | "自动回复" | "我方" | "发",
        /// The platform.
        System = "system" | "platform" | "系统" | "平台" | "系统消息" | "系统提示" | "通知" | "系统通知" | "notice" | "官方",
    }
}
