//! Lists that an index holds in the order of positions: what a statement walks.

use pingxin_domain::case::{CaseState, Outcome, WaitingFor};
use pingxin_domain::list::Changed;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BuyerId, Object, ProductId, ReviewId, Scope, ShopId, TagId, UserId};
use pingxin_language::{Cause, Fault, Language, SentimentLabel};

use super::Owner;
use super::group::{Group, Names, OF_CASE};
use crate::sql::Built;
use crate::{Engine, search};

/// A list that is walked.
#[derive(Debug, Clone)]
pub(crate) enum Drive<'a> {
    /// Every review.
    All,
    Shop(ShopId),
    Rating(Rating),
    Verdict(Verdict),
    Sentiment(SentimentLabel),
    Fault(Fault),
    Object(Object),
    Language(Language),
    Severity(u8),
    Photo,
    NoText,
    Revised,
    Gone,
    /// Bad ones without a case.
    Missed,
    Product(ProductId),
    Order(&'a str),
    Buyer(BuyerId),
    Ids(&'a [ReviewId]),
    Cause(Cause),
    Tag(TagId),
    HasCase,
    State(CaseState),
    Outcome(Outcome),
    Waiting(WaitingFor),
    Owner(UserId),
    Unowned,
    /// Cases without a review.
    Unreviewed,
    /// Everything with these words, by the search index.
    Search(search::Wanted),
    /// The newest so many of it, on SQLite.
    Newest(search::Wanted, u64),
}

/// What a statement needs beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The review, as `r`.
    pub(crate) review: bool,
    /// The case, as `c`: the list is one of cases.
    pub(crate) case: bool,
}

/// The table that is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Reviews,
    Causes,
    Tags,
    Cases,
    Search,
}

impl<'a> Drive<'a> {
    fn table(&self) -> Table {
        match self {
            Self::Cause(_) => Table::Causes,
            Self::Tag(_) => Table::Tags,
            Self::HasCase
            | Self::State(_)
            | Self::Outcome(_)
            | Self::Waiting(_)
            | Self::Owner(_)
            | Self::Unowned
            | Self::Unreviewed => Table::Cases,
            Self::Search(_) | Self::Newest(..) => Table::Search,
            _ => Table::Reviews,
        }
    }

    /// Whether it is a list of cases, with those that have no review.
    pub(crate) fn is_of_cases(&self) -> bool {
        self.table() == Table::Cases
    }

    /// SQLite walks this index and no other; PostgreSQL finds it by its figures.
    fn index(&self) -> &'static str {
        match self {
            Self::All | Self::Cause(_) | Self::Tag(_) | Self::Search(_) | Self::Newest(..) => {
                " INDEXED BY reviews_newest"
            }
            Self::Shop(_) => " INDEXED BY reviews_shop",
            Self::Rating(_) => " INDEXED BY reviews_rating",
            Self::Verdict(_) => " INDEXED BY reviews_verdict",
            Self::Sentiment(_) => " INDEXED BY reviews_sentiment",
            Self::Fault(_) => " INDEXED BY reviews_fault",
            Self::Object(_) => " INDEXED BY reviews_object",
            Self::Language(_) => " INDEXED BY reviews_language",
            Self::Severity(_) => " INDEXED BY reviews_severity",
            Self::Photo => " INDEXED BY reviews_photos",
            Self::NoText => " INDEXED BY reviews_no_text",
            Self::Revised => " INDEXED BY reviews_revised",
            Self::Gone => " INDEXED BY reviews_gone",
            Self::Missed => " INDEXED BY reviews_missed",
            Self::Product(_) => " INDEXED BY reviews_product",
            Self::Order(_) => " INDEXED BY reviews_order_number",
            Self::Buyer(_) => " INDEXED BY reviews_buyer",
            Self::Ids(_) => "",
            Self::HasCase => " INDEXED BY cases_position",
            Self::State(_) => " INDEXED BY cases_state_position",
            Self::Outcome(_) => " INDEXED BY cases_outcome",
            Self::Waiting(_) => " INDEXED BY cases_waiting",
            Self::Owner(_) => " INDEXED BY cases_owner_position",
            Self::Unowned => " INDEXED BY cases_unowned_position",
            Self::Unreviewed => " INDEXED BY cases_unreviewed",
        }
    }

    /// ` FROM … WHERE …`, and under which names. `row` asks for the review as `r`, `case` for the case as `c`.
    pub(crate) fn push_from(
        &self,
        built: &mut Built<'a>,
        scope: &Scope,
        engine: Engine,
        Wanted { review: row, case }: Wanted,
    ) -> Names {
        // CROSS JOIN tells SQLite to keep this order; PostgreSQL decides for itself.
        let sqlite = engine == Engine::Sqlite;
        let join = if sqlite { " CROSS JOIN " } else { " JOIN " };
        let index = if sqlite { self.index() } else { "" };
        let table = self.table();
        if case && table == Table::Cases {
            return self.push_from_cases(built, scope, sqlite);
        }
        let (mut facets, mut position) = ("k.facets", "k.position");
        match table {
            Table::Reviews => {
                built.push(" FROM reviews r").push(index);
                (facets, position) = ("r.facets", "r.position");
            }
            Table::Causes => {
                built.push(" FROM review_causes k");
            }
            Table::Tags => {
                built.push(" FROM review_tags k");
            }
            Table::Cases => {
                built.push(" FROM cases k").push(index);
            }
            Table::Search => {
                match self {
                    Self::Newest(words, most) => {
                        built.push(" FROM (SELECT f.rowid FROM review_search f WHERE ");
                        built.with("f.review_search MATCH ", words.for_fts5());
                        built.push(" ORDER BY f.rowid DESC").with(" LIMIT ", *most).push(") k");
                    }
                    Self::Search(words) if !sqlite => {
                        built.push(" FROM ");
                        words.push_positions(built, scope.tenant);
                        built.push(" k");
                    }
                    _ => {
                        built.push(" FROM review_search k");
                    }
                }
                position = "k.rowid";
            }
        }
        let mut review = table == Table::Reviews;
        let has_facets = !matches!(table, Table::Tags | Table::Search);
        if !review && (row || (!has_facets && !case)) {
            built.push(join).with("reviews r ON r.tenant_id = ", scope.tenant);
            built.push(" AND r.position = ").push(position);
            review = true;
            if !has_facets {
                facets = "r.facets";
            }
        }
        if case {
            built.push(join).with("cases c ON c.tenant_id = ", scope.tenant);
            built.push(" AND c.position = ").push(position);
            facets = "c.facets";
        }
        match table {
            Table::Reviews => built.with(" WHERE r.tenant_id = ", scope.tenant),
            Table::Causes | Table::Tags | Table::Cases => built.with(" WHERE k.tenant_id = ", scope.tenant),
            Table::Search => built.push(" WHERE "),
        };
        self.push_value(built, engine);
        if table == Table::Cases && !matches!(self, Self::Unreviewed) {
            // A list of reviews has no cases without one.
            built.push(" AND k.position > 0");
        }
        let at_hand = match table {
            _ if case => OF_CASE,
            Table::Cases => Some(["k.state", "k.owner_user_id", "k.severity"]),
            _ => None,
        };
        Names { tenant: scope.tenant, facets, position, review, case: at_hand }
    }

    /// The same for a list of cases, where the walked table is the listed one.
    fn push_from_cases(&self, built: &mut Built<'a>, scope: &Scope, sqlite: bool) -> Names {
        let index = match self {
            Self::State(_) => " INDEXED BY cases_state",
            Self::Outcome(_) => " INDEXED BY cases_outcome",
            Self::Waiting(_) => " INDEXED BY cases_waiting",
            Self::Owner(_) => " INDEXED BY cases_owner",
            Self::Unowned => " INDEXED BY cases_unowned",
            Self::Unreviewed => " INDEXED BY cases_unreviewed",
            _ => " INDEXED BY cases_newest",
        };
        built.push(" FROM cases c").push(if sqlite { index } else { "" });
        built.with(" WHERE c.tenant_id = ", scope.tenant);
        match self {
            Self::State(state) => built.with(" AND c.state = ", state.code()),
            Self::Outcome(outcome) => {
                built.with(" AND c.outcome IS NOT NULL AND c.outcome = ", outcome.code())
            }
            Self::Waiting(on) => built.with(" AND c.waiting_for IS NOT NULL AND c.waiting_for = ", on.code()),
            Self::Owner(user) => built.with(" AND c.owner_user_id IS NOT NULL AND c.owner_user_id = ", *user),
            Self::Unowned => built.push(" AND c.owner_user_id IS NULL"),
            Self::Unreviewed => built.push(" AND c.position = 0"),
            _ => built,
        };
        Names {
            tenant: scope.tenant,
            facets: "c.facets",
            position: "c.position",
            review: false,
            case: OF_CASE,
        }
    }

    fn push_value(&self, built: &mut Built<'a>, engine: Engine) {
        match self {
            Self::All | Self::HasCase => built,
            Self::Shop(shop) => built.with(" AND r.shop_id = ", *shop),
            Self::Rating(rating) => built.with(" AND r.rating = ", rating.stars()),
            // The fixed half of a condition is that of the index.
            Self::Verdict(verdict) => {
                built.with(" AND r.verdict IN ('neutral', 'bad') AND r.verdict = ", verdict.code())
            }
            Self::Sentiment(label) => {
                built.with(" AND r.sentiment_label <> 'positive' AND r.sentiment_label = ", label.as_str())
            }
            Self::Fault(fault) => built.with(
                " AND r.fault IN ('carrier', 'platform', 'buyer', 'third_party') AND r.fault = ",
                fault.as_str(),
            ),
            Self::Object(object) => built.with(" AND r.object <> 'review' AND r.object = ", object.code()),
            Self::Language(language) => {
                built.with(" AND r.language <> 'zh' AND r.language = ", language.as_str())
            }
            Self::Severity(severity) => built.with(" AND r.severity = ", *severity),
            Self::Photo => built.push(" AND (r.facets & 268435456) <> 0"),
            Self::NoText => built.push(" AND (r.facets & 134217728) = 0"),
            Self::Revised => built.push(" AND (r.facets & 536870912) <> 0"),
            Self::Gone => built.push(" AND (r.facets & 1073741824) <> 0"),
            Self::Missed => built.push(
                " AND (r.facets & 4611686018427387904) = 0 AND ((r.facets & 7) IN (1, 2, 3) \
                 OR (r.facets & 16) <> 0 OR (r.facets & 224) = 32)",
            ),
            Self::Product(product) => {
                built.with(" AND r.product_id IS NOT NULL AND r.product_id = ", *product)
            }
            Self::Order(number) => {
                built.with(" AND r.order_number IS NOT NULL AND r.order_number = ", *number)
            }
            Self::Buyer(buyer) => built.with(" AND r.buyer_id IS NOT NULL AND r.buyer_id = ", *buyer),
            Self::Ids(ids) => built.among("r.id", *ids),
            Self::Cause(cause) => built.with(" AND k.cause = ", cause.as_str()),
            Self::Tag(tag) => built.with(" AND k.tag_id = ", *tag),
            Self::State(state) => built.with(" AND k.state = ", state.code()),
            Self::Outcome(outcome) => {
                built.with(" AND k.outcome IS NOT NULL AND k.outcome = ", outcome.code())
            }
            Self::Waiting(on) => built.with(" AND k.waiting_for IS NOT NULL AND k.waiting_for = ", on.code()),
            Self::Owner(user) => built.with(" AND k.owner_user_id IS NOT NULL AND k.owner_user_id = ", *user),
            Self::Unowned => built.push(" AND k.owner_user_id IS NULL"),
            Self::Unreviewed => built.push(" AND k.position = 0"),
            Self::Search(words) if engine == Engine::Sqlite => {
                built.with("k.review_search MATCH ", words.for_fts5())
            }
            Self::Search(_) | Self::Newest(..) => built.push("k.rowid IS NOT NULL"),
        };
    }
}

/// A list for each value of a group, the likely shortest groups first (`0`); none where a value has no list.
pub(crate) fn of_group<'a>(group: Group<'a>) -> Option<(u8, Vec<Drive<'a>>)> {
    let all = |rank: u8, drives: Vec<Option<Drive<'a>>>| {
        drives.into_iter().collect::<Option<Vec<_>>>().map(|drives| (rank, drives))
    };
    match group {
        Group::Order(number) => Some((1, vec![Drive::Order(number)])),
        Group::Buyer(buyer) => Some((2, vec![Drive::Buyer(buyer)])),
        Group::Products(products) => {
            Some((10, products.iter().map(|product| Drive::Product(*product)).collect()))
        }
        Group::Tags(tags, true) => Some((11, tags.iter().take(1).map(|tag| Drive::Tag(*tag)).collect())),
        Group::Tags(tags, false) => Some((11, tags.iter().map(|tag| Drive::Tag(*tag)).collect())),
        Group::Changed(ways) => Some((
            20,
            ways.iter()
                .map(|way| if *way == Changed::Revised { Drive::Revised } else { Drive::Gone })
                .collect(),
        )),
        Group::Handlers(handlers) => {
            let drive = |owner: &Owner| match owner {
                Owner::None => Drive::Unowned,
                Owner::User(user) => Drive::Owner(*user),
            };
            Some((21, handlers.iter().map(drive).collect()))
        }
        Group::Outcomes(outcomes) => {
            Some((28, outcomes.iter().map(|outcome| Drive::Outcome(*outcome)).collect()))
        }
        Group::Waiting(all) => Some((22, all.iter().map(|on| Drive::Waiting(*on)).collect())),
        Group::Kinds(kinds) if kinds.iter().all(|kind| !kind.has_review()) => {
            Some((25, vec![Drive::Unreviewed]))
        }
        Group::States(states) => Some((30, states.iter().map(|state| Drive::State(*state)).collect())),
        Group::Causes(causes, true) => {
            Some((31, causes.iter().take(1).map(|cause| Drive::Cause(*cause)).collect()))
        }
        Group::Causes(causes, false) => Some((31, causes.iter().map(|cause| Drive::Cause(*cause)).collect())),
        Group::Severity(least) if least >= 96 => Some((32, (least..=100).map(Drive::Severity).collect())),
        Group::Languages(languages) => {
            let drive = |one: &Language| (*one != Language::Chinese).then_some(Drive::Language(*one));
            all(40, languages.iter().map(drive).collect())
        }
        // The list is that of all cases; the members of a team are few.
        Group::Teams(_) => Some((41, vec![Drive::HasCase])),
        Group::Case(true) => Some((41, vec![Drive::HasCase])),
        Group::Verdicts(verdicts) => {
            let drive = |one: &Verdict| (*one != Verdict::Good).then_some(Drive::Verdict(*one));
            all(42, verdicts.iter().map(drive).collect())
        }
        Group::Ratings(ratings) => {
            let drives = ratings.iter().map(|rating| Drive::Rating(*rating)).collect();
            Some((if ratings.iter().all(|rating| rating.is_bad_or_neutral()) { 43 } else { 70 }, drives))
        }
        Group::Objects(objects) => {
            let drive = |one: &Object| (*one != Object::Review).then_some(Drive::Object(*one));
            all(44, objects.iter().map(drive).collect())
        }
        Group::Text(false) => Some((45, vec![Drive::NoText])),
        Group::Sentiments(labels) => {
            let drive =
                |one: &SentimentLabel| (*one != SentimentLabel::Positive).then_some(Drive::Sentiment(*one));
            all(46, labels.iter().map(drive).collect())
        }
        Group::Faults(faults) => {
            let drive =
                |one: &Fault| (!matches!(one, Fault::Seller | Fault::Unknown)).then_some(Drive::Fault(*one));
            all(39, faults.iter().map(drive).collect())
        }
        Group::Photo(true) => Some((50, vec![Drive::Photo])),
        Group::Shops(shops) => Some((60, shops.iter().map(|shop| Drive::Shop(*shop)).collect())),
        Group::Platforms(_)
        | Group::Kinds(_)
        | Group::Severity(_)
        | Group::Text(true)
        | Group::Photo(false)
        | Group::Case(false) => None,
    }
}

impl Drive<'_> {
    /// A list of each kind, for the test that prepares all statements.
    pub(crate) fn samples() -> Vec<Drive<'static>> {
        use pingxin_domain::identifiers::Identifier;
        let nil = uuid::Uuid::nil();
        let mut samples = vec![
            Drive::All,
            Drive::Shop(ShopId::from_uuid(nil)),
            Drive::Verdict(Verdict::Bad),
            Drive::Sentiment(SentimentLabel::Mixed),
            Drive::Fault(Fault::Carrier),
            Drive::Object(Object::Followup),
            Drive::Language(Language::German),
            Drive::Severity(99),
            Drive::Photo,
            Drive::NoText,
            Drive::Revised,
            Drive::Gone,
            Drive::Missed,
            Drive::Product(ProductId::from_uuid(nil)),
            Drive::Order("1"),
            Drive::Buyer(BuyerId::from_uuid(nil)),
            Drive::Cause(Cause::Quality),
            Drive::Tag(TagId::from_uuid(nil)),
            Drive::HasCase,
            Drive::State(CaseState::Open),
            Drive::Outcome(Outcome::Kept),
            Drive::Waiting(WaitingFor::Buyer),
            Drive::Owner(UserId::from_uuid(nil)),
            Drive::Unowned,
            Drive::Unreviewed,
        ];
        samples.extend(Rating::try_from(1).map(Drive::Rating));
        samples
    }
}
