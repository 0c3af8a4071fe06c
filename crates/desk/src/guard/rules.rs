//! The rules of the guard for a shop: what each means, how severe it is there, and what the owner has made stricter.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::guard::{About as AboutRule, Example, Guard, Rule, Severities, Severity};
use pingxin_domain::pack::{Grade, Packs, Rules};
use pingxin_domain::{Action, Platform, Scope, ShopId};
use pingxin_store::guard_rule::{self, OwnRule};
use pingxin_store::shop::{self, Shop};
use pingxin_store::{StoreError, audit};
use serde_json::json;

use super::{SourceNote, in_force, sources_of};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A rule as it stands for a shop.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleView {
    /// What it says.
    pub about: &'static AboutRule,
    /// How well it is known.
    pub grade: Grade,
    /// Its sources.
    pub sources: Vec<SourceNote>,
    /// How severe platform and law make it; none where they do not ask for it.
    pub base: Option<Severity>,
    /// How severe it is here; none when it is off.
    pub severity: Option<Severity>,
    /// What the shop has set.
    pub own: Option<OwnRule>,
    /// Texts that break it.
    pub fails: Vec<&'static Example>,
    /// Texts near to them that do not.
    pub passes: Vec<&'static Example>,
}

/// Makes severities as strict as a shop wants them.
pub fn tighten(severities: &mut Severities, own: &[OwnRule]) {
    for set in own {
        if set.switched_on {
            severities.switch_on(set.rule);
        }
        if let Some(severity) = set.severity {
            severities.raise(set.rule, severity);
        }
    }
}

/// How severe each rule is for a shop: by the packs in force on its day, and what it has made stricter itself.
pub(crate) fn severities_of(packs: &Packs, shop: &Shop, own: &[OwnRule], now: Timestamp) -> Severities {
    let mut severities = Severities::by(&in_force(packs, Some(shop.platform), Some(shop.zone()), now));
    tighten(&mut severities, own);
    severities
}

/// How well a rule is known: as the packs in force say, else by the best page that its sources are.
pub(crate) fn grade(packs: &Packs, rules: &Rules<'_>, rule: Rule) -> Grade {
    if let Some(known) = rules.guard(&rule.to_string()) {
        return known.record.grade;
    }
    let kinds = rule.about().source.iter().filter_map(|source| packs.source(&source.key)?.text("kind"));
    kinds
        .map(|kind| match kind {
            "statute" | "regulator" | "official-help" | "official-api" => Grade::A,
            "house" => Grade::N,
            _ => Grade::C,
        })
        .min()
        .unwrap_or(Grade::N)
}

/// Every rule as it stands for a shop, or for a platform, or for none.
///
/// # Errors
/// [`DeskError::NotFound`] for a shop outside the scope; [`DeskError::Forbidden`].
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    of: Option<ShopId>,
    platform: Option<Platform>,
) -> Result<Vec<RuleView>> {
    allow(scope, Action::ReadReviews)?;
    let (platform, zone, own) = match of {
        Some(id) => {
            let found = desk
                .store
                .read(|tx| {
                    Box::pin(async move {
                        let Some(found) = shop::find(tx, scope, id).await? else { return Ok(None) };
                        Ok(Some((found, guard_rule::list(tx, scope, id).await?)))
                    })
                })
                .await?;
            let (found, own) = found.ok_or(DeskError::NotFound)?;
            (Some(found.platform), Some(found.zone()), own)
        }
        None => (platform, None, Vec::new()),
    };
    let engine = desk.engine();
    let packs = engine.packs();
    let rules = in_force(packs, platform, zone, desk.store.clock().now());
    let base = Severities::by(&rules);
    let mut here = base.clone();
    tighten(&mut here, &own);
    let mut examples = examples();
    let severity = |of: &Severities, rule: Rule| match platform {
        Some(platform) => of.on(rule, platform),
        None => Some(rule.about().severity),
    };
    Ok(Rule::all()
        .map(|rule| {
            let (fails, passes) = examples.remove(&rule).unwrap_or_default();
            let about = rule.about();
            RuleView {
                about,
                grade: grade(packs, &rules, rule),
                sources: sources_of(packs, &rules, &about.source),
                base: severity(&base, rule),
                severity: severity(&here, rule),
                own: own.iter().find(|set| set.rule == rule).cloned(),
                fails,
                passes,
            }
        })
        .collect())
}

/// Texts that break a rule, and texts near to them that do not.
fn examples() -> HashMap<Rule, (Vec<&'static Example>, Vec<&'static Example>)> {
    let mut examples: HashMap<Rule, (Vec<_>, Vec<_>)> = HashMap::new();
    for example in Guard::detectors().examples() {
        let (fails, passes) = examples.entry(example.rule).or_default();
        if example.holds { fails } else { passes }.push(example);
    }
    examples
}

/// Makes a rule stricter for a shop, or leaves it to platform and law again. It can never be loosened.
///
/// # Errors
/// [`DeskError::Refused`] for what would be looser; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn set(
    desk: &Desk,
    scope: &Scope,
    of: ShopId,
    rule: Rule,
    severity: Option<Severity>,
    switched_on: bool,
) -> Result<RuleView> {
    allow(scope, Action::ManageGuard)?;
    // The answer shows the rule.
    let before = list(desk, scope, Some(of), None).await?;
    let known = before.iter().find(|view| view.about.rule == rule).ok_or(DeskError::NotFound)?;
    let switched_on = switched_on && known.base.is_none();
    let least = known.base.or(switched_on.then_some(rule.about().severity));
    match (severity, least) {
        (Some(_), None) => {
            return Err(DeskError::refused(
                "这条规则在这家店没有启用，请先启用",
                "this rule is off for this shop; switch it on first",
            ));
        }
        (Some(asked), Some(least)) if asked < least => {
            return Err(DeskError::refused(
                "只能比平台和法律更严，不能放宽",
                "a shop may only be stricter than platform and law, never looser",
            ));
        }
        _ => {}
    }
    let severity = severity.filter(|asked| Some(*asked) > least);
    desk.store
        .write(|tx| {
            Box::pin(async move {
                shop::find(tx, scope, of).await?.ok_or(StoreError::NotFound { what: "shop" })?;
                guard_rule::put(tx, scope, of, rule, severity, switched_on).await?;
                let detail = json!({ "rule": rule, "severity": severity, "on": switched_on });
                audit::append(tx, scope, "guard.rule", "shop", &of.to_string(), &detail).await
            })
        })
        .await?;
    let after = list(desk, scope, Some(of), None).await?;
    after.into_iter().find(|view| view.about.rule == rule).ok_or(DeskError::NotFound)
}
