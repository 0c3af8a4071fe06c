use super::*;
use crate::aftersales::Decision;
use crate::cadence::ContactChannel;
use crate::deadline::Standing;
use crate::money::Money;
use crate::order::OrderState;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn case() -> CaseFacts {
    CaseFacts {
        platform: Some(Platform::Taobao),
        object: Some(Object::Review),
        cause: Some(Cause::Quality),
        fault: Some(Fault::Seller),
        created: Some(at("2026-07-01T02:00:00Z")),
        found: Some(at("2026-07-01T03:00:00Z")),
        zone: TimeZone::get("Asia/Shanghai").ok(),
        order: OrderFacts {
            state: Some(OrderState::Completed),
            delivered: Some(at("2026-06-28T04:00:00Z")),
            completed: Some(at("2026-06-30T04:00:00Z")),
            amount: Money::parse("129.00", crate::Currency::CNY).ok(),
            ..OrderFacts::default()
        },
        ..CaseFacts::default()
    }
}

fn planned(facts: &CaseFacts, as_of: &str) -> CasePlan {
    plan(facts, Packs::embedded(), Ladder::shipped(), at(as_of))
}

#[test]
fn a_taobao_case_is_planned_whole() {
    let plan = planned(&case(), "2026-07-01T03:30:00Z");
    let first = &plan.contacts[0];
    assert_eq!(
        (first.channel, first.from, first.to),
        (ContactChannel::Phone, at("2026-07-01T03:30:00Z"), at("2026-07-01T05:00:00Z"))
    );
    assert_eq!(plan.stop, None);
    assert_eq!(plan.aftersales.decision, Some(Decision::NeedEvidence));
    assert_eq!(plan.compensation.len(), 6);
    let modify = plan.deadlines.iter().find(|deadline| deadline.what == "buyer_modify").unwrap();
    assert_eq!((modify.at, modify.standing), (at("2026-07-31T15:59:59Z"), Standing::Open));
    assert!(!modify.source.is_empty());
    assert!(plan.playbook.iter().any(|step| step.step.code() == "contact_buyer"));
    let written = serde_json::to_value(&plan).unwrap();
    for key in ["contacts", "stop", "aftersales", "compensation", "deadlines", "playbook"] {
        assert!(written.get(key).is_some(), "{key}");
    }
    assert_eq!(written["compensation"][0]["max"], "10.00");
}

#[test]
fn refund_timers_run_from_the_asking_and_by_the_state_of_the_order() {
    let mut facts = case();
    facts.object = None;
    facts.requested = Some(at("2026-07-01T02:30:00Z"));
    facts.order = OrderFacts { state: Some(OrderState::PaidUnshipped), ..OrderFacts::default() };
    let unshipped = planned(&facts, "2026-07-01T03:00:00Z");
    let ids: Vec<_> = unshipped.deadlines.iter().map(|deadline| deadline.what.as_str()).collect();
    assert_eq!(ids, ["refund_unshipped"]);
    assert_eq!(unshipped.deadlines[0].at, at("2026-07-02T02:30:00Z"));
    assert_eq!(unshipped.aftersales.decision, Some(Decision::RefundNow));
    assert!(unshipped.compensation.is_empty(), "the amount is unknown");
}

#[test]
fn amazon_gets_messages_only_within_its_thirty_days_and_no_benefits() {
    let mut facts = case();
    facts.platform = Some(Platform::AMAZON_US);
    facts.object = Some(Object::SellerFeedback);
    facts.zone = TimeZone::get("America/New_York").ok();
    facts.found = Some(at("2026-07-01T06:30:00Z"));
    facts.order.amount = Money::parse("20.00", crate::Currency::USD).ok();
    let plan = planned(&facts, "2026-07-01T07:00:00Z");
    assert!(plan.contacts.iter().all(|contact| contact.channel == ContactChannel::PlatformMessage));
    assert_eq!(plan.contacts[0].from, at("2026-07-01T07:00:00Z"), "a first message may go out at any hour");
    assert_eq!(plan.contacts.len(), 3);
    assert!(plan.compensation.iter().all(|rung| !rung.kind.is_present()));
    facts.order.completed = Some(at("2026-05-01T00:00:00Z"));
    let late = planned(&facts, "2026-07-01T07:00:00Z");
    assert_eq!((late.contacts.len(), late.stop.unwrap().reason.code()), (0, "messages_closed"));
}

#[test]
fn a_case_of_which_nothing_is_known_still_has_a_plan() {
    let plan = planned(&CaseFacts::default(), "2026-07-01T07:00:00Z");
    assert_eq!(plan.aftersales.decision, None);
    assert!(plan.contacts.iter().all(|contact| contact.channel == ContactChannel::PlatformMessage));
    assert!(plan.deadlines.is_empty());
}

#[test]
fn who_complains_and_speaks_of_the_law_is_no_blackmailer() {
    let threat = || [SignalCode::Threat];
    assert!(!are_malicious(threat(), Some(Cause::Quality)), "a leaking kettle and 12315");
    assert!(
        are_malicious(threat(), None) && are_malicious(threat(), Some(Cause::Other)),
        "a threat and nothing else"
    );
    assert!(are_malicious([SignalCode::Extortion], Some(Cause::Quality)));
    assert!(are_malicious([SignalCode::Competitor], Some(Cause::Quality)));
    assert!(!are_malicious([SignalCode::PersonalData], None));
}

#[test]
fn the_last_time_for_proof_stands_among_the_deadlines_and_no_step_of_proof_is_later() {
    let found: Timestamp = "2026-07-01T03:00:00Z".parse().expect("an instant");
    let evidence: Timestamp = "2026-07-01T09:00:00Z".parse().expect("an instant");
    let facts = CaseFacts {
        kind: Some(CaseKind::Dispute),
        platform: Some(Platform::Taobao),
        found: Some(found),
        evidence_due: Some(evidence),
        ..CaseFacts::default()
    };
    let of = |facts: &CaseFacts| plan(facts, Packs::embedded(), Ladder::shipped(), found);
    let dispute = of(&facts);
    assert!(dispute.deadlines.iter().any(|one| one.what == "evidence" && one.at == evidence));
    let due =
        |plan: &CasePlan, code| plan.playbook.iter().find(|step| step.step == code).map(|step| step.due);
    assert_eq!(due(&dispute, StepCode::FileEvidence), Some(evidence));
    assert!(due(&dispute, StepCode::Record) > Some(evidence));
    let sooner: Timestamp = "2026-07-01T05:00:00Z".parse().expect("an instant");
    let wanted = of(&CaseFacts { due: Some(sooner), ..facts.clone() });
    assert!(wanted.playbook.iter().all(|step| step.due <= sooner));
}
