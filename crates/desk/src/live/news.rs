//! What the watcher has found, and what of it a listener may be told.

use std::collections::BTreeMap;

use pingxin_domain::{Action, CaseId, Department, Role, Scope, ShopId, UserId};
use pingxin_store::live::{Deed, ImportStep};
use pingxin_store::presence::Presence;

/// Everything found in one look.
#[derive(Debug, Default)]
pub(super) struct News {
    /// The last entry of the audit then.
    pub(super) seq: u64,
    /// What was done.
    pub(super) deeds: Vec<Done>,
    /// Imports that have moved on.
    pub(super) imports: Vec<ImportStep>,
    /// Cases at which people have come, gone, or begun to write.
    pub(super) presences: Vec<Presences>,
    /// Too much was done to say what.
    pub(super) everything: bool,
}

/// A deed, with what is known of its task.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) deed: Deed,
    pub(super) task: Option<(Department, CaseId)>,
}

/// Who is at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Presences {
    pub(super) case: CaseId,
    pub(super) shop: ShopId,
    pub(super) people: Vec<Present>,
}

/// Somebody who looks at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub id: UserId,
    /// His name.
    pub name: String,
    /// Whether he is writing.
    pub typing: bool,
}

/// Which lists are not what they were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Reviews.
    pub reviews: bool,
    /// Cases.
    pub cases: bool,
    /// Imports.
    pub imports: bool,
    /// Tasks.
    pub tasks: bool,
    /// Held texts.
    pub holds: bool,
    /// The cases that are known to have changed.
    pub case_ids: Vec<CaseId>,
}

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something has changed.
    Changed(Changed),
    /// Who is at a case now.
    Presence(CaseId, Vec<Present>),
}

/// Everybody by the case he is at.
pub(super) fn by_case(there: Vec<Presence>) -> BTreeMap<CaseId, Presences> {
    let mut cases: BTreeMap<CaseId, Presences> = BTreeMap::new();
    for Presence { case, shop, user, name, typing } in there {
        let at = cases.entry(case).or_insert_with(|| Presences { case, shop, people: Vec::new() });
        at.people.push(Present { id: user, name, typing });
    }
    cases
}

impl News {
    /// Nobody knows what has changed.
    pub(super) fn everything(seq: u64) -> Self {
        Self { seq, everything: true, ..Self::default() }
    }

    pub(super) fn is_none(&self) -> bool {
        !self.everything && self.deeds.is_empty() && self.imports.is_empty() && self.presences.is_empty()
    }

    /// What of it somebody may know.
    pub(super) fn told_to(&self, scope: &Scope) -> Vec<Told> {
        let mut told = Vec::new();
        let changed = self.changed(scope);
        if changed != Changed::default() {
            told.push(Told::Changed(changed));
        }
        if scope.may(Action::ReadCases) {
            let seen = self.presences.iter().filter(|at| scope.shops.covers(at.shop));
            told.extend(seen.map(|at| Told::Presence(at.case, at.people.clone())));
        }
        told
    }

    fn changed(&self, scope: &Scope) -> Changed {
        let (reviews, cases) = (scope.may(Action::ReadReviews), scope.may(Action::ReadCases));
        let (imports, tasks) = (scope.may(Action::ReadImports), scope.may(Action::ReadTasks));
        if self.everything {
            return Changed { reviews, cases, imports, tasks, holds: tasks, case_ids: Vec::new() };
        }
        let mut changed = Changed::default();
        for told in &self.deeds {
            changed.take(told, scope);
        }
        for import in &self.imports {
            // An import whose shop is not known has stored nothing yet.
            let seen = import.shop.is_none_or(|shop| scope.shops.covers(shop));
            changed.imports |= seen;
            changed.reviews |= seen && import.shop.is_some();
            changed.cases |= seen && import.shop.is_some();
        }
        changed.case_ids.sort_unstable();
        changed.case_ids.dedup();
        changed.reviews &= reviews;
        changed.cases &= cases;
        changed.imports &= imports;
        changed.tasks &= tasks;
        changed.holds &= tasks;
        if !cases {
            changed.case_ids.clear();
        }
        changed
    }
}

impl Changed {
    fn take(&mut self, told: &Done, scope: &Scope) {
        let deed = &told.deed;
        let seen = deed.shop.is_some_and(|shop| scope.shops.covers(shop));
        match deed.subject_kind.as_str() {
            "case" if seen => {
                self.cases = true;
                // A list of reviews shows who has the case of each.
                self.reviews = true;
                self.case_ids.extend(deed.subject_id.parse::<CaseId>());
            }
            "review" if seen => self.reviews = true,
            // A department is told that something of its shops was decided, not what.
            "hold" if seen => self.holds = true,
            "task" if seen => {
                let Some((department, case)) = told.task else { return };
                if scope.role != Role::Department || scope.department == Some(department) {
                    self.tasks = true;
                    self.cases = true;
                    self.case_ids.push(case);
                }
            }
            "import" => self.imports |= seen || deed.shop.is_none(),
            // Things of the whole merchant that rows of lists show, and bulk actions over many rows: that they were
            // done says nothing of any row.
            "tag" | "bulk" | "tenant" => {
                self.reviews = true;
                self.cases = true;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use pingxin_domain::identifiers::Identifier;
    use pingxin_domain::{ShopAccess, TenantId};
    use uuid::Uuid;

    use super::*;

    fn id<I: Identifier>(number: u128) -> I {
        I::from_uuid(Uuid::from_u128(number))
    }

    fn deed(kind: &str, subject: u128, shop: Option<u128>) -> Done {
        let deed = Deed {
            seq: 1,
            action: format!("{kind}.x"),
            subject_kind: kind.into(),
            subject_id: Uuid::from_u128(subject).to_string(),
            shop: shop.map(id),
        };
        Done { deed, task: (kind == "task").then(|| (Department::Warehouse, id(77))) }
    }

    fn scope(role: Role, department: Option<Department>, shops: ShopAccess) -> Scope {
        Scope { role, department, shops, ..Scope::system(id::<TenantId>(1)) }
    }

    #[test]
    fn nobody_hears_of_other_shops() {
        let news = News {
            deeds: vec![deed("case", 5, Some(1)), deed("review", 6, Some(1)), deed("task", 7, Some(1))],
            presences: vec![Presences { case: id(5), shop: id(1), people: Vec::new() }],
            imports: vec![ImportStep { id: id(8), shop: Some(id(1)), step: String::new(), ended: false }],
            ..News::default()
        };
        let narrow = scope(Role::Agent, None, ShopAccess::Only(vec![id(2)]));
        assert_eq!(news.told_to(&narrow), []);
        let told = news.told_to(&scope(Role::Agent, None, ShopAccess::Only(vec![id(1)])));
        let all = Changed {
            reviews: true,
            cases: true,
            imports: true,
            tasks: true,
            holds: false,
            case_ids: vec![id(5), id(77)],
        };
        assert_eq!(told, [Told::Changed(all), Told::Presence(id(5), Vec::new())]);
    }

    #[test]
    fn a_department_hears_of_its_own_tasks_alone() {
        let news = News {
            deeds: vec![deed("case", 5, Some(1)), deed("task", 7, Some(1)), deed("import", 8, None)],
            presences: vec![Presences { case: id(5), shop: id(1), people: Vec::new() }],
            ..News::default()
        };
        let told = |department| news.told_to(&scope(Role::Department, department, ShopAccess::All));
        let own = Told::Changed(Changed { tasks: true, ..Changed::default() });
        assert_eq!(told(Some(Department::Warehouse)), [own]);
        assert_eq!(told(Some(Department::Finance)), []);
        assert_eq!(told(None), []);
        let everything = News::everything(3).told_to(&scope(Role::Department, None, ShopAccess::All));
        assert_eq!(everything, [Told::Changed(Changed { tasks: true, holds: true, ..Changed::default() })]);
    }

    #[test]
    fn what_no_list_shows_is_not_told() {
        let news =
            News { deeds: vec![deed("session", 5, None), deed("shop", 6, Some(1))], ..News::default() };
        assert_eq!(news.told_to(&scope(Role::Owner, None, ShopAccess::All)), []);
    }
}
