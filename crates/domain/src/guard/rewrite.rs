//! The sentence that may be sent instead: one that itself passes every rule in force, in the language of the text.

use super::Guard;
use super::applies::Severities;
use super::draft::{Channel, Draft};
use super::finding::{Check, Finding, suggestion};
use super::plain::Plain;
use super::severity::Verdict;
use crate::Say;

/// What may be said instead of a text and of what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewrites {
    /// Instead of the whole.
    pub whole: Option<String>,
    /// Instead of what each finding found, in the order of the findings.
    pub each: Vec<Option<String>>,
}

impl Guard {
    /// What may be sent instead of a text, in its language: the suggestion of its worst finding that passes all rules in
    /// the same place and with the same facts, else a neutral sentence. None where no words help: the hour is wrong, or
    /// the buyer wants to be left alone.
    #[must_use]
    pub fn rewrite(&self, draft: &Draft<'_>, check: &Check, severities: &Severities) -> Option<String> {
        self.rewrites(draft, check, severities).whole
    }

    /// The same, and what may be said instead of what each finding found, when that passes by itself. Each sentence is
    /// checked once.
    #[must_use]
    pub fn rewrites(&self, draft: &Draft<'_>, check: &Check, severities: &Severities) -> Rewrites {
        if check.findings.is_empty() {
            return Rewrites::default();
        }
        let chinese = self.is_chinese(draft);
        let mut seen: Vec<(String, bool)> = Vec::new();
        let mut passing = |say: Say| {
            let text = say.pick(chinese);
            let known = seen.iter().find(|(known, _)| known == text).map(|(_, passes)| *passes);
            let passes = known.unwrap_or_else(|| {
                let passes = self.passes(text, draft, severities);
                seen.push((text.to_owned(), passes));
                passes
            });
            passes.then(|| text.to_owned())
        };
        let each: Vec<Option<String>> =
            check.findings.iter().map(|finding| own(finding, draft).and_then(&mut passing)).collect();
        let whole = match each.iter().flatten().next() {
            Some(text) => Some(text.clone()),
            None => neutral(draft).into_iter().find_map(passing),
        };
        Rewrites { whole, each }
    }

    fn passes(&self, text: &str, draft: &Draft<'_>, severities: &Severities) -> bool {
        self.check_by(&Draft { text, ..*draft }, severities).verdict == Verdict::Allow
    }

    /// Whether the buyer reads Chinese, else whether the text is in it.
    fn is_chinese(&self, draft: &Draft<'_>) -> bool {
        match draft.facts.buyer_lang {
            Some(language) => language.to_ascii_lowercase().starts_with("zh"),
            None => Plain::read(draft.text, &|word| self.detectors.english.contains(word)).chinese,
        }
    }
}

/// The suggestion of a rule where the text goes: what is said to a buyer is no note.
fn own(finding: &Finding, draft: &Draft<'_>) -> Option<Say> {
    if draft.by(&[Channel::Note, Channel::Task]) {
        return None;
    }
    suggestion(finding.rule, draft)
}

/// Sentences that hold nothing a rule could mind.
fn neutral(draft: &Draft<'_>) -> Vec<Say> {
    match draft.channel {
        Some(Channel::Note) => vec![
            Say::new(
                "已按售后规则处理，等买家回复。",
                "Handled under the after-sales rules; waiting for the buyer to answer.",
            ),
            Say::new("处理中，结果稍后补充。", "In progress; the result will be added later."),
        ],
        Some(Channel::Task) => vec![
            Say::new(
                "请核实问题，按售后规则给出处理方案。",
                "Please look into the problem and propose a solution under the after-sales rules.",
            ),
            Say::new("请核实这笔订单的情况并答复。", "Please check this order and answer here."),
        ],
        Some(Channel::ModerationConfig | Channel::RemovalRequest) => Vec::new(),
        Some(Channel::PublicReply | Channel::SocialPost | Channel::ParcelCard) => vec![Say::new(
            "您好，您反映的问题我们已经看到，请在订单页联系我们，我们会尽快处理好。",
            "Thank you for telling us. Please contact us through your order page so that we can put this right.",
        )],
        _ => vec![
            Say::new(
                "您好，很抱歉给您带来不好的体验，方便说说具体哪里出了问题吗？",
                "Hello, we are sorry about your experience. Could you tell us what went wrong?",
            ),
            Say::new(
                "您的问题我们已记录，会按售后规则处理，有进展马上告诉您。",
                "We have noted your problem, will handle it under our after-sales rules and tell you as soon as there is news.",
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Platform;
    use crate::guard::Severity;

    #[test]
    fn every_offence_gets_a_sentence_that_passes() {
        let guard = Guard::shared();
        let severities = Severities::default();
        let platforms = [Platform::Taobao, Platform::AMAZON_US, Platform::Ebay, Platform::OwnShop];
        let channels = [
            Channel::PlatformMessage,
            Channel::PublicReply,
            Channel::Email,
            Channel::Chat,
            Channel::PhoneScript,
            Channel::Note,
            Channel::Task,
        ];
        let (mut seen, mut without) = (0, Vec::new());
        for example in guard.examples().iter().filter(|example| example.holds) {
            let (rule, text) = (example.rule, example.text.as_str());
            for platform in platforms {
                for channel in channels {
                    let draft =
                        Draft { platform: Some(platform), channel: Some(channel), ..Draft::of_text(text) };
                    let check = guard.check(&draft);
                    if check.findings.iter().all(|finding| finding.severity == Severity::Warn) {
                        continue;
                    }
                    seen += 1;
                    match guard.rewrite(&draft, &check, &severities) {
                        Some(better) => {
                            let again = guard.check(&Draft { text: &better, ..draft });
                            assert_eq!(again.verdict, Verdict::Allow, "{better}");
                        }
                        None => without.push(format!("{rule} {platform:?} {channel:?} {text}")),
                    }
                }
            }
        }
        assert!(seen > 500, "{seen}");
        assert!(without.is_empty(), "{} of {seen}: {without:#?}", without.len());
    }

    #[test]
    fn where_no_words_help_none_are_offered() {
        let guard = Guard::shared();
        let mut draft = Draft::of_text("您好，配件今天补发。");
        draft.channel = Some(Channel::PlatformMessage);
        draft.facts.opt_out = Some(true);
        let check = guard.check(&draft);
        assert_eq!(check.verdict, Verdict::Block);
        assert_eq!(guard.rewrite(&draft, &check, &Severities::default()), None);
    }
}
