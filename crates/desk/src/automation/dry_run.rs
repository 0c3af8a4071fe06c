//! What a rule would have done lately; nothing is changed.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::automation::{Act, Rule, would_match};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, CaseId, ReviewId, Scope};
use pingxin_store::automation::{self, Subject};

use super::acting::with_text;
use super::{expanded, rules, shared_macros};
use crate::desk::{Desk, allow};
use crate::error::Result;

/// So many days are looked back.
pub const DRY_RUN_DAYS: i64 = 30;
/// Things that are looked at at most.
const LOOKED: u32 = 2_000;
/// Things that are shown at most.
const SHOWN: usize = 100;

/// What a rule would have done.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// Things that happened and were looked at.
    pub looked: u64,
    /// Whether more happened than were looked at.
    pub capped: bool,
    /// Those for which it would have run.
    pub matched: u64,
    /// The last of them, at most 100.
    pub rows: Vec<DryRow>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct DryRow {
    /// The case or review, as it stands now; personal data is masked.
    pub subject: Subject,
    /// When it happened.
    pub at: Timestamp,
    /// What would have been done.
    pub acts: Vec<Act>,
}

/// Looks for which cases of the last 30 days a rule would have run, as they stand now. Nothing is changed.
///
/// # Errors
/// As for keeping the rule.
pub async fn dry_run(desk: &Desk, scope: &Scope, rule: &Rule) -> Result<DryRun> {
    allow(scope, Action::ManageAutomation)?;
    rules::check(desk, scope, rule).await?;
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let since = now.checked_sub(SignedDuration::from_hours(24 * DRY_RUN_DAYS)).unwrap_or(now);
            let happened = automation::recent(tx, scope, rule.when, since, LOOKED).await?;
            let cases: Vec<CaseId> = happened.iter().filter_map(|one| one.case).collect();
            let reviews: Vec<ReviewId> = happened.iter().filter_map(|one| one.review).collect();
            let subjects = automation::subjects(tx, scope, &cases, &reviews).await?;
            Ok((happened, subjects, shared_macros(tx, scope).await?))
        })
    });
    let (happened, subjects, macros) = read.await?;
    let acts = expanded(&rule.acts, &macros);
    let mut of_cases: HashMap<CaseId, &Subject> = HashMap::new();
    let mut of_reviews: HashMap<ReviewId, &Subject> = HashMap::new();
    for subject in &subjects {
        if let Some(case) = subject.case {
            of_cases.insert(case, subject);
        }
        if let Some(review) = subject.review {
            of_reviews.insert(review, subject);
        }
    }
    let looked = happened.len() as u64;
    let mut rows = Vec::new();
    let mut matched = 0;
    for one in &happened {
        let of_case = one.case.and_then(|case| of_cases.get(&case));
        let subject = of_case.or_else(|| one.review.and_then(|review| of_reviews.get(&review)));
        let Some(subject) = subject.filter(|subject| would_match(rule, &subject.seen).is_some()) else {
            continue;
        };
        matched += 1;
        if rows.len() < SHOWN {
            let acts = acts.iter().map(|act| with_text(act, subject)).collect();
            let mut subject: Subject = (*subject).clone();
            subject.seen.words = mask_text(&subject.seen.words);
            rows.push(DryRow { subject, at: one.at, acts });
        }
    }
    Ok(DryRun { looked, capped: looked >= u64::from(LOOKED), matched, rows })
}
