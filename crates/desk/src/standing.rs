//! How a review stands with its platform, from everything stored about it: gathered in one transaction, judged by the
//! domain, and told with quotations and sources. Nothing of it is stored.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pingxin_domain::calendar::SpecialDay;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::deadline::Deadline;
use pingxin_domain::intake::IncomingRecord;
use pingxin_domain::order::OrderFacts;
use pingxin_domain::pack::{Grade, Ground, Outcome, Packs};
use pingxin_domain::personal::mask_text;
use pingxin_domain::removal::request::{RequestState, TrackRecord};
use pingxin_domain::removal::{Evidence, GroundFound, Held, Message, NextStep, Verdict, missing_fact};
use pingxin_domain::triage::{Beside, ReviewFacts, ReviewStanding, TriageEngine};
use pingxin_domain::{ReviewId, Say, Scope};
use pingxin_language::Place;
use pingxin_store::order::{self, Order};
use pingxin_store::record::{self, Belongs, CaseRecords};
use pingxin_store::removal::{self, Finding, Request, RequestFilter, StatedBy};
use pingxin_store::review::{self, Happened, ReviewDetail};
use pingxin_store::shop::{self, Shop};
use pingxin_store::{StoreError, Tx};

use crate::calendar;
use crate::removals::mask_request;
use crate::rules::{Cited, cite};

/// Requests about one review that are shown.
const REQUESTS: u32 = 50;
/// How far back the record of a ground is counted.
const RECORD: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Everything stored that the standing of a review rests on. Words and contacts are open.
#[derive(Debug, Clone)]
pub(crate) struct Gathered {
    pub(crate) detail: ReviewDetail,
    pub(crate) order: Option<Order>,
    pub(crate) shop: Shop,
    pub(crate) records: CaseRecords,
    pub(crate) stated: StatedBy,
    pub(crate) requests: Vec<Request>,
    /// What became of requests of this shop by ground.
    tally: Vec<(String, TrackRecord)>,
    happened: Happened,
    days: Vec<SpecialDay>,
}

/// Words that carry a ground or break it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteView {
    /// Where they stand, and which.
    pub evidence: Evidence,
    /// The words, contacts in them masked.
    pub words: String,
    /// When the message was sent; none for words of the review.
    pub at: Option<Timestamp>,
}

/// Something that a ground needs and that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFact {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Say,
}

/// One ground and what became of it.
#[derive(Debug, Clone)]
pub struct GroundView {
    /// Its id, as the pack names it.
    pub ground: String,
    /// What it is called.
    pub name: Say,
    /// What the platform does when it holds.
    pub outcome: Outcome,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The words that carry it, or that break it.
    pub quotes: Vec<QuoteView>,
    /// What is missing.
    pub missing: Vec<MissingFact>,
    /// The last local day for the request; none when no limit is known.
    pub deadline: Option<Date>,
    /// Why.
    pub why: Say,
    /// Where the rule comes from.
    pub source: Vec<Cited>,
    /// How well it is known.
    pub grade: Grade,
    /// What became of this shop's requests under it in the last 365 days.
    pub record: TrackRecord,
}

/// A deadline with where it comes from.
#[derive(Debug, Clone)]
pub struct DeadlineView {
    /// The deadline.
    pub deadline: Deadline,
    /// Where the rule comes from.
    pub source: Vec<Cited>,
}

/// How a review stands with its platform.
#[derive(Debug, Clone)]
pub struct RemovalView {
    /// The best of its grounds.
    pub verdict: Verdict,
    /// Every ground of the pack for this object.
    pub grounds: Vec<GroundView>,
    /// Reasons to report a product review: its code, the words, why, where that comes from.
    pub reports: Vec<(String, Vec<QuoteView>, Say, Vec<Cited>)>,
    /// The pack that was asked; none when there is none for the platform.
    pub pack: Option<String>,
    /// Whether it is due to be looked at again.
    pub stale: bool,
    /// Where a request is filed, in the words of the pack.
    pub path: Option<Say>,
    /// What to do next, the most urgent first.
    pub next: Vec<NextStep>,
    /// Every deadline whose event is known, the earliest first.
    pub deadlines: Vec<DeadlineView>,
    /// What people have stated beside what files say.
    pub stated: StatedBy,
    /// The facts of the order as they are judged: what files say, else what was stated.
    pub order: OrderFacts,
    /// Requests about it, those filed last first.
    pub requests: Vec<Request>,
}

/// Gathers everything about a review within the scope.
///
/// # Errors
/// The database's error.
pub(crate) async fn gather(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ReviewId,
) -> Result<Option<Gathered>, StoreError> {
    let Some(detail) = review::get(tx, scope, id).await? else { return Ok(None) };
    let Some(shop) = shop::find(tx, scope, detail.row.shop.id).await? else { return Ok(None) };
    let order = match detail.order {
        Some(order) => order::get(tx, scope, order).await?,
        None => None,
    };
    let belongs = Belongs {
        shop: shop.id,
        order_number: detail.row.order_number.as_deref(),
        tracking_number: order.as_ref().and_then(|order| order.order.tracking_number.as_deref()),
        buyer: detail.buyer.or(order.as_ref().and_then(|order| order.buyer)),
        near: detail.row.created_at.unwrap_or(detail.row.imported_at),
    };
    let records = record::of_order_and_buyer(tx, scope, belongs).await?;
    let happened = review::happened(tx, scope, &[id]).await?.remove(&id).unwrap_or_default();
    let filter = RequestFilter { review: Some(id), ..RequestFilter::default() };
    let (requests, _) = removal::list(tx, scope, &filter, None, REQUESTS).await?;
    let since = tx.now().checked_sub(RECORD).unwrap_or(Timestamp::MIN);
    let tally = by_ground(removal::tally(tx, scope, Some(shop.id), since).await?);
    let days = calendar::around_now(tx, scope).await?;
    let stated = removal::stated(tx, scope, id).await?;
    Ok(Some(Gathered {
        detail,
        order,
        shop,
        records,
        stated,
        requests: requests.rows,
        tally,
        happened,
        days,
    }))
}

/// The last second of a local day.
fn last_second(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp();
    next.checked_sub(SignedDuration::from_secs(1)).ok()
}

/// What became of requests, by ground.
fn by_ground(requests: Vec<(String, RequestState, bool, Timestamp)>) -> Vec<(String, TrackRecord)> {
    let mut tally: Vec<(String, TrackRecord)> = Vec::new();
    for (ground, state, against_advice, _) in requests {
        let at = tally.iter().position(|(known, _)| *known == ground).unwrap_or_else(|| {
            tally.push((ground, TrackRecord::default()));
            tally.len() - 1
        });
        tally[at].1.add(state, against_advice);
    }
    tally
}

impl Gathered {
    /// The messages of buyer and shop, the oldest first, with their instants.
    fn messages(&self) -> Vec<(Timestamp, Message<'_>)> {
        let chats = self.records.messages.iter().filter_map(|(_, record)| match record {
            IncomingRecord::Chat(message) => Some(message),
            _ => None,
        });
        chats
            .filter_map(|chat| {
                let from_buyer = match chat.side? {
                    ChatSide::Buyer => true,
                    ChatSide::Seller => false,
                    ChatSide::System => return None,
                };
                Some((chat.at, Message { from_buyer, text: Cow::Borrowed(chat.text.as_str()) }))
            })
            .collect()
    }

    /// The facts of the order: what files say, else what people have stated.
    pub(crate) fn order_facts(&self) -> OrderFacts {
        self.happened.order
    }

    /// The shop's zone.
    pub(crate) fn zone(&self) -> TimeZone {
        self.shop.zone()
    }

    /// How the review stands as of an instant.
    pub(crate) fn standing(&self, engine: &TriageEngine, now: Timestamp) -> ReviewStanding {
        let row = &self.detail.row;
        let messages: Vec<Message<'_>> = self.messages().into_iter().map(|(_, message)| message).collect();
        let stated = &self.stated.stated;
        let facts = ReviewFacts {
            platform: Some(self.shop.platform),
            object: Some(row.object),
            rating: row.rating,
            verdict: row.verdict,
            title: row.title.as_deref(),
            text: &row.text,
            created: row.created_at,
            photos: row.photos,
            likes: row.likes.unwrap_or(0),
            prior_bad: 0,
            product_rank: None,
            order: self.order_facts(),
            held: Held {
                messages: &messages,
                has_chat_proof: stated.chat_proof_id.is_some(),
                pattern_of_ratings: stated.pattern_of_ratings.as_deref(),
                buyer_is_competitor: stated.buyer_is_competitor,
                fraud_report: stated.fraud_report,
            },
        };
        let zone = self.zone();
        let beside = Beside {
            market: None,
            zone: &zone,
            days: &self.days,
            followed_up: self.happened.followed_up,
            refund_requested: self.happened.refund_requested,
            removal_requested: self.happened.removal_requested,
        };
        engine.stand(&facts, &beside, now)
    }

    /// What lists keep of the standing.
    pub(crate) fn finding(&self, engine: &TriageEngine, now: Timestamp) -> Finding {
        let removal = self.standing(engine, now).removal;
        let best = removal.grounds.iter().find(|ground| ground.verdict == removal.verdict);
        let today = now.to_zoned(self.zone()).date();
        let rules = engine.packs().rules(Some(self.shop.platform), None, today);
        let zone = rules.timezone().unwrap_or_else(|| self.zone());
        let last_day = best.and_then(|ground| ground.deadline);
        Finding {
            review: self.detail.row.id,
            shop: self.shop.id,
            verdict: removal.verdict,
            ground: best.map(|ground| ground.ground.clone()),
            deadline_at: last_day.and_then(|day| last_second(day, &zone)),
        }
    }

    /// The words that evidence points at, contacts in them masked, with the instant of their message.
    pub(crate) fn quote(&self, evidence: Evidence) -> QuoteView {
        let row = &self.detail.row;
        let messages = self.messages();
        let (text, at) = match evidence.place {
            Place::Text => (Some(row.text.as_str()), None),
            Place::Title => (row.title.as_deref(), None),
            Place::Message(index) => {
                let message = messages.get(index);
                (message.map(|(_, message)| message.text.as_ref()), message.map(|(at, _)| *at))
            }
        };
        let words = text.map(|text| evidence.span.of(&mask_text(text)).to_owned()).unwrap_or_default();
        QuoteView { evidence, words, at }
    }

    /// The ground of the pack with this id.
    pub(crate) fn ground(&self, packs: &Packs, id: &str, now: Timestamp) -> Option<Ground> {
        let today = now.to_zoned(self.zone()).date();
        let rules = packs.rules(Some(self.shop.platform), None, today);
        rules.grounds(self.detail.row.object).find(|ground| ground.id == id).cloned()
    }

    fn ground_view(&self, packs: &Packs, found: GroundFound, names: &[Ground]) -> GroundView {
        let name = names.iter().find(|ground| ground.id == found.ground).map(|ground| ground.name.clone());
        let record = self.tally.iter().find(|(ground, _)| *ground == found.ground);
        GroundView {
            name: name.unwrap_or_else(|| Say::new(&found.ground, &found.ground)),
            record: record.map(|(_, record)| *record).unwrap_or_default(),
            quotes: found.evidence.iter().map(|evidence| self.quote(*evidence)).collect(),
            missing: found
                .missing
                .iter()
                .map(|code| MissingFact { code: code.clone(), name: missing_fact(code) })
                .collect(),
            source: found.source.iter().map(|source| cite(packs, source)).collect(),
            ground: found.ground,
            outcome: found.outcome,
            verdict: found.verdict,
            deadline: found.deadline,
            why: found.why,
            grade: found.grade,
        }
    }

    /// How the review stands, as it is shown.
    pub(crate) fn view(&self, engine: &TriageEngine, now: Timestamp) -> RemovalView {
        let packs = engine.packs();
        let ReviewStanding { removal, next, deadlines } = self.standing(engine, now);
        let today = now.to_zoned(self.zone()).date();
        let rules = packs.rules(Some(self.shop.platform), None, today);
        let names: Vec<Ground> = rules.grounds(self.detail.row.object).cloned().collect();
        let cited = |sources: &[pingxin_domain::Source]| -> Vec<Cited> {
            sources.iter().map(|source| cite(packs, source)).collect()
        };
        let path = rules.text("removal_path");
        let mut requests = self.requests.clone();
        requests.iter_mut().for_each(mask_request);
        RemovalView {
            verdict: removal.verdict,
            grounds: removal
                .grounds
                .into_iter()
                .map(|found| self.ground_view(packs, found, &names))
                .collect(),
            reports: removal
                .reports
                .into_iter()
                .map(|report| {
                    let quotes = report.evidence.iter().map(|evidence| self.quote(*evidence)).collect();
                    (report.reason, quotes, report.why, cited(&report.source))
                })
                .collect(),
            pack: rules.platform().map(|pack| pack.header.id.clone()),
            stale: removal.stale || rules.is_stale(),
            path: path.and_then(|entry| Some(Say::new(entry.text("zh")?, entry.text("en")?))),
            next,
            deadlines: deadlines
                .into_iter()
                .map(|deadline| DeadlineView { source: cited(&deadline.record.source), deadline })
                .collect(),
            stated: self.stated.clone(),
            order: self.order_facts(),
            requests,
        }
    }
}
