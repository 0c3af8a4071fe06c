//! Answers to good reviews: proposed from varied scripts, checked by the guard, kept.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use pingxin_domain::guard::{Channel, Verdict};
use pingxin_domain::script::{self, Script, ScriptFacts};
use pingxin_domain::thanks::{MOST_AT_ONCE, may_thank, vary};
use pingxin_domain::{Action, ReviewId, Say, Scope};
use pingxin_store::review::{self, ReviewRow};
use pingxin_store::thanks::{self, NewThanks};
use pingxin_store::{StoreError, Tx, audit, shop};
use serde_json::json;

use super::{Rule, refusal, since};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::scripts::{self, LibraryFilter};
use crate::written;

/// Longest answer where the platform sets no limit of its own, in characters.
const LIMIT: usize = 500;

/// An answer that could be given, or why none.
#[derive(Debug)]
pub struct Proposal {
    /// To this review.
    pub review: ReviewId,
    /// The words and the key of their script.
    pub answer: std::result::Result<(String, String), DeskError>,
    /// The longest answer, in characters.
    pub limit: usize,
}

/// An answer to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// To this review.
    pub review: ReviewId,
    /// The words.
    pub text: String,
    /// The key of the script they were made from.
    pub script: Option<String>,
}

/// What became of an answer.
#[derive(Debug)]
pub struct Written {
    /// To this review.
    pub review: ReviewId,
    /// Kept, or why not.
    pub result: Result<()>,
}

/// A review with what decides about its answer.
struct Asked {
    row: ReviewRow,
    rule: Rule,
    is_written: bool,
}

async fn find(
    desk: &Desk,
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ReviewId,
) -> std::result::Result<Option<Asked>, StoreError> {
    let Some(detail) = review::get(tx, scope, id).await? else { return Ok(None) };
    let Some(shop) = shop::find(tx, scope, detail.row.shop.id).await? else { return Ok(None) };
    let is_written = thanks::is_written(tx, scope, id).await?;
    let now = tx.now();
    Ok(Some(Asked { row: detail.row, rule: Rule::of(desk, shop, now), is_written }))
}

impl Asked {
    fn may(&self, now: Timestamp) -> Result<()> {
        let praise = self.rule.praise(&self.row, self.is_written, now);
        may_thank(&praise, self.rule.reply.as_ref(), now).map_err(refusal)
    }

    fn limit(&self) -> usize {
        let own = self.rule.reply.as_ref().and_then(|reply| reply.max);
        own.map_or(LIMIT, |most| usize::try_from(most).unwrap_or(LIMIT))
    }

    /// The text of a script with what is known of the review; none where it asks for more. Photos are thanked for where there
    /// are some.
    fn text(&self, script: &Script) -> Option<String> {
        if script.key == PHOTOS && self.row.photos == 0 {
            return None;
        }
        let language = scripts::language_of(self.row.language, self.rule.shop.platform);
        let facts = ScriptFacts {
            shop: Some(self.rule.shop.name.clone()),
            platform: Some(self.rule.shop.platform),
            product: self.row.product_title.clone(),
            ..ScriptFacts::default()
        };
        script::fill(script.texts.of(language)?, &script::known(&facts, language)).ok()
    }
}

/// The script that thanks for photos.
const PHOTOS: &str = "thanks.public.photos";

/// Proposes an answer to each of some good reviews, each from another script than the one before, in the language of the
/// review. Nothing is kept.
///
/// # Errors
/// [`DeskError::Refused`] for too many at once; [`DeskError::Forbidden`]; [`DeskError::NotFound`] for a review outside the
/// scope.
pub async fn propose(desk: &Desk, scope: &Scope, reviews: &[ReviewId]) -> Result<Vec<Proposal>> {
    allow(scope, Action::HandleCases)?;
    not_too_many(reviews.len())?;
    let library = scripts::library(desk, scope, &LibraryFilter::default()).await?;
    let ours: Vec<Script> = library
        .into_iter()
        .filter(|entry| entry.is_usable() && entry.script.is_public_thanks())
        .map(|entry| entry.script)
        .collect();
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let mut all = Vec::with_capacity(reviews.len());
            for &id in reviews {
                all.push(find(desk, tx, scope, id).await?.ok_or(StoreError::NotFound { what: "review" })?);
            }
            let now = tx.now();
            Ok((all, thanks::used(tx, scope, since(now)).await?))
        })
    });
    let (all, mut used) = found.await?;
    let now = desk.store.clock().now();
    let mut before: Option<String> = None;
    let mut proposals = Vec::with_capacity(all.len());
    for asked in &all {
        let answer = asked.may(now).and_then(|()| {
            next(asked, &ours, &mut used, &mut before).ok_or_else(|| {
                DeskError::refused("没有合适的话术，请自己写", "no script fits; write it yourself")
            })
        });
        proposals.push(Proposal { review: asked.row.id, answer, limit: asked.limit() });
    }
    Ok(proposals)
}

fn next(
    asked: &Asked,
    ours: &[Script],
    used: &mut BTreeMap<String, u64>,
    before: &mut Option<String>,
) -> Option<(String, String)> {
    let platform = asked.rule.shop.platform;
    let fitting: Vec<&Script> =
        ours.iter().filter(|script| script.fits(platform) && asked.text(script).is_some()).collect();
    let chosen = vary(&fitting, used, before.as_deref())?;
    *used.entry(chosen.key.clone()).or_insert(0) += 1;
    *before = Some(chosen.key.clone());
    Some((asked.text(chosen)?, chosen.key.clone()))
}

fn not_too_many(many: usize) -> Result<()> {
    if many == 0 || many > MOST_AT_ONCE {
        return Err(DeskError::refused(
            format!("一次 1 到 {MOST_AT_ONCE} 条"),
            format!("1 to {MOST_AT_ONCE} at once"),
        ));
    }
    Ok(())
}

/// Keeps answers, each for itself: one that the guard stops or that came too late stops no other.
///
/// # Errors
/// [`DeskError::Refused`] for too many at once or one review twice; [`DeskError::Forbidden`].
pub async fn write(desk: &Desk, scope: &Scope, answers: &[Answer]) -> Result<Vec<Written>> {
    allow(scope, Action::HandleCases)?;
    not_too_many(answers.len())?;
    let mut seen = HashSet::new();
    if !answers.iter().all(|answer| seen.insert(answer.review)) {
        return Err(DeskError::refused("同一条评价出现了两次", "a review is named twice"));
    }
    let mut all = Vec::with_capacity(answers.len());
    for answer in answers {
        let result = match write_one(desk, scope, answer).await {
            // What cannot be said of one answer ends them all; what was kept before stays.
            Err(error @ DeskError::Store(_)) => return Err(error),
            result => result,
        };
        all.push(Written { review: answer.review, result });
    }
    Ok(all)
}

async fn write_one(desk: &Desk, scope: &Scope, answer: &Answer) -> Result<()> {
    let id = answer.review;
    let found = desk.store.read(|tx| Box::pin(async move { find(desk, tx, scope, id).await }));
    let asked = found.await?.ok_or(DeskError::NotFound)?;
    asked.may(desk.store.clock().now())?;
    let text = written::within(&answer.text, asked.limit(), ["回复", "an answer has"])?;
    scripts::nothing_is_open(text)?;
    let looked = gate::pass(desk, scope, About::Review(id), Channel::PublicReply, text).await?;
    if looked.checked.verdict == Verdict::Hold {
        let why: Say = looked.checked.say();
        return Err(DeskError::refused(
            format!("这句话要主管先看，请换个说法：{}", why.zh),
            format!("a supervisor would have to see this first; say it otherwise: {}", why.en),
        ));
    }
    let (place, script) = (asked.row.shop.id, answer.script.as_deref());
    let kept = desk.store.write(|tx| {
        Box::pin(async move {
            // Looked at again where nothing can change any more.
            let Some(again) = find(desk, tx, scope, id).await? else { return Ok(Err(DeskError::NotFound)) };
            if let Err(refused) = again.may(tx.now()) {
                return Ok(Err(refused));
            }
            thanks::add(tx, scope, &NewThanks { review: id, shop: place, text, script }).await?;
            let detail = json!({ "script": script });
            audit::append(tx, scope, "thanks.write", "review", &id.to_string(), &detail).await?;
            Ok(Ok(()))
        })
    });
    match kept.await {
        Err(StoreError::Conflict { what: "thanks" }) => {
            Err(refusal(pingxin_domain::thanks::NoThanks::Answered))
        }
        other => other?,
    }
}

/// Takes an answer back that was not put up, or not as it stands here: the review waits again.
///
/// # Errors
/// [`DeskError::Refused`] where there is none; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn take_back(desk: &Desk, scope: &Scope, id: ReviewId) -> Result<()> {
    allow(scope, Action::HandleCases)?;
    let taken = desk.store.write(|tx| {
        Box::pin(async move {
            review::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "review" })?;
            match thanks::take_back(tx, scope, id).await {
                Err(StoreError::NotFound { .. }) => return Ok(false),
                other => other?,
            }
            audit::append(tx, scope, "thanks.take_back", "review", &id.to_string(), &json!({})).await?;
            Ok(true)
        })
    });
    if !taken.await? {
        return Err(DeskError::refused("没有可撤回的回复", "there is no answer to take back"));
    }
    Ok(())
}
