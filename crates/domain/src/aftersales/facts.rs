//! What is known of an after-sales matter.

use jiff::Timestamp;
use pingxin_language::{Cause, Fault};
use serde::{Deserialize, Serialize};

use super::returning::Returning;
use crate::intake::codes;
use crate::order::OrderState;

codes! {
    /// What the buyer asks for.
    Request {
        /// Money back; the goods stay, or were never sent.
        Refund = "refund" | "仅退款" | "退款",
        /// Goods back and money back.
        Return = "return" | "退货退款" | "退货",
        /// Other goods for these.
        Exchange = "exchange" | "换货",
        /// Something sent once more.
        Reship = "reship" | "补发",
        /// Something for the trouble.
        Compensation = "compensation" | "补偿" | "赔偿",
        /// That it is heard.
        Complaint = "complaint" | "投诉",
        /// Nothing.
        None = "none" | "无",
    }
}

codes! {
    /// What is wrong with the goods. The first seven are those of the contract; the others come of a cause alone.
    Problem {
        /// Other goods than ordered 发错.
        Wrong = "wrong" | "发错",
        /// Something was left out 少发.
        Missing = "missing" | "少发" | "漏发",
        /// Broken on the way 破损.
        Damaged = "damaged" | "破损",
        /// A fault 质量问题.
        Defect = "defect" | "质量问题",
        /// Does not fit 尺码.
        Size = "size" | "尺码",
        /// Not what the page says 描述不符.
        NotAsDescribed = "not_as_described" | "描述不符",
        /// Nothing: the buyer's own reason.
        None = "none" | "无",
        /// Wrong or left out: the complaint does not say which.
        WrongOrMissing = "wrong_or_missing",
        /// Spoiled or near its date: nobody sends it back.
        Spoiled = "spoiled",
        /// Late, or badly served: the goods are as they should be.
        Trouble = "trouble",
    }
}

codes! {
    /// How far the goods have come, as far as after-sales goes.
    OrderStage {
        /// Paid, not sent.
        Unshipped = "unshipped",
        /// On the way.
        OnTheWay = "on_the_way",
        /// The carrier says delivered, the buyer says not.
        Undelivered = "undelivered",
        /// The buyer has them.
        Received = "received",
        /// The order was closed.
        Closed = "closed",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

/// The goods, as far as known. `None` is unknown, not false.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// The buyer has them.
    pub received: Option<bool>,
    /// What is wrong with them.
    pub problem: Option<Problem>,
    /// Of a kind that is not taken back without a reason, as the buyer confirmed when ordering.
    pub exempt: Option<bool>,
    /// Labels cut off.
    pub tags_cut: Option<bool>,
    /// Washed.
    pub washed: Option<bool>,
    /// Worn or used.
    pub used: Option<bool>,
    /// There is a photo or a video of the problem.
    pub is_shown: bool,
}

/// Everything that decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// What the buyer asks for; unknown counts as nothing asked.
    pub request: Option<Request>,
    /// He does not want to wait.
    pub insists: bool,
    /// Where the order stands.
    pub state: Option<OrderState>,
    /// The goods.
    pub goods: Goods,
    /// What the review or the request complains of.
    pub cause: Option<Cause>,
    /// Whose fault it is.
    pub fault: Option<Fault>,
    /// Signing, asking and the right of return.
    pub returning: Returning,
}

impl Situation {
    /// How far the goods have come. What the buyer says of having them counts before "on the way", which may be older; what
    /// has not been sent he cannot have.
    #[must_use]
    pub fn stage(&self) -> OrderStage {
        let has_them = self.goods.received == Some(true);
        let not_got = self.goods.received == Some(false);
        match self.state {
            Some(OrderState::PaidUnshipped) => OrderStage::Unshipped,
            _ if has_them => OrderStage::Received,
            Some(OrderState::Shipped) => OrderStage::OnTheWay,
            Some(OrderState::Delivered | OrderState::Completed) if not_got => OrderStage::Undelivered,
            Some(OrderState::Delivered | OrderState::Completed) => OrderStage::Received,
            Some(OrderState::Closed) => OrderStage::Closed,
            None if not_got => OrderStage::OnTheWay,
            // Who says what is wrong with the goods has them.
            None if self.problem().is_of_the_goods() => OrderStage::Received,
            None => OrderStage::Unknown,
        }
    }

    /// What is wrong with the goods: what was said of them, else what the cause says.
    #[must_use]
    pub fn problem(&self) -> Problem {
        self.goods.problem.unwrap_or(match self.cause {
            Some(Cause::WrongMissing) => Problem::WrongOrMissing,
            Some(Cause::DamagePackaging) => Problem::Damaged,
            Some(Cause::Quality) => Problem::Defect,
            Some(Cause::Freshness) => Problem::Spoiled,
            Some(Cause::Mismatch | Cause::Authenticity) => Problem::NotAsDescribed,
            Some(Cause::SizeFit) => Problem::Size,
            Some(Cause::Logistics | Cause::Service) => Problem::Trouble,
            Some(Cause::Price | Cause::Subjective | Cause::Other) | None => Problem::None,
        })
    }

    /// Whether the goods can be returned without a reason at the instant of asking.
    #[must_use]
    pub fn return_right(&self, as_of: Timestamp) -> super::ReturnRight {
        self.returning.right(&self.goods, as_of)
    }
}

impl Problem {
    /// Whether it is a fault of the goods or of the sending, and not the buyer's own reason.
    #[must_use]
    pub fn is_of_the_goods(self) -> bool {
        !matches!(self, Self::None | Self::Size | Self::Trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn situation(state: Option<OrderState>, received: Option<bool>, cause: Option<Cause>) -> Situation {
        Situation {
            request: None,
            insists: false,
            state,
            goods: Goods { received, ..Goods::default() },
            cause,
            fault: None,
            returning: Returning::default(),
        }
    }

    #[test]
    fn what_the_buyer_says_of_having_the_goods_counts_before_the_state() {
        use OrderState::{Closed, Completed, Delivered, PaidUnshipped, Shipped};
        for (state, received, stage) in [
            (Some(PaidUnshipped), None, OrderStage::Unshipped),
            (Some(PaidUnshipped), Some(true), OrderStage::Unshipped),
            (Some(Shipped), None, OrderStage::OnTheWay),
            (Some(Shipped), Some(true), OrderStage::Received),
            (Some(Delivered), Some(false), OrderStage::Undelivered),
            (Some(Completed), None, OrderStage::Received),
            (Some(Closed), None, OrderStage::Closed),
            (None, Some(false), OrderStage::OnTheWay),
            (None, None, OrderStage::Unknown),
        ] {
            assert_eq!(situation(state, received, None).stage(), stage, "{state:?} {received:?}");
        }
        assert_eq!(situation(None, None, Some(Cause::Quality)).stage(), OrderStage::Received);
        assert_eq!(situation(None, None, Some(Cause::Logistics)).stage(), OrderStage::Unknown);
    }

    #[test]
    fn what_was_said_of_the_goods_counts_before_the_cause() {
        let mut situation = situation(None, None, Some(Cause::Quality));
        assert_eq!(situation.problem(), Problem::Defect);
        situation.goods.problem = Some(Problem::None);
        assert_eq!(situation.problem(), Problem::None);
    }
}
