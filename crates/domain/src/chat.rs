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

codes! {
    /// A message that counts apart when it is asked how soon buyers are answered.
    ChatManner {
        /// The shop's, sent by a program: no answer of a person.
        Automatic = "automatic",
        /// The buyer's, a courtesy that asks for no answer.
        Courtesy = "courtesy",
    }
}

/// Names under which programs speak for a shop.
const PROGRAMS: [&str; 9] =
    ["机器人", "智能客服", "店小蜜", "自动回复", "小蜜", "robot", "chatbot", "auto-reply", "autoresponder"];
/// How an automatic answer begins.
const AUTOMATIC: [&str; 6] =
    ["[自动回复]", "【自动回复】", "自动回复：", "自动回复:", "[auto-reply]", "this is an automated"];
/// Words with which a buyer ends a conversation; compared without what is no letter or digit.
const COURTESIES: [&str; 38] = [
    "谢谢",
    "谢谢你",
    "谢谢您",
    "谢谢亲",
    "谢谢啦",
    "谢啦",
    "多谢",
    "感谢",
    "非常感谢",
    "好",
    "好的",
    "好的谢谢",
    "好的谢谢你",
    "好的谢谢您",
    "好的好的",
    "好吧",
    "好嘞",
    "嗯",
    "嗯嗯",
    "嗯好",
    "嗯好的",
    "收到",
    "收到谢谢",
    "收到了",
    "收到了谢谢",
    "知道了",
    "了解",
    "明白了",
    "不用了",
    "不客气",
    "ok",
    "okay",
    "thanks",
    "thankyou",
    "thankyouverymuch",
    "okthanks",
    "okthankyou",
    "gotit",
];

impl ChatManner {
    /// How a message counts when it is asked how soon buyers are answered; none for an ordinary one.
    #[must_use]
    pub fn of(side: Option<ChatSide>, speaker: Option<&str>, text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        match side? {
            ChatSide::Seller => {
                let speaker = speaker.unwrap_or_default().to_lowercase();
                let is_program = PROGRAMS.iter().any(|name| speaker.contains(name))
                    || AUTOMATIC.iter().any(|head| lower.starts_with(head));
                is_program.then_some(Self::Automatic)
            }
            ChatSide::Buyer => {
                // A lone question mark or picture asks for something; only words are courtesies.
                let words: String = lower.chars().filter(|letter| letter.is_alphanumeric()).collect();
                let asks = lower.contains(['?', '？']);
                (!asks && COURTESIES.contains(&words.as_str())).then_some(Self::Courtesy)
            }
            ChatSide::System => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_answer_nobody_and_thanks_ask_for_nothing() {
        let of = ChatManner::of;
        let (buyer, seller) = (Some(ChatSide::Buyer), Some(ChatSide::Seller));
        assert_eq!(of(seller, Some("木棉:店小蜜"), "亲，在的"), Some(ChatManner::Automatic));
        assert_eq!(of(seller, Some("木棉:小美"), " 【自动回复】稍后回复您"), Some(ChatManner::Automatic));
        assert_eq!(of(seller, Some("木棉:小美"), "亲，在的"), None);
        for thanks in ["谢谢！", "好的，谢谢您~", "OK 👌", "Thank you!", "嗯嗯"] {
            assert_eq!(of(buyer, None, thanks), Some(ChatManner::Courtesy), "{thanks}");
        }
        for asked in
            ["好的？", "？", "谢谢，什么时候发货", "[图片]", "不谢谢你这样的店", "ok but where is it"]
        {
            assert_eq!(of(buyer, None, asked), None, "{asked}");
        }
        assert_eq!(of(Some(ChatSide::System), Some("机器人"), "谢谢"), None);
        assert_eq!(of(None, Some("机器人"), "谢谢"), None, "nobody knows who speaks");
    }
}
