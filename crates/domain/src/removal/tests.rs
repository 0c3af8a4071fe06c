use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_language::Reader;
use pingxin_language::reader::Expected;

use super::*;
use crate::order::{Fulfilment, OrderFacts};
use crate::pack::{Packs, Rules};
use crate::shop::{Object, Platform};

fn reader() -> &'static Reader {
    static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
    READER.get_or_init(Reader::new)
}

fn now() -> Timestamp {
    "2026-11-01T00:00:00Z".parse().unwrap()
}

fn rules(facts: &Facts<'_>) -> Rules<'static> {
    Packs::embedded().rules(facts.platform, None, now().to_zoned(TimeZone::UTC).date())
}

fn removal(facts: &Facts<'_>) -> Removal {
    let reading = reader().read(None, facts.text, Expected::Complaint);
    judge(&rules(facts), facts, reading.language, &reading.signals, now())
}

fn feedback(text: &str) -> Facts<'_> {
    Facts {
        platform: Some(Platform::AMAZON_US),
        object: Some(Object::SellerFeedback),
        text,
        created: Some("2026-10-01T12:00:00Z".parse().unwrap()),
        ..Facts::default()
    }
}

fn taobao(text: &str) -> Facts<'_> {
    Facts {
        platform: Some(Platform::Taobao),
        text,
        created: Some("2026-10-20T12:00:00Z".parse().unwrap()),
        order: OrderFacts { both_rated: Some(true), ..OrderFacts::default() },
        ..Facts::default()
    }
}

fn holding(removal: &Removal) -> Vec<&str> {
    removal
        .grounds
        .iter()
        .filter(|ground| ground.verdict == removal.verdict)
        .map(|ground| &*ground.ground)
        .collect()
}

#[test]
fn amazons_own_examples_are_answered_exactly() {
    let product =
        removal(&feedback("The Acme Super-Widget lacks the sharpness and speed of the Acme Ultra-Widget."));
    assert_eq!((product.verdict, holding(&product)), (Verdict::Eligible, vec!["product_only"]));
    assert_eq!(product.grounds[2].deadline, Some("2026-12-30".parse().unwrap()));
    let mixed = removal(&feedback(
        "Seller's shipping service was very slow, and the Acme Super-Widget lacks the sharpness of the Acme Ultra-Widget.",
    ));
    assert_eq!(mixed.verdict, Verdict::NotEligible);
    for (text, verdict) in [
        ("Shipping was very slow, and the widget lacks sharpness.", Verdict::NotEligible),
        ("Terrible seller, the widget broke in two days.", Verdict::NotEligible),
        ("The widget lacks sharpness and broke in two days.", Verdict::Eligible),
    ] {
        assert_eq!(removal(&feedback(text)).verdict, verdict, "{text}");
    }
}

#[test]
fn personal_data_is_marked_in_the_text() {
    let text = "Write to zlin.returns@example.com, they never answer here";
    let found = removal(&feedback(text));
    assert_eq!((found.verdict, holding(&found)), (Verdict::Eligible, vec!["seller_pii"]));
    let pii = found.grounds.iter().find(|ground| ground.ground == "seller_pii").unwrap();
    assert_eq!(pii.evidence[0].span.of(text), "zlin.returns@example.com");
    assert_eq!(pii.source[0].key, "AMZ-RM");
}

#[test]
fn a_fact_that_is_unknown_is_missing_and_one_that_is_false_refuses() {
    let late = feedback("Guaranteed for Friday, showed up Tuesday");
    let unknown = removal(&late);
    assert_eq!(unknown.verdict, Verdict::NeedsEvidence);
    assert_eq!(holding(&unknown), ["fba_delivery_only", "buy_shipping_late"]);
    assert_eq!(unknown.grounds[4].missing, ["buy_shipping", "shipped_on_time"]);
    let amazons = removal(&Facts {
        order: OrderFacts { fulfilled_by: Some(Fulfilment::Amazon), buy_shipping: Some(false), ..late.order },
        ..late
    });
    assert_eq!((amazons.verdict, holding(&amazons)), (Verdict::Eligible, vec!["fba_delivery_only"]));
    assert_eq!(amazons.grounds[3].outcome, crate::pack::Outcome::Struck);
    let ours = removal(&Facts {
        order: OrderFacts {
            fulfilled_by: Some(Fulfilment::Merchant),
            buy_shipping: Some(false),
            ..late.order
        },
        ..late
    });
    assert_eq!(ours.verdict, Verdict::NotEligible);
    let door = feedback("Driver left it in the rain by the garage");
    let door = removal(&Facts {
        order: OrderFacts {
            fulfilled_by: Some(Fulfilment::Merchant),
            buy_shipping: Some(true),
            shipped_on_time: Some(true),
            ..door.order
        },
        ..door
    });
    assert_eq!(door.verdict, Verdict::NotEligible, "conduct of the driver is no delay");
}

#[test]
fn the_ninetieth_day_is_the_last() {
    let made = |created: &str| {
        removal(&Facts { created: Some(created.parse().unwrap()), ..feedback("too small") }).verdict
    };
    // As of 2026-10-31 17:00 in Los Angeles; ninety days before is 2 August.
    assert_eq!(made("2026-08-02T07:00:00Z"), Verdict::Eligible);
    assert_eq!(made("2026-08-02T06:59:59Z"), Verdict::Expired);
    let undated = removal(&Facts { created: None, ..feedback("too small") });
    assert_eq!((undated.verdict, undated.grounds[2].deadline), (Verdict::Eligible, None));
}

#[test]
fn what_has_no_sourced_rule_is_no_rule() {
    for (platform, object) in [
        (Some(Platform::Jd), None),
        (None, None),
        (Some(Platform::AMAZON_US), Some(Object::ProductReview)),
        (Some(Platform::Shopify), None),
        (Some(Platform::OwnShop), None),
    ] {
        let answer = removal(&Facts { platform, object, text: "傻逼客服 too small", ..Facts::default() });
        assert_eq!((answer.verdict, answer.grounds.len()), (Verdict::NoRule, 0), "{platform:?}");
    }
    let review = removal(&Facts {
        object: Some(Object::ProductReview),
        ..feedback("Seller took weeks, call 415-555-0119")
    });
    let reasons: Vec<&str> = review.reports.iter().map(|report| &*report.reason).collect();
    assert_eq!(reasons, ["private_information", "seller_order_shipping"]);
}

#[test]
fn extortion_needs_a_demand_beyond_what_is_due_and_a_threat_to_rate() {
    let judge = |text: &'static str, proof: bool| {
        let messages = [Message { from_buyer: true, text: text.into() }];
        let facts = Facts {
            held: Held { messages: &messages, has_chat_proof: proof, ..Held::default() },
            ..taobao("一般")
        };
        removal(&facts).verdict
    };
    assert_eq!(judge("给我免单，东西不退，不然就差评", true), Verdict::Eligible);
    assert_eq!(judge("给我免单，东西不退，不然就差评", false), Verdict::NeedsEvidence);
    assert_eq!(judge("拉链坏了，给我换一件，不换就差评", true), Verdict::NotEligible);
    assert_eq!(judge("东西坏了能退吗？不处理我只能给差评了", true), Verdict::NotEligible);
    assert_eq!(judge("如果再不发货我就申请退款", true), Verdict::NotEligible);
    assert_eq!(judge("不赔我200就给差评", true), Verdict::Eligible);
    assert_eq!(judge("差评已经写好了，给50我就不发", true), Verdict::Eligible);
}

#[test]
fn ebay_takes_the_demand_as_evidence_and_not_an_accusation() {
    let of = |text: &'static str, message: &'static str| {
        let messages = [Message { from_buyer: true, text: message.into() }];
        removal(&Facts {
            platform: Some(Platform::Ebay),
            text,
            held: Held { messages: &messages, ..Held::default() },
            ..Facts::default()
        })
    };
    assert_eq!(of("Liar, fraud, thief", "hello").verdict, Verdict::NotEligible);
    let extortion = of("meh", "Refund me and let me keep it or I leave one star");
    assert_eq!((extortion.verdict, holding(&extortion)), (Verdict::Eligible, vec!["extortion"]));
    assert_eq!(of("meh", "If this isn't fixed I'll return it").verdict, Verdict::NotEligible);
    assert_eq!(
        of("meh", "I was going to leave one star but your replacement fixed it").verdict,
        Verdict::NotEligible
    );
}

#[test]
fn the_shop_must_have_rated_on_taobao_and_may_still_do_so() {
    let abuse = Facts {
        order: OrderFacts { both_rated: Some(false), ..OrderFacts::default() },
        ..taobao("客服就是个傻逼")
    };
    let open = Facts {
        order: OrderFacts { completed: Some("2026-10-20T00:00:00Z".parse().unwrap()), ..abuse.order },
        ..abuse
    };
    let answer = removal(&open);
    assert_eq!(answer.verdict, Verdict::NeedsEvidence);
    let ground = answer.grounds.iter().find(|ground| ground.ground == "leak_abuse_ad").unwrap();
    assert_eq!(ground.missing, ["seller_rating"]);
    assert_eq!(ground.outcome, crate::pack::Outcome::TextRemovedRatingKept);
    let steps = next_steps(&rules(&open), &open, &answer, true, now());
    let rate = steps.iter().find(|step| step.step == Step::RateBuyer).unwrap();
    assert_eq!(rate.due, Some("2026-11-04T15:59:59Z".parse().unwrap()));
    let over = Facts {
        order: OrderFacts { completed: Some("2026-10-10T00:00:00Z".parse().unwrap()), ..abuse.order },
        ..abuse
    };
    assert_eq!(removal(&over).verdict, Verdict::NotEligible);
    let tmall = Facts { platform: Some(Platform::Tmall), ..over };
    assert_eq!(removal(&tmall).verdict, Verdict::Eligible, "on Tmall the seller does not rate");
}

#[test]
fn facts_alone_carry_competitor_and_fraud() {
    let said = |competitor, fraud| {
        let facts = Facts {
            held: Held { buyer_is_competitor: competitor, fraud_report: fraud, ..Held::default() },
            ..taobao("东西一般")
        };
        let answer = removal(&facts);
        (answer.verdict, holding(&answer).join(","))
    };
    assert_eq!(said(Some(true), None), (Verdict::Eligible, "competitor".into()));
    assert_eq!(said(None, Some(true)), (Verdict::Eligible, "third_party_fraud".into()));
    assert_eq!(said(None, None).0, Verdict::NotEligible);
    let hint = removal(&taobao("本人开店八年，这种品控放我店里早退货了"));
    assert_eq!((hint.verdict, holding(&hint)), (Verdict::NeedsEvidence, vec!["competitor"]));
}

#[test]
fn goods_called_names_are_no_abuse() {
    for text in
        ["垃圾东西垃圾质量", "卧槽这也太小了吧", "脑残设计，开关在底下", "水果都烂了", "黑心商家，以次充好"]
    {
        assert_eq!(removal(&taobao(text)).verdict, Verdict::NotEligible, "{text}");
    }
}

#[test]
fn a_bad_review_is_followed_up_and_a_good_one_thanked() {
    let facts = taobao("质量太差了");
    let steps = |bad| {
        let answer = removal(&facts);
        next_steps(&rules(&facts), &facts, &answer, bad, now())
            .into_iter()
            .map(|step| step.step)
            .collect::<Vec<_>>()
    };
    assert_eq!(steps(false), [Step::Thank]);
    let bad = steps(true);
    assert_eq!(bad[0], Step::ContactBuyer);
    assert!(
        bad.contains(&Step::AskChange)
            && bad.contains(&Step::PublicReply)
            && !bad.contains(&Step::RequestRemoval)
    );
    let tmall = Facts { platform: Some(Platform::Tmall), ..facts };
    let answer = removal(&tmall);
    let steps = next_steps(&rules(&tmall), &tmall, &answer, true, now());
    assert!(steps.iter().all(|step| step.step != Step::AskChange), "nobody can change a rating on Tmall");
}

#[test]
fn is_written_as_the_contract_says_and_read_back() {
    let answer = removal(&feedback("Write to zlin@example.com"));
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["verdict"], "eligible");
    let pii = &json["grounds"][1];
    assert_eq!(pii["ground"], "seller_pii");
    assert_eq!(pii["evidence"][0], serde_json::json!({"in": "text", "span": [9, 25]}));
    assert_eq!(pii["deadline"], "2026-12-30");
    assert_eq!(pii["source"][0], serde_json::json!({"key": "AMZ-RM", "locator": "ground 2"}));
    assert_eq!(serde_json::from_value::<Removal>(json).unwrap(), answer);
}
