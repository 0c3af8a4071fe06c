//! An order: how far it has come, and who sends it.

mod facts;

use serde::{Deserialize, Serialize};

pub use facts::OrderFacts;

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Paid, not sent.
    PaidUnshipped,
    /// On the way.
    Shipped,
    /// Arrived.
    Delivered,
    /// 交易成功, confirmed by the buyer or by time.
    Completed,
    /// Cancelled or refunded before it ended well.
    Closed,
}

impl OrderState {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PaidUnshipped => "paid_unshipped",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Completed => "completed",
            Self::Closed => "closed",
        }
    }

    /// Reads a code or the status words that Taobao, Amazon, Shopify and Olist-like exports use;
    /// `None` when the word is not known (the order is kept, its state is unknown).
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "paid_unshipped"
            | "paid"
            | "unshipped"
            | "pending"
            | "processing"
            | "approved"
            | "invoiced"
            | "created"
            | "买家已付款，等待卖家发货"
            | "买家已付款,等待卖家发货"
            | "等待卖家发货"
            | "待发货"
            | "未发货"
            | "买家已付款"
            | "已付款"
            | "待出库" => Some(Self::PaidUnshipped),
            "shipped"
            | "in_transit"
            | "partially_shipped"
            | "卖家已发货，等待买家确认"
            | "卖家已发货,等待买家确认"
            | "卖家已发货"
            | "等待买家确认"
            | "等待买家确认收货"
            | "已发货"
            | "待收货"
            | "运输中" => Some(Self::Shipped),
            "delivered" | "已签收" | "已送达" => Some(Self::Delivered),
            "completed" | "complete" | "fulfilled" | "交易成功" | "已完成" | "完成" => {
                Some(Self::Completed)
            }
            "closed" | "cancelled" | "canceled" | "unavailable" | "refunded" | "交易关闭" | "已取消"
            | "已关闭" => Some(Self::Closed),
            _ => None,
        }
    }
}

/// Who packs and sends an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// The platform's warehouse (FBA).
    Amazon,
    /// The seller.
    Merchant,
}

impl Fulfilment {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Amazon => "amazon",
            Self::Merchant => "merchant",
        }
    }

    /// Reads a code or Amazon's own words (`AFN`, `MFN`, `FBA`, `FBM`).
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "amazon" | "afn" | "fba" => Some(Self::Amazon),
            "merchant" | "mfn" | "fbm" | "seller" => Some(Self::Merchant),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        use OrderState::{Closed, Completed, Delivered, PaidUnshipped, Shipped};
        for state in [PaidUnshipped, Shipped, Delivered, Completed, Closed] {
            assert_eq!(OrderState::from_code(state.code()), Some(state));
        }
        for side in [Fulfilment::Amazon, Fulfilment::Merchant] {
            assert_eq!(Fulfilment::from_code(side.code()), Some(side));
        }
        assert_eq!(OrderState::from_code("卖家已发货"), Some(OrderState::Shipped));
    }

    #[test]
    fn reads_platform_words_and_does_not_guess() {
        assert_eq!(OrderState::from_code("卖家已发货，等待买家确认"), Some(OrderState::Shipped));
        assert_eq!(OrderState::from_code("Canceled"), Some(OrderState::Closed));
        assert_eq!(OrderState::from_code("有点问题"), None);
        assert_eq!(Fulfilment::from_code("AFN"), Some(Fulfilment::Amazon));
    }
}
