//! Figures that a platform shows and no file holds: typed by a person, or brought in as a list, each of one day.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// Names of figures that are known; any other name is kept as it is typed.
    FigureName {
        /// 真实体验分.
        ExperienceScore = "experience_score" | "真实体验分" | "综合体验分" | "综合体验星级" | "店铺体验分" | "体验分" | "综合服务分" | "商家体验分" | "店铺综合体验分",
        /// 3分钟回复率.
        ReplyRate3Min = "reply_rate_3min" | "3分钟回复率" | "三分钟回复率" | "3分钟人工回复率" | "3分钟响应率" | "三分钟人工回复率",
        /// 品质退款率.
        QualityRefundRate = "quality_refund_rate" | "品质退款率" | "品退率" | "商品品质退款率" | "品质退货率",
        /// DSR, goods as described.
        DsrDescription = "dsr_description" | "描述相符" | "宝贝与描述相符" | "描述相符分" | "dsr描述",
        /// DSR, service.
        DsrService = "dsr_service" | "服务态度" | "卖家的服务态度" | "服务态度分" | "dsr服务",
        /// DSR, logistics.
        DsrLogistics = "dsr_logistics" | "物流服务" | "物流服务的质量" | "物流服务分" | "dsr物流",
        /// How many buyers gave the scores of the last six months.
        DsrRatings = "dsr_ratings" | "店铺评分人数" | "评分人数" | "dsr评分人数",
        /// Feedback of four and five stars in the last 30 days (Amazon's files hold only one to three).
        PositiveFeedback30 = "positive_feedback_30" | "4–5 star count, 30 days",
        /// The same over 90 days.
        PositiveFeedback90 = "positive_feedback_90" | "4–5 star count, 90 days",
        /// The same over 365 days.
        PositiveFeedback365 = "positive_feedback_365" | "4–5 star count, 365 days",
        /// The same over all time.
        PositiveFeedbackLifetime = "positive_feedback_lifetime" | "4–5 star count, lifetime",
        /// Order defect rate.
        OrderDefectRate = "order_defect_rate" | "odr" | "订单缺陷率" | "order defect rate",
        /// Late shipment rate.
        LateShipmentRate = "late_shipment_rate" | "迟发率" | "lsr" | "late shipment rate" | "延迟发货率",
        /// Negative customer experience rate.
        NcxRate = "ncx_rate" | "ncx" | "买家不满意率" | "ncx rate" | "negative customer experience rate",
    }
}

codes! {
    /// What a value counts.
    FigureUnit {
        /// Points of a score.
        Score = "score" | "分",
        /// Of a hundred.
        Percent = "percent" | "%",
        /// Things.
        Count = "count" | "个" | "条",
    }
}

/// A value as it was shown: digits with at most six decimals, kept as a whole number of millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FigureValue {
    /// Millionths.
    pub millionths: i64,
}

impl FigureValue {
    /// Reads `4.86`, `98.5%`, `1,234`, full-width digits too; says whether it was a percentage.
    #[must_use]
    pub fn parse(text: &str) -> Option<(Self, bool)> {
        let narrow: String = text
            .trim()
            .chars()
            .map(|letter| match letter {
                '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
                other => other,
            })
            .filter(|letter| !matches!(letter, ',' | ' '))
            .collect();
        let (digits, percent) =
            narrow.strip_suffix('%').map_or((narrow.as_str(), false), |rest| (rest, true));
        let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || fraction.len() > 6 || !plain(whole) || !plain(fraction) {
            return None;
        }
        let padded = format!("{fraction:0<6}");
        let millionths = whole.parse::<i64>().ok()? * 1_000_000 + padded.parse::<i64>().ok()?;
        Some((Self { millionths: if negative { -millionths } else { millionths } }, percent))
    }
}

impl std::fmt::Display for FigureValue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.millionths < 0 { "-" } else { "" };
        let size = self.millionths.unsigned_abs();
        let fraction = format!("{:06}", size % 1_000_000);
        let fraction = fraction.trim_end_matches('0');
        let whole = size / 1_000_000;
        if fraction.is_empty() {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        for (text, shown, percent) in [
            ("4.86", "4.86", false),
            ("98.50%", "98.5", true),
            ("1,234", "1234", false),
            ("９９％", "99", true),
            ("-0.5", "-0.5", false),
        ] {
            let (value, is_percent) = FigureValue::parse(text).unwrap();
            assert_eq!((value.to_string().as_str(), is_percent), (shown, percent), "{text}");
        }
        for text in ["", "–", "1.2.3", "NaN", "1e9", "0.1234567", "1234567890123"] {
            assert!(FigureValue::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(millionths in -999_999_999_999i64..999_999_999_999) {
            let value = FigureValue { millionths };
            prop_assert_eq!(FigureValue::parse(&value.to_string()), Some((value, false)));
        }
    }
}
