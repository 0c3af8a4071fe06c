//! The guard at work 发送前检查: checks a text with everything that is known around it, and stands before every text that
//! is typed into the desk.
//!
//! [`check`] answers what the guard says of a text; the gate (`gate.rs`) is what the use cases that keep a text ask first: a
//! blocked one is refused, a held one waits for a second person ([`holds`]). What was typed elsewhere is checked when the
//! chat log comes in ([`chats`]).

pub mod alarms;
pub(crate) mod around;
pub mod chats;
pub(crate) mod gate;
pub mod holds;
pub mod retrained;
pub mod rules;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::guard::{
    By, Channel, Check, Draft, Finding, Guard, Severities, Severity, Stage, Verdict,
};
use pingxin_domain::pack::{Grade, Packs, Rules};
use pingxin_domain::{
    Action, BuyerId, CaseId, Object, OrderId, Platform, ReviewId, Say, Scope, ShopId, TaskId,
};
use serde::Serialize;

pub use self::gate::Outcome;

use self::around::Around;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Longest text that is checked, in characters.
pub const TEXT_LIMIT: usize = 10_000;

/// What a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A case: its review, order, buyer and everything said.
    Case(CaseId),
    /// A review.
    Review(ReviewId),
    /// An order.
    Order(OrderId),
    /// A buyer.
    Buyer(BuyerId),
    /// A question to a department; the department sees nothing but its shop.
    Task(TaskId),
    /// A shop.
    Shop(ShopId),
    /// Nothing that the desk knows.
    Nothing,
}

/// A text to check.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The words.
    pub text: String,
    /// The way it goes out, or the place where it is kept.
    pub channel: Option<Channel>,
    /// A script that is kept for later: what was said before and the hour do not count.
    pub template: bool,
    /// What it is about.
    pub about: About,
    /// How far the talk has come; worked out where it is not given.
    pub stage: Option<Stage>,
    /// Where the shop stands, for a text about nothing.
    pub platform: Option<Platform>,
    /// What the buyer left, for a text about nothing.
    pub object: Option<Object>,
    /// The most characters, where the place says so.
    pub limit: Option<u32>,
}

/// A source with what the packs know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceNote {
    /// Its key.
    pub key: String,
    /// Article, ground or paragraph.
    pub locator: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// The date of the page.
    pub page_date: Option<String>,
}

/// A finding with what a person wants to know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// What is wrong.
    pub finding: Finding,
    /// How well the rule is known.
    pub grade: Grade,
    /// Its sources.
    pub sources: Vec<SourceNote>,
    /// What may be said instead of this; it passes by itself.
    pub rewrite: Option<String>,
}

/// The facts that a text was checked with, as far as they come from the thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remembered {
    /// How often the buyer was asked to change or remove the review.
    pub prior_asks: u32,
    /// How often the shop contacted him on this channel today, unasked.
    pub contacts_today: u32,
    /// He wants to be left alone.
    pub opt_out: bool,
    /// He was given something today.
    pub compensated_today: bool,
    /// The text answers him.
    pub reply_to_buyer: bool,
}

/// What the guard says of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The worst of all findings.
    pub verdict: Verdict,
    /// What is wrong, the worst first.
    pub findings: Vec<Noted>,
    /// What may be sent instead of the whole; it passes by itself.
    pub rewrite: Option<String>,
    /// How far the talk has come.
    pub stage: Option<Stage>,
    /// What is remembered of the thread; none where the text is about nothing.
    pub remembered: Option<Remembered>,
}

impl Checked {
    /// One sentence about the worst finding.
    #[must_use]
    pub fn say(&self) -> Say {
        let why = self.findings.first().map(|noted| &noted.finding.why);
        why.cloned().unwrap_or_else(|| Say::new("可以发送", "this may be sent"))
    }

    /// The findings as they are kept.
    pub(crate) fn bare(&self) -> Vec<Finding> {
        self.findings.iter().map(|noted| noted.finding.clone()).collect()
    }
}

/// Checks a text.
///
/// # Errors
/// [`DeskError::Refused`] for a text that is too long; [`DeskError::NotFound`] for something outside the scope;
/// [`DeskError::Forbidden`].
pub async fn check(desk: &Desk, scope: &Scope, asked: &Asked) -> Result<Checked> {
    allow(scope, Action::ReadTasks)?;
    if asked.text.chars().count() > TEXT_LIMIT {
        return Err(DeskError::refused(
            format!("最多检查 {TEXT_LIMIT} 个字"),
            format!("at most {TEXT_LIMIT} characters are checked"),
        ));
    }
    let around = around::look(desk, scope, asked.about).await?;
    judged(desk, scope, asked, around.as_ref()).await
}

/// What the merchant's guard says now of a text with what was found around it.
///
/// # Errors
/// As [`Desk::guard_of`].
async fn judged(desk: &Desk, scope: &Scope, asked: &Asked, around: Option<&Around>) -> Result<Checked> {
    let guard = desk.guard_of(scope).await?;
    Ok(judge(desk, &guard, asked, around, desk.store.clock().now()))
}

/// What the guard says of a text with what was found around it.
fn judge(desk: &Desk, guard: &Guard, asked: &Asked, around: Option<&Around>, now: Timestamp) -> Checked {
    let engine = desk.engine();
    let packs = engine.packs();
    let platform = around.map(|around| around.shop.platform).or(asked.platform);
    let zone = around.map(Around::zone);
    let rules = in_force(packs, platform, zone, now);
    let mut severities = Severities::by(&rules);
    if let Some(around) = around {
        rules::tighten(&mut severities, &around.own_rules);
    }
    let mut draft = Draft {
        platform,
        channel: asked.channel,
        object: asked.object,
        stage: asked.stage,
        limit: asked.limit,
        ..Draft::of_text(&asked.text)
    };
    let mut remembered = None;
    if let Some(around) = around {
        let thread = around.thread(asked.channel, now);
        around.fill(&mut draft, &thread, asked.template, now);
        if !asked.template {
            remembered = Some(Remembered {
                prior_asks: thread.prior_asks,
                contacts_today: thread.contacts_today,
                opt_out: thread.opt_out,
                compensated_today: thread.compensated_today,
                reply_to_buyer: thread.reply_to_buyer,
            });
        }
    }
    let mut check = guard.check_by(&draft, &severities);
    if stays_inside(asked.channel) {
        only_certain_stops(&mut check);
    }
    let rewrites = guard.rewrites(&draft, &check, &severities);
    let stage = draft.stage;
    let findings = note(&check, packs, &rules, rewrites.each);
    Checked { verdict: check.verdict, findings, rewrite: rewrites.whole, stage, remembered }
}

/// The rules in force now: on the day of the shop; without a shop on that of the platform, where it has one.
pub(crate) fn in_force(
    packs: &Packs,
    platform: Option<Platform>,
    shop: Option<TimeZone>,
    now: Timestamp,
) -> Rules<'_> {
    let utc = packs.rules(platform, None, now.to_zoned(TimeZone::UTC).date());
    match shop.or_else(|| utc.timezone()) {
        Some(zone) => packs.rules(platform, None, now.to_zoned(zone).date()),
        None => utc,
    }
}

/// Whether only the team reads the text.
fn stays_inside(channel: Option<Channel>) -> bool {
    matches!(channel, Some(Channel::Note | Channel::Task))
}

/// What the learnt layer takes for an offence is only a warning: it errs, nothing leaves the house, and there would be no
/// way around it.
fn only_certain_stops(check: &mut Check) {
    for finding in check.findings.iter_mut().filter(|finding| finding.by == By::Learnt) {
        finding.severity = Severity::Warn;
    }
    check.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    check.verdict = check.findings.first().map_or(Verdict::Allow, |finding| finding.severity.into());
}

/// Findings with what the packs know of their rules.
pub(crate) fn note(
    check: &Check,
    packs: &Packs,
    rules: &Rules<'_>,
    rewrites: Vec<Option<String>>,
) -> Vec<Noted> {
    let noted = |(finding, rewrite): (&Finding, Option<String>)| Noted {
        grade: grade_of(packs, rules, finding),
        sources: sources_of(packs, rules, &finding.source),
        rewrite,
        finding: finding.clone(),
    };
    check.findings.iter().zip(rewrites).map(noted).collect()
}

/// How well a rule is known: as the packs in force say, else by what kind of page its best source is.
pub(crate) fn grade_of(packs: &Packs, rules: &Rules<'_>, finding: &Finding) -> Grade {
    rules::grade(packs, rules, finding.rule)
}

/// The sources of a rule that speak for the shop: those of its platform and its market's law; all where none does.
pub(crate) fn sources_of(
    packs: &Packs,
    rules: &Rules<'_>,
    sources: &[pingxin_domain::Source],
) -> Vec<SourceNote> {
    rules.at_home(sources.to_vec()).iter().map(|source| source_note(packs, source)).collect()
}

/// A source with what the packs know of it.
fn source_note(packs: &Packs, source: &pingxin_domain::Source) -> SourceNote {
    let entry = packs.source(&source.key);
    let text = |key: &str| entry.and_then(|entry| entry.text(key)).map(str::to_owned);
    SourceNote {
        key: source.key.clone(),
        locator: source.locator.clone(),
        title: text("title"),
        url: text("url").filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        page_date: text("page_date"),
    }
}
