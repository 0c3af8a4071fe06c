//! Who gets a case: by rules, once, to whom it may go; take-over with a reason; which case is best taken next.

use std::sync::Arc;

use jiff::SignedDuration;
use pingxin_desk::assignment::{self, AssignmentView};
use pingxin_desk::cases;
use pingxin_desk::import::take_rows;
use pingxin_desk::{Desk, DeskError, clocks, people, planning};
use pingxin_domain::assignment::{Choosing, Prospect, Rule};
use pingxin_domain::clock::{Goals, Hours, Shift};
use pingxin_domain::identifiers::{Identifier, TeamId};
use pingxin_domain::{CaseId, Role, Scope};
use pingxin_store::case::{CaseFilter, EventKind, Owner};

use crate::bench::{Bench, benches, review, review_rows};
use crate::cases::{listed, person};

fn rule(name: &str) -> Rule {
    Rule {
        name: name.into(),
        is_on: true,
        shops: Vec::new(),
        causes: Vec::new(),
        languages: Vec::new(),
        severity_from: 0,
        team: None,
        skill: None,
        choosing: Choosing::RoundRobin,
        most: None,
    }
}

async fn opened(bench: &Bench, many: usize) -> Vec<CaseId> {
    let rows = review_rows((0..many).map(|at| review(&format!("R{at}"), 1, "开线")));
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    listed(&bench.desk, &bench.scope, CaseFilter::default()).await
}

async fn always_open(bench: &Bench, silence: Option<u32>) {
    let goals = Goals { silence, ..Goals::default() };
    clocks::set_of_shop(&bench.desk, &bench.scope, bench.shop.id, &Hours::always(), &goals).await.unwrap();
}

async fn of(bench: &Bench, who: &Scope) -> usize {
    let filter =
        CaseFilter { handlers: who.user().map(Owner::User).into_iter().collect(), ..CaseFilter::default() };
    listed(&bench.desk, &bench.scope, filter).await.len()
}

fn load(view: &AssignmentView, name: &str) -> u32 {
    view.people.iter().find(|person| person.name == name).unwrap().worker.load
}

#[tokio::test]
async fn cases_go_round_among_those_on_duty_and_nobody_gets_more_than_he_may() {
    for bench in benches().await {
        let desk = &bench.desk;
        always_open(&bench, None).await;
        let (tang, he, away) = (
            person(&bench, "tang", Role::Agent).await,
            person(&bench, "he", Role::Agent).await,
            person(&bench, "away", Role::Agent).await,
        );
        person(&bench, "look", Role::ReadOnly).await;
        let now = desk.store.clock().now();
        let absence = Shift { from: now, to: now + SignedDuration::from_hours(8), is_away: true };
        clocks::add_shifts(desk, &bench.scope, &[(away.user().unwrap(), absence)]).await.unwrap();
        opened(&bench, 7).await;
        assert_eq!(assignment::give_due(desk, || true).await.unwrap(), 0, "no rule, no assignment");
        let rules = [Rule { most: Some(3), ..rule("轮流") }];
        let refused = assignment::set_rules(desk, &tang, &rules).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))));
        let unknown = [Rule { team: Some(TeamId::from_uuid(uuid::Uuid::nil())), ..rule("外人") }];
        let refused = assignment::set_rules(desk, &bench.scope, &unknown).await;
        assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
        assignment::set_rules(desk, &bench.scope, &rules).await.unwrap();
        assert_eq!(assignment::give_due(desk, || true).await.unwrap(), 6);
        assert_eq!([of(&bench, &tang).await, of(&bench, &he).await, of(&bench, &away).await], [3, 3, 0]);
        let view = assignment::view(desk, &tang).await.unwrap();
        assert_eq!((load(&view, "tang"), view.people.len()), (3, 3));
        assert_eq!(assignment::give_due(desk, || true).await.unwrap(), 0, "all have their fill");
        let free = CaseFilter { handlers: vec![Owner::None], ..CaseFilter::default() };
        assert_eq!(listed(desk, &bench.scope, free).await.len(), 1);
        let his = CaseFilter { handlers: vec![Owner::User(he.user().unwrap())], ..CaseFilter::default() };
        let one = listed(desk, &bench.scope, his).await[0];
        let events = cases::get(desk, &tang, one).await.unwrap().detail.events;
        let given = events.iter().find(|event| event.kind == EventKind::Assigned).unwrap();
        assert_eq!((given.body["rule"].as_str(), given.actor.is_none()), (Some("轮流"), true));
    }
}

#[tokio::test]
async fn a_skill_and_a_team_narrow_it_and_who_was_silent_does_not_get_it_again() {
    for bench in benches().await {
        let desk = &bench.desk;
        always_open(&bench, Some(60)).await;
        let (tang, he) = (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        let lead = person(&bench, "lead", Role::Supervisor).await;
        let skill = ["质量".to_owned()];
        assignment::set_skills(desk, &bench.scope, tang.user().unwrap(), &skill).await.unwrap();
        let team = people::create_team(desk, &bench.scope, "夜班", &[lead.user().unwrap()]).await.unwrap();
        let rules = [
            Rule { skill: Some("质量".into()), ..rule("懂质量的") },
            Rule { team: Some(team.id), ..rule("夜班") },
        ];
        assignment::set_rules(desk, &bench.scope, &rules).await.unwrap();
        let id = opened(&bench, 1).await[0];
        planning::renew_due(desk, || true).await.unwrap();
        assignment::give_due(desk, || true).await.unwrap();
        assert_eq!(of(&bench, &tang).await, 1);
        bench.database.clock().advance(SignedDuration::from_mins(61));
        planning::renew_due(desk, || true).await.unwrap();
        assert_eq!(of(&bench, &tang).await, 0, "he was silent");
        assignment::give_due(desk, || true).await.unwrap();
        assert_eq!([of(&bench, &tang).await, of(&bench, &he).await, of(&bench, &lead).await], [0, 0, 1]);
        let row = cases::get(desk, &he, id).await.unwrap().detail.row;
        assert_eq!(row.owner.map(|owner| owner.name), Some("lead".into()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_give_each_case_once() {
    for bench in benches().await {
        always_open(&bench, None).await;
        let (tang, he) = (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        opened(&bench, 40).await;
        assignment::set_rules(&bench.desk, &bench.scope, &[rule("轮流")]).await.unwrap();
        let clock = Arc::clone(bench.database.clock());
        let other = pingxin_store::Store::open(bench.database.url(), bench.database.key().clone(), clock);
        let files = std::env::temp_dir().join("pingxin-desk-tests");
        let other = Desk::new(other.await.unwrap(), "pingxin".into(), files);
        let one = assignment::give_due(&bench.desk, || true);
        let (one, two) = tokio::join!(one, assignment::give_due(&other, || true));
        assert_eq!(one.unwrap() + two.unwrap(), 40);
        assert_eq!(of(&bench, &tang).await + of(&bench, &he).await, 40);
        let query = "SELECT CAST(max(n) AS TEXT) FROM (SELECT count(*) AS n FROM case_events \
            WHERE kind = 'assigned' GROUP BY case_id) counted";
        assert_eq!(bench.database.raw_texts(query).await.unwrap(), ["1"]);
    }
}

#[tokio::test]
async fn a_colleague_takes_over_with_a_reason_that_the_guard_lets_pass() {
    for bench in benches().await {
        let desk = &bench.desk;
        let (tang, he) = (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        let id = opened(&bench, 1).await[0];
        cases::set_owner(desk, &tang, id, tang.user(), None).await.unwrap();
        let locked = cases::set_owner(desk, &he, id, he.user(), None).await;
        assert!(matches!(locked, Err(DeskError::Refused(_))));
        let silent = cases::take_over(desk, &he, id, "  ", None).await;
        assert!(matches!(silent, Err(DeskError::Refused(_))));
        let bribe = cases::take_over(desk, &he, id, "您把差评删掉，我马上给您退全款。", None).await;
        assert!(matches!(bribe, Err(DeskError::Blocked(_))), "{bribe:?}");
        let seen = cases::take_over(desk, &he, id, "他下班了，买家在线", None).await.unwrap().detail;
        assert_eq!(seen.row.owner.map(|owner| owner.id), he.user());
        let last = seen.events.last().unwrap();
        let told = (last.body["from"]["name"].as_str(), last.body["text"].as_str());
        assert_eq!(told, (Some("tang"), Some("他下班了，买家在线")));
    }
}

#[tokio::test]
async fn the_next_case_is_the_one_that_pays_most_and_says_why() {
    for bench in benches().await {
        let desk = &bench.desk;
        always_open(&bench, None).await;
        let (tang, he) = (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        assert!(assignment::next_case(desk, &tang, None).await.unwrap().is_none(), "nothing to do");
        let ids = opened(&bench, 2).await;
        planning::renew_due(desk, || true).await.unwrap();
        let first = assignment::next_case(desk, &tang, None).await.unwrap().unwrap();
        assert!(first.merit.due.is_some() && first.score > 0);
        assert_ne!(first.merit.prospect, Prospect::Removable);
        let second = assignment::next_case(desk, &tang, Some(first.row.id)).await.unwrap().unwrap();
        assert_ne!(first.row.id, second.row.id);
        for id in ids {
            cases::set_owner(desk, &he, id, he.user(), None).await.unwrap();
        }
        assert!(assignment::next_case(desk, &tang, None).await.unwrap().is_none(), "a colleague's are his");
        assert!(assignment::next_case(desk, &he, None).await.unwrap().is_some(), "one's own go on");
        let reader = person(&bench, "look", Role::ReadOnly).await;
        let refused = assignment::next_case(desk, &reader, None).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))));
    }
}
