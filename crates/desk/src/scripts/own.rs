//! A merchant's own scripts: saved through the guard, version by version; put away and taken out again.

use jiff::tz::TimeZone;
use pingxin_domain::guard::{self, Finding, HoldRefused, HoldState, Severities, Verdict};
use pingxin_domain::script::{self, CHECKED, Offence, OwnRefused, Script, TextRefused, Texts, VersionState};
use pingxin_domain::{Action, Platform, Scope, ScriptId};
use pingxin_store::script::{self as stored, Version};
use pingxin_store::{audit, guard_rule, shop, tenant};
use serde_json::json;

use super::{Entry, get};
use crate::desk::{Desk, allow, aside};
use crate::error::{DeskError, Result};
use crate::guard::holds::REASON_LIMIT;
use crate::guard::rules::severities_of;
use crate::guard::{About, Checked, gate, in_force, note};
use crate::written;

/// Scripts of a merchant's own at most.
const MOST: u64 = 500;

/// Keeps a script: a new one without an id, else a new version. What the guard would hold waits for a second person, and
/// the version before it stays in use.
///
/// # Errors
/// [`DeskError::Refused`] for what is no script, one too many, or one that is put away; [`DeskError::Blocked`] for what
/// nobody may send; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn save(desk: &Desk, scope: &Scope, id: Option<ScriptId>, script: Script) -> Result<Entry> {
    allow(scope, Action::ManageScripts)?;
    let script = tidied(script);
    script.may_be_kept().map_err(|refused| refusal(&refused))?;
    gate::refuse_blocked(desk, scope, &format!("{} / {}", script.title.zh, script.title.en)).await?;
    let (state, findings) = checked(desk, scope, &script).await?;
    let (script, findings) = (&script, findings.as_slice());
    let saved = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let (id, newest) = match id {
                    Some(id) => {
                        let head = stored::lock(tx, scope, id).await?;
                        if head.is_archived {
                            return Ok(Err(put_away()));
                        }
                        (id, head.newest)
                    }
                    None if stored::count(tx, scope).await? >= MOST => return Ok(Err(too_many())),
                    None => (stored::create(tx, scope).await?, 0),
                };
                let number = stored::add_version(tx, scope, id, newest, script, state, findings).await?;
                let rules: Vec<String> = findings.iter().map(|finding| finding.rule.to_string()).collect();
                let detail = json!({ "version": number, "state": state, "rules": rules });
                audit::append(tx, scope, "script.save", "script", &id.to_string(), &detail).await?;
                Ok(Ok(id))
            })
        })
        .await??;
    get(desk, scope, &saved.to_string()).await
}

/// Without the blanks around its words; a text of blanks is none. The key is given by the desk.
fn tidied(mut script: Script) -> Script {
    let plain =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    script.texts = Texts { zh: plain(script.texts.zh), en: plain(script.texts.en) };
    script.title.zh = script.title.zh.trim().to_owned();
    script.title.en = script.title.en.trim().to_owned();
    script.key = String::new();
    script
}

/// What the guard says of a script in the merchant's shops, as strict as they are.
async fn checked(desk: &Desk, scope: &Scope, script: &Script) -> Result<(VersionState, Vec<Finding>)> {
    let shops = desk.store.read(|tx| {
        Box::pin(async move {
            let mut with_rules = Vec::new();
            for shop in shop::list(tx, scope).await? {
                let own = guard_rule::list(tx, scope, shop.id).await?;
                with_rules.push((shop, own));
            }
            Ok(with_rules)
        })
    });
    let shops = shops.await?;
    let (engine, now) = (desk.engine(), desk.store.clock().now());
    let packs = engine.packs();
    let mut places: Vec<(Platform, Severities)> = shops
        .iter()
        .filter(|(shop, _)| script.fits(shop.platform))
        .map(|(shop, own)| (shop.platform, severities_of(packs, shop, own, now)))
        .collect();
    places.dedup();
    if places.is_empty() {
        places = script::places(packs, now.to_zoned(TimeZone::UTC).date(), &CHECKED);
    }
    let guard = desk.guard_of(scope).await?;
    let of = script.clone();
    // A script in two languages, on many platforms and channels, is many texts.
    let offences = aside("checking a script", move || of.offences(&guard, &places)).await?;
    let Some(worst) = offences.into_iter().max_by_key(|offence| offence.check.verdict) else {
        return Ok((VersionState::Kept, Vec::new()));
    };
    let Offence { platform, check, .. } = worst;
    if check.verdict == Verdict::Block {
        let of_platform = shops.iter().find(|(shop, _)| shop.platform == platform);
        let zone = of_platform.map(|(shop, _)| shop.zone());
        let rules = in_force(packs, Some(platform), zone, now);
        let findings = note(&check, packs, &rules, vec![None; check.findings.len()]);
        let stopped =
            Checked { verdict: check.verdict, findings, rewrite: None, stage: None, remembered: None };
        gate::note_block(desk, scope, About::Nothing, None, &stopped).await?;
        return Err(DeskError::Blocked(Box::new(stopped)));
    }
    let waits = check.verdict == Verdict::Hold;
    Ok((if waits { VersionState::Waiting } else { VersionState::Kept }, check.findings))
}

/// Every version of a script, the newest first.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn versions(desk: &Desk, scope: &Scope, id: ScriptId) -> Result<Vec<Version>> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| Box::pin(async move { stored::versions(tx, scope, id).await })).await?;
    if found.is_empty() { Err(DeskError::NotFound) } else { Ok(found) }
}

/// Makes an older version the newest, through the guard as it is today.
///
/// # Errors
/// As [`save`].
pub async fn restore(desk: &Desk, scope: &Scope, id: ScriptId, number: u32) -> Result<Entry> {
    allow(scope, Action::ManageScripts)?;
    let all = versions(desk, scope, id).await?;
    let found = all.into_iter().find(|version| version.number == number).ok_or(DeskError::NotFound)?;
    save(desk, scope, Some(id), found.script).await
}

/// Lets a version that waits be used, or sends it back.
///
/// # Errors
/// [`DeskError::Refused`] without a reason, for one's own version, or for one that waits no more; [`DeskError::Blocked`]
/// when the rules have become stricter, or for a reason that nobody may write; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn decide(
    desk: &Desk,
    scope: &Scope,
    id: ScriptId,
    number: u32,
    passes: bool,
    reason: &str,
) -> Result<Entry> {
    allow(scope, Action::ReviewTexts)?;
    let all = versions(desk, scope, id).await?;
    let found = all.into_iter().find(|version| version.number == number).ok_or(DeskError::NotFound)?;
    let reason = written::within(reason, REASON_LIMIT, ["理由", "a reason has"])?;
    gate::refuse_blocked(desk, scope, reason).await?;
    if passes && found.state == VersionState::Waiting {
        // Rules may have become stricter while it waited; a block has no override.
        checked(desk, scope, &found.script).await?;
    }
    let author = found.written_by.map(|author| author.id);
    let decided = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                stored::lock(tx, scope, id).await?;
                let waits = found.state == VersionState::Waiting;
                let state = if waits { HoldState::Waiting } else { HoldState::Released };
                let solo = tenant::find(tx, scope.tenant).await?.is_some_and(|tenant| tenant.solo);
                let alone = match guard::decide(state, author, scope.user(), scope.role, solo) {
                    Ok(decided) => decided.alone,
                    // Whoever takes his own text back harms nobody.
                    Err(HoldRefused::Own) if !passes => false,
                    Err(refused) => return Ok(Err(refused)),
                };
                let to = if passes { VersionState::Kept } else { VersionState::Refused };
                stored::decide(tx, scope, id, number, to, reason).await?;
                let detail = json!({ "version": number, "alone": alone });
                let action = if passes { "script.release" } else { "script.refuse" };
                audit::append(tx, scope, action, "script", &id.to_string(), &detail).await?;
                Ok(Ok(()))
            })
        })
        .await?;
    decided.map_err(|refused| match refused {
        HoldRefused::Over => DeskError::refused("这个版本已经处理过了", refused.to_string()),
        HoldRefused::Own => DeskError::refused(
            "自己写的话术不能自己放行，请另一位主管处理；一人店铺可在「设置 → 商家」打开单人模式",
            "nobody lets his own script pass: ask another supervisor; a one-person shop turns on solo mode in the settings",
        ),
    })?;
    get(desk, scope, &id.to_string()).await
}

/// Puts a script away, or takes it out again.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn archive(desk: &Desk, scope: &Scope, id: ScriptId, archived: bool) -> Result<Entry> {
    allow(scope, Action::ManageScripts)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                if stored::lock(tx, scope, id).await?.is_archived == archived {
                    return Ok(());
                }
                stored::set_archived(tx, scope, id, archived).await?;
                let action = if archived { "script.archive" } else { "script.unarchive" };
                audit::append(tx, scope, action, "script", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    get(desk, scope, &id.to_string()).await
}

fn put_away() -> DeskError {
    DeskError::refused("这条话术已归档，请先恢复再修改", "this script is archived; restore it first")
}

fn too_many() -> DeskError {
    DeskError::refused(
        format!("自己的话术最多 {MOST} 条，请先归档不用的"),
        format!("there are {MOST} scripts of your own already; archive some first"),
    )
}

/// What is wrong with the form of a script, for its writer.
fn refusal(refused: &OwnRefused) -> DeskError {
    let zh = match refused {
        OwnRefused::Title => "名称需要 1 到 60 个字，中英文都要".to_owned(),
        OwnRefused::NoText => "至少写一种语言的正文".to_owned(),
        OwnRefused::TooLong => "正文最多 2000 个字".to_owned(),
        OwnRefused::NoWay => "至少选一个发送渠道".to_owned(),
        OwnRefused::NotOut(channel) => format!("渠道 {channel} 不发给买家"),
        OwnRefused::TooMany => "正文最多 20 个变量".to_owned(),
        OwnRefused::Private(name) => format!("公开回复人人可见，不能出现变量 {name}"),
        OwnRefused::Text(text) => text_refusal(text),
    };
    DeskError::refused(zh, refused.to_string())
}

/// What is wrong between braces.
pub(super) fn text_refusal(refused: &TextRefused) -> String {
    match refused {
        TextRefused::Unpaired => "{{ 和 }} 要成对出现".to_owned(),
        TextRefused::NoName(name) => format!("变量名「{name}」不对：用小写字母、数字和下划线，字母开头"),
        TextRefused::Order => "正文里不能有 {% 或 {#".to_owned(),
    }
}
