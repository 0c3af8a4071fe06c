//! Texts that people say the guard is wrong about. They are kept, and `pingxin model train --guard` learns from them; what
//! a block says is never loosened by them.

use pingxin_domain::guard::{Severity, Verdict};
use pingxin_domain::{Action, AlarmId, Scope};
use pingxin_store::audit;
use pingxin_store::guard_alarm::{self, Alarm};
use serde_json::json;

use super::{About, Asked, around, judged};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// What was kept of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// Its id.
    pub id: AlarmId,
    /// Whether the guard will learn from it: never where it blocks.
    pub teaches: bool,
}

/// Notes that a text may be sent, whatever the guard says.
///
/// # Errors
/// [`DeskError::Refused`] for a text that nothing is found in; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn mark(desk: &Desk, scope: &Scope, asked: &Asked) -> Result<Marked> {
    allow(scope, Action::HandleCases)?;
    let around = around::look(desk, scope, asked.about).await?;
    let checked = judged(desk, scope, asked, around.as_ref()).await?;
    let severity = match checked.verdict {
        Verdict::Allow => {
            return Err(DeskError::refused(
                "这段话没有检查出问题，不需要标记",
                "nothing was found in this text, so there is nothing to mark",
            ));
        }
        Verdict::Warn => Severity::Warn,
        Verdict::Hold => Severity::Hold,
        Verdict::Block => Severity::Block,
    };
    let alarm = &Alarm {
        shop: around.as_ref().map(|around| around.shop.id),
        platform: around.as_ref().map(|around| around.shop.platform).or(asked.platform),
        channel: asked.channel,
        object: asked.object,
        stage: checked.stage,
        severity,
        rules: checked.findings.iter().map(|noted| noted.finding.rule).collect(),
        text: asked.text.clone(),
    };
    let id = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let id = guard_alarm::add(tx, scope, alarm).await?;
                let rules: Vec<String> = alarm.rules.iter().map(ToString::to_string).collect();
                let detail = json!({ "rules": rules, "severity": alarm.severity });
                let (kind, subject) = match asked.about {
                    About::Case(case) => ("case", case.to_string()),
                    _ => ("guard", id.to_string()),
                };
                audit::append(tx, scope, "guard.alarm", kind, &subject, &detail).await?;
                Ok(id)
            })
        })
        .await?;
    Ok(Marked { id, teaches: severity < Severity::Block })
}

/// The texts that the learnt layer may learn from: marked ones that nothing blocks.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn to_learn_from(desk: &Desk, scope: &Scope) -> Result<Vec<Alarm>> {
    allow(scope, Action::HandleCases)?;
    let all = desk.store.read(|tx| Box::pin(async move { guard_alarm::list(tx, scope).await })).await?;
    Ok(all.into_iter().map(|(alarm, _)| alarm).filter(|alarm| alarm.severity < Severity::Block).collect())
}
