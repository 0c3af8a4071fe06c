//! What a buyer complains of.

crate::code::codes! {
    /// What a buyer complains of. The meanings are those of the labelled sets (`data/zh_cause/README.md`).
    Cause ("cause") {
        /// 质量: defect, does not work, workmanship, material, smell, side effects.
        Quality = "quality",
        /// 描述不符: differs from description, picture, specification or colour.
        Mismatch = "mismatch",
        /// 尺码大小: size, fit, portion, weight, volume.
        SizeFit = "size_fit",
        /// 破损包装: broken, leaking or squashed by transport; poor or missing packing.
        DamagePackaging = "damage_packaging",
        /// 错发漏发: wrong goods against the order, missing goods, gift, accessory or invoice.
        WrongMissing = "wrong_missing",
        /// 新鲜度临期: rotten, expired, near its date, stale, unripe.
        Freshness = "freshness",
        /// 正品质疑: fake, used, refurbished, suspected not genuine.
        Authenticity = "authenticity",
        /// 物流: slow, failed or lost delivery, the courier's conduct, late dispatch.
        Logistics = "logistics",
        /// 客服售后: seller, chat, after-sales, returns, installers.
        Service = "service",
        /// 价格: expensive, price drop, hidden cost.
        Price = "price",
        /// 主观不满意: taste, looks, personal preference.
        Subjective = "subjective",
        /// Unhappy with no reason, or for a reason outside all the above.
        Other = "other",
    }
}
