//! Why a signal was raised, in the words of an agent's screen.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::SignalCode;
use crate::PersonalData;

/// A reason in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Why {
    /// Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Why {
    pub(super) fn of(code: SignalCode, kind: Option<PersonalData>) -> Self {
        let (zh, en) = match (code, kind) {
            (SignalCode::Abuse, _) => ("含辱骂、诅咒或淫秽词语", "Insults, curses or obscene words"),
            (SignalCode::PersonalData, Some(kind)) => personal(kind),
            (SignalCode::PersonalData, None) => ("含个人信息", "Data that names or reaches a person"),
            (SignalCode::Extortion, _) => {
                ("以评价相要挟，索要超出应得的补偿", "Demands more than is due and threatens with the rating")
            }
            (SignalCode::RemedyDemand, _) => {
                ("要求退款、换货、补发或赔偿", "Asks for a refund, a replacement or what is missing")
            }
            (SignalCode::Threat, _) => (
                "声称要投诉举报、曝光、起诉或报警，或以人身相威胁",
                "Threatens with authorities, the press, a court or violence",
            ),
            (SignalCode::Competitor, _) => ("推荐去别家购买", "Sends buyers to another shop or brand"),
            (SignalCode::Advertising, _) => {
                ("含推广、引流或链接", "Advertises something else, or links away from the shop")
            }
            (SignalCode::OffTopic, _) => {
                ("内容与这次购买无关，像是凑字数", "Says nothing about the purchase")
            }
            (SignalCode::SuspectedFake, _) => (
                "自称未购买、未使用，或为换取好处而写，或整句重复",
                "Says that nothing was bought or used, was written for a reward, or repeats itself",
            ),
            (SignalCode::RatingTextMismatch, _) => {
                ("星级与文字意思相反", "The stars say the opposite of the words")
            }
        };
        Self { zh: zh.into(), en: en.into() }
    }
}

fn personal(kind: PersonalData) -> (&'static str, &'static str) {
    match kind {
        PersonalData::Phone => ("像是电话号码", "Looks like a phone number"),
        PersonalData::Email => ("像是电子邮箱", "Looks like an e-mail address"),
        PersonalData::Name => ("像是真实姓名", "Looks like a person's full name"),
        PersonalData::Address => ("像是详细地址", "Looks like a postal address"),
        PersonalData::IdNumber => ("像是身份证号", "Looks like an identity card number"),
        PersonalData::BankCard => ("像是银行卡号", "Looks like a bank card number"),
        PersonalData::OrderNumber => ("像是订单号", "Looks like an order number"),
        PersonalData::SocialAccount => ("像是社交账号", "Looks like a social account"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_a_reason_of_its_own_in_both_languages() {
        let kinds = || PersonalData::ALL.iter().map(|kind| (SignalCode::PersonalData, Some(*kind)));
        let codes = SignalCode::ALL.iter().map(|code| (*code, None));
        let reasons: Vec<Why> = codes.chain(kinds()).map(|(code, kind)| Why::of(code, kind)).collect();
        for (at, reason) in reasons.iter().enumerate() {
            assert!(reason.zh.chars().any(|part| part > '\u{3000}') && reason.en.is_ascii(), "{reason:?}");
            assert!(
                !reasons[..at].iter().any(|other| other.zh == reason.zh || other.en == reason.en),
                "{reason:?}"
            );
        }
    }
}
