//! A chat with a buyer, as the platform's client exports it.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// Who speaks.
    ChatSide {
        /// The buyer.
        Buyer = "buyer" | "customer" | "买家" | "顾客" | "客户" | "用户" | "消费者" | "访客" | "in" | "received" | "接收",
        /// Somebody of the shop, a person or its robot.
        Seller = "seller" | "agent" | "shop" | "merchant" | "卖家" | "商家" | "客服" | "店铺" | "机器人" | "robot" | "out" | "sent" | "发送",
        /// The platform.
        System = "system" | "platform" | "系统" | "平台" | "系统消息" | "系统提示",
    }
}
