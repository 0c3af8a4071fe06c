//! Puts the statement of a page or a count together.

use pingxin_domain::list::Match;
use pingxin_domain::{Scope, ShopAccess};

use super::drive::{Drive, Wanted};
use super::group::{Names, OF_CASE};
use super::plan::{Branch, Plan, Probe};
use super::{Filter, Words};
use crate::rating::not_struck;
use crate::sql::Built;
use crate::{Engine, facets, position};

/// Who asks for what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) engine: Engine,
    pub(crate) scope: &'a Scope,
    pub(crate) filter: &'a Filter,
}

/// What is read of each entry, and in which order.
pub(crate) struct Shape<'s> {
    pub(crate) wanted: Wanted,
    /// The columns, each `AS` a name; the names of entries are given.
    pub(crate) columns: &'s dyn Fn(&mut Built<'_>, Names),
    /// The names of the columns, each after `u.`.
    pub(crate) union: &'static str,
    /// Further conditions: the cursor.
    pub(crate) after: &'s dyn Fn(&mut Built<'_>, Names),
    /// ` ORDER BY …` over an entry; empty for a count.
    pub(crate) order: &'s dyn Fn(Names) -> &'static str,
    /// The same over the union.
    pub(crate) union_order: &'static str,
    pub(crate) limit: u64,
}

/// What comes after the conditions of an entry: how many at most, and whether the words are asked for already.
#[derive(Clone, Copy)]
struct Rest {
    limit: u64,
    words: bool,
}

impl<'a> Asked<'a> {
    /// The entries of a plan: `SELECT … LIMIT …`.
    pub(crate) fn push_entries(
        self,
        built: &mut Built<'a>,
        plan: &Plan<'a>,
        shape: &Shape<'_>,
        walk: impl FnOnce(&mut Built<'a>) -> Names,
    ) {
        match plan {
            Plan::Order(branch) => {
                built.push("SELECT ");
                let at = built.text.len();
                let names = walk(built);
                self.finish(built, branch, names, shape, at, Rest { limit: shape.limit, words: true });
            }
            Plan::Probe(Probe { branch, most, .. }) => {
                built.push("SELECT ").push(shape.union).push(" FROM (SELECT ");
                let at = built.text.len();
                let names = match &branch.drive {
                    Drive::All => walk(built),
                    drive => drive.push_from(built, self.scope, self.engine, shape.wanted),
                };
                let place = format!("{} AS place, ", names.position);
                self.finish(built, branch, names, shape, at, Rest { limit: *most, words: false });
                built.text.insert_str(at, &place);
                built.push(") u WHERE ");
                self.push_words_of_place(built);
                // No order again: the entries come as they were walked, and sorting would look through all of them.
                built.with(" LIMIT ", shape.limit);
            }
            Plan::Lists(branches) => match branches.as_slice() {
                [branch] => self.push_branch(built, branch, shape),
                branches => {
                    built.push("SELECT ").push(shape.union).push(" FROM (");
                    for (at, branch) in branches.iter().enumerate() {
                        built.push(if at == 0 { "" } else { " UNION " });
                        built.push("SELECT ").push(shape.union).push(" FROM (");
                        self.push_branch(built, branch, shape);
                        built.push(") u");
                    }
                    built.push(") u").push(shape.union_order).with(" LIMIT ", shape.limit);
                }
            },
        }
    }

    /// The words in the review at `u.place`, entry by entry: as a list they would be read whole.
    fn push_words_of_place(self, built: &mut Built<'a>) {
        let Words::These(wanted) = self.filter.words() else {
            built.push("1 = 1");
            return;
        };
        match self.engine {
            Engine::Sqlite => wanted.push_match_at_place(built, "u.place"),
            Engine::Postgres => wanted.push_at_place(built, self.scope.tenant, "u.place"),
        }
    }

    fn push_branch(self, built: &mut Built<'a>, branch: &Branch<'a>, shape: &Shape<'_>) {
        built.push("SELECT ");
        let at = built.text.len();
        let names = branch.drive.push_from(built, self.scope, self.engine, shape.wanted);
        self.finish(built, branch, names, shape, at, Rest { limit: shape.limit, words: true });
    }

    /// The columns, which stand before the `FROM` that names them, then everything after the list itself.
    fn finish(
        self,
        built: &mut Built<'a>,
        branch: &Branch<'a>,
        names: Names,
        shape: &Shape<'_>,
        at: usize,
        rest: Rest,
    ) {
        let mut columns = Built::new("");
        (shape.columns)(&mut columns, names);
        built.text.insert_str(at, &columns.text);
        self.push_left(built, branch, names);
        self.push_always(built, &branch.drive, names, rest.words);
        (shape.after)(built, names);
        built.push((shape.order)(names)).with(" LIMIT ", rest.limit);
    }

    fn push_left(self, built: &mut Built<'a>, branch: &Branch<'a>, names: Names) {
        if branch.left.is_empty() {
            return;
        }
        let word = if branch.joined == Match::Any { " OR " } else { " AND " };
        built.push(" AND (");
        for (at, group) in branch.left.iter().enumerate() {
            built.push(if at == 0 { "" } else { word });
            group.push(built, names);
        }
        built.push(")");
    }

    /// What holds whatever is asked: the shops of the scope, the words, the time, the ids.
    fn push_always(self, built: &mut Built<'a>, drive: &Drive<'a>, names: Names, words: bool) {
        let Self { engine, scope, filter } = self;
        if let ShopAccess::Only(shops) = &scope.shops {
            let driven = matches!(drive, Drive::Shop(shop) if shops.contains(shop));
            if !driven {
                built.push(" AND ");
                names.shop(built, |built| {
                    built.among("s.id", shops.as_slice());
                });
            }
        }
        let found_by_words = matches!(drive, Drive::Search(_) | Drive::Newest(..));
        if let (true, false, Words::These(wanted)) = (words, found_by_words, filter.words()) {
            built.push(" AND ");
            match engine {
                Engine::Postgres => {
                    names.of_review(built, |built| wanted.push_tsquery(built));
                }
                Engine::Sqlite => wanted.push_match_at_place(built, names.position),
            }
        }
        if names.case == OF_CASE {
            filter.times.push(built, self.scope.tenant);
        }
        if let Some(from) = filter.from {
            built.push(" AND ").push(names.position).with(" >= ", position::first_at(from));
            // A crowded millisecond spills over; only entries near the border are looked at.
            built.push(" AND (").push(names.position).with(" >= ", position::end_before(from)).push(" OR ");
            names.of_review(built, |built| {
                built.with("coalesce(r.created_at, r.imported_at) >= ", from);
            });
            built.push(")");
        }
        if let Some(to) = filter.to {
            if names.case == OF_CASE {
                // What no review says was written at no time.
                built.push(" AND c.position > 0");
            }
            built.push(" AND ").push(names.position).with(" < ", position::end_before(to));
            built.push(" AND (").push(names.position).with(" < ", position::first_at(to)).push(" OR ");
            names.of_review(built, |built| {
                built.with("coalesce(r.created_at, r.imported_at) < ", to);
            });
            built.push(")");
        }
        if filter.counting {
            built.push(" AND ");
            names.bits(built, facets::GONE, " = ", 0);
            built.push(" AND ");
            names.of_review(built, |built| {
                built.push(not_struck!());
            });
        }
        if !filter.ids.is_empty() && !matches!(drive, Drive::Ids(_)) {
            built.push(" AND ");
            names.of_review(built, |built| {
                built.with("r.id = ANY(", filter.ids.as_slice()).push("::uuid[])");
            });
        }
    }
}
