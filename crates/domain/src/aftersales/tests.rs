//! The table, situation by situation, each with the source of its decision.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_language::{Cause, Fault};

use super::*;
use crate::order::OrderState;

/// state · request · problem (`~cause` where only a cause is known) · proof · fault · else ⇒ decision · freight · approval · a
/// source · an alternative.
///
/// Else: `insists`, `received`, `not_received`, `exempt`, `tags_cut`, `washed`, `used`, `day8` (asked on the eighth day), `day7`.
const SITUATIONS: &str = "
paid_unshipped refund       none             no    buyer   -            => refund_now          -      none       article-001 -
paid_unshipped return       none             no    buyer   -            => refund_now          -      none       article-001 -
paid_unshipped refund       none             no    seller  insists      => refund_now          -      none       TB-TIM      -
paid_unshipped exchange     size             no    buyer   -            => refund_now          -      none       article-001 exchange
paid_unshipped reship       none             no    seller  -            => refund_now          -      none       article-001 exchange
paid_unshipped complaint    -                no    seller  -            => refund_now          -      none       article-001 -
paid_unshipped compensation -                no    seller  -            => refund_now          -      none       article-001 -
shipped        refund       none             no    buyer   -            => wait_for_delivery   -      none       article-001 intercept_return
shipped        refund       none             no    buyer   insists      => intercept_return    seller none       article-001 wait_for_delivery
shipped        return       none             no    carrier insists      => intercept_return    seller none       article-001 wait_for_delivery
shipped        complaint    -                no    carrier -            => wait_for_delivery   -      none       article-001 intercept_return
shipped        none         -                no    carrier -            => wait_for_delivery   -      none       article-001 intercept_return
shipped        compensation ~logistics       no    carrier -            => wait_for_delivery   -      none       article-001 intercept_return
shipped        exchange     size             no    buyer   insists      => intercept_return    seller none       article-001 wait_for_delivery
shipped        refund       -                no    carrier not_received => wait_for_delivery   -      none       article-001 intercept_return
shipped        exchange     defect           photo seller  received     => exchange            seller none       article-001 return_refund
delivered      refund       -                no    carrier not_received => need_evidence       seller none       article-001 refund_now
delivered      reship       -                photo carrier not_received => reship_replacement  seller none       article-001 refund_now
completed      complaint    ~logistics       no    carrier not_received => need_evidence       seller none       article-001 reship_replacement
-              refund       none             no    carrier not_received => wait_for_delivery   -      none       article-001 intercept_return
delivered      exchange     wrong            photo seller  -            => exchange            seller none       article-001 reship_replacement
delivered      exchange     wrong            no    seller  -            => need_evidence       seller none       article-001 -
delivered      reship       wrong            video seller  -            => reship_replacement  seller none       CN-CPL      exchange
delivered      refund       wrong            photo seller  -            => exchange            seller none       CN-CPL      return_refund
delivered      return       wrong            photo seller  -            => exchange            seller none       CN-CPL      return_refund
delivered      compensation wrong            photo seller  -            => exchange            seller none       article-001 partial_refund_keep
delivered      none         wrong            photo seller  -            => exchange            seller none       article-001 return_refund
delivered      complaint    wrong            video unknown -            => exchange            seller none       article-001 reship_replacement
delivered      reship       missing          photo seller  -            => reship_missing      seller none       article-001 partial_refund_keep
delivered      reship       missing          no    seller  -            => need_evidence       seller none       article-001 -
delivered      refund       missing          photo seller  -            => partial_refund_keep seller none       article-001 reship_missing
delivered      compensation missing          video seller  -            => partial_refund_keep seller none       article-001 reship_missing
delivered      return       missing          photo seller  -            => reship_missing      seller none       article-001 return_refund
delivered      exchange     missing          photo seller  -            => reship_missing      seller none       article-001 partial_refund_keep
completed      none         missing          photo seller  -            => reship_missing      seller none       article-001 partial_refund_keep
completed      complaint    missing          no    carrier -            => need_evidence       seller none       article-001 -
delivered      reship       damaged          photo carrier -            => reship_replacement  seller none       article-003 partial_refund_keep
delivered      reship       damaged          photo seller  -            => reship_replacement  seller none       article-001 return_refund
delivered      none         damaged          photo carrier -            => reship_replacement  seller none       CN-CPL      exchange
delivered      refund       damaged          photo carrier -            => partial_refund_keep seller none       article-001 return_refund
delivered      compensation damaged          photo carrier -            => partial_refund_keep seller none       article-001 reship_replacement
delivered      return       damaged          video carrier -            => return_refund       seller none       CN-CPL      partial_refund_keep
delivered      exchange     damaged          photo seller  -            => exchange            seller none       article-000 reship_replacement
delivered      exchange     damaged          no    carrier -            => need_evidence       seller none       article-001 -
delivered      return       defect           photo seller  -            => return_refund       seller none       CN-CPL      partial_refund_keep
delivered      return       defect           photo seller  washed       => return_refund       seller none       CN-CPL      reship_replacement
delivered      return       defect           photo seller  used         => return_refund       seller none       CN-CPL      partial_refund_keep
delivered      return       defect           photo seller  tags_cut     => return_refund       seller none       CN-CPL      partial_refund_keep
completed      exchange     defect           video seller  used         => exchange            seller none       CN-CPL      return_refund
completed      reship       defect           photo seller  washed       => reship_replacement  seller none       article-001 partial_refund_keep
completed      refund       defect           photo seller  day8         => partial_refund_keep seller none       CN-CPL      return_refund
completed      compensation defect           photo unknown -            => partial_refund_keep seller none       article-001 return_refund
delivered      complaint    defect           photo seller  -            => reship_replacement  seller none       article-001 exchange
delivered      return       defect           no    seller  used         => need_evidence       seller none       article-001 -
delivered      return       defect           photo seller  exempt       => return_refund       seller none       CN-CPL      partial_refund_keep
delivered      return       not_as_described photo seller  -            => return_refund       seller none       CN-CPL      exchange
delivered      none         not_as_described photo seller  -            => return_refund       seller none       article-000 partial_refund_keep
delivered      exchange     not_as_described photo seller  -            => exchange            seller none       article-000 return_refund
delivered      reship       not_as_described photo seller  -            => reship_replacement  seller none       article-000 return_refund
delivered      refund       not_as_described video seller  -            => partial_refund_keep seller none       article-001 return_refund
delivered      compensation not_as_described photo seller  -            => partial_refund_keep seller none       article-001 return_refund
delivered      refund       not_as_described no    seller  -            => need_evidence       seller none       article-001 -
delivered      reship       ~wrong_missing   photo seller  -            => reship_missing      seller none       article-001 exchange
delivered      exchange     ~wrong_missing   photo seller  -            => exchange            seller none       CN-CPL      return_refund
delivered      refund       ~wrong_missing   photo seller  -            => partial_refund_keep seller none       article-001 return_refund
delivered      compensation ~wrong_missing   photo seller  -            => partial_refund_keep seller none       article-001 reship_missing
delivered      return       ~wrong_missing   video seller  -            => return_refund       seller none       CN-CPL      exchange
delivered      none         ~wrong_missing   photo seller  -            => reship_missing      seller none       article-001 exchange
delivered      reship       ~wrong_missing   no    seller  -            => need_evidence       seller none       article-001 -
delivered      refund       ~freshness       photo seller  -            => partial_refund_keep seller none       CN-CPL      reship_replacement
delivered      return       ~freshness       photo seller  -            => partial_refund_keep seller none       CN-CPL      reship_replacement
delivered      none         ~freshness       photo seller  -            => reship_replacement  seller none       CN-CPL      partial_refund_keep
delivered      none         ~quality         no    seller  -            => need_evidence       seller none       article-001 -
delivered      exchange     ~quality         photo seller  washed       => exchange            seller none       CN-CPL      return_refund
delivered      reship       ~damage_packaging photo carrier -           => reship_replacement  seller none       article-003 partial_refund_keep
delivered      return       ~mismatch        photo seller  -            => return_refund       seller none       CN-CPL      exchange
delivered      return       ~authenticity    photo seller  -            => return_refund       seller none       CN-CPL      exchange
-              exchange     ~quality         photo seller  -            => exchange            seller none       CN-CPL      return_refund
delivered      exchange     size             photo seller  -            => exchange            seller none       CN-CPL      return_refund
delivered      return       size             photo seller  -            => return_refund       seller none       CN-CPL      exchange
delivered      exchange     size             no    buyer   -            => exchange            buyer  none       CN-CPL      return_refund
delivered      return       size             no    buyer   -            => return_refund       buyer  none       CN-CPL      exchange
delivered      exchange     ~size_fit        no    unknown -            => exchange            buyer  none       article-000 return_refund
delivered      return       none             no    buyer   -            => return_refund       buyer  none       CN-CPL      exchange
delivered      refund       none             no    buyer   -            => return_refund       buyer  none       CN-7D       exchange
delivered      return       none             no    buyer   day7         => return_refund       buyer  none       CN-7D       exchange
delivered      return       none             no    buyer   day8         => refuse_with_reason  -      supervisor CN-7D       partial_refund_keep
delivered      exchange     none             no    buyer   day8         => refuse_with_reason  -      supervisor CN-7D       partial_refund_keep
delivered      return       none             no    buyer   tags_cut     => refuse_with_reason  -      supervisor article-001 partial_refund_keep
delivered      return       none             no    buyer   washed       => refuse_with_reason  -      supervisor CN-SPC      partial_refund_keep
delivered      exchange     size             no    buyer   used         => refuse_with_reason  -      supervisor article-001 partial_refund_keep
delivered      return       none             no    buyer   exempt       => refuse_with_reason  -      supervisor CN-CPL      partial_refund_keep
delivered      return       ~subjective      no    buyer   -            => return_refund       buyer  none       CN-CPL      exchange
delivered      exchange     ~price           no    buyer   -            => exchange            buyer  none       CN-CPL      return_refund
delivered      compensation ~logistics       no    carrier -            => partial_refund_keep -      none       article-003 return_refund
delivered      compensation ~service         no    seller  -            => partial_refund_keep -      none       article-003 return_refund
delivered      complaint    ~service         no    seller  -            => -                   -      none       house       -
delivered      none         ~subjective      no    buyer   -            => -                   -      none       house       -
closed         refund       none             no    buyer   -            => -                   -      none       house       -
-              complaint    -                no    unknown -            => -                   -      none       house       -
";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn situation(words: &[&str]) -> Situation {
    let [state, request, problem, proof, fault, more] = words else { panic!("six words: {words:?}") };
    let flag = |name: &str| (*more == name).then_some(true);
    let requested = match *more {
        "day8" => "2026-07-08T16:00:00Z",
        "day7" => "2026-07-08T15:59:00Z",
        _ => "2026-07-03T00:00:00Z",
    };
    Situation {
        request: Request::from_code(request),
        insists: *more == "insists",
        state: (*state != "-").then(|| OrderState::from_code(state).unwrap()),
        goods: Goods {
            received: flag("received").or((*more == "not_received").then_some(false)),
            problem: Problem::from_code(problem),
            exempt: flag("exempt"),
            tags_cut: flag("tags_cut"),
            washed: flag("washed"),
            used: flag("used"),
            is_shown: *proof != "no",
        },
        cause: problem.strip_prefix('~').map(|cause| cause.parse::<Cause>().unwrap()),
        fault: Some(fault.parse::<Fault>().unwrap()),
        returning: Returning {
            signed: Some(at("2026-06-30T16:00:00Z")),
            requested: Some(at(requested)),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            ..Returning::default()
        },
    }
}

#[test]
fn each_situation_is_decided_as_its_source_says() {
    let lines: Vec<_> = SITUATIONS.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() >= 80, "{} situations", lines.len());
    for line in lines {
        let (before, after) = line.split_once("=>").unwrap();
        let proposal =
            decide(&situation(&before.split_whitespace().collect::<Vec<_>>()), at("2026-07-03T00:00:00Z"));
        let after: Vec<_> = after.split_whitespace().collect();
        let [decision, freight, approval, source, alternative] = after[..] else { panic!("{line}") };
        let code = |code: Option<&'static str>| code.unwrap_or("-");
        assert_eq!(
            (code(proposal.decision.map(Decision::code)), code(proposal.freight.map(Freight::code))),
            (decision, freight),
            "{line}: {}",
            proposal.rule
        );
        assert_eq!(proposal.approval.code(), approval, "{line}");
        assert!(proposal.source.iter().any(|known| known.key == source), "{line}: {:?}", proposal.source);
        let offers = |offered: &Alternative| offered.decision.code() == alternative;
        assert!(alternative == "-" || proposal.alternatives.iter().any(offers), "{line}");
    }
}

/// Every situation there can be, as far as the table tells them apart.
fn all(mut each: impl FnMut(&Situation, Timestamp)) {
    let now = at("2026-07-03T00:00:00Z");
    let states =
        [None, Some("paid_unshipped"), Some("shipped"), Some("delivered"), Some("completed"), Some("closed")];
    let handling = [
        Goods::default(),
        Goods { washed: Some(true), ..Goods::default() },
        Goods { exempt: Some(true), ..Goods::default() },
    ];
    for state in states {
        for request in Request::ALL.iter().copied().map(Some).chain([None]) {
            for problem in Problem::ALL.iter().copied().map(Some).chain([None]) {
                for (flags, goods) in (0..48).zip(handling.iter().cycle()) {
                    let received = [None, Some(true), Some(false), None][flags / 3 % 4];
                    for fault in Fault::ALL.iter().copied().map(Some).chain([None]) {
                        let goods =
                            Goods { received, problem, is_shown: flags / 12 % 2 == 0, ..goods.clone() };
                        let situation = Situation {
                            request,
                            insists: flags / 24 == 0,
                            state: state.and_then(OrderState::from_code),
                            goods,
                            cause: None,
                            fault,
                            returning: Returning::default(),
                        };
                        each(&situation, now);
                    }
                }
            }
        }
    }
}

#[test]
fn every_situation_finds_a_row_and_a_fault_of_ours_never_costs_the_buyer() {
    let mut decided = std::collections::BTreeSet::new();
    all(|situation, now| {
        let proposal = decide(situation, now);
        if situation.problem().is_of_the_goods() {
            assert_ne!(proposal.freight, Some(Freight::Buyer), "{situation:?}");
            assert_ne!(proposal.decision, Some(Decision::RefuseWithReason), "{situation:?}");
        }
        if proposal.decision == Some(Decision::RefuseWithReason) {
            assert_eq!(proposal.approval, Approval::Supervisor, "{situation:?}");
        }
        assert!(!proposal.source.is_empty());
        let known = |source: &crate::Source| crate::pack::Packs::embedded().source(&source.key).is_some();
        assert!(
            decided.contains(&proposal.rule) || proposal.source.iter().all(known),
            "{:?}",
            proposal.source
        );
        decided.insert(proposal.rule.clone());
        let alone = proposal.alternatives.iter().all(|other| Some(other.decision) != proposal.decision);
        assert!(alone, "{}: an alternative is the decision itself", proposal.rule);
    });
    // Only time runs out besides.
    decided.insert("own_expired".into());
    let rows: std::collections::BTreeSet<_> = table::rows().map(str::to_owned).collect();
    assert_eq!(decided, rows, "a row that decides nothing, or stands behind a wider one");
}

#[test]
fn every_alternative_that_a_row_names_is_there() {
    assert_eq!(table::unknown_alternatives(), Vec::<String>::new());
}
