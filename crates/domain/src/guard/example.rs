//! Examples of rules, from the pattern files: texts that break one and texts near to them that do not, with the facts that
//! decide. They run as tests, and the page of the rules shows them.

use super::draft::{Author, Channel, Class, Draft, Stage};
use super::rule::Rule;
use crate::Say;
use crate::shop::Object;

/// An example of a rule in a pattern file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub(super) line: usize,
    /// The rule.
    pub rule: Rule,
    /// Whether the text breaks it.
    pub holds: bool,
    /// The facts that it is checked with, such as `platform=amazon-us prior_asks=1`.
    facts: String,
    /// Whether the facts alone decide, so that whoever reads the text wants to know them.
    by_facts: bool,
    /// The words.
    pub text: String,
}

impl Example {
    /// Reads what stands behind the sign of an example: facts in braces, where there are any, and the text. None for a
    /// fact that there is not.
    pub(super) fn read(line: usize, rule: Rule, holds: bool, by_facts: bool, words: &str) -> Option<Self> {
        let (facts, text) = match words.strip_prefix('{') {
            Some(rest) => rest.split_once("} ")?,
            None => ("", words),
        };
        let example = Self { line, rule, holds, facts: facts.to_owned(), by_facts, text: text.to_owned() };
        let mut draft = Draft::of_text(&example.text);
        example.facts.split_whitespace().all(|fact| set(&mut draft, fact).is_some()).then_some(example)
    }

    /// The text with its facts.
    #[must_use]
    pub fn draft(&self) -> Draft<'_> {
        let mut draft = Draft::of_text(&self.text);
        draft.platform = Some(crate::Platform::Taobao);
        for fact in self.facts.split_whitespace() {
            let known = set(&mut draft, fact);
            debug_assert!(known.is_some(), "{fact}");
        }
        draft
    }

    /// What is known around the text where that decides; none where its words do.
    #[must_use]
    pub fn given(&self) -> Option<Say> {
        let facts = self.facts.split_whitespace().filter(|_| self.by_facts);
        let (zh, en): (Vec<String>, Vec<String>) = facts.filter_map(told).unzip();
        (!zh.is_empty()).then(|| Say::new(zh.join("，"), en.join(", ")))
    }
}

/// Notes a fact, `name=value`; none for one that there is not.
fn set<'a>(draft: &mut Draft<'a>, fact: &'a str) -> Option<()> {
    let (name, value) = fact.split_once('=')?;
    let number = || value.parse::<u32>().ok();
    let yes = || value.parse::<bool>().ok();
    match name {
        "platform" => draft.platform = Some(value.parse().ok()?),
        "channel" => draft.channel = Some(Channel::from_code(value)?),
        "object" => draft.object = Some(Object::from_code(value)?),
        "stage" => draft.stage = Some(Stage::from_code(value)?),
        "market" => draft.market = Some(value),
        "limit" => draft.limit = Some(number()?),
        "prior_asks" => draft.facts.prior_asks = Some(number()?),
        "contacts_today" => draft.facts.contacts_today = Some(number()?),
        "solicitations_sent" => draft.facts.solicitations_sent = Some(number()?),
        "completed" => draft.facts.days_since_completion = Some(number()?.into()),
        "delivered" => draft.facts.days_since_earliest_delivery = Some(number()?.into()),
        "minute" => draft.facts.local_minute = Some(value.parse().ok()?),
        "rated_bad" => draft.facts.rated_bad = Some(yes()?),
        "opt_out" => draft.facts.opt_out = Some(yes()?),
        "asked_today" => draft.facts.asked_today = Some(yes()?),
        "compensated_today" => draft.facts.compensated_today = Some(yes()?),
        "reply" => draft.facts.reply_to_buyer = Some(yes()?),
        "transactional" => draft.facts.transactional = Some(yes()?),
        "consent" => draft.facts.consent = Some(yes()?),
        "proactive" => draft.facts.proactive = Some(yes()?),
        "lang" => draft.facts.buyer_lang = Some(value),
        "ground" => draft.facts.ground = Some(value),
        "author" => draft.facts.author = Some(Author::from_code(value)?),
        "class" => draft.facts.class = Some(Class::from_code(value)?),
        _ => return None,
    }
    Some(())
}

/// A fact in words, where a person wants to know it beside the text.
fn told(fact: &str) -> Option<(String, String)> {
    let (name, value) = fact.split_once('=')?;
    let say = |zh: &str, en: &str| Some((zh.to_owned(), en.to_owned()));
    match (name, value) {
        ("channel", "sms") => say("短信", "text message"),
        ("channel", "public_reply") => say("公开回复", "public reply"),
        ("channel", "removal_request") => say("申诉的评价", "review in a removal request"),
        ("ground", "product_only") => say("申诉理由：只评价商品", "ground: about the product alone"),
        ("author", "bot") => say("自动发出", "sent by a machine"),
        ("author", "human") => say("人工写的", "written by a person"),
        ("rated_bad", "true") => say("差评", "a bad review"),
        ("opt_out", "true") => say("买家不愿再收到消息", "the buyer wants no messages"),
        ("transactional", "true") => say("订单通知", "news of the order"),
        ("reply", "true") => say("回复买家的消息", "an answer to the buyer"),
        ("proactive", "true") => say("主动发出", "unasked"),
        ("consent", "true") => say("买家同意接收", "the buyer agreed to such messages"),
        ("compensated_today", "true") => say("当天给过补偿", "compensated on the same day"),
        ("asked_today", "true") => say("当天谈过改评价", "asked about the review on the same day"),
        ("asked_today", "false") => say("当天没谈过评价", "the review was not mentioned that day"),
        ("prior_asks", many) => {
            Some((format!("之前提过 {many} 次改评价"), format!("times the review was raised before: {many}")))
        }
        ("contacts_today", many) => {
            Some((format!("当天已联系 {many} 次"), format!("contacts that day: {many}")))
        }
        ("solicitations_sent", many) => {
            Some((format!("已邀评 {many} 次"), format!("review requests so far: {many}")))
        }
        ("completed", days) => {
            Some((format!("订单完成后第 {days} 天"), format!("{days} days after the order was completed")))
        }
        ("delivered", days) => Some((
            format!("预计最早送达后第 {days} 天"),
            format!("{days} days after the earliest delivery date"),
        )),
        ("limit", many) => Some((format!("最多 {many} 个字"), format!("at most {many} characters"))),
        ("minute", minutes) => {
            let minutes: u32 = minutes.parse().ok()?;
            let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
            Some((format!("买家当地 {clock}"), format!("{clock} where the buyer is")))
        }
        ("lang", "es") => say("买家说西班牙语", "the buyer writes Spanish"),
        _ => None,
    }
}
