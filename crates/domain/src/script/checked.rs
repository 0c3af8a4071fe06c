//! A script before the guard 发送前检查: with samples for its variables, and bare, on every platform and way it may go.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Script, ScriptLanguage, ScriptStep, fill, variable, variables_of, ways};
use crate::guard::{Author, Channel, Check, Draft, Facts, Guard, Severities, Verdict};
use crate::pack::Packs;
use crate::shop::{Object, Platform};

/// The markets and platforms that a script is checked for.
pub const CHECKED: [Platform; 8] = [
    Platform::Taobao,
    Platform::Tmall,
    Platform::Jd,
    Platform::AMAZON_US,
    Platform::Ebay,
    Platform::AliExpress,
    Platform::Shopify,
    Platform::OwnShop,
];

/// What the guard finds in a script somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Offence {
    /// On which platform.
    pub platform: Platform,
    /// By which way.
    pub channel: Channel,
    /// In which language.
    pub language: ScriptLanguage,
    /// The words, as they were checked.
    pub text: String,
    /// What is wrong.
    pub check: Check,
}

/// What stands for the variables of a text where it is checked or shown. An order of Amazon has its 17 digits.
#[must_use]
pub fn samples(text: &str, platform: Platform, language: ScriptLanguage) -> BTreeMap<String, String> {
    let sample = |name: String| {
        let value = match name.as_str() {
            "order" if matches!(platform, Platform::Amazon(_)) => "113-4821907-3361054".to_owned(),
            name => variable(name).sample_in(language).to_owned(),
        };
        (name, value)
    };
    variables_of(text).unwrap_or_default().into_iter().map(sample).collect()
}

/// Platforms with what the packs in force on a day make of the rules there.
#[must_use]
pub fn places(packs: &Packs, on: Date, platforms: &[Platform]) -> Vec<(Platform, Severities)> {
    let place = |&platform: &Platform| (platform, Severities::by(&packs.rules(Some(platform), None, on)));
    platforms.iter().map(place).collect()
}

impl Script {
    /// Everything that the guard finds in it at these places; of its bare words, only what nobody may send, since a value
    /// may be what a rule asks for.
    #[must_use]
    pub fn offences(&self, guard: &Guard, places: &[(Platform, Severities)]) -> Vec<Offence> {
        let mut found = Vec::new();
        for (platform, severities) in places.iter().filter(|(platform, _)| self.fits(*platform)) {
            let (platform, may_go) = (*platform, ways(*platform));
            for &channel in self.channels.iter().filter(|channel| may_go.contains(channel)) {
                for (language, words) in self.texts.all() {
                    let bare = without_variables(words);
                    let filled = fill(words, &samples(words, platform, language));
                    let texts = filled
                        .into_iter()
                        .map(|text| (text, Verdict::Warn))
                        .chain((bare != words).then_some((bare, Verdict::Block)));
                    for (text, least) in texts {
                        let draft = self.draft(&text, platform, channel, language);
                        let check = guard.check_by(&draft, severities);
                        if check.verdict >= least {
                            found.push(Offence { platform, channel, language, text, check });
                        }
                    }
                }
            }
        }
        found
    }

    fn draft<'a>(
        &self,
        text: &'a str,
        platform: Platform,
        channel: Channel,
        language: ScriptLanguage,
    ) -> Draft<'a> {
        let usual = match platform {
            Platform::Amazon(_) => Object::SellerFeedback,
            _ => Object::Review,
        };
        let facts = Facts {
            rated_bad: Some(self.step != ScriptStep::Thanks),
            prior_asks: Some(0),
            contacts_today: Some(0),
            asked_today: Some(false),
            compensated_today: Some(false),
            opt_out: Some(false),
            buyer_lang: Some(language.code()),
            author: Some(Author::Human),
            proactive: Some(self.step == ScriptStep::FirstContact),
            // Before and during the sale it is the buyer who asks.
            reply_to_buyer: (self.step == ScriptStep::Answer).then_some(true),
            ..Facts::default()
        };
        Draft {
            platform: Some(platform),
            channel: Some(channel),
            object: Some(self.objects.first().copied().unwrap_or(usual)),
            stage: Some(self.step.stage()),
            facts,
            ..Draft::of_text(text)
        }
    }
}

/// The words that stand there whatever the values are.
fn without_variables(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        bare.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    bare + rest
}
