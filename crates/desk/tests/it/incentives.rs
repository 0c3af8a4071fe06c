//! Incentives: earned for a matter that was put right, verified by another, taken back when the complaint returns.

use pingxin_desk::cases::CaseMove;
use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, cases, doctor, incentives};
use pingxin_domain::case::Outcome;
use pingxin_domain::incentive::{Basis, IncentiveState};
use pingxin_domain::{CaseId, Month, Role, Scope};
use pingxin_store::case::{CaseFilter, EventKind, Sort};
use pingxin_store::incentive::IncentiveFilter;

use crate::bench::{Bench, benches, review, review_rows};
use crate::cases::person;

async fn all(bench: &Bench) -> Vec<CaseId> {
    let rows = review_rows([
        review("R1", 1, "穿了两天就开线，质量太差"),
        review("R2", 1, "穿了两天就开线，质量太差了"),
    ]);
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let found = cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), Sort::Oldest, None, 5).await;
    found.unwrap().0.rows.iter().map(|row| row.id).collect()
}

async fn solve(bench: &Bench, by: &Scope, case: CaseId, outcome: Outcome) {
    cases::set_state(&bench.desk, by, case, &CaseMove::Solve(outcome), None, None).await.unwrap();
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> String {
    match answer.unwrap_err() {
        DeskError::Refused(say) => say.en,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn earned_verified_paid_and_taken_back() {
    for bench in benches().await {
        let desk = &bench.desk;
        let ids = all(&bench).await;
        let agent = person(&bench, "tang", Role::Agent).await;
        let other = person(&bench, "he", Role::Agent).await;
        let supervisor = person(&bench, "zhu", Role::Supervisor).await;
        let claim = async |by: &Scope, case| incentives::claim(desk, by, case, Basis::Confirmed).await;
        assert!(refusal(claim(&agent, ids[0]).await).contains("not solved"));
        // A changed rating earns nothing.
        solve(&bench, &agent, ids[1], Outcome::Revised).await;
        assert!(refusal(claim(&agent, ids[1]).await).contains("never a rating"));
        solve(&bench, &agent, ids[0], Outcome::Kept).await;
        assert!(refusal(claim(&other, ids[0]).await).contains("person who has the case"));
        let offered = incentives::claimable(desk, &agent, ids[0]).await.unwrap();
        assert_eq!((offered.amount.unwrap().minor, offered.basis.len()), (5_000, 2));
        let claimed = claim(&agent, ids[0]).await.unwrap();
        assert_eq!(claimed.amount.to_string(), "50.00 CNY");
        assert!(refusal(claim(&agent, ids[0]).await).contains("claimed already"));
        assert!(matches!(incentives::verify(desk, &agent, claimed.id).await, Err(DeskError::Forbidden(_))));
        let verified = incentives::verify(desk, &supervisor, claimed.id).await.unwrap();
        assert_eq!((verified.state, verified.alone), (IncentiveState::Payable, false));
        let user = agent.user().unwrap();
        let month: Month = Month::of(desk.store.clock().now(), &jiff::tz::TimeZone::UTC);
        let of = async |by: &Scope| incentives::month(desk, by, month, None).await.unwrap();
        let mine = of(&agent).await;
        assert_eq!((mine.statements[0].total.minor, mine.lines.len()), (5_000, 1));
        assert!(of(&other).await.statements.is_empty(), "each sees his own");
        assert_eq!(incentives::pay(desk, &supervisor, month, user).await.unwrap(), 1);
        assert!(refusal(incentives::pay(desk, &supervisor, month, user).await).contains("nothing"));
        assert_eq!(of(&supervisor).await.statements[0].paid.minor, 5_000);
        // The complaint returns.
        assert_eq!(incentives::claw_back_returned(desk, || true).await.unwrap(), 0);
        let again = CaseMove::Reopen;
        cases::set_state(desk, &agent, ids[0], &again, Some("买家追评又投诉"), None).await.unwrap();
        assert_eq!(incentives::claw_back_returned(desk, || true).await.unwrap(), 1);
        assert_eq!(incentives::claw_back_returned(desk, || true).await.unwrap(), 0);
        let mine = of(&agent).await;
        assert_eq!((mine.statements[0].total.minor, mine.statements[0].lines), (0, 2));
        assert_eq!(mine.lines.iter().map(|line| line.amount.minor).sum::<i64>(), 0);
        let filter = IncentiveFilter::default();
        let (page, _) = incentives::list(desk, &agent, &filter, None, 5).await.unwrap();
        assert_eq!(page.rows[0].state, IncentiveState::ClawedBack);
        let story = cases::get(desk, &agent, ids[0]).await.unwrap().detail.events;
        assert!(story.iter().any(|event| event.kind == EventKind::IncentiveClawedBack));
        // Solved once more, later, it can be earned once more.
        bench.database.clock().advance(jiff::SignedDuration::from_mins(5));
        solve(&bench, &agent, ids[0], Outcome::Kept).await;
        claim(&agent, ids[0]).await.unwrap();
        assert!(doctor::run(desk).await.unwrap().is_empty(), "nothing is amiss");
    }
}
