//! A parcel: how far it has come.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// How far a parcel has come.
    ShipmentState {
        /// Known to the carrier, not yet handed over.
        Announced = "announced" | "created" | "已下单" | "待揽收" | "待揽件" | "等待揽收" | "已出单" | "待取件" | "等待取件" | "label created" | "pre_transit" | "pre-transit" | "info received",
        /// Picked up.
        PickedUp = "picked_up" | "accept" | "accepted" | "collected" | "got" | "已揽收" | "已揽件" | "揽收" | "揽件" | "已收件" | "收件" | "已取件" | "取件" | "picked up" | "pickup",
        /// On the way.
        InTransit = "in_transit" | "transit" | "shipped" | "运输中" | "在途" | "转运中" | "已发出" | "departure" | "arrival" | "transport" | "in transit" | "转运" | "中转" | "运送中" | "运输" | "在路上" | "干线" | "输送中",
        /// With the courier.
        OutForDelivery = "out_for_delivery" | "sent_scan" | "delivering" | "派送中" | "派件中" | "正在派件" | "派件" | "派送" | "配送中" | "out for delivery" | "delivery_out" | "sta_delivering",
        /// Could not be handed over.
        Failed = "failed" | "exception" | "delivery_failed" | "异常" | "疑难" | "问题件" | "拒收" | "派送失败" | "投递失败" | "派件异常" | "异常件" | "疑难件" | "reject" | "undelivered" | "delivery failed" | "attempted",
        /// On its way back.
        Returning = "returning" | "return" | "退回中" | "退件" | "退回" | "退签" | "退件中" | "returning to sender" | "return_to_sender",
        /// Handed over.
        Delivered = "delivered" | "signed" | "sign" | "已签收" | "签收" | "妥投" | "已妥投" | "已送达" | "本人签收" | "代收" | "他人代收" | "驿站代收" | "agent_sign",
    }
}

impl ShipmentState {
    /// How far along, 0 to 6. A later export never takes a parcel back.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Announced => 0,
            Self::PickedUp => 1,
            Self::InTransit => 2,
            Self::OutForDelivery => 3,
            Self::Failed => 4,
            Self::Returning => 5,
            Self::Delivered => 6,
        }
    }
}
