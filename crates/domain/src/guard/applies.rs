//! Where a rule applies at all, and how much it weighs there.

use super::draft::{Channel, Class, Draft};
use super::rule::Rule;
use super::severity::Severity;
use crate::pack::Rules;
use crate::shop::{Object, Platform};

/// Whether a rule can be broken by this draft, whatever its words.
pub(super) fn applies(rule: Rule, draft: &Draft<'_>) -> bool {
    let own_site = matches!(draft.platform, None | Some(Platform::OwnShop | Platform::Shopify));
    match rule.index() + 1 {
        3 => draft.on_amazon() || draft.platform == Some(Platform::Shopify),
        7 => draft.on_amazon() && draft.object.is_none_or(|object| object == Object::ProductReview),
        22 | 45 => draft.by(&[Channel::PublicReply]),
        41 | 43 | 44 => draft.channel.is_none_or(|channel| {
            matches!(channel, Channel::PublicReply | Channel::SocialPost)
                || rule.index() + 1 != 44 && matches!(channel, Channel::Chat | Channel::PlatformMessage)
        }),
        28..=34 | 54 => {
            draft.on_amazon()
                && draft.channel.is_none_or(|channel| {
                    matches!(
                        channel,
                        Channel::PlatformMessage | Channel::Invitation | Channel::Email | Channel::Chat
                    )
                })
        }
        35 => draft.on_amazon(),
        59 => draft.facts.class == Some(Class::Service),
        49..=51 => draft.in_china(),
        58 => draft.by(&[Channel::Sms]),
        61 | 62 | 64 | 65 => own_site || draft.by(&[Channel::ModerationConfig]),
        _ => true,
    }
}

/// Which rules are on and how much each weighs: what packs and shops say. A shop can only be stricter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severities {
    of: Vec<Option<Severity>>,
}

impl Default for Severities {
    fn default() -> Self {
        Self { of: Rule::all().map(|rule| Some(rule.about().severity)).collect() }
    }
}

impl Severities {
    /// Makes a rule at least this strict.
    pub fn raise(&mut self, rule: Rule, severity: Severity) {
        let kept = &mut self.of[rule.index()];
        *kept = (*kept).max(Some(severity));
    }

    /// Makes every rule at least as strict as the packs in force do.
    pub fn raise_by(&mut self, packs: &Rules<'_>) {
        for rule in Rule::all() {
            if let Some(found) = packs.guard(&rule.to_string()) {
                self.raise(rule, found.severity);
            }
        }
    }

    /// Switches a rule off, which only a pack may do.
    pub fn switch_off(&mut self, rule: Rule) {
        self.of[rule.index()] = None;
    }

    /// How much a rule weighs in this draft; none when it is off or cannot be broken there.
    #[must_use]
    pub fn of(&self, rule: Rule, draft: &Draft<'_>) -> Option<Severity> {
        let own = self.of[rule.index()].filter(|_| applies(rule, draft))?;
        Some(if own > rule.about().severity { own } else { severity(rule, draft) })
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
