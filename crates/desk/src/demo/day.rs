//! What a team has made of its desk by an ordinary morning: teams, tags, saved views, cases in hand with notes.

use jiff::SignedDuration;
use pingxin_domain::case::CaseState;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::List;
use pingxin_domain::tag::Colour;
use pingxin_domain::{Actor, CaseId, Department, Role, Scope, UserId};
use pingxin_language::Cause;
use pingxin_store::case::{self, CaseFilter};
use pingxin_store::identifier::fresh;
use pingxin_store::reference::UserRef;
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::view::{self, View};
use pingxin_store::{bulk, tag, team};

use super::DemoLogin;
use crate::desk::Desk;
use crate::error::Result;
use crate::guard::Outcome;
use crate::tasks::{self, TaskRequest};
use crate::{cases, reviews};

/// A person of the demo with his id.
pub type Person = (DemoLogin, UserId);

/// Tags, and the cause whose newest reviews have it.
const TAGS: [(&str, Colour, Cause); 5] = [
    ("换货中", Colour::Blue, Cause::SizeFit),
    ("等仓库回复", Colour::Orange, Cause::WrongMissing),
    ("批次问题", Colour::Red, Cause::Quality),
    ("催快递", Colour::Cyan, Cause::Logistics),
    ("职业索赔?", Colour::Purple, Cause::Authenticity),
];

/// Views that everybody sees, and the supervisor's own.
const VIEWS: [(&str, List, &str, bool); 6] = [
    ("一星质量问题", List::Reviews, "rating=1&cause=quality", true),
    ("带图差评", List::Reviews, "rating=1&rating=2&has_photo=true", true),
    ("没人管的急件", List::Cases, "handler=none&severity_min=60", true),
    ("改过的评价", List::Reviews, "changed=revised", true),
    ("物流投诉", List::Cases, "cause=logistics", true),
    ("我盯的", List::Cases, "mine=true", false),
];

/// Notes on cases in hand.
const NOTES: [&str; 4] = [
    "已旺旺联系买家，等回复。",
    "买家同意换货，仓库下午发出。",
    "电话没人接，晚上再打。",
    "查过物流，确实晚到三天，已道歉。",
];

/// Questions to other departments, and what the warehouse answered to some.
const TASKS: [(Department, &str, Option<&str>); 6] = [
    (
        Department::Warehouse,
        "这单发出前称重是多少？买家说少一件。",
        Some("出库称重 1.32 公斤，两件都在；监控已留存。"),
    ),
    (Department::Warehouse, "请补发同款 L 码一件，寄出后回单号。", None),
    (Department::Warehouse, "麻烦查一下这批货有没有质检记录。", None),
    (Department::Courier, "物流停了三天，请催中通并给出到达时间。", None),
    (Department::Product, "连续几位买家说开线，是不是同一批？", None),
    (Department::Finance, "同意仅退款，请打款并回执。", None),
];

/// Makes all of it. Answers nothing: it is there to be seen.
///
/// # Errors
/// When the database does not answer.
pub async fn dress(desk: &Desk, scope: &Scope, people: &[Person]) -> Result<()> {
    let of_role = |role: Role| people.iter().find(|(login, _)| login.role == role).map(|(_, id)| *id);
    let (Some(supervisor), Some(agent)) = (of_role(Role::Supervisor), of_role(Role::Agent)) else {
        return Ok(());
    };
    teams(desk, scope, supervisor, agent).await?;
    for (name, colour, cause) in TAGS {
        put_tag(desk, scope, name, colour, cause).await?;
    }
    let supervisors = as_person(scope, supervisor, Role::Supervisor);
    views(desk, &supervisors, people).await?;
    let filter = CaseFilter { states: vec![CaseState::Open], ..CaseFilter::default() };
    let (page, _) = cases::list(desk, &supervisors, &filter, case::Sort::Severity, None, 120).await?;
    for (index, row) in page.rows.iter().enumerate() {
        let hand = match index % 8 {
            0 | 4 => as_person(scope, agent, Role::Agent),
            6 => supervisors.clone(),
            _ => continue,
        };
        cases::set_owner(desk, &hand, row.id, hand.user(), None).await?;
        if index % 16 == 4 {
            cases::add_note(desk, &hand, row.id, NOTES[index / 16 % NOTES.len()]).await?;
        }
        if index % 16 == 0
            && let Some((department, text, answer)) = TASKS.get(index / 16)
        {
            ask(desk, &hand, row.id, *department, text, people, *answer).await?;
        }
    }
    Ok(())
}

fn as_person(scope: &Scope, user: UserId, role: Role) -> Scope {
    Scope { actor: Actor::User(user), role, ..scope.clone() }
}

async fn teams(desk: &Desk, scope: &Scope, supervisor: UserId, agent: UserId) -> Result<()> {
    desk.store
        .write(|tx| {
            Box::pin(async move {
                for (name, members) in [("国内组", vec![supervisor, agent]), ("海外组", vec![supervisor])]
                {
                    let id = team::create(tx, scope, name).await?;
                    team::set_members(tx, scope, id, &members).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(())
}

async fn put_tag(desk: &Desk, scope: &Scope, name: &str, colour: Colour, cause: Cause) -> Result<()> {
    let filter = ReviewFilter { causes: vec![cause], ..ReviewFilter::default() };
    let (page, _) = reviews::list(desk, scope, &filter, Sort::Newest, None, 40).await?;
    let ids: Vec<_> = page.rows.iter().step_by(2).map(|row| row.id.uuid()).collect();
    let ids = ids.as_slice();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let id = tag::create(tx, scope, name, colour).await?;
                let targets = bulk::targets(tx, scope, List::Reviews, ids).await?;
                bulk::put_tag(tx, scope, id, &targets, None).await.map(drop)
            })
        })
        .await?;
    Ok(())
}

async fn views(desk: &Desk, supervisors: &Scope, people: &[Person]) -> Result<()> {
    let Some(id) = supervisors.user() else { return Ok(()) };
    let name = people.iter().find(|person| person.1 == id).map_or("", |person| person.0.display_name);
    let now = desk.store.clock().now();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                for (view_name, list, query, shared) in VIEWS {
                    let view = View {
                        id: fresh(),
                        list,
                        name: view_name.to_owned(),
                        query: query.to_owned(),
                        columns: Vec::new(),
                        shared,
                        owner: UserRef { id, name: name.to_owned() },
                        created_at: now,
                    };
                    view::create(tx, supervisors, &view).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(())
}

/// A question about a case, due tomorrow, and its answer by whoever of the department is there.
async fn ask(
    desk: &Desk,
    hand: &Scope,
    case: CaseId,
    department: Department,
    text: &str,
    people: &[Person],
    answer: Option<&str>,
) -> Result<()> {
    let due_at = desk.store.clock().now().checked_add(SignedDuration::from_hours(24)).ok();
    let request = TaskRequest { department, text: text.to_owned(), due_at };
    let Outcome::Done(task) = tasks::create(desk, hand, case, &request).await? else { return Ok(()) };
    let asked = people.iter().find(|(login, _)| login.department == Some(department));
    if let (Some(answer), Some((login, id))) = (answer, asked) {
        let theirs =
            Scope { actor: Actor::User(*id), role: login.role, department: login.department, ..hand.clone() };
        tasks::answer(desk, &theirs, task.id, answer).await?;
    }
    Ok(())
}
