//! Where a rule applies at all, and how much it weighs there.

use super::draft::{Channel, Class, Draft, Stage};
use super::rule::Rule;
use super::severity::Severity;
use crate::pack::{GuardRule, Rules};
use crate::shop::{Object, Platform};

/// Whether a rule can be broken by this draft, whatever its words.
pub(super) fn applies(rule: Rule, draft: &Draft<'_>) -> bool {
    on_platform(rule, draft) && on_channel(rule, draft)
}

/// Whether a rule is one of the platform and market that the draft is for.
fn on_platform(rule: Rule, draft: &Draft<'_>) -> bool {
    let own_site = matches!(draft.platform, None | Some(Platform::OwnShop | Platform::Shopify));
    match rule.index() + 1 {
        3 => draft.on_amazon() || draft.platform == Some(Platform::Shopify),
        7 => draft.on_amazon() && draft.object.is_none_or(|object| object == Object::ProductReview),
        28..=35 | 54 => draft.on_amazon(),
        49..=51 => draft.in_china(),
        61 | 62 | 64 | 65 => own_site || draft.by(&[Channel::ModerationConfig]),
        _ => true,
    }
}

/// Whether a rule looks at texts that go this way.
fn on_channel(rule: Rule, draft: &Draft<'_>) -> bool {
    match rule.index() + 1 {
        22 | 45 => draft.by(&[Channel::PublicReply]),
        41 | 43 | 44 => draft.channel.is_none_or(|channel| {
            matches!(channel, Channel::PublicReply | Channel::SocialPost)
                || rule.index() + 1 != 44 && matches!(channel, Channel::Chat | Channel::PlatformMessage)
        }),
        28..=34 | 54 => draft.channel.is_none_or(|channel| {
            matches!(channel, Channel::PlatformMessage | Channel::Invitation | Channel::Email | Channel::Chat)
        }),
        59 => draft.facts.class == Some(Class::Service),
        58 => draft.by(&[Channel::Sms]),
        _ => true,
    }
}

/// Which rules are on and how much each weighs: what packs and shops say. A shop can only be stricter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severities {
    /// What each rule weighs at least, where a pack or shop says so.
    raised: Vec<Option<Severity>>,
    off: Vec<bool>,
    /// Rules of other platforms that count here all the same.
    everywhere: Vec<bool>,
    /// What packs say of some texts only.
    limited: Vec<Limited>,
}

/// A rule that a pack makes stricter for some texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Limited {
    rule: Rule,
    severity: Severity,
    /// The channels it looks at; empty for all.
    channels: Vec<Channel>,
    /// The objects it looks at; empty for all.
    objects: Vec<Object>,
    /// The stages it looks at; empty for all.
    stages: Vec<Stage>,
    /// The most characters, for rules about length.
    length: Option<u32>,
}

impl Limited {
    fn of(found: &GuardRule) -> Option<Self> {
        Some(Self {
            rule: Rule::from_code(&found.rule)?,
            severity: found.severity,
            channels: found.channels.iter().filter_map(|code| Channel::from_code(code)).collect(),
            objects: found.objects.iter().filter_map(|code| Object::from_code(code)).collect(),
            stages: found.stages.iter().filter_map(|code| Stage::from_code(code)).collect(),
            length: found.limit,
        })
    }

    fn is_limited(&self) -> bool {
        let everywhere = self.channels.is_empty() && self.objects.is_empty() && self.stages.is_empty();
        !everywhere || self.length.is_some()
    }

    /// Whether it looks at a draft. What is not known of one does not spare it.
    fn looks_at(&self, draft: &Draft<'_>) -> bool {
        fn among<T: PartialEq>(known: Option<T>, listed: &[T]) -> bool {
            listed.is_empty() || known.is_none_or(|known| listed.contains(&known))
        }
        among(draft.channel, &self.channels)
            && among(draft.object, &self.objects)
            && among(draft.stage, &self.stages)
    }
}

/// How much each rule weighs in one draft, looked up once.
#[derive(Debug, Clone)]
pub(super) struct Weights([Option<Severity>; Rule::COUNT]);

impl Weights {
    /// How much a rule weighs; none when it is off or cannot be broken there.
    pub(super) fn of(&self, rule: Rule) -> Option<Severity> {
        self.0[rule.index()]
    }
}

impl Default for Severities {
    fn default() -> Self {
        Self {
            raised: vec![None; Rule::COUNT],
            off: vec![false; Rule::COUNT],
            everywhere: vec![false; Rule::COUNT],
            limited: Vec::new(),
        }
    }
}

impl Severities {
    /// As strict as the packs in force are.
    #[must_use]
    pub fn by(packs: &Rules<'_>) -> Self {
        let mut severities = Self::default();
        severities.raise_by(packs);
        severities
    }

    /// Makes a rule at least this strict.
    pub fn raise(&mut self, rule: Rule, severity: Severity) {
        let kept = &mut self.raised[rule.index()];
        *kept = (*kept).max(Some(severity));
        self.off[rule.index()] = false;
    }

    /// Makes every rule at least as strict as the packs in force do, where they do: on the channels, objects and stages
    /// that they name, and by their length.
    pub fn raise_by(&mut self, packs: &Rules<'_>) {
        self.raise_each(packs.guards());
    }

    pub(super) fn raise_each<'a>(&mut self, guards: impl Iterator<Item = &'a GuardRule>) {
        for found in guards.filter_map(Limited::of) {
            if found.is_limited() {
                self.limited.push(found);
            } else {
                self.raise(found.rule, found.severity);
            }
        }
    }

    /// The most characters that packs allow a draft under a rule about length; none where they say nothing.
    pub(super) fn length(&self, rule: Rule, draft: &Draft<'_>) -> Option<u32> {
        self.limits(rule, draft).filter_map(|limited| limited.length).min()
    }

    fn limits(&self, rule: Rule, draft: &Draft<'_>) -> impl Iterator<Item = &Limited> {
        self.limited.iter().filter(move |limited| limited.rule == rule && limited.looks_at(draft))
    }

    /// Switches a rule off, which only a pack may do.
    pub fn switch_off(&mut self, rule: Rule) {
        self.off[rule.index()] = true;
    }

    /// Lets a rule of another platform or market count here too, as a shop may want it.
    pub fn switch_on(&mut self, rule: Rule) {
        self.off[rule.index()] = false;
        self.everywhere[rule.index()] = true;
    }

    /// How much a rule weighs on a platform, wherever it looks; none when it is off there.
    #[must_use]
    pub fn on(&self, rule: Rule, platform: Platform) -> Option<Severity> {
        let draft = Draft { platform: Some(platform), ..Draft::of_text("") };
        self.is_on(rule, &draft).then(|| self.at_least(rule, &draft))
    }

    /// How much a rule weighs in this draft; none when it is off or cannot be broken there.
    #[must_use]
    pub fn of(&self, rule: Rule, draft: &Draft<'_>) -> Option<Severity> {
        if !self.is_on(rule, draft) || !on_channel(rule, draft) {
            return None;
        }
        let limited = self.limits(rule, draft).map(|limited| limited.severity).max();
        let own = self.at_least(rule, draft);
        Some(limited.map_or(own, |limited| own.max(limited)))
    }

    fn is_on(&self, rule: Rule, draft: &Draft<'_>) -> bool {
        !self.off[rule.index()] && (self.everywhere[rule.index()] || on_platform(rule, draft))
    }

    fn at_least(&self, rule: Rule, draft: &Draft<'_>) -> Severity {
        let here = severity(rule, draft);
        self.raised[rule.index()].map_or(here, |raised| raised.max(here))
    }

    /// How much each rule weighs in a draft.
    pub(super) fn weights(&self, draft: &Draft<'_>) -> Weights {
        let mut weights = [None; Rule::COUNT];
        for rule in Rule::all() {
            weights[rule.index()] = self.of(rule, draft);
        }
        Weights(weights)
    }
}

/// How much a rule weighs in this draft, unless a pack or a shop is stricter.
fn severity(rule: Rule, draft: &Draft<'_>) -> Severity {
    // Asking for good reviews ends accounts on Amazon, eBay and Shopify; elsewhere a supervisor decides.
    if rule.index() + 1 == 14 {
        return match draft.platform {
            Some(Platform::Amazon(_) | Platform::Ebay | Platform::Shopify) => Severity::Block,
            _ => Severity::Hold,
        };
    }
    rule.about().severity
}
