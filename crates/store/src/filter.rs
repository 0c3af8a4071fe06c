//! The filter of every list of reviews and cases: lists, counts, exports, saved views and bulk actions read the same one.
//!
//! A filter is a set of groups (stars, causes, tags …), each of which is fulfilled by any of its values; the groups are
//! joined by "and", or by "or" ([`Filter::joined`]). `group.rs` says each as a condition, `drive.rs` which index has its
//! values as a list, `plan.rs` chooses the index that is walked, `build.rs` puts the statement together.

pub(crate) mod build;
pub(crate) mod drive;
pub(crate) mod group;
pub(crate) mod plan;
mod times;

use jiff::Timestamp;
use pingxin_domain::case::{CaseKind, CaseState, Outcome, WaitingFor};
use pingxin_domain::list::{Changed, Match};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{
    BuyerId, Object, Platform, ProductId, ReviewId, Scope, ShopAccess, ShopId, TagId, TeamId, UserId,
};
use pingxin_language::{Cause, Fault, Language, SentimentLabel};

use crate::sql::Built;
use crate::{Engine, search};

pub use times::{Between, CaseTimes};

/// Who handles a review's case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// It has a case that nobody has taken.
    None,
    /// This person.
    User(UserId),
}

/// Which reviews, or which cases by themselves and their reviews. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of these shops.
    pub shops: Vec<ShopId>,
    /// On these platforms.
    pub platforms: Vec<Platform>,
    /// Of these kinds.
    pub objects: Vec<Object>,
    /// With these stars.
    pub ratings: Vec<Rating>,
    /// With these verdicts.
    pub verdicts: Vec<Verdict>,
    /// With these sentiments.
    pub sentiments: Vec<SentimentLabel>,
    /// Whose fault is one of these.
    pub faults: Vec<Fault>,
    /// In these languages.
    pub languages: Vec<Language>,
    /// Complaining of these.
    pub causes: Vec<Cause>,
    /// Whether of any of them or of all.
    pub cause_match: Option<Match>,
    /// With these tags.
    pub tags: Vec<TagId>,
    /// Whether with any of them or with all.
    pub tag_match: Option<Match>,
    /// Handled by these.
    pub handlers: Vec<Owner>,
    /// Handled by members of these teams.
    pub teams: Vec<TeamId>,
    /// Of these products.
    pub products: Vec<ProductId>,
    /// With a case of these kinds.
    pub kinds: Vec<CaseKind>,
    /// With a case in these states.
    pub states: Vec<CaseState>,
    /// With a case that ended so.
    pub outcomes: Vec<Outcome>,
    /// With a case that waits for these.
    pub waiting: Vec<WaitingFor>,
    /// Changed in one of these ways since first seen.
    pub changed: Vec<Changed>,
    /// With or without words.
    pub has_text: Option<bool>,
    /// With or without photos or videos.
    pub has_photo: Option<bool>,
    /// With or without a case.
    pub has_case: Option<bool>,
    /// At least this urgent.
    pub severity_min: Option<u8>,
    /// Of this order.
    pub order_number: Option<String>,
    /// Of this buyer.
    pub buyer: Option<BuyerId>,
    /// Whether all of the above must hold or one of them. What follows must always hold.
    pub joined: Match,
    /// Instants of a case; of lists of cases only.
    pub times: CaseTimes,
    /// Words to find (see `pingxin_language::search`); a blank text is no condition, one without a letter or digit
    /// finds nothing.
    pub query: Option<String>,
    /// Written at this instant or later.
    pub from: Option<Timestamp>,
    /// Written before this instant.
    pub to: Option<Timestamp>,
    /// Only what counts for the figures of its shop: neither gone from the platform nor struck.
    pub counting: bool,
    /// Just these reviews.
    pub ids: Vec<ReviewId>,
}

/// What somebody looks for in the words.
#[derive(Debug, Clone)]
pub(crate) enum Words {
    /// Nothing is asked.
    Any,
    /// There is no letter or digit in what was typed.
    Nothing,
    /// These.
    These(search::Wanted),
}

impl Filter {
    pub(crate) fn words(&self) -> Words {
        match self.query.as_deref().filter(|query| !query.trim().is_empty()) {
            None => Words::Any,
            Some(typed) => search::wanted(typed).map_or(Words::Nothing, Words::These),
        }
    }

    /// The groups that are asked for, in no order that matters.
    pub(crate) fn groups(&self) -> Vec<group::Group<'_>> {
        use group::Group;
        let all = |how: Option<Match>| how == Some(Match::All);
        let lists = [
            (!self.shops.is_empty(), Group::Shops(&self.shops)),
            (!self.platforms.is_empty(), Group::Platforms(&self.platforms)),
            (!self.objects.is_empty(), Group::Objects(&self.objects)),
            (!self.ratings.is_empty(), Group::Ratings(&self.ratings)),
            (!self.verdicts.is_empty(), Group::Verdicts(&self.verdicts)),
            (!self.sentiments.is_empty(), Group::Sentiments(&self.sentiments)),
            (!self.faults.is_empty(), Group::Faults(&self.faults)),
            (!self.languages.is_empty(), Group::Languages(&self.languages)),
            (!self.causes.is_empty(), Group::Causes(&self.causes, all(self.cause_match))),
            (!self.tags.is_empty(), Group::Tags(&self.tags, all(self.tag_match))),
            (!self.handlers.is_empty(), Group::Handlers(&self.handlers)),
            (!self.teams.is_empty(), Group::Teams(&self.teams)),
            (!self.products.is_empty(), Group::Products(&self.products)),
            (!self.states.is_empty(), Group::States(&self.states)),
            (!self.kinds.is_empty(), Group::Kinds(&self.kinds)),
            (!self.outcomes.is_empty(), Group::Outcomes(&self.outcomes)),
            (!self.waiting.is_empty(), Group::Waiting(&self.waiting)),
            (!self.changed.is_empty(), Group::Changed(&self.changed)),
        ];
        let mut groups: Vec<Group<'_>> =
            lists.into_iter().filter(|(asked, _)| *asked).map(|(_, group)| group).collect();
        groups.extend(self.has_text.map(Group::Text));
        groups.extend(self.has_photo.map(Group::Photo));
        groups.extend(self.has_case.map(Group::Case));
        groups.extend(self.severity_min.filter(|least| *least > 0).map(Group::Severity));
        groups.extend(self.order_number.as_deref().map(Group::Order));
        groups.extend(self.buyer.map(Group::Buyer));
        groups
    }
}

/// The shops of the scope that are also asked for, as a condition on `column`; false when there is none.
pub(crate) fn push_shops<'a>(
    built: &mut Built<'a>,
    scope: &Scope,
    asked: &[ShopId],
    column: &'static str,
    engine: Engine,
) -> bool {
    let shops: Vec<ShopId> = match &scope.shops {
        ShopAccess::All if asked.is_empty() => return true,
        ShopAccess::All => asked.to_vec(),
        ShopAccess::Only(own) if asked.is_empty() => own.clone(),
        ShopAccess::Only(own) => own.iter().copied().filter(|shop| asked.contains(shop)).collect(),
    };
    built.push(" AND ");
    match shops.as_slice() {
        [] => return false,
        [shop] => built.push(column).with(" = ", *shop),
        // The plus keeps SQLite walking the index of the order shown instead of sorting whole shops.
        many => built
            .push(if engine == Engine::Sqlite { "+" } else { "" })
            .push(column)
            .with(" = ANY(", many)
            .push("::uuid[])"),
    };
    true
}

/// Filters that between them use every condition, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<Filter> {
    use pingxin_domain::identifiers::Identifier;
    let nil = uuid::Uuid::nil();
    let shop = ShopId::from_uuid(nil);
    let all = Filter {
        shops: vec![shop, shop],
        platforms: vec![Platform::Taobao],
        objects: vec![Object::Followup],
        ratings: Rating::try_from(1).into_iter().collect(),
        verdicts: vec![Verdict::Bad],
        sentiments: vec![SentimentLabel::Negative],
        faults: vec![Fault::Carrier, Fault::Seller],
        languages: vec![Language::German, Language::Chinese],
        causes: vec![Cause::Quality, Cause::Price],
        tags: vec![TagId::from_uuid(nil)],
        handlers: vec![Owner::None, Owner::User(UserId::from_uuid(nil))],
        teams: vec![TeamId::from_uuid(nil)],
        products: vec![ProductId::from_uuid(nil)],
        states: vec![CaseState::Open, CaseState::Waiting],
        kinds: vec![CaseKind::Review, CaseKind::Dispute],
        outcomes: vec![Outcome::Kept, Outcome::Invalid],
        waiting: vec![WaitingFor::Buyer, WaitingFor::Carrier],
        changed: vec![Changed::Revised, Changed::Deleted],
        has_text: Some(false),
        has_photo: Some(true),
        has_case: Some(true),
        severity_min: Some(99),
        order_number: Some("1".into()),
        buyer: Some(BuyerId::from_uuid(nil)),
        query: Some("质量差 a 好".into()),
        from: Some(Timestamp::UNIX_EPOCH),
        to: Some(Timestamp::UNIX_EPOCH),
        counting: true,
        ids: vec![ReviewId::from_uuid(nil)],
        ..Default::default()
    };
    let any = Filter { joined: Match::Any, query: None, ids: Vec::new(), ..all.clone() };
    let every = Filter {
        cause_match: Some(Match::All),
        tag_match: Some(Match::All),
        has_case: Some(false),
        query: None,
        ids: Vec::new(),
        ..all.clone()
    };
    let one_shop = Filter { shops: vec![shop], ..Default::default() };
    let ended = Filter { outcomes: vec![Outcome::Kept], ..Default::default() };
    let waiting = Filter { waiting: vec![WaitingFor::Buyer], ..Default::default() };
    let mut filters = vec![Filter::default(), all, any, every, one_shop, ended, waiting];
    filters.extend(times::samples().into_iter().map(|times| Filter { times, ..Default::default() }));
    filters
}
