//! What the rules forbid in a case: shown as such, so that nobody has to find out.

use serde::{Deserialize, Serialize};

use crate::intake::codes;
use crate::pack::{Benefit, ChangePolicy, Rules};
use crate::say::Say;
use crate::shop::Object;
use crate::source::Source;

codes! {
    /// What is forbidden, or cannot be.
    Ban {
        /// Asking the buyer to change what he wrote.
        AskChange = "ask_change",
        /// Giving anything for a review of one kind.
        ConditionalBenefit = "conditional_benefit",
        /// Giving anything for a review at all.
        AnyBenefit = "any_benefit",
        /// Contact outside the platform.
        ExternalContact = "external_contact",
    }
}

/// Something that is not done in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forbidden {
    /// What.
    pub what: Ban,
    /// Why.
    pub why: Say,
    /// The rule.
    pub source: Vec<Source>,
}

/// What the rules forbid for an object. Where no rule about asking is known, it is treated as forbidden.
#[must_use]
pub fn forbidden(rules: &Rules<'_>, object: Option<Object>) -> Vec<Forbidden> {
    let mut found = Vec::new();
    let mut add = |what, zh: &str, en: &str, source: Vec<Source>| {
        found.push(Forbidden { what, why: Say::new(zh, en), source });
    };
    if let Some(object) = object {
        let asked = rules.ask_change(object);
        let source = asked.as_ref().map(|asked| asked.record.source.clone()).unwrap_or_default();
        match asked.map(|asked| asked.policy) {
            Some(ChangePolicy::Never) => add(
                Ban::AskChange,
                "平台禁止请买家改或删这条评价，解决了也不行",
                "the platform forbids asking for a change or removal, solved or not",
                source,
            ),
            Some(ChangePolicy::Impossible) => {
                add(
                    Ban::AskChange,
                    "这条评价改不了，请买家改没有用",
                    "it cannot be changed; asking is pointless",
                    source,
                );
            }
            Some(ChangePolicy::PlatformFlowOnly) => add(
                Ban::AskChange,
                "只能用平台的修改请求，不能在消息里提",
                "only the platform's own request may be used, never a message",
                source,
            ),
            None => add(
                Ban::AskChange,
                "没有查到允许的规则，按不允许处理",
                "no rule is known that allows it, so it is not done",
                source,
            ),
            Some(ChangePolicy::AfterResolutionNeutral) => {}
        }
    }
    let (conditional, any) = rules.incentive();
    let source = || {
        let tables = rules.packs().filter_map(|pack| pack.table("incentive", rules.on()));
        let mut all: Vec<Source> = Vec::new();
        for cited in tables.flat_map(|entry| entry.record.source.clone()) {
            if !all.contains(&cited) {
                all.push(cited);
            }
        }
        rules.at_home(all)
    };
    if conditional == Some(Benefit::Forbidden) {
        let (zh, en) = ("不能用好处换好评或改评", "nothing may be given for a good rating or a change");
        add(Ban::ConditionalBenefit, zh, en, source());
    }
    if any == Some(Benefit::Forbidden) {
        let (zh, en) = ("平台禁止为评价给任何好处", "the platform forbids giving anything for a review");
        add(Ban::AnyBenefit, zh, en, source());
    }
    if let Some(messaging) = rules.messaging().filter(|messaging| messaging.external_contact == Some(false)) {
        let (zh, en) = (
            "只用平台允许的渠道，不另找联系方式",
            "only the channels of the platform; no other contact is looked for",
        );
        add(Ban::ExternalContact, zh, en, messaging.record.source);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;

    fn banned(platform: &str, object: Object) -> Vec<&'static str> {
        let rules = Packs::embedded().rules(platform.parse().ok(), None, "2026-11-29".parse().unwrap());
        let found = forbidden(&rules, Some(object));
        assert!(found.iter().all(|ban| ban.what == Ban::AskChange || !ban.source.is_empty()), "{found:?}");
        found.into_iter().map(|ban| ban.what.code()).collect()
    }

    #[test]
    fn a_shop_is_told_of_its_own_platform_and_country_only() {
        let keys = |platform: &str, object| {
            let rules = Packs::embedded().rules(platform.parse().ok(), None, "2026-11-29".parse().unwrap());
            let found = forbidden(&rules, Some(object));
            let sources = found.into_iter().flat_map(|ban| ban.source);
            sources.map(|source| source.key.to_string()).collect::<Vec<_>>()
        };
        let abroad = |found: &[String], prefixes: &[&str]| {
            found.iter().any(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)))
        };
        for platform in ["taobao", "tmall", "jd"] {
            let found = keys(platform, Object::Review);
            assert!(!abroad(&found, &["US-", "EU-", "UK-", "AMZ-", "EB-"]), "{platform}: {found:?}");
            assert!(found.iter().any(|key| key == "CN-NAUC"), "{platform}: {found:?}");
        }
        let american = keys("amazon-us", Object::ProductReview);
        assert!(!abroad(&american, &["CN-", "EU-", "UK-", "TB-"]), "{american:?}");
        assert!(!keys("ebay", Object::Review).is_empty());
    }

    #[test]
    fn what_each_platform_forbids_is_said() {
        let amazon = banned("amazon-us", Object::ProductReview);
        assert_eq!(amazon, ["ask_change", "conditional_benefit", "any_benefit", "external_contact"]);
        assert!(!banned("amazon-us", Object::SellerFeedback).contains(&"ask_change"));
        assert!(!banned("taobao", Object::Review).contains(&"ask_change"));
        assert!(banned("tmall", Object::Review).contains(&"ask_change"));
        assert!(banned("ebay", Object::Review).contains(&"ask_change"));
        assert!(banned("jd", Object::Review).contains(&"ask_change"), "no rule known is not allowed");
    }
}
