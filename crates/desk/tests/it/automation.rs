//! Rules act once on what happens, are held back, broken or tried; macros are run on many cases and taken back.

use std::sync::Arc;

use jiff::SignedDuration;
use pingxin_desk::automation::{
    self, create_macro, create_rule, delete_rule, dry_run, get_rules, restore_rule, update_rule,
};
use pingxin_desk::bulk::{self, BulkAction, Chosen};
use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, cases, tags, tasks};
use pingxin_domain::automation::{Act, Condition, Happening, Macro, Rule, RunOutcome};
use pingxin_domain::case::Outcome as CaseOutcome;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::{List, Match};
use pingxin_domain::tag::Colour;
use pingxin_domain::task::TaskState;
use pingxin_domain::{CaseId, Department, Role, Scope, TagId};
use pingxin_store::automation::{RunFilter, RunRow};
use pingxin_store::case::{CaseFilter, EventKind};
use pingxin_store::task::TaskFilter;
use serde_json::Value;

use crate::bench::{Bench, benches, review, review_rows};
use crate::cases::{listed, person};

fn rule(name: &str, when: Happening, acts: Vec<Act>) -> Rule {
    Rule {
        name: name.into(),
        is_on: true,
        when,
        matching: Match::All,
        conditions: Vec::new(),
        acts,
        hourly: 100,
    }
}

fn note(text: &str) -> Act {
    Act::Note { text: text.into() }
}

fn ask(text: &str) -> Act {
    Act::AskTask { department: Department::Warehouse, text: text.into(), due_hours: Some(4) }
}

async fn bring(bench: &Bench, ids: &[&str]) -> Vec<CaseId> {
    let rows = review_rows(ids.iter().map(|id| review(id, 1, "穿了两天就开线")));
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let mut found = listed(&bench.desk, &bench.scope, CaseFilter::default()).await;
    found.sort();
    found
}

async fn automate(bench: &Bench) {
    automation::run_due(&bench.desk, || true).await.unwrap();
}

async fn runs(bench: &Bench) -> Vec<RunRow> {
    let all = RunFilter::default();
    automation::runs(&bench.desk, &bench.scope, &all, None, 100).await.unwrap().0.rows
}

async fn told(bench: &Bench, id: CaseId, kind: EventKind) -> Vec<Value> {
    let events = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.events;
    events.into_iter().filter(|event| event.kind == kind).map(|event| event.body).collect()
}

async fn tag(bench: &Bench, name: &str) -> TagId {
    tags::create(&bench.desk, &bench.scope, name, Colour::Red).await.unwrap().id
}

async fn questions(bench: &Bench) -> Vec<pingxin_store::task::Task> {
    let all = TaskFilter::default();
    tasks::list(&bench.desk, &bench.scope, &all, None, 100).await.unwrap().0.rows
}

#[tokio::test]
async fn a_rule_acts_once_and_stands_in_the_story_of_the_case() {
    for bench in benches().await {
        let mine = person(&bench, "tang", Role::Agent).await;
        let urgent = tag(&bench, "加急").await;
        let acts = vec![
            Act::AssignPerson { person: mine.user().unwrap() },
            Act::Tag { tag: urgent },
            Act::SeverityFloor { severity: 97 },
            ask("请查一下 {{case}} 的 {{product}}"),
            note("先看物流"),
        ];
        let conditions =
            vec![Condition::Stars { from: 1, to: 2 }, Condition::Text { any_of: vec!["开线".into()] }];
        let when = Happening::CaseOpened;
        let made = Rule { conditions, ..rule("一二星开线", when, acts) };
        create_rule(&bench.desk, &bench.scope, &made).await.unwrap();
        let five = Rule {
            conditions: vec![Condition::Stars { from: 5, to: 5 }],
            ..rule("好评", when, vec![note("x")])
        };
        create_rule(&bench.desk, &bench.scope, &five).await.unwrap();
        let id = bring(&bench, &["R1"]).await[0];
        automate(&bench).await;
        automate(&bench).await;
        let found = cases::get(&bench.desk, &bench.scope, id).await.unwrap();
        assert_eq!(found.detail.row.owner.as_ref().map(|owner| owner.id), mine.user());
        assert_eq!(found.detail.row.severity, 97);
        assert_eq!(
            found.review.as_ref().unwrap().detail.row.tags.iter().map(|tag| tag.id).collect::<Vec<_>>(),
            [urgent]
        );
        let asked = questions(&bench).await;
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].text, "请查一下 #1 的 加厚纯棉四件套");
        let due = bench.desk.store.clock().now() + SignedDuration::from_hours(4);
        assert_eq!(asked[0].due_at, Some(due));
        assert_eq!(told(&bench, id, EventKind::Note).await.len(), 1);
        let story = told(&bench, id, EventKind::Automation).await;
        assert_eq!((story.len(), &story[0]["rule"]["name"]), (1, &Value::from("一二星开线")));
        assert_eq!(story[0]["held"].as_array().unwrap().len(), 2, "the reason: {}", story[0]);
        let ran = runs(&bench).await;
        assert_eq!((ran.len(), ran[0].outcome, ran[0].case), (1, RunOutcome::Ran, Some((id, 1))));
    }
}

#[tokio::test]
async fn two_workers_run_each_rule_once_for_each_case() {
    for bench in benches().await {
        for name in ["一", "二"] {
            let made = rule(name, Happening::CaseOpened, vec![note("看过了")]);
            create_rule(&bench.desk, &bench.scope, &made).await.unwrap();
        }
        let ids: Vec<String> = (0..30).map(|number| format!("R{number}")).collect();
        let cases = bring(&bench, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let desk = Arc::new(bench.desk.clone());
        let workers = (0..2).map(|_| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move { automation::run_due(&desk, || true).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap().unwrap();
        }
        automate(&bench).await;
        assert_eq!(runs(&bench).await.len(), 60);
        for id in cases {
            assert_eq!(told(&bench, id, EventKind::Note).await.len(), 2);
        }
    }
}

#[tokio::test]
async fn a_rule_is_held_back_after_so_many_runs_an_hour() {
    for bench in benches().await {
        let made = Rule { hourly: 2, ..rule("少量", Happening::CaseOpened, vec![note("看过了")]) };
        create_rule(&bench.desk, &bench.scope, &made).await.unwrap();
        bring(&bench, &["R1", "R2", "R3", "R4"]).await;
        automate(&bench).await;
        let of = async |outcome| {
            let filter = RunFilter { outcome: Some(outcome), ..RunFilter::default() };
            automation::runs(&bench.desk, &bench.scope, &filter, None, 10).await.unwrap().1.value
        };
        assert_eq!((of(RunOutcome::Ran).await, of(RunOutcome::HeldBack).await), (2, 2));
        let view = get_rules(&bench.desk, &bench.scope).await.unwrap();
        assert_eq!((view[0].ran, view[0].held_back), (2, 2), "what was held back is shown");
        bench.database.clock().advance(SignedDuration::from_mins(61));
        bring(&bench, &["R5"]).await;
        automate(&bench).await;
        assert_eq!(of(RunOutcome::Ran).await, 3);
    }
}

#[tokio::test]
async fn what_a_rule_has_done_itself_does_not_set_it_off_again() {
    for bench in benches().await {
        let agent = person(&bench, "tang", Role::Agent).await;
        let made = rule("再问一次", Happening::TaskAnswered, vec![ask("还缺一张照片")]);
        create_rule(&bench.desk, &bench.scope, &made).await.unwrap();
        let id = bring(&bench, &["R1"]).await[0];
        let request =
            tasks::TaskRequest { department: Department::Warehouse, text: "请查".into(), due_at: None };
        tasks::create(&bench.desk, &agent, id, &request).await.unwrap();
        // Answered again and again: its own question, answered, asks nothing more.
        for _ in 0..4 {
            for task in questions(&bench).await {
                if task.state == TaskState::Open {
                    tasks::answer(&bench.desk, &bench.scope, task.id, "已查到").await.unwrap();
                }
            }
            automate(&bench).await;
        }
        assert_eq!(questions(&bench).await.len(), 2);
        assert_eq!(runs(&bench).await.len(), 1);
    }
}

#[tokio::test]
async fn solving_and_opening_again_are_told_to_rules_with_what_set_them_off() {
    for bench in benches().await {
        for (name, when) in [("解决", Happening::CaseSolved), ("重开", Happening::CaseReopened)] {
            create_rule(&bench.desk, &bench.scope, &rule(name, when, vec![note(name)])).await.unwrap();
        }
        let agent = person(&bench, "tang", Role::Agent).await;
        let id = bring(&bench, &["R1"]).await[0];
        let solve = cases::CaseMove::Solve(CaseOutcome::Kept);
        cases::set_state(&bench.desk, &agent, id, &solve, None, None).await.unwrap();
        automate(&bench).await;
        let names = async || runs(&bench).await.into_iter().map(|run| run.rule_name).collect::<Vec<_>>();
        assert_eq!(names().await, ["解决"]);
        let again = cases::CaseMove::Reopen;
        cases::set_state(&bench.desk, &agent, id, &again, Some("买家又来了"), None).await.unwrap();
        automate(&bench).await;
        assert_eq!(names().await, ["重开", "解决"]);
    }
}

#[tokio::test]
async fn a_rule_that_names_what_is_gone_is_broken_and_does_not_run() {
    for bench in benches().await {
        let urgent = tag(&bench, "加急").await;
        let made = rule("加急", Happening::CaseOpened, vec![Act::Tag { tag: urgent }]);
        let view = create_rule(&bench.desk, &bench.scope, &made).await.unwrap();
        assert!(view.missing.is_empty());
        tags::delete(&bench.desk, &bench.scope, urgent).await.unwrap();
        bring(&bench, &["R1"]).await;
        automate(&bench).await;
        assert!(runs(&bench).await.is_empty());
        assert_eq!(get_rules(&bench.desk, &bench.scope).await.unwrap()[0].missing.len(), 1);
        let refused = create_rule(&bench.desk, &bench.scope, &made).await;
        assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn texts_pass_the_guard_and_rules_are_kept_by_those_who_may() {
    for bench in benches().await {
        let blocked = rule("催", Happening::CaseOpened, vec![note("您把差评删掉，我马上给您退全款。")]);
        let refused = create_rule(&bench.desk, &bench.scope, &blocked).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_))), "{refused:?}");
        let made = rule("记一笔", Happening::CaseOpened, vec![note("先看物流")]);
        let agent = person(&bench, "tang", Role::Agent).await;
        let refused = create_rule(&bench.desk, &agent, &made).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))), "{refused:?}");
        let supervisor = person(&bench, "zhou", Role::Supervisor).await;
        let id = create_rule(&bench.desk, &supervisor, &made).await.unwrap().row.stored.id;
        let off = Rule { is_on: false, ..made };
        let changed = update_rule(&bench.desk, &supervisor, id, &off, Some(1)).await.unwrap();
        let late = update_rule(&bench.desk, &supervisor, id, &off, Some(1)).await;
        assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
        assert_eq!(changed.row.stored.version, 2);
        delete_rule(&bench.desk, &supervisor, id).await.unwrap();
        assert!(get_rules(&bench.desk, &supervisor).await.unwrap().is_empty());
        restore_rule(&bench.desk, &supervisor, id).await.unwrap();
        assert_eq!(get_rules(&bench.desk, &supervisor).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_changes_nothing() {
    for bench in benches().await {
        let cases = bring(&bench, &["R1", "R2"]).await;
        let made = rule("记一笔", Happening::CaseOpened, vec![note("看 {{case}}")]);
        let tried = dry_run(&bench.desk, &bench.scope, &made).await.unwrap();
        assert_eq!((tried.looked, tried.matched, tried.rows.len()), (2, 2, 2));
        assert!(tried.rows.iter().any(|row| row.acts == [note("看 #1")]));
        let none = Rule { conditions: vec![Condition::Stars { from: 5, to: 5 }], ..made.clone() };
        assert_eq!(dry_run(&bench.desk, &bench.scope, &none).await.unwrap().matched, 0);
        let arrived = rule("评价", Happening::ReviewArrived, vec![note("x")]);
        dry_run(&bench.desk, &bench.scope, &arrived).await.unwrap();
        automate(&bench).await;
        for id in cases {
            assert!(told(&bench, id, EventKind::Note).await.is_empty());
        }
        assert!(get_rules(&bench.desk, &bench.scope).await.unwrap().is_empty());
        bench.database.clock().advance(SignedDuration::from_hours(24 * 31));
        assert_eq!(dry_run(&bench.desk, &bench.scope, &made).await.unwrap().looked, 0);
    }
}

async fn run_macro(bench: &Bench, scope: &Scope, saved: &Macro, cases: &[CaseId]) -> bulk::BulkDone {
    let id = create_macro(&bench.desk, scope, false, saved).await.unwrap().saved.id;
    let ids = Chosen::Ids(cases.iter().map(|case| case.uuid()).collect());
    bulk::run(&bench.desk, scope, List::Cases, ids, BulkAction::Macro(id)).await.unwrap()
}

#[tokio::test]
async fn a_macro_is_run_on_many_cases_and_taken_back() {
    for bench in benches().await {
        let mine = person(&bench, "tang", Role::Agent).await;
        let urgent = tag(&bench, "加急").await;
        let cases = bring(&bench, &["R1", "R2"]).await;
        let before = cases::get(&bench.desk, &mine, cases[0]).await.unwrap().detail.row.severity;
        let saved = Macro {
            name: "请仓库查".into(),
            acts: vec![
                Act::AssignPerson { person: mine.user().unwrap() },
                Act::Tag { tag: urgent },
                Act::SeverityFloor { severity: 99 },
                ask("请查 {{case}}"),
            ],
        };
        let done = run_macro(&bench, &mine, &saved, &cases).await;
        assert!(done.results.iter().all(|(_, problem)| problem.is_none()), "{:?}", done.results);
        assert_eq!(questions(&bench).await.len(), 2);
        let story = told(&bench, cases[0], EventKind::Automation).await;
        assert_eq!(story[0]["macro"]["name"], "请仓库查");
        let undone = bulk::undo(&bench.desk, &mine, done.id).await.unwrap();
        assert!(undone.results.iter().all(|(_, problem)| problem.is_none()), "{:?}", undone.results);
        for case in &cases {
            let view = cases::get(&bench.desk, &mine, *case).await.unwrap();
            assert_eq!((view.detail.row.owner, view.detail.row.severity), (None, before));
            assert!(view.review.as_ref().unwrap().detail.row.tags.is_empty());
        }
        assert!(questions(&bench).await.iter().all(|task| task.state == TaskState::Cancelled));
    }
}

#[tokio::test]
async fn a_macro_does_what_its_runner_may_and_says_what_stays() {
    for bench in benches().await {
        let (mine, colleague) =
            (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        let cases = bring(&bench, &["R1"]).await;
        let saved = Macro { name: "记一笔".into(), acts: vec![note("已看过")] };
        let done = run_macro(&bench, &mine, &saved, &cases).await;
        let undone = bulk::undo(&bench.desk, &mine, done.id).await.unwrap();
        assert!(undone.results[0].1.is_some(), "a note stays, and says so");
        let give = Macro {
            name: "给同事".into(),
            acts: vec![Act::AssignPerson { person: colleague.user().unwrap() }],
        };
        let own = create_macro(&bench.desk, &mine, false, &give).await.unwrap().saved.id;
        let ids = || Chosen::Ids(vec![cases[0].uuid()]);
        let refused = bulk::run(&bench.desk, &mine, List::Cases, ids(), BulkAction::Macro(own)).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))));
        let hidden = bulk::run(&bench.desk, &colleague, List::Cases, ids(), BulkAction::Macro(own)).await;
        assert!(matches!(hidden, Err(DeskError::NotFound)), "a colleague's own is not there");
        let refused = create_macro(&bench.desk, &mine, true, &saved).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))), "{refused:?}");
    }
}
