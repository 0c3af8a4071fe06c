//! What a list may be asked for: the same keys in the address of a list, of its export, in a saved view and in a bulk
//! action.

use jiff::{SignedDuration, Timestamp};
use pingxin_desk::workbench;
use pingxin_domain::case::{CaseKind, CaseState, Outcome, WaitingFor};
use pingxin_domain::identifiers::{ProductId, TeamId};
use pingxin_domain::list::{Changed, List, Match};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BuyerId, Object, Platform, ShopId, TagId};
use pingxin_language::{Cause, Fault, Language, SentimentLabel};
use pingxin_store::case::{Between, CaseTimes, Owner};
use pingxin_store::review::ReviewFilter;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::moment::Moment;
use super::word;
use crate::http::problem::Problem;
use crate::http::session::Asking;

/// Which reviews, or cases by their reviews. A key given several times means any of its values; different keys are joined
/// by "and", or with `match=any` by "or".
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct FilterAsked {
    #[param(value_type = Vec<Uuid>)]
    shop: Vec<ShopId>,
    #[param(value_type = Vec<word::Platform>)]
    platform: Vec<Platform>,
    #[param(value_type = Vec<word::ReviewObject>)]
    object: Vec<Object>,
    /// 1 to 5.
    #[param(value_type = Vec<u8>)]
    rating: Vec<Rating>,
    #[param(value_type = Vec<word::Verdict>)]
    verdict: Vec<Verdict>,
    #[param(value_type = Vec<word::SentimentLabel>)]
    sentiment: Vec<SentimentLabel>,
    /// Whose fault it is.
    #[param(value_type = Vec<word::Fault>)]
    fault: Vec<Fault>,
    /// ISO 639-1, or `und`.
    #[param(value_type = Vec<String>)]
    language: Vec<Language>,
    #[param(value_type = Vec<word::Cause>)]
    cause: Vec<Cause>,
    /// `all` asks for every cause named; `any` unless given.
    #[param(value_type = Option<word::Match>)]
    cause_match: Option<Match>,
    #[param(value_type = Vec<Uuid>)]
    tag: Vec<TagId>,
    /// `all` asks for every tag named; `any` unless given.
    #[param(value_type = Option<word::Match>)]
    tag_match: Option<Match>,
    /// Who has the case: `me`, `none` (there is a case and nobody has it), or a person's id.
    handler: Vec<String>,
    /// As `handler=me`.
    mine: Option<bool>,
    /// Members of a team have the case.
    #[param(value_type = Vec<Uuid>)]
    team: Vec<TeamId>,
    #[param(value_type = Vec<Uuid>)]
    product: Vec<ProductId>,
    #[param(value_type = Vec<word::CaseState>)]
    case_state: Vec<CaseState>,
    /// `revised` by its buyer, or `deleted` from the platform.
    #[param(value_type = Vec<word::Changed>)]
    changed: Vec<Changed>,
    has_text: Option<bool>,
    has_photo: Option<bool>,
    has_case: Option<bool>,
    /// 0 to 100.
    severity_min: Option<u8>,
    /// An order number, whole.
    order: Option<String>,
    #[param(value_type = Option<Uuid>)]
    buyer: Option<BuyerId>,
    /// `any`: one of the keys above is enough. What follows always holds.
    #[serde(rename = "match")]
    #[param(rename = "match", value_type = Option<word::Match>)]
    joined: Match,
    /// Words of the review: CJK by substring, Latin by whole word, all of them.
    q: Option<String>,
    /// Written at or after: an instant, or a date at 00:00 UTC.
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// Written before: an instant, or a date at 00:00 UTC.
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
    /// `true`: only what counts for the figures of its shop, neither gone nor struck.
    counted: Option<bool>,
}

impl FilterAsked {
    /// What the store is asked; `me` is whoever asks.
    ///
    /// # Errors
    /// 400 for a handler that is neither a word of ours nor an id.
    pub fn filter(self, session: &Asking) -> Result<ReviewFilter, Problem> {
        let mut handlers = Vec::new();
        for handler in self.handler.iter().filter(|handler| !handler.is_empty()) {
            handlers.push(owner(handler, session, "handler")?);
        }
        if self.mine == Some(true) {
            handlers.push(Owner::User(session.person.id));
        }
        Ok(ReviewFilter {
            shops: self.shop,
            platforms: self.platform,
            objects: self.object,
            ratings: self.rating,
            verdicts: self.verdict,
            sentiments: self.sentiment,
            faults: self.fault,
            languages: self.language,
            causes: self.cause,
            cause_match: self.cause_match,
            tags: self.tag,
            tag_match: self.tag_match,
            handlers,
            teams: self.team,
            products: self.product,
            states: self.case_state,
            kinds: Vec::new(),
            outcomes: Vec::new(),
            waiting: Vec::new(),
            changed: self.changed,
            has_text: self.has_text,
            has_photo: self.has_photo,
            has_case: self.has_case,
            severity_min: self.severity_min,
            order_number: self.order.filter(|number| !number.trim().is_empty()),
            buyer: self.buyer,
            joined: self.joined,
            times: CaseTimes::default(),
            query: self.q.filter(|query| !query.trim().is_empty()),
            from: self.from.map(Moment::instant),
            to: self.to.map(Moment::instant),
            counting: self.counted == Some(true),
            ids: Vec::new(),
        })
    }
}

/// When the next step of a case is due, from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueAsked {
    /// Before now.
    Overdue,
    /// Within two hours.
    Soon,
    /// Within a day.
    Day,
}

/// How the clock of a case that is due first stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockAsked {
    /// Its time is up.
    Overdue,
    /// Within two hours it is.
    Soon,
    /// The supervisor should look.
    Escalated,
}

/// Which buyers may be contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactAsked {
    /// Now.
    Now,
}

/// Keys of lists of cases alone. Those of times always hold, whatever `match` says.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CaseKeysAsked {
    /// About what.
    #[param(value_type = Vec<word::CaseKind>)]
    kind: Vec<CaseKind>,
    #[param(value_type = Vec<word::Outcome>)]
    outcome: Vec<Outcome>,
    #[param(value_type = Vec<word::WaitingFor>)]
    waiting_for: Vec<WaitingFor>,
    /// `overdue`, `soon` (within two hours) or `day`.
    #[param(value_type = Option<word::DueWithin>)]
    due: Option<DueAsked>,
    /// `overdue`, `soon` (within two hours), or `escalated` to the supervisor.
    #[param(value_type = Option<word::ClockWhen>)]
    clock: Option<ClockAsked>,
    /// `now`: the buyer may be contacted now.
    #[param(value_type = Option<word::ContactWhen>)]
    contact: Option<ContactAsked>,
    /// The next deadline is within so many days.
    deadline_days: Option<u16>,
    /// Opened at or after.
    #[param(value_type = Option<String>)]
    opened_from: Option<Moment>,
    /// Opened before.
    #[param(value_type = Option<String>)]
    opened_to: Option<Moment>,
    /// Ended at or after.
    #[param(value_type = Option<String>)]
    ended_from: Option<Moment>,
    /// Ended before.
    #[param(value_type = Option<String>)]
    ended_to: Option<Moment>,
    /// With a contact attempt at or after.
    #[param(value_type = Option<String>)]
    contacted_from: Option<Moment>,
    /// With a contact attempt before.
    #[param(value_type = Option<String>)]
    contacted_to: Option<Moment>,
    /// As `case_state`.
    #[param(value_type = Vec<word::CaseState>)]
    state: Vec<CaseState>,
    /// As `handler`.
    owner: Option<String>,
}

impl CaseKeysAsked {
    /// Adds them to a filter; what is due is due from `now`.
    ///
    /// # Errors
    /// 400 for an owner that is neither a word of ours nor an id.
    pub fn add_to(self, filter: &mut ReviewFilter, session: &Asking, now: Timestamp) -> Result<(), Problem> {
        filter.kinds.extend(self.kind);
        filter.states.extend(self.state);
        filter.outcomes.extend(self.outcome);
        filter.waiting.extend(self.waiting_for);
        let later = |hours: i64| now.checked_add(SignedDuration::from_hours(hours)).ok();
        let between = |from: Option<Moment>, to: Option<Moment>| Between {
            from: from.map(Moment::instant),
            to: to.map(Moment::instant),
        };
        filter.times = CaseTimes {
            due: match self.due {
                None => Between::default(),
                Some(DueAsked::Overdue) => Between { from: None, to: Some(now) },
                Some(DueAsked::Soon) => {
                    Between { from: Some(now), to: now.checked_add(workbench::SOON).ok() }
                }
                Some(DueAsked::Day) => Between { from: Some(now), to: later(24) },
            },
            deadline: match self.deadline_days {
                None => Between::default(),
                Some(days) => Between { from: Some(now), to: later(i64::from(days) * 24) },
            },
            clock: match self.clock {
                None | Some(ClockAsked::Escalated) => Between::default(),
                Some(ClockAsked::Overdue) => Between { from: None, to: Some(now) },
                Some(ClockAsked::Soon) => {
                    Between { from: Some(now), to: now.checked_add(workbench::SOON).ok() }
                }
            },
            escalated: match self.clock {
                Some(ClockAsked::Escalated) => {
                    Between { from: None, to: now.checked_add(workbench::SOON).ok() }
                }
                _ => Between::default(),
            },
            contact_at: self.contact.map(|ContactAsked::Now| now),
            opened: between(self.opened_from, self.opened_to),
            ended: between(self.ended_from, self.ended_to),
            contacted: between(self.contacted_from, self.contacted_to),
        };
        if let Some(name) = self.owner.filter(|name| !name.is_empty()) {
            filter.handlers.push(owner(&name, session, "owner")?);
        }
        Ok(())
    }
}

fn owner(name: &str, session: &Asking, key: &str) -> Result<Owner, Problem> {
    match name {
        "me" => Ok(Owner::User(session.person.id)),
        "none" => Ok(Owner::None),
        id => id.parse().map(Owner::User).map_err(|_| {
            Problem::bad_request(
                format!("{key} 应为 me、none 或人员编号"),
                format!("`{key}` must be me, none or a person's id"),
            )
        }),
    }
}

/// The filter that the part of an address after `?` asks for. Order, cursor and the like are not looked at.
///
/// # Errors
/// 422 on `query` when it cannot be read, or for a list without this filter.
pub fn of_query(query: &str, list: List, session: &Asking, now: Timestamp) -> Result<ReviewFilter, Problem> {
    let query = query.trim_start_matches('?');
    let mut filter = read::<FilterAsked>(query)?.filter(session)?;
    if list == List::Cases {
        read::<CaseKeysAsked>(query)?.add_to(&mut filter, session, now)?;
    }
    Ok(filter)
}

/// What a query asks, as the address of its list would say it.
///
/// # Errors
/// 422 on `query` when it cannot be read.
pub fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let query = query.trim_start_matches('?');
    if query.contains("%00") || query.contains('\0') {
        return Err(Problem::invalid(
            "query",
            "筛选条件里有无法识别的字符",
            "a filter holds a character that cannot be kept",
        ));
    }
    serde_html_form::from_str(query).map_err(|refused| {
        Problem::invalid(
            "query",
            format!("筛选条件有误：{refused}"),
            format!("the filter cannot be read: {refused}"),
        )
    })
}
