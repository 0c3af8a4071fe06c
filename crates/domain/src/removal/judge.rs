//! Words, facts and age become a verdict.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pingxin_language::{Language, PersonalData, Place, Signal, Span};

use super::answer::{Evidence, GroundFound, Removal, Verdict};
use super::comment::Comment;
use super::facts::Facts;
use super::words::Tongue;
use super::{amazon, ebay, extortion, people, profanity, reach, reason, reports, taobao};
use crate::deadline::{self, Events};
use crate::pack::{Anchor, Condition, Ground, Rules};
use crate::shop::{Object, Platform};

/// What the words say of a ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// They carry it.
    Carried(Vec<Span>),
    /// Messages carry it.
    Proven(Vec<(Place, Span)>),
    /// They hint at it; a fact must bear it out.
    Hinted(Vec<Span>),
    /// They speak of something else as well; the topic as the word lists name it.
    Broken { by: &'static str, spans: Vec<Span> },
    /// They say nothing of it.
    Silent,
}

impl Told {
    pub(super) fn broken(comment: &Comment, found: &[(usize, usize)], by: &'static str) -> Self {
        let mut spans: Vec<Span> = found.iter().map(|place| comment.span(*place)).collect();
        pingxin_language::span::join(&mut spans);
        Self::Broken { by, spans }
    }

    fn carried(spans: Vec<Span>) -> Self {
        if spans.is_empty() { Self::Silent } else { Self::Carried(spans) }
    }

    fn evidence(&self) -> Vec<Evidence> {
        match self {
            Self::Proven(found) => found.iter().map(|&(place, span)| Evidence { place, span }).collect(),
            Self::Carried(spans) | Self::Hinted(spans) | Self::Broken { spans, .. } => {
                spans.iter().map(|&span| Evidence { place: Place::Text, span }).collect()
            }
            Self::Silent => Vec::new(),
        }
    }
}

/// A comment with what reading it has found.
struct Read<'a> {
    facts: &'a Facts<'a>,
    comment: Comment,
    tongue: Option<Tongue>,
    signals: &'a [Signal],
}

/// What the facts say of a ground whose words hold.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// Facts that say no.
    pub(super) against: Vec<Condition>,
    /// What is missing, as codes.
    pub(super) missing: Vec<String>,
}

/// Judges one review as of `now` by the rules of its platform. `language` and `signals` are what reading its text has found.
#[must_use]
pub fn judge(
    rules: &Rules<'_>,
    facts: &Facts<'_>,
    language: Language,
    signals: &[Signal],
    now: Timestamp,
) -> Removal {
    let stale = rules.platform().is_some_and(|pack| pack.is_stale(rules.on()));
    let none = |reports| Removal { verdict: Verdict::NoRule, grounds: Vec::new(), reports, stale };
    let Some(object) = facts.object() else { return none(Vec::new()) };
    if object == Object::ProductReview && matches!(facts.platform, Some(Platform::Amazon(_))) {
        return none(reports::find(facts.text, &Comment::new(facts.text), language, signals));
    }
    let mut grounds = rules.grounds(object).peekable();
    if grounds.peek().is_none() {
        return none(Vec::new());
    }
    let comment = Comment::new(facts.text);
    let tongue = Tongue::of(language, &comment);
    let read = Read { facts, comment, tongue, signals };
    let age = Age::of(rules, facts, now);
    let both_rated = rules.removal_needs().contains(&Condition::BothRated);
    let rate_ends = both_rated.then(|| rate_by(rules, facts, now)).flatten();
    let judged = grounds.map(|ground| {
        let told = read.told(ground);
        let weighed = read.weigh(ground, &told, both_rated, rate_ends);
        found(ground, &told, &weighed, &age, stale)
    });
    let grounds: Vec<GroundFound> = judged.collect();
    let verdict = grounds.iter().map(|ground| ground.verdict).max().unwrap_or(Verdict::NotEligible);
    Removal { verdict, grounds, reports: Vec::new(), stale }
}

fn found(ground: &Ground, told: &Told, weighed: &Weighed, age: &Age, stale: bool) -> GroundFound {
    let holds = match told {
        Told::Carried(_) | Told::Proven(_) | Told::Hinted(_) => weighed.against.is_empty(),
        Told::Broken { .. } | Told::Silent => false,
    };
    let verdict = if !holds {
        Verdict::NotEligible
    } else if age.over {
        Verdict::Expired
    } else if weighed.missing.is_empty() {
        Verdict::Eligible
    } else {
        Verdict::NeedsEvidence
    };
    let mut source = ground.record.source.clone();
    source.extend(age.source.iter().filter(|_| verdict == Verdict::Expired).cloned());
    GroundFound {
        ground: ground.id.clone(),
        outcome: ground.outcome,
        verdict,
        evidence: told.evidence(),
        missing: if verdict == Verdict::NeedsEvidence { weighed.missing.clone() } else { Vec::new() },
        deadline: age.last_day,
        why: reason::of(ground, verdict, told, weighed, age.last_day, stale),
        source,
        grade: ground.record.grade,
    }
}

/// Until when a request is taken.
struct Age {
    last_day: Option<Date>,
    over: bool,
    source: Vec<crate::Source>,
}

impl Age {
    fn of(rules: &Rules<'_>, facts: &Facts<'_>, now: Timestamp) -> Self {
        let unknown = Self { last_day: None, over: false, source: Vec::new() };
        let Some(created) = facts.created else { return unknown };
        let Some(id) = rules.removal().and_then(|entry| entry.text("max_age")) else { return unknown };
        let zone = rules.timezone().unwrap_or(TimeZone::UTC);
        let events = Events::default().and(Anchor::ReviewCreated, Some(created));
        let day = created.to_zoned(zone.clone()).date();
        let Some(window) = rules.window(id, day) else { return unknown };
        let Some(ends) = deadline::of_window(window, &events, &zone, &[], now) else { return unknown };
        let over = ends.standing == deadline::Standing::Over;
        Self { last_day: ends.last_day, over, source: window.record.source.clone() }
    }
}

/// The last moment at which the seller can still rate, if that is not over; from delivery where completion is unknown.
pub(super) fn rate_by(rules: &Rules<'_>, facts: &Facts<'_>, now: Timestamp) -> Option<Timestamp> {
    let completed = facts.order.completed.or(facts.order.delivered)?;
    let zone = rules.timezone().unwrap_or(TimeZone::UTC);
    let id = rules.removal()?.text("rate_window")?;
    let window = rules.window(id, completed.to_zoned(zone.clone()).date())?;
    let events = Events::default().and(Anchor::Completed, Some(completed));
    let ends = deadline::of_window(window, &events, &zone, &[], now)?;
    ends.at.filter(|_| ends.standing != deadline::Standing::Over)
}

impl Read<'_> {
    fn told(&self, ground: &Ground) -> Told {
        let facts = self.facts;
        let whole = |test: fn(&Comment, &super::terms::Terms) -> Told| {
            self.tongue.map_or(Told::Silent, |tongue| test(&self.comment, tongue.terms()))
        };
        match (&*ground.id, facts.platform) {
            ("product_only", _) => whole(amazon::product_only),
            ("fba_delivery_only", _) => whole(amazon::delivery_only),
            ("buy_shipping_late", _) => whole(amazon::delay_only),
            ("obscene", _) => Told::carried(profanity::find(&self.comment, self.signals)),
            ("seller_pii", _) => {
                let kinds = [PersonalData::Phone, PersonalData::Email, PersonalData::Name];
                let mut found: Vec<Span> = people::found(self.signals, &kinds).collect();
                found.extend(people::named(facts.text));
                found.extend(reach::find(&self.comment));
                pingxin_language::span::join(&mut found);
                Told::carried(found)
            }
            ("unreasonable_demand" | "coercion_professional" | "extortion", _) => self.extortion(&ground.id),
            ("competitor", _) => {
                let hint = || if self.is_chinese() { taobao::competitor(&self.comment) } else { Vec::new() };
                by_fact(facts.held.buyer_is_competitor, hint)
            }
            ("third_party_fraud", _) => by_fact(facts.held.fraud_report, || taobao::fraud(&self.comment)),
            ("leak_abuse_ad", _) => Told::carried(taobao::leak_abuse_ad(&self.comment, self.signals)),
            (other, _) => Told::carried(ebay::find(other, facts.text, &self.comment, self.signals)),
        }
    }

    fn is_chinese(&self) -> bool {
        self.tongue == Some(Tongue::Chinese)
    }

    /// One of Taobao's two ids serves: that of professionals where the buyer's other ratings show a habit.
    fn extortion(&self, ground: &str) -> Told {
        let habit = self.facts.held.pattern_of_ratings.is_some_and(extortion::is_habit);
        if (ground == "coercion_professional" && !habit) || (ground == "unreasonable_demand" && habit) {
            return Told::Silent;
        }
        let proven = extortion::in_messages(self.facts.held.messages);
        if !proven.is_empty() {
            return Told::Proven(proven);
        }
        let told = extortion::in_text(&self.comment);
        if told.is_empty() { Told::Silent } else { Told::Hinted(told) }
    }

    fn weigh(&self, ground: &Ground, told: &Told, both_rated: bool, rate_ends: Option<Timestamp>) -> Weighed {
        let mut weighed = Weighed::default();
        let mut need = |condition: Condition, fact: Option<bool>, code: &str| match fact {
            Some(true) => {}
            Some(false) => weighed.against.push(condition),
            None => weighed.missing.push(code.to_owned()),
        };
        let facts = self.facts;
        for condition in &ground.conditions {
            match condition {
                Condition::FulfilledByAmazon => need(*condition, facts.fulfilled_by_amazon(), "fulfilled_by"),
                Condition::BuyShipping => need(*condition, facts.order.buy_shipping, "buy_shipping"),
                Condition::ShippedOnTime => need(*condition, facts.order.shipped_on_time, "shipped_on_time"),
                Condition::BothRated => need(*condition, facts.order.both_rated, "both_rated"),
                Condition::BuyerIsCompetitor => {
                    need(*condition, facts.held.buyer_is_competitor, "identity_link")
                }
                Condition::FraudReport => need(*condition, facts.held.fraud_report, "fraud_report"),
                Condition::DemandWithRatingThreat => {
                    let proven = matches!(told, Told::Proven(_)) && facts.held.has_chat_proof;
                    need(*condition, proven.then_some(true), "chat_proof_id");
                }
                Condition::MessageWithDemand => {
                    need(*condition, matches!(told, Told::Proven(_)).then_some(true), "message_with_demand");
                }
            }
        }
        if both_rated {
            match (facts.order.both_rated, rate_ends) {
                (Some(true), _) => {}
                (None, _) => weighed.missing.push("both_rated".to_owned()),
                (Some(false), Some(_)) => weighed.missing.push("seller_rating".to_owned()),
                (Some(false), None) => weighed.against.push(Condition::BothRated),
            }
        }
        weighed
    }
}

/// A ground that a fact alone carries; the text can only hint at it where the fact is unknown.
fn by_fact(fact: Option<bool>, hint: impl FnOnce() -> Vec<Span>) -> Told {
    match fact {
        Some(true) => Told::Carried(hint()),
        Some(false) => Told::Silent,
        None => {
            let hint = hint();
            if hint.is_empty() { Told::Silent } else { Told::Hinted(hint) }
        }
    }
}
