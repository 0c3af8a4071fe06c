//! Which reviews: the filter of lists, counts and exports, as conditions on `reviews r`.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, Platform, ReviewId, Scope, ShopAccess, ShopId};
use pingxin_language::{Cause, SentimentLabel};

use crate::sql::{Built, Value};
use crate::{Engine, position, search};

/// Which reviews. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct ReviewFilter {
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
    /// Complaining of any of these.
    pub causes: Vec<Cause>,
    /// At least this urgent.
    pub severity_min: Option<u8>,
    /// With or without a case.
    pub has_case: Option<bool>,
    /// Of this order.
    pub order_number: Option<String>,
    /// Words to find (see `pingxin_language::search`); a blank text is no condition, one without a letter or digit
    /// finds nothing.
    pub query: Option<String>,
    /// Written at this instant or later.
    pub from: Option<Timestamp>,
    /// Written before this instant.
    pub to: Option<Timestamp>,
    /// Just these.
    pub ids: Vec<ReviewId>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The most urgent first, the newer first among equals.
    Severity,
}

/// Where the list is read from: decides which index is walked.
pub(super) enum Drive {
    /// The reviews themselves.
    Reviews,
    /// The index of one cause, newest first.
    Cause(Cause),
    /// SQLite's search index.
    Search(String),
    /// Nothing can match.
    Nowhere,
}

impl ReviewFilter {
    fn wanted(&self) -> Option<Option<search::Wanted>> {
        let typed = self.query.as_deref().filter(|query| !query.trim().is_empty())?;
        Some(search::wanted(typed))
    }

    /// Which index to walk for this filter and order.
    pub(super) fn drive(&self, engine: Engine, sort: Sort) -> Drive {
        match self.wanted() {
            Some(None) => Drive::Nowhere,
            Some(Some(wanted)) if engine == Engine::Sqlite => Drive::Search(wanted.for_fts5()),
            Some(Some(_)) => Drive::Reviews,
            None => match (sort, self.causes.as_slice()) {
                (Sort::Newest, [cause]) => Drive::Cause(*cause),
                _ => Drive::Reviews,
            },
        }
    }

    /// ` FROM … WHERE …`, all conditions but the cursor's. False when nothing can match.
    pub(super) fn push_from_where<'a>(
        &'a self,
        built: &mut Built<'a>,
        scope: &'a Scope,
        engine: Engine,
        sort: Sort,
        joins: &'static str,
    ) -> bool {
        // CROSS JOIN tells SQLite to keep this order; PostgreSQL decides for itself.
        let join = if engine == Engine::Sqlite { " CROSS JOIN " } else { " JOIN " };
        let drive = self.drive(engine, sort);
        match &drive {
            Drive::Nowhere => return false,
            Drive::Reviews => {
                built.push(" FROM reviews r").push(joins).with(" WHERE r.tenant_id = ", scope.tenant);
            }
            Drive::Cause(cause) => {
                built.push(" FROM review_causes k").push(join);
                built.push("reviews r ON r.tenant_id = k.tenant_id AND r.position = k.position").push(joins);
                built.with(" WHERE k.tenant_id = ", scope.tenant).with(" AND k.cause = ", cause.as_str());
            }
            Drive::Search(query) => {
                built.push(" FROM review_search k").push(join);
                built.with("reviews r ON r.tenant_id = ", scope.tenant).push(" AND r.position = k.rowid");
                built.push(joins).with(" WHERE k.review_search MATCH ", query.clone());
            }
        }
        if engine == Engine::Postgres
            && let Some(Some(wanted)) = self.wanted()
        {
            built.push(" AND ");
            wanted.push_tsquery(built);
        }
        if !push_shops(built, scope, &self.shops, "r.shop_id", engine) {
            return false;
        }
        self.push_conditions(built, engine, sort);
        if !self.causes.is_empty() && !matches!(drive, Drive::Cause(_)) {
            built.push(" AND EXISTS (SELECT 1 FROM review_causes q WHERE q.tenant_id = r.tenant_id AND q.position = r.position");
            built.any_of_codes("q.cause", &self.causes, |cause| Cow::Borrowed(cause.as_str())).push(")");
        }
        true
    }

    fn push_conditions<'a>(&'a self, built: &mut Built<'a>, engine: Engine, sort: Sort) {
        if !self.platforms.is_empty() {
            built.push(" AND r.shop_id IN (SELECT p.id FROM shops p WHERE p.tenant_id = r.tenant_id");
            built
                .any_of_codes("p.platform", &self.platforms, |platform| Cow::Owned(platform.code()))
                .push(")");
        }
        built.any_of_codes("r.object", &self.objects, |object| Cow::Borrowed(object.code()));
        built.any_of_codes("r.verdict", &self.verdicts, |verdict| Cow::Borrowed(verdict.code()));
        built.any_of_codes("r.sentiment_label", &self.sentiments, |label| Cow::Borrowed(label.as_str()));
        if !self.ratings.is_empty() {
            let stars = self.ratings.iter().map(|rating| i64::from(rating.stars())).collect();
            built.with(" AND r.rating = ANY(", Value::Ints(stars)).push("::bigint[])");
        }
        if let Some(least) = self.severity_min {
            // The plus keeps SQLite from sorting all urgent reviews when it can walk the newest ones.
            let walk_newest = engine == Engine::Sqlite && sort == Sort::Newest;
            built.with(if walk_newest { " AND +r.severity >= " } else { " AND r.severity >= " }, least);
        }
        if let Some(has_case) = self.has_case {
            built.push(
                " AND (SELECT 1 FROM cases h WHERE h.tenant_id = r.tenant_id AND h.review_id = r.id AND h.kind = 'review')",
            );
            built.push(if has_case { " IS NOT NULL" } else { " IS NULL" });
        }
        if let Some(number) = &self.order_number {
            built.with(" AND r.order_number = ", number.as_str());
        }
        if let Some(from) = self.from {
            built.with(" AND r.position >= ", position::first_at(from));
            built.with(" AND coalesce(r.created_at, r.imported_at) >= ", from);
        }
        if let Some(to) = self.to {
            built.with(" AND r.position < ", position::end_before(to));
            built.with(" AND coalesce(r.created_at, r.imported_at) < ", to);
        }
        if !self.ids.is_empty() {
            built.among("r.id", self.ids.as_slice());
        }
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
pub(crate) fn sample_filters() -> Vec<ReviewFilter> {
    use pingxin_domain::identifiers::Identifier;
    let shop = ShopId::from_uuid(uuid::Uuid::nil());
    let all = ReviewFilter {
        shops: vec![shop, shop],
        platforms: vec![Platform::Taobao],
        objects: vec![Object::Review],
        ratings: Rating::try_from(1).into_iter().collect(),
        verdicts: vec![Verdict::Bad],
        sentiments: vec![SentimentLabel::Negative],
        causes: vec![Cause::Quality, Cause::Price],
        severity_min: Some(1),
        has_case: Some(true),
        order_number: Some("1".into()),
        query: Some("质量差 a 好".into()),
        from: Some(Timestamp::UNIX_EPOCH),
        to: Some(Timestamp::UNIX_EPOCH),
        ids: vec![ReviewId::from_uuid(uuid::Uuid::nil())],
    };
    let one_shop = ReviewFilter { shops: vec![shop], has_case: Some(false), query: None, ..all.clone() };
    let one_cause = ReviewFilter { causes: vec![Cause::Quality], ..Default::default() };
    vec![ReviewFilter::default(), all, one_shop, one_cause]
}
