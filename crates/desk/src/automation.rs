//! Automation 自动化: rules that act when something happens, and macros 宏, the same actions run by hand.
//!
//! What happens is queued in the transaction in which it happens (`pingxin_store::automation`). [`run_due`] takes it up,
//! asks the rules (`pingxin_domain::automation::decide`), and does what they say in one transaction with the note that it
//! was done: each rule runs once for each thing that happens, however many workers there are.

pub(crate) mod acting;
mod dry_run;
mod macros;
mod rules;
mod running;

pub(crate) use macros::mine as macro_of;

pub use dry_run::{DRY_RUN_DAYS, DryRow, DryRun, dry_run};
pub use macros::{
    MACRO_LIMIT, MacroView, create_macro, delete_macro, list_macros, restore_macro, update_macro,
};
pub use rules::{
    RULE_LIMIT, RuleView, create_rule, delete_rule, get_rules, restore_rule, runs, set_rule_order,
    update_rule,
};
pub use running::run_due;

use std::collections::HashMap;

use pingxin_domain::automation::{Act, Condition, Reference, RuleRefused};
use pingxin_domain::{MacroId, ProductId, Scope};
use pingxin_store::{StoreError, Tx, saved_macro};

use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::guard::gate;

/// What everybody's macros do.
type Macros = HashMap<MacroId, Vec<Act>>;

async fn shared_macros(tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Macros, StoreError> {
    let found = saved_macro::list(tx, scope, None).await?;
    Ok(found
        .into_iter()
        .filter(|saved| saved.owner.is_none())
        .map(|saved| (saved.id, saved.body.acts))
        .collect())
}

/// The actions with what macros do in their place.
fn expanded(acts: &[Act], macros: &Macros) -> Vec<Act> {
    acts.iter()
        .flat_map(|act| match act {
            Act::RunMacro { saved } => macros.get(saved).cloned().unwrap_or_default(),
            act => vec![act.clone()],
        })
        .collect()
}

/// The products that conditions name.
fn products(conditions: &[Condition]) -> Vec<ProductId> {
    let named = conditions.iter().flat_map(Condition::references);
    named.filter_map(|one| if let Reference::Product(id) = one { Some(id) } else { None }).collect()
}

/// What the guard stops can be no name and no text of an action.
async fn pass_texts(desk: &Desk, scope: &Scope, name: &str, acts: &[Act]) -> Result<()> {
    gate::refuse_blocked(desk, scope, name).await?;
    for text in acts.iter().filter_map(Act::text) {
        gate::refuse_blocked(desk, scope, text).await?;
    }
    Ok(())
}

fn refusal(why: RuleRefused) -> DeskError {
    let zh = match why {
        RuleRefused::Name => "名称需要 1 到 40 个字",
        RuleRefused::Conditions => "一条规则最多 20 个条件",
        RuleRefused::Values => "每个条件要选 1 到 50 项，关键词最长 60 个字",
        RuleRefused::Range => "范围的起点不能大于终点：星级 1 到 5，紧急程度 0 到 100",
        RuleRefused::Acts => "需要 1 到 10 个动作",
        RuleRefused::TwoOwners => "一张跟进单只能分给一处，请只留一个分配动作",
        RuleRefused::Text => "备注和任务内容需要 1 到 2000 个字",
        RuleRefused::Variable => "内容里有不认识的变量；可用 {{case}} {{shop}} {{order}} {{product}}",
        RuleRefused::Due => "任务期限在 1 到 720 小时之间",
        RuleRefused::Channel => "团队通知请选群机器人或 Webhook",
        RuleRefused::Nested => "宏里不能再运行宏",
        RuleRefused::Severity => "紧急程度在 0 到 100 之间",
        RuleRefused::Hourly => "每小时运行次数在 1 到 1000 之间",
    };
    DeskError::refused(zh, why.to_string())
}
