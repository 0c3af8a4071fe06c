//! Who has a case, and what the team writes to it.

use pingxin_desk::import::take_rows;
use pingxin_desk::{Desk, DeskError, cases};
use pingxin_domain::{Actor, CaseId, Role, Scope, ShopAccess, UserId};
use pingxin_store::case::{CaseFilter, EventKind, Owner, Sort};
use pingxin_store::user::{self, NewUser};

use crate::bench::{Bench, benches, review, review_rows};

pub async fn person(bench: &Bench, login: &str, role: Role) -> Scope {
    let tenant = bench.scope.tenant;
    let id: UserId = bench
        .desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let new = NewUser {
                    login,
                    display_name: login,
                    password_hash: "-",
                    role,
                    department: None,
                    shops: ShopAccess::All,
                    locale: None,
                };
                user::create(tx, tenant, &new).await
            })
        })
        .await
        .unwrap();
    Scope::whole(tenant, Actor::User(id), role)
}

async fn one_case(bench: &Bench) -> CaseId {
    let rows = review_rows([review("R1", 1, "开线")]);
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    listed(&bench.desk, &bench.scope, CaseFilter::default()).await[0]
}

pub async fn listed(desk: &Desk, scope: &Scope, filter: CaseFilter) -> Vec<CaseId> {
    let page = cases::list(desk, scope, &filter, Sort::Severity, None, 50).await.unwrap().0;
    page.rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn an_agent_takes_a_case_and_a_colleague_cannot() {
    for bench in benches().await {
        let id = one_case(&bench).await;
        let (mine, colleague) =
            (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        let supervisor = person(&bench, "zhou", Role::Supervisor).await;
        let taken = cases::set_owner(&bench.desk, &mine, id, mine.user(), None).await.unwrap();
        assert_eq!(taken.detail.row.owner.as_ref().map(|owner| owner.name.as_str()), Some("tang"));
        let refused =
            cases::set_owner(&bench.desk, &colleague, id, colleague.user(), None).await.unwrap_err();
        assert!(matches!(&refused, DeskError::Refused(say) if say.zh.contains("主管")), "{refused:?}");
        let handed = cases::set_owner(&bench.desk, &supervisor, id, colleague.user(), None).await.unwrap();
        assert_eq!(handed.detail.row.owner.as_ref().map(|owner| owner.id), colleague.user());
        let of_colleague = CaseFilter {
            handlers: colleague.user().map(Owner::User).into_iter().collect(),
            ..CaseFilter::default()
        };
        assert_eq!(listed(&bench.desk, &mine, of_colleague).await, [id]);
    }
}

#[tokio::test]
async fn an_agent_cannot_hand_a_case_to_somebody_else_and_a_reader_cannot_take_one() {
    for bench in benches().await {
        let id = one_case(&bench).await;
        let (mine, reader) =
            (person(&bench, "tang", Role::Agent).await, person(&bench, "look", Role::ReadOnly).await);
        for (scope, owner) in [(&mine, reader.user()), (&reader, reader.user())] {
            let refused = cases::set_owner(&bench.desk, scope, id, owner, None).await.unwrap_err();
            assert!(matches!(refused, DeskError::Forbidden(_)), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn a_stale_page_does_not_overwrite() {
    for bench in benches().await {
        let id = one_case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let seen = cases::get(&bench.desk, &mine, id).await.unwrap().detail.row.version;
        cases::add_note(&bench.desk, &mine, id, "已电话联系，未接").await.unwrap();
        let stale = cases::set_owner(&bench.desk, &mine, id, mine.user(), Some(seen)).await.unwrap_err();
        assert!(matches!(stale, DeskError::Stale), "{stale:?}");
    }
}

#[tokio::test]
async fn the_story_names_who_did_what() {
    for bench in benches().await {
        let id = one_case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        cases::set_owner(&bench.desk, &mine, id, mine.user(), None).await.unwrap();
        cases::add_note(&bench.desk, &mine, id, "  等仓库复检  ").await.unwrap();
        let view = cases::set_owner(&bench.desk, &mine, id, None, None).await.unwrap();
        let story: Vec<(EventKind, Option<&str>)> = view
            .detail
            .events
            .iter()
            .map(|event| (event.kind, event.actor.as_ref().map(|actor| actor.name.as_str())))
            .collect();
        assert_eq!(
            story,
            [
                (EventKind::Opened, None),
                (EventKind::Assigned, Some("tang")),
                (EventKind::Note, Some("tang")),
                (EventKind::Released, Some("tang")),
            ]
        );
        assert_eq!(view.detail.events[2].body["text"], "等仓库复检");
        for text in ["", "   ", &"长".repeat(cases::NOTE_LIMIT + 1)] {
            assert!(matches!(
                cases::add_note(&bench.desk, &mine, id, text).await,
                Err(DeskError::Refused(_))
            ));
        }
    }
}
