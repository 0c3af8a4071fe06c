//! Keeps the index of removable reviews up to date: reviews of open cases are judged again when something was imported
//! into their shop, and once a day, as days pass and packs change.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::Scope;
use pingxin_store::removal::{self, Finding, WalkedTo};

use crate::desk::Desk;
use crate::error::Result;
use crate::{standing, tenants};

/// Reviews older than this are not looked at: the longest window of any pack for a request is 90 days.
const YOUNG: SignedDuration = SignedDuration::from_hours(120 * 24);
/// How long a finding is good when nothing new has come in.
const FRESH: SignedDuration = SignedDuration::from_hours(20);
/// How often open cases are walked when nothing new has come in.
const WALK_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Reviews of one transaction.
const CHUNK: u32 = 100;

/// When open cases were last walked, and the last import there was then.
#[derive(Debug, Clone, Copy)]
pub struct Walked {
    at: Timestamp,
    import: Option<Timestamp>,
}

/// Judges what has to be judged again, of every merchant; answers how many reviews that were. `walked` is kept between
/// calls and spares walks that could find nothing; `go_on` is asked between two steps.
///
/// # Errors
/// When the database does not answer; what was judged before stays.
pub async fn catch_up(desk: &Desk, walked: &mut Option<Walked>, go_on: impl Fn() -> bool) -> Result<u64> {
    let now = desk.store.clock().now();
    let import = desk.store.read(|tx| Box::pin(removal::last_import(tx))).await?;
    if walked.is_some_and(|walked| walked.import == import && now.duration_since(walked.at) < WALK_EVERY) {
        return Ok(0);
    }
    let mut judged = 0;
    for tenant in tenants::all(desk).await? {
        let scope = Scope::system(tenant.id);
        let mut place = Some(WalkedTo::instant(now.checked_sub(YOUNG).unwrap_or(Timestamp::MIN)));
        while let Some(walked) = place {
            if !go_on() {
                return Ok(judged);
            }
            let many;
            (many, place) = step(desk, &scope, walked).await?;
            judged += many;
        }
    }
    *walked = Some(Walked { at: now, import });
    Ok(judged)
}

/// Judges the next reviews; answers how many, and how far the walk has come unless it is at its end.
async fn step(desk: &Desk, scope: &Scope, walked: WalkedTo) -> Result<(u64, Option<WalkedTo>)> {
    let now = desk.store.clock().now();
    let before = now.checked_sub(FRESH).unwrap_or(Timestamp::MIN);
    let outdated = desk
        .store
        .read(|tx| Box::pin(async move { removal::outdated(tx, scope, walked, before, CHUNK).await }))
        .await?;
    let (outdated, engine) = (outdated.as_slice(), &desk.engine());
    let findings: Vec<Finding> = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut findings = Vec::with_capacity(outdated.len());
                for (id, _) in outdated {
                    let gathered = standing::gather(tx, scope, *id).await?;
                    findings.extend(gathered.map(|gathered| gathered.finding(engine, now)));
                }
                Ok(findings)
            })
        })
        .await?;
    let findings = findings.as_slice();
    desk.store.write(|tx| Box::pin(async move { removal::keep_findings(tx, scope, findings).await })).await?;
    let full = outdated.len() == CHUNK as usize;
    Ok((findings.len() as u64, outdated.last().filter(|_| full).map(|(_, walked)| *walked)))
}
