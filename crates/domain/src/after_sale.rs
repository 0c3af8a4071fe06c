//! After-sales 售后单: what a buyer asked for, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// What was asked for.
    AfterSaleKind {
        /// Money back, goods stay or were never sent.
        Refund = "refund" | "refund_only" | "仅退款" | "退款" | "未发货仅退款" | "已发货仅退款" | "refund only" | "我要退款（无需退货）" | "我要退款(无需退货)" | "退款不退货" | "退运费" | "部分退款",
        /// Goods back and money back.
        Return = "return" | "return_refund" | "return_and_refund" | "退货退款" | "退货" | "退款退货" | "return and refund" | "refund_and_return" | "我要退货退款" | "仅退货" | "拒收退货" | "return refund",
        /// Other goods for these.
        Exchange = "exchange" | "换货" | "replacement" | "更换" | "tmall_exchange" | "taobao_exchange" | "我要换货" | "退货补发" | "换新",
        /// Something sent once more.
        Reship = "reship" | "补发" | "补寄" | "补发商品" | "resend" | "reshipping" | "reshipment" | "补寄商品" | "补件" | "漏发补寄",
        /// Repair.
        Repair = "repair" | "维修" | "返修" | "保修" | "warranty",
    }
}

codes! {
    /// How far it has come.
    AfterSaleState {
        /// Asked; the shop has not answered.
        Requested = "requested" | "wait_seller_agree" | "买家已经申请退款，等待卖家同意" | "待商家处理" | "退款待处理" | "待处理" | "退款申请待处理" | "pending" | "open" | "待卖家处理" | "待商家审核" | "待审核" | "申请中" | "退款申请中" | "买家申请退款" | "等待卖家同意",
        /// Agreed; goods are to come back.
        AwaitingReturn = "awaiting_return" | "wait_buyer_return_goods" | "卖家已经同意退款，等待买家退货" | "待买家退货" | "待买家发货" | "等待买家退货" | "approved" | "authorized" | "待买家寄回" | "待寄回" | "商家已同意" | "卖家已同意" | "同意退货",
        /// Goods are on their way back or being looked at.
        Returning = "returning" | "wait_seller_confirm_goods" | "买家已经退货，等待卖家确认收货" | "待商家收货" | "待卖家收货" | "买家已退货" | "退货中" | "in_return" | "待商家确认收货" | "买家已寄回" | "退款中" | "待退款" | "in transit",
        /// The shop has said no.
        Refused = "refused" | "seller_refuse_buyer" | "卖家拒绝退款" | "商家拒绝" | "已拒绝" | "拒绝退款" | "denied" | "rejected" | "商家已拒绝" | "卖家已拒绝" | "拒绝退货" | "declined",
        /// The platform decides 平台介入.
        Disputed = "disputed" | "平台介入" | "平台处理中" | "客服介入" | "小二介入" | "escalated" | "客服处理中" | "纠纷中" | "申诉中" | "claim",
        /// Taken back, or closed without money.
        Closed = "closed" | "退款关闭" | "已关闭" | "已撤销" | "撤销" | "cancelled" | "canceled" | "售后关闭" | "已取消" | "买家撤销" | "取消退款" | "退款已关闭",
        /// Money given back, or goods replaced.
        Done = "done" | "success" | "退款成功" | "已退款" | "已完成" | "完成" | "completed" | "refunded" | "reimbursed" | "unit returned to inventory" | "退款完成" | "换货成功" | "售后完成" | "售后成功" | "已退全款" | "退货成功" | "补发成功" | "维修完成" | "repackaged successfully" | "resolved",
    }
}

impl AfterSaleState {
    /// How far along, 0 to 6. A state that ends it is never undone by an older export.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Requested => 0,
            Self::AwaitingReturn => 1,
            Self::Returning => 2,
            Self::Refused => 3,
            Self::Disputed => 4,
            Self::Closed => 5,
            Self::Done => 6,
        }
    }
}
