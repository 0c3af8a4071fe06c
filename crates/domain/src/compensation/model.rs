//! Any sequence of actions on compensations, as a store would run them one after the other.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::identifiers::{Identifier, ShopId, UserId};
use crate::money::{Currency, Money};
use crate::scope::Role;

#[derive(Debug, Clone)]
enum Deed {
    Ask { agent: u8, order: u8, line: u8, minor: i64, kind: usize },
    Approve { at: usize, by: u8 },
    Refuse { at: usize },
    Undo { at: usize },
    Pay { at: usize },
    Confirm { at: usize },
    Reverse { at: usize },
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = 0_usize..12;
    prop_oneof![
        4 => (0_u8..3, 0_u8..3, 0_u8..3, 1_i64..12_000, 0_usize..3)
            .prop_map(|(agent, order, line, minor, kind)| Deed::Ask { agent, order, line, minor, kind }),
        4 => (at.clone(), 0_u8..4).prop_map(|(at, by)| Deed::Approve { at, by }),
        1 => at.clone().prop_map(|at| Deed::Refuse { at }),
        1 => at.clone().prop_map(|at| Deed::Undo { at }),
        2 => at.clone().prop_map(|at| Deed::Pay { at }),
        1 => at.clone().prop_map(|at| Deed::Confirm { at }),
        1 => at.prop_map(|at| Deed::Reverse { at }),
    ]
}

/// One compensation of the model.
#[derive(Debug, Clone)]
struct Given {
    standing: Standing,
    order: u8,
    line: &'static str,
    minor: i64,
    paid: u32,
}

const LINES: [&str; 3] = ["", "1", "2"];
const KINDS: [Benefit; 3] = [Benefit::RedPacket, Benefit::PartialRefund, Benefit::FullRefund];
const AGENT_MONTH: i64 = 9_000;
const SHOP_MONTH: i64 = 15_000;
const ORDER: i64 = 10_000;

fn person(number: u8) -> UserId {
    UserId::from_uuid(Uuid::from_u128(u128::from(number)))
}

fn rules() -> CompensationRules {
    let mut written = CompensationRules::shipped().written();
    written.limits.supervisor.insert("CNY".into(), "40.00".into());
    written.caps = vec![CapWritten {
        agent: None,
        cause: None,
        currency: "CNY".into(),
        order_under: None,
        single: None,
        month: Some("90.00".into()),
    }];
    written.budgets = vec![BudgetWritten { shop: None, currency: "CNY".into(), month: "150.00".into() }];
    CompensationRules::of(&written).unwrap()
}

fn before(all: &[Given], ask: &Ask<'_>, order: u8, except: Option<usize>) -> Before {
    let counting = |at: &usize, given: &Given| Some(*at) != except && given.standing.state.counts();
    let live = || all.iter().enumerate().filter(|(at, given)| counting(at, given)).map(|(_, given)| given);
    let same = || live().filter(|given| given.order == order);
    let sum = |of: &dyn Fn(&Given) -> bool| live().filter(|given| of(given)).map(|given| given.minor).sum();
    Before {
        lines: same().map(|given| given.line.to_owned()).collect(),
        given: same().map(|given| given.minor).sum(),
        refunded: 0,
        sums: vec![sum(&|given| given.standing.asker == ask.asker), sum(&|_| true)],
    }
}

fn ask(agent: Option<UserId>, line: &'static str, minor: i64, kind: Benefit) -> Ask<'static> {
    Ask {
        asker: agent,
        shop: ShopId::from_uuid(Uuid::nil()),
        cause: None,
        kind,
        amount: Money { minor, currency: Currency::CNY },
        line,
        order: Some(Money { minor: ORDER, currency: Currency::CNY }),
        presents: true,
        rating_talk_today: false,
    }
}

fn step(all: &mut Vec<Given>, rules: &CompensationRules, deed: &Deed) {
    let moved = |all: &mut Vec<Given>, at: usize, standing: Option<Standing>, paid: u32| {
        if let (Some(given), Some(standing)) = (all.get_mut(at), standing) {
            given.standing = standing;
            given.paid += paid;
        }
    };
    let of = |all: &[Given], at: usize| all.get(at).map(|given| given.standing.clone());
    match *deed {
        Deed::Ask { agent, order, line, minor, kind } => {
            let line = LINES[line as usize];
            let asked = ask(Some(person(agent)), line, minor, KINDS[kind]);
            if let Ok(sign_off) = rules.weigh(&asked, &before(all, &asked, order, None)) {
                let standing = Standing::asked(asked.asker, sign_off);
                all.push(Given { standing, order, line, minor, paid: 0 });
            }
        }
        Deed::Approve { at, by } => {
            let by = Deciding { user: Some(person(by)), role: Role::Supervisor, solo: false };
            let agreed = of(all, at).and_then(|standing| standing.approve(by).ok());
            moved(all, at, agreed.map(|agreed| agreed.standing), 0);
        }
        Deed::Refuse { at } => {
            let after = of(all, at).and_then(|standing| standing.refuse().ok());
            moved(all, at, after, 0);
        }
        Deed::Undo { at } => {
            let Some(given) = all.get(at).cloned() else { return };
            // What was refused counted no more; it has to fit again.
            let again = ask(given.standing.asker, given.line, given.minor, Benefit::FullRefund);
            let fits = given.standing.state.counts()
                || rules.weigh(&again, &before(all, &again, given.order, Some(at))).is_ok();
            let after = given.standing.undo().ok().filter(|_| fits);
            moved(all, at, after, 0);
        }
        Deed::Pay { at } => {
            let after = of(all, at).and_then(|standing| standing.pay().ok());
            moved(all, at, after.clone(), u32::from(after.is_some()));
        }
        Deed::Confirm { at } => {
            let pays = of(all, at).is_some_and(|standing| standing.state == CompensationState::Approved);
            let after = of(all, at).and_then(|standing| standing.confirm().ok());
            moved(all, at, after, u32::from(pays));
        }
        Deed::Reverse { at } => {
            let after = of(all, at).and_then(|standing| standing.reverse().ok());
            moved(all, at, after, 0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_sequence_of_actions_exceeds_a_cap_or_pays_twice(deeds in proptest::collection::vec(deed(), 1..60)) {
        let rules = rules();
        let mut all = Vec::new();
        for deed in &deeds {
            step(&mut all, &rules, deed);
            let live: Vec<&Given> = all.iter().filter(|given| given.standing.state.counts()).collect();
            let sum = |of: &dyn Fn(&Given) -> bool| -> i64 {
                live.iter().filter(|given| of(given)).map(|given| given.minor).sum()
            };
            prop_assert!(sum(&|_| true) <= SHOP_MONTH);
            for agent in 0..3 {
                prop_assert!(sum(&|given| given.standing.asker == Some(person(agent))) <= AGENT_MONTH);
            }
            for order in 0..3 {
                prop_assert!(sum(&|given| given.order == order) <= ORDER);
                let lines: Vec<&str> = live.iter().filter(|given| given.order == order).map(|given| given.line).collect();
                let whole = lines.iter().filter(|line| line.is_empty()).count();
                let mut once = lines.clone();
                once.sort_unstable();
                once.dedup();
                prop_assert!(once.len() == lines.len() && (whole == 0 || lines.len() == 1), "{lines:?}");
            }
            for given in &all {
                prop_assert!(given.paid <= 1);
                let Standing { state, asker, sign_off, approvals } = &given.standing;
                let went_out = matches!(state, CompensationState::Paid | CompensationState::Confirmed);
                if went_out && given.minor > 2_000 {
                    prop_assert!(!approvals.is_empty() && approvals.iter().all(|by| Some(*by) != *asker));
                }
                if went_out && *sign_off == SignOff::TwoPersons {
                    prop_assert!(approvals.len() == 2 && approvals[0] != approvals[1]);
                }
                if given.minor > 4_000 {
                    prop_assert_eq!(*sign_off, SignOff::TwoPersons);
                }
            }
        }
    }
}
