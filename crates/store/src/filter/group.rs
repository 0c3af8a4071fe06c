//! The groups of a filter as conditions.

use std::borrow::Cow;

use pingxin_domain::case::{CaseKind, CaseState, Outcome, WaitingFor};
use pingxin_domain::list::Changed;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BuyerId, Object, Platform, ProductId, ShopId, TagId, TeamId, TenantId, UserId};
use pingxin_language::{Cause, Fault, Language, SentimentLabel};

use super::Owner;
use crate::facets;
use crate::sql::{Built, Value};

/// Values of one kind, of which a review has any (or, where it says so, all).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Group<'a> {
    Shops(&'a [ShopId]),
    Platforms(&'a [Platform]),
    Objects(&'a [Object]),
    Ratings(&'a [Rating]),
    Verdicts(&'a [Verdict]),
    Sentiments(&'a [SentimentLabel]),
    Faults(&'a [Fault]),
    Languages(&'a [Language]),
    /// True asks for all of them.
    Causes(&'a [Cause], bool),
    /// True asks for all of them.
    Tags(&'a [TagId], bool),
    Handlers(&'a [Owner]),
    Teams(&'a [TeamId]),
    Products(&'a [ProductId]),
    States(&'a [CaseState]),
    Kinds(&'a [CaseKind]),
    Outcomes(&'a [Outcome]),
    Waiting(&'a [WaitingFor]),
    Changed(&'a [Changed]),
    Text(bool),
    Photo(bool),
    Case(bool),
    Severity(u8),
    Order(&'a str),
    Buyer(BuyerId),
}

/// Under which names a statement has what conditions ask of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    pub(crate) tenant: TenantId,
    /// The bits.
    pub(crate) facets: &'static str,
    /// The position of the review.
    pub(crate) position: &'static str,
    /// Whether the review itself is there, as `r`.
    pub(crate) review: bool,
    /// State, owner and urgency of the case, where it is at hand.
    pub(crate) case: Option<[&'static str; 3]>,
}

/// Those of a list of cases.
pub(crate) const OF_CASE: Option<[&str; 3]> = Some(["c.state", "c.owner_user_id", "c.severity"]);

impl Names {
    /// ` EXISTS (…)` over the review when it is not at hand; `condition` names it `r`.
    pub(crate) fn of_review<'a>(self, built: &mut Built<'a>, condition: impl FnOnce(&mut Built<'a>)) {
        if self.review {
            built.push("(");
        } else {
            built.with("EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = ", self.tenant);
            built.push(" AND r.position = ").push(self.position).push(" AND ");
        }
        condition(built);
        built.push(")");
    }

    /// The same of the case; `condition` says it of the alias it is given.
    fn of_case<'a>(self, built: &mut Built<'a>, condition: impl FnOnce(&mut Built<'a>, [&'static str; 2])) {
        if let Some([state, owner, _]) = self.case {
            built.push("(");
            condition(built, [state, owner]);
        } else {
            built.with("EXISTS (SELECT 1 FROM cases h WHERE h.tenant_id = ", self.tenant);
            built.push(" AND h.position = ").push(self.position).push(" AND ");
            condition(built, ["h.state", "h.owner_user_id"]);
        }
        built.push(")");
    }

    /// The same of a column of the case that no index carries; `condition` is given the alias.
    fn of_case_row<'a>(self, built: &mut Built<'a>, condition: impl FnOnce(&mut Built<'a>, &'static str)) {
        match self.case {
            Some(names) => condition(built, if Some(names) == OF_CASE { "c" } else { "k" }),
            None => {
                built.with("EXISTS (SELECT 1 FROM cases h WHERE h.tenant_id = ", self.tenant);
                built.push(" AND h.position = ").push(self.position).push(" AND ");
                condition(built, "h");
                built.push(")");
            }
        }
    }

    /// A condition on the review, or on the case itself where that has none: `begin` opens it up to the value.
    fn of_review_or_case<'a>(
        self,
        built: &mut Built<'a>,
        begin: &'static str,
        value: impl Into<Value<'a>>,
        condition: impl FnOnce(&mut Built<'a>),
    ) {
        if self.case != OF_CASE {
            return self.of_review(built, condition);
        }
        built.push("(").with(begin, value).push(") OR ");
        self.of_review(built, condition);
        built.push(")");
    }

    pub(super) fn bits(self, built: &mut Built<'_>, mask: i64, comparison: &'static str, value: i64) {
        built.push("(").push(self.facets).with(" & ", mask).push("::bigint)");
        built.with(comparison, value).push("::bigint");
    }

    /// One value of a field, or a set of them as one bit each. `cut` shifts the field to the right end.
    fn field(self, built: &mut Built<'_>, field: facets::Field, cut: &'static str, values: &[i64]) {
        if let [value] = values {
            return self.bits(built, field.mask(), " = ", *value);
        }
        let set = values.iter().fold(0_i64, |set, value| set | 1 << field.of(*value));
        built.with("((", set).push("::bigint >> ((").push(self.facets).push(cut).push(") & 1) = 1");
    }

    /// Of a shop that a condition on `s` names, by its number.
    pub(crate) fn shop<'a>(self, built: &mut Built<'a>, condition: impl FnOnce(&mut Built<'a>)) {
        built
            .push("((")
            .push(self.facets)
            .with(" >> 38) & 16777215) IN (SELECT s.number FROM shops s WHERE s.tenant_id = ", self.tenant);
        condition(built);
        built.push(")");
    }
}

impl<'a> Group<'a> {
    /// The condition, as one term.
    pub(crate) fn push(self, built: &mut Built<'a>, names: Names) {
        match self {
            Self::Shops(shops) => names.shop(built, |built| {
                built.among("s.id", shops);
            }),
            Self::Platforms(platforms) => names.shop(built, |built| {
                built.any_of_codes("s.platform", platforms, |platform| Cow::Owned(platform.code()));
            }),
            Self::Objects(objects) => {
                let values: Vec<i64> = objects.iter().map(|object| facets::object(*object)).collect();
                names.field(built, facets::OBJECT, " >> 8) & 7)::int", &values);
            }
            Self::Ratings(ratings) => {
                let values: Vec<i64> = ratings.iter().map(|rating| facets::rating(Some(*rating))).collect();
                names.field(built, facets::RATING, " >> 0) & 7)::int", &values);
            }
            Self::Verdicts(verdicts) => {
                let values: Vec<i64> = verdicts.iter().map(|verdict| facets::verdict(*verdict)).collect();
                names.field(built, facets::VERDICT, " >> 3) & 3)::int", &values);
            }
            Self::Sentiments(labels) => {
                let values: Vec<i64> = labels.iter().map(|label| facets::sentiment(*label)).collect();
                names.field(built, facets::SENTIMENT, " >> 5) & 7)::int", &values);
            }
            // The number has no room for it; reviews whose fault is rare have a list.
            Self::Faults(faults) => names.of_review(built, |built| {
                let codes = faults.iter().map(|fault| Cow::Borrowed(fault.as_str())).collect();
                built.with("r.fault = ANY(", Value::Texts(codes)).push("::text[])");
            }),
            Self::Languages(languages) => {
                let values: Vec<i64> = languages.iter().map(|language| facets::language(*language)).collect();
                names.field(built, facets::LANGUAGE, " >> 11) & 15)::int", &values);
            }
            Self::Causes(causes, all) => {
                let mask = facets::causes(causes);
                if all { names.bits(built, mask, " = ", mask) } else { names.bits(built, mask, " <> ", 0) }
            }
            Self::Tags(tags, false) => {
                tagged(built, names);
                built.with("t.tag_id = ANY(", tags).push("::uuid[]))");
            }
            Self::Tags(tags, true) => {
                built.push("(");
                for (at, tag) in tags.iter().enumerate() {
                    built.push(if at == 0 { "" } else { " AND " });
                    tagged(built, names);
                    built.with("t.tag_id = ", *tag).push(")");
                }
                built.push(")");
            }
            Self::Handlers(handlers) => names.of_case(built, |built, [_, owner]| {
                let people: Vec<UserId> = handlers.iter().filter_map(|one| user_of(*one)).collect();
                built.push("(").push(owner).with(" = ANY(", people.as_slice()).push("::uuid[])");
                if handlers.contains(&Owner::None) {
                    built.push(" OR ").push(owner).push(" IS NULL");
                }
                built.push(")");
            }),
            Self::Products(products) => names.of_review(built, |built| {
                built.with("r.product_id = ANY(", products).push("::uuid[])");
            }),
            Self::States(states) => names.of_case(built, |built, [state, _]| {
                let codes = states.iter().map(|state| Cow::Borrowed(state.code())).collect();
                built.push(state).with(" = ANY(", Value::Texts(codes)).push("::text[])");
            }),
            Self::Kinds(kinds) => names.of_case_row(built, |built, case| {
                let codes = kinds.iter().map(|kind| Cow::Borrowed(kind.code())).collect();
                built.push(case).with(".kind = ANY(", Value::Texts(codes)).push("::text[])");
            }),
            Self::Outcomes(outcomes) => names.of_case_row(built, |built, case| {
                let codes = outcomes.iter().map(|outcome| Cow::Borrowed(outcome.code())).collect();
                built.push(case).with(".outcome = ANY(", Value::Texts(codes)).push("::text[])");
            }),
            Self::Waiting(all) => names.of_case_row(built, |built, case| {
                let codes = all.iter().map(|on| Cow::Borrowed(on.code())).collect();
                built.push(case).with(".waiting_for = ANY(", Value::Texts(codes)).push("::text[])");
            }),
            Self::Changed(ways) => {
                let bit = |way: &Changed| match way {
                    Changed::Revised => facets::REVISED,
                    Changed::Deleted => facets::GONE,
                };
                names.bits(built, ways.iter().map(bit).fold(0, |all, one| all | one), " <> ", 0);
            }
            Self::Text(wanted) => names.flag(built, facets::TEXT, wanted),
            Self::Photo(wanted) => names.flag(built, facets::PHOTO, wanted),
            Self::Case(wanted) => names.flag(built, facets::CASE, wanted),
            // A case has an urgency of its own.
            Self::Severity(least) => match names.case {
                Some([_, _, severity]) if names.case == OF_CASE => {
                    built.push(severity).with(" >= ", least);
                }
                _ => {
                    built.push("((").push(names.facets).with(" >> 31) & 127) >= ", least);
                }
            },
            Self::Teams(teams) => names.of_case(built, |built, [_, owner]| {
                built
                    .push(owner)
                    .with(" IN (SELECT m.user_id FROM team_members m WHERE m.tenant_id = ", names.tenant);
                built.with(" AND m.team_id = ANY(", teams).push("::uuid[]))");
            }),
            Self::Order(number) => {
                names.of_review_or_case(
                    built,
                    "(c.order_number IS NOT NULL AND c.order_number = ",
                    number,
                    |built| {
                        built.with("r.order_number = ", number);
                    },
                );
            }
            Self::Buyer(buyer) => {
                names.of_review_or_case(built, "(c.buyer_id IS NOT NULL AND c.buyer_id = ", buyer, |built| {
                    built.with("r.buyer_id = ", buyer);
                });
            }
        }
    }
}

impl Names {
    fn flag(self, built: &mut Built<'_>, bit: i64, wanted: bool) {
        self.bits(built, bit, if wanted { " <> " } else { " = " }, 0);
    }
}

fn tagged(built: &mut Built<'_>, names: Names) {
    built.with("EXISTS (SELECT 1 FROM review_tags t WHERE t.tenant_id = ", names.tenant);
    built.push(" AND t.position = ").push(names.position).push(" AND ");
}

pub(super) fn user_of(owner: Owner) -> Option<UserId> {
    match owner {
        Owner::None => None,
        Owner::User(user) => Some(user),
    }
}
