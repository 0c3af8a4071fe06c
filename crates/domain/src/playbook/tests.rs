//! The plays as an agent sees them.

use jiff::tz::TimeZone;

use super::*;
use crate::deadline::{Events, deadlines};
use crate::pack::{Anchor, Packs};

const CREATED: &str = "2026-07-01T02:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn facts(platform: &str, object: Option<Object>) -> PlaybookFacts {
    PlaybookFacts {
        kind: None,
        platform: platform.parse().ok(),
        object,
        cause: None,
        fault: None,
        is_malicious: false,
        both_rated: Some(true),
        found: at("2026-07-01T03:00:00Z"),
        contact_by: Some(at("2026-07-01T05:00:00Z")),
    }
}

fn steps(facts: &PlaybookFacts, as_of: &str) -> Vec<Step> {
    let now = at(as_of);
    let rules = Packs::embedded().rules(facts.platform, None, now.to_zoned(TimeZone::UTC).date());
    let mut events = Events::default().and(Anchor::ReviewCreated, Some(at(CREATED)));
    events.object = facts.object;
    playbook(facts, &rules, &deadlines(&rules, &events, &TimeZone::UTC, &[], now))
}

fn codes(facts: &PlaybookFacts, as_of: &str) -> Vec<&'static str> {
    steps(facts, as_of).into_iter().map(|step| step.step.code()).collect()
}

#[test]
fn the_three_step_path_of_amazon_feedback() {
    let feedback = facts("amazon-us", Some(Object::SellerFeedback));
    assert_eq!(
        codes(&feedback, "2026-07-01T04:00:00Z"),
        [
            "request_removal",
            "contact_buyer",
            "solve",
            "wait_for_buyer",
            "ask_change",
            "public_reply",
            "record"
        ]
    );
    let refused = PlaybookFacts { contact_by: None, ..feedback };
    assert_eq!(
        codes(&refused, "2026-07-01T04:00:00Z"),
        ["request_removal", "solve", "public_reply", "record"]
    );
    // The 60 days of the articles are folk: the step stays; the 90 days of the request do end it.
    let late = codes(&feedback, "2026-10-15T00:00:00Z");
    assert!(late.contains(&"ask_change") && !late.contains(&"request_removal"), "{late:?}");
}

#[test]
fn a_product_review_is_never_asked_about() {
    let review = facts("amazon-us", Some(Object::ProductReview));
    assert_eq!(
        codes(&review, "2026-07-01T04:00:00Z"),
        ["report_review", "brand_contact", "ask_product", "record"]
    );
}

#[test]
fn taobao_rates_first_where_it_is_missing_and_tmall_guides_to_the_followup() {
    let review = PlaybookFacts { both_rated: Some(false), ..facts("taobao", Some(Object::Review)) };
    let taobao = codes(&review, "2026-07-01T04:00:00Z");
    assert_eq!(
        taobao,
        ["rate_buyer", "request_removal", "contact_buyer", "solve", "ask_change", "public_reply", "record"]
    );
    let rated = codes(&facts("taobao", Some(Object::Review)), "2026-07-01T04:00:00Z");
    assert!(!rated.contains(&"rate_buyer"));
    let tmall = codes(&facts("tmall", Some(Object::Review)), "2026-07-01T04:00:00Z");
    assert!(tmall.contains(&"guide_followup") && !tmall.contains(&"ask_change"), "{tmall:?}");
    let ebay = codes(&facts("ebay", Some(Object::Review)), "2026-07-01T04:00:00Z");
    assert!(ebay.contains(&"request_revision") && !ebay.contains(&"ask_change"), "{ebay:?}");
    let jd = codes(&facts("jd", Some(Object::Review)), "2026-07-01T04:00:00Z");
    assert!(!jd.contains(&"ask_change"), "no rule known: {jd:?}");
}

#[test]
fn a_step_is_due_before_its_window_closes_and_goes_when_it_has() {
    let review = facts("taobao", Some(Object::Review));
    let late = PlaybookFacts { found: at("2026-07-30T03:00:00Z"), ..review };
    let change = |as_of| steps(&late, as_of).into_iter().find(|step| step.step == StepCode::AskChange);
    assert_eq!(change("2026-07-30T04:00:00Z").unwrap().due, at("2026-07-31T15:59:59Z"));
    assert_eq!(change("2026-08-01T00:00:00Z"), None);
    assert_eq!(steps(&review, "2026-07-01T04:00:00Z")[1].due, at("2026-07-01T05:00:00Z"), "the contact");
}

#[test]
fn every_cause_has_its_questions_and_departments() {
    for cause in Cause::ALL {
        for fault in [Fault::Seller, Fault::Carrier, Fault::Buyer] {
            let case = PlaybookFacts {
                cause: Some(*cause),
                fault: Some(fault),
                ..facts("taobao", Some(Object::Review))
            };
            let steps = steps(&case, "2026-07-01T04:00:00Z");
            assert!(steps.iter().any(|step| !step.questions.is_empty()), "{cause}");
            assert!(steps.iter().all(|step| !step.source.is_empty()));
        }
    }
    let broken = |fault| {
        let case = PlaybookFacts {
            cause: Some(Cause::DamagePackaging),
            fault: Some(fault),
            ..facts("taobao", None)
        };
        codes(&case, "2026-07-01T04:00:00Z")
    };
    assert!(broken(Fault::Carrier).contains(&"claim_from_carrier"));
    assert!(broken(Fault::Seller).contains(&"check_warehouse"));
}

#[test]
fn malice_is_proved_and_reported_and_not_negotiated() {
    let case = PlaybookFacts {
        is_malicious: true,
        both_rated: None,
        cause: Some(Cause::Quality),
        ..facts("taobao", Some(Object::Review))
    };
    assert_eq!(
        codes(&case, "2026-07-01T04:00:00Z"),
        ["collect_proof", "do_not_negotiate", "rate_buyer", "escalate", "request_removal", "record"]
    );
}

#[test]
fn a_removal_step_names_the_sources_of_its_own_platform() {
    for (platform, prefix, others) in
        [("tmall", "TM", "AMZ"), ("taobao", "TB", "AMZ"), ("ebay", "EB", "AMZ"), ("amazon-us", "AMZ", "TB")]
    {
        let object = if platform == "amazon-us" { Object::SellerFeedback } else { Object::Review };
        let steps = steps(&facts(platform, Some(object)), "2026-07-01T04:00:00Z");
        let Some(removal) = steps.iter().find(|step| step.step == StepCode::RequestRemoval) else { continue };
        let keys: Vec<&str> = removal.source.iter().map(|source| source.key.as_str()).collect();
        assert!(keys.iter().all(|key| !key.starts_with(others)), "{platform}: {keys:?}");
        let own = |key: &&str| key.starts_with(prefix) || platform == "tmall" && key.starts_with("TB");
        assert!(keys.iter().any(own), "{platform}: {keys:?}");
    }
}

#[test]
fn every_step_has_its_text_and_no_text_asks_for_a_good_rating() {
    for code in StepCode::ALL {
        let text = PLAYS.step.get(code).unwrap_or_else(|| panic!("{}", code.code()));
        let known = |text: &String| Packs::embedded().source(&Source::cited(text).key).is_some();
        assert!(!text.source.is_empty() && text.source.iter().all(known), "{:?}", text.source);
        for word in ["好评", "五星", "five star", "positive"] {
            assert!(!text.zh.contains(word) && !text.en.contains(word), "{}", code.code());
        }
    }
}

#[test]
fn each_kind_of_case_has_steps_of_its_own() {
    let of =
        |kind| codes(&PlaybookFacts { kind: Some(kind), ..facts("taobao", None) }, "2026-07-01T04:00:00Z");
    assert_eq!(of(CaseKind::Dispute), ["collect_proof", "file_evidence", "record"]);
    assert_eq!(
        of(CaseKind::AfterSale),
        ["check_request", "contact_buyer", "solve", "inspect_return", "record"]
    );
    assert_eq!(of(CaseKind::Complaint), ["contact_buyer", "solve", "wait_for_buyer", "record"]);
    assert_eq!(of(CaseKind::Prevention), ["find_affected", "tell_buyer", "solve", "record"]);
    let review = PlaybookFacts { kind: Some(CaseKind::Review), ..facts("taobao", Some(Object::Review)) };
    let unsaid = PlaybookFacts { kind: None, ..review };
    assert_eq!(codes(&review, "2026-07-01T04:00:00Z"), codes(&unsaid, "2026-07-01T04:00:00Z"));
    let refused = PlaybookFacts { kind: Some(CaseKind::Dispute), contact_by: None, ..facts("taobao", None) };
    assert!(codes(&refused, "2026-07-01T04:00:00Z").contains(&"file_evidence"), "proof needs no contact");
}
