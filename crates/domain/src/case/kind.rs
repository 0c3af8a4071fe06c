//! What a case is about, and what a dispute is.

use crate::shop::Platform;
use crate::words::words;

words! {
    /// What a case is about.
    CaseKind {
        /// A bad or neutral review 差评跟进单.
        Review = "review",
        /// A refund, a return or another goods 售后单.
        AfterSale = "after_sale",
        /// A complaint that is no review 投诉单.
        Complaint = "complaint",
        /// A dispute before the platform or a bank 纠纷单.
        Dispute = "dispute",
        /// Something that went wrong and that no buyer has complained of yet 预防单.
        Prevention = "prevention",
    }
}

impl CaseKind {
    /// Those that a person opens: the case of a review is opened for the review.
    pub const OPENED: [Self; 4] = [Self::AfterSale, Self::Complaint, Self::Dispute, Self::Prevention];

    /// Whether it is about a review, and has one.
    #[must_use]
    pub fn has_review(self) -> bool {
        self == Self::Review
    }
}

words! {
    /// Before whom a dispute is.
    DisputeKind {
        /// The platform decides between shop and buyer 平台介入.
        PlatformStepIn = "platform_step_in",
        /// The shop appeals against a refund without return 仅退款申诉.
        RefundAppeal = "refund_appeal",
        /// A claim under Amazon's guarantee.
        AToZ = "a_to_z",
        /// The buyer's bank takes the money back 拒付.
        Chargeback = "chargeback",
    }
}

impl DisputeKind {
    /// Whether there is such a dispute where the shop stands: each of the guarantees is one platform's, and banks take
    /// money back where buyers pay by card.
    #[must_use]
    pub fn is_on(self, platform: Platform) -> bool {
        let chinese = matches!(platform, Platform::Taobao | Platform::Tmall | Platform::Jd);
        match self {
            Self::PlatformStepIn => {
                !matches!(platform, Platform::Amazon(_) | Platform::Shopify | Platform::OwnShop)
            }
            Self::RefundAppeal => chinese,
            Self::AToZ => matches!(platform, Platform::Amazon(_)),
            Self::Chargeback => !chinese,
        }
    }
}

words! {
    /// How a case came to the shop.
    CameBy {
        /// The chat of the platform 旺旺 / 站内信.
        Chat = "chat",
        /// By phone.
        Phone = "phone",
        /// By e-mail.
        Mail = "mail",
        /// The platform told of it.
        Platform = "platform",
        /// An authority or a consumers' association, such as 12315.
        Authority = "authority",
        /// A colleague saw it.
        Colleague = "colleague",
        /// Some other way.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_a_review_is_not_opened_by_hand() {
        for kind in CaseKind::ALL {
            assert_eq!(CaseKind::from_code(kind.code()), Some(*kind));
            assert_eq!(CaseKind::OPENED.contains(kind), !kind.has_review());
        }
    }

    #[test]
    fn a_dispute_is_one_of_its_platform() {
        let amazon: Platform = "amazon-us".parse().expect("a platform");
        assert!(DisputeKind::AToZ.is_on(amazon) && DisputeKind::Chargeback.is_on(amazon));
        assert!(!DisputeKind::AToZ.is_on(Platform::Taobao) && !DisputeKind::RefundAppeal.is_on(amazon));
        assert!(DisputeKind::RefundAppeal.is_on(Platform::Tmall));
        for platform in [amazon, Platform::Taobao, Platform::Ebay, Platform::OwnShop, Platform::Shopify] {
            assert!(DisputeKind::ALL.iter().any(|kind| kind.is_on(platform)), "{platform:?}");
        }
    }
}
