//! Corrections lie over the reading and never in it; patterns are noted once; models and words are a merchant's own.

use pingxin_domain::case::{CaseState, Life};
use pingxin_domain::correction::Correction;
use pingxin_domain::intake::{IncomingReview, content_hash};
use pingxin_domain::pattern::PatternCode;
use pingxin_domain::review::Rating;
use pingxin_domain::{CorrectionId, PatternGroupId, ReviewId, Say, Scope, ShopId};
use pingxin_language::{Cause, Fault, Sentiment, SentimentLabel};
use pingxin_store::case::CaseRevised;
use pingxin_store::correction::{self, CorrectionState};
use pingxin_store::identifier::fresh;
use pingxin_store::pattern::{self, PatternWrite};
use pingxin_store::review::{self, ReviewFilter, ReviewInsert, ReviewRevise, Sort, TriageColumns};
use pingxin_store::text_model::{self, NewTextModel};
use pingxin_store::{StoreError, Tx, case, doctor, shop_word, training};

use crate::on_both;
use crate::world::{World, reading, review as plain, triage, writing};

on_both!(
    a_correction_lies_over_the_reading,
    a_correction_changes_how_urgent_a_review_is,
    what_was_corrected_stays_until_the_words_change,
    nobody_corrects_another_s_review,
    a_pattern_is_noted_once,
    models_and_words_are_a_merchant_s_own
);

/// A row in every table of this part.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId, review: ReviewId) -> Result<(), StoreError> {
    let corrected = correction::lock_for_change(tx, scope, review).await?;
    let said = Correction { fault: Some(Fault::Carrier), ..Correction::default() };
    correction::create(tx, scope, &corrected, &said, None).await?;
    let why = Say::new("集中差评", "a burst");
    let (code, group) = (PatternCode::BurstShop, fresh());
    let found = PatternWrite { review, code, group, why: &why, others: Vec::new() };
    pattern::append_many(tx, scope, &[found]).await?;
    let new = NewTextModel {
        model: "zh-cause",
        version: 2,
        bytes: b"model",
        taught: 54,
        held: 6,
        before_name: "zh-cause-1",
        before_share: 0.5,
        after_share: 1.0,
    };
    text_model::insert(tx, scope, &new).await?;
    shop_word::set(tx, scope, shop, &[(None, "垃圾桶".to_owned())]).await?;
    training::begin(tx, scope).await.map(drop)
}

async fn add(world: &World, scope: &Scope, review: &IncomingReview) -> ReviewId {
    add_read(world, scope, review, triage(review)).await
}

async fn add_read(world: &World, scope: &Scope, review: &IncomingReview, triage: TriageColumns) -> ReviewId {
    let id = fresh();
    let new = ReviewInsert {
        id,
        shop: world.ours.first,
        identity: format!("p:{}", review.platform_review_id.as_deref().unwrap_or_default()),
        review,
        content_hash: content_hash(review),
        order: None,
        buyer: None,
        batch: None,
        line: 1,
        imported_at: world.now(),
        triage: Some(triage),
        opens_case: false,
    };
    let rows = &[new];
    writing!(world, |tx| review::insert_many(tx, scope, rows).await).unwrap();
    id
}

async fn correct(
    world: &World,
    scope: &Scope,
    id: ReviewId,
    said: &Correction,
) -> Result<CorrectionId, StoreError> {
    writing!(world, |tx| {
        let corrected = correction::lock_for_change(tx, scope, id).await?;
        correction::create(tx, scope, &corrected, said, Some("说的是快递")).await
    })
}

async fn found(world: &World, scope: &Scope, filter: ReviewFilter) -> usize {
    let filter = &filter;
    let many = world.all(scope, filter, Sort::Newest, 10).await.len();
    let counted = reading!(world, |tx| review::count(tx, scope, filter).await).unwrap();
    assert_eq!(counted.value, many as u64, "a list and its count agree");
    many
}

async fn by_cause(world: &World, scope: &Scope, cause: Cause) -> usize {
    found(world, scope, ReviewFilter { causes: vec![cause], ..ReviewFilter::default() }).await
}

async fn all_is_well(world: &World) {
    let findings = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
    let odd: Vec<_> = findings.iter().filter(|finding| finding.check != "review_case").collect();
    assert!(odd.is_empty(), "{odd:?}");
}

async fn a_correction_lies_over_the_reading(world: &World) {
    let (ours, scope) = (&world.ours, &world.ours.scope);
    let incoming =
        IncomingReview { product_key: Some("P1".into()), ..plain("R1", "快递员把箱子摔坏了") };
    let id = add(world, scope, &incoming).await;
    let opened = world.open_case(scope, ours.first, id, 80).await;
    let said = Correction {
        causes: Some(vec![Cause::DamagePackaging, Cause::Logistics]),
        sentiment: Some(SentimentLabel::Mixed),
        fault: Some(Fault::Carrier),
    };
    let first = correct(world, scope, id, &said).await.unwrap();
    let detail = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap();
    assert_eq!(detail.row.causes, [Cause::DamagePackaging, Cause::Logistics]);
    assert_eq!(detail.row.primary_cause, Some(Cause::DamagePackaging));
    assert_eq!(detail.row.sentiment, Some(Sentiment { label: SentimentLabel::Mixed, score: 0.0 }));
    assert_eq!(detail.row.fault, Some(Fault::Carrier));
    assert_eq!(detail.triage.unwrap()["primary_cause"], "quality", "the reading is as it was");
    let of_case = reading!(world, |tx| case::get(tx, scope, opened.id).await).unwrap().unwrap().row;
    assert_eq!((of_case.primary_cause, of_case.fault), (Some(Cause::DamagePackaging), Some(Fault::Carrier)));
    assert_eq!(by_cause(world, scope, Cause::Quality).await, 0);
    assert_eq!(by_cause(world, scope, Cause::DamagePackaging).await, 1);
    let mixed = ReviewFilter { sentiments: vec![SentimentLabel::Mixed], ..ReviewFilter::default() };
    assert_eq!(found(world, scope, mixed).await, 1);
    for (fault, many) in [(Fault::Carrier, 1), (Fault::Seller, 0)] {
        let filter = ReviewFilter { faults: vec![fault], ..ReviewFilter::default() };
        assert_eq!(found(world, scope, filter).await, many, "{fault}");
    }
    all_is_well(world).await;

    // A second one lies over the first; taken back, the first stands again.
    let fault = Correction { fault: Some(Fault::Platform), ..Correction::default() };
    let second = correct(world, scope, id, &fault).await.unwrap();
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!((row.fault, row.primary_cause), (Some(Fault::Platform), Some(Cause::DamagePackaging)));
    for (id_of, fault) in [(second, Fault::Carrier), (first, Fault::Seller)] {
        writing!(world, |tx| {
            let corrected = correction::lock_for_change(tx, scope, id).await?;
            correction::undo(tx, scope, &corrected, id_of).await
        })
        .unwrap();
        let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
        assert_eq!(row.fault, Some(fault));
    }
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!(row.causes, [Cause::Quality, Cause::Logistics]);
    assert_eq!(row.sentiment, Some(Sentiment { label: SentimentLabel::Negative, score: -0.5 }));
    assert_eq!(by_cause(world, scope, Cause::Quality).await, 1);
    let twice = writing!(world, |tx| {
        let corrected = correction::lock_for_change(tx, scope, id).await?;
        correction::undo(tx, scope, &corrected, first).await
    });
    assert!(matches!(twice, Err(StoreError::Conflict { what: "correction" })), "{twice:?}");
    let all = reading!(world, |tx| correction::of_review(tx, scope, id).await).unwrap();
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [second, first], "both are there for good");
    assert!(all.iter().all(|one| one.state == CorrectionState::Undone && one.undone.is_some()));
    assert_eq!(all[1].note.as_deref(), Some("说的是快递"));
    assert_eq!(all[1].by.as_ref().map(|by| by.name.as_str()), Some("老板"));
    all_is_well(world).await;
    let changed = world.database.raw("UPDATE reading_corrections SET fault = 'buyer'").await;
    assert!(changed.is_err(), "a correction is never changed");
}

async fn a_correction_changes_how_urgent_a_review_is(world: &World) {
    let (ours, scope) = (&world.ours, &world.ours.scope);
    let incoming = plain("R1", "说不上好坏，就是颜色深");
    let read = || {
        let parts =
            r#"[{"part":"stars","points":22},{"part":"tone","points":13},{"part":"cause","points":9}]"#;
        let columns = triage(&incoming);
        let body = columns.body.replacen('{', &format!(r#"{{"severity":44,"severity_parts":{parts},"#), 1);
        TriageColumns { severity: 44, body, ..columns }
    };
    let id = add_read(world, scope, &incoming, read()).await;
    let opened = world.open_case(scope, ours.first, id, 44).await;
    let urgent = async || {
        let review = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
        let case = reading!(world, |tx| case::get(tx, scope, opened.id).await).unwrap().unwrap().row;
        assert_eq!(review.severity, case.severity, "a case is as urgent as its review");
        review.severity
    };
    let taste = Correction { causes: Some(vec![Cause::Subjective]), ..Correction::default() };
    let first = correct(world, scope, id, &taste).await.unwrap();
    assert_eq!(urgent().await, 22 + 13 + 3);
    let kind = Correction { sentiment: Some(SentimentLabel::Positive), ..Correction::default() };
    correct(world, scope, id, &kind).await.unwrap();
    assert_eq!(urgent().await, 22 + 3, "three stars still complain");
    all_is_well(world).await;
    // Read again, the same words are as urgent as people left them.
    revise_read(world, id, 2, &incoming, read()).await;
    let revised = &[CaseRevised {
        id: opened.id,
        life: Life::plain(CaseState::Open, None),
        reason: None,
        reopens: false,
        revision: 2,
        at: world.now(),
    }];
    writing!(world, |tx| case::review_changed_many(tx, scope, revised).await).unwrap();
    assert_eq!(urgent().await, 22 + 3);
    writing!(world, |tx| {
        let corrected = correction::lock_for_change(tx, scope, id).await?;
        correction::undo(tx, scope, &corrected, first).await
    })
    .unwrap();
    assert_eq!(urgent().await, 22 + 9, "the cause counts as it was read");
    all_is_well(world).await;
}

async fn revise(world: &World, id: ReviewId, revision: u32, review: &IncomingReview) {
    revise_read(world, id, revision, review, triage(review)).await;
}

async fn revise_read(
    world: &World,
    id: ReviewId,
    revision: u32,
    review: &IncomingReview,
    triage: TriageColumns,
) {
    let change = ReviewRevise {
        id,
        revision,
        review,
        content_hash: content_hash(review),
        order: None,
        buyer: None,
        batch: None,
        line: 2,
        seen_at: world.now(),
        triage: Some(triage),
    };
    let changes = &[change];
    writing!(world, |tx| review::revise_many(tx, &world.ours.scope, changes).await).unwrap();
}

async fn what_was_corrected_stays_until_the_words_change(world: &World) {
    let scope = &world.ours.scope;
    let incoming = plain("R1", "快递员把箱子摔坏了");
    let id = add(world, scope, &incoming).await;
    let said = Correction { causes: Some(vec![Cause::Logistics]), ..Correction::default() };
    correct(world, scope, id, &said).await.unwrap();
    let fewer = IncomingReview { rating: Rating::try_from(1).ok(), ..incoming.clone() };
    revise(world, id, 2, &fewer).await;
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!(row.causes, [Cause::Logistics], "read again, the same words are corrected all the same");
    assert_eq!(by_cause(world, scope, Cause::Quality).await, 0);
    all_is_well(world).await;
    let other = IncomingReview { text: "其实是质量不好，穿一次就坏".into(), ..incoming.clone() };
    revise(world, id, 3, &other).await;
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!(row.causes, [Cause::Quality, Cause::Logistics], "other words are read anew");
    let all = reading!(world, |tx| correction::of_review(tx, scope, id).await).unwrap();
    assert_eq!((all[0].state, all[0].revision), (CorrectionState::Outdated, 1));
    let fault = Correction { fault: Some(Fault::Buyer), ..Correction::default() };
    correct(world, scope, id, &fault).await.unwrap();
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!((row.fault, row.primary_cause), (Some(Fault::Buyer), Some(Cause::Quality)));
    let taught = reading!(world, |tx| correction::taught(tx, scope).await).unwrap();
    assert_eq!(taught.len(), 2, "what was said of the words before still teaches: {taught:?}");
    assert_eq!(reading!(world, |tx| correction::count_taught(tx, scope).await).unwrap(), 2);
    revise(world, id, 4, &incoming).await;
    let row = reading!(world, |tx| review::get(tx, scope, id).await).unwrap().unwrap().row;
    assert_eq!(row.causes, [Cause::Logistics], "the first words are back, and so is what was said of them");
    all_is_well(world).await;
}

async fn nobody_corrects_another_s_review(world: &World) {
    let (ours, scope) = (&world.ours, &world.ours.scope);
    let id = add(world, scope, &plain("R1", "质量差")).await;
    let said = Correction { fault: Some(Fault::Buyer), ..Correction::default() };
    let made = correct(world, scope, id, &said).await.unwrap();
    for stranger in [&world.theirs.scope, &ours.agent(vec![ours.second]), &ours.agent(vec![])] {
        let refused = correct(world, stranger, id, &said).await;
        assert!(matches!(refused, Err(StoreError::NotFound { what: "review" })), "{refused:?}");
        assert_eq!(reading!(world, |tx| correction::review_of(tx, stranger, made).await).unwrap(), None);
        assert!(reading!(world, |tx| correction::of_review(tx, stranger, id).await).unwrap().is_empty());
    }
    let theirs = &world.theirs.scope;
    assert!(reading!(world, |tx| correction::taught(tx, theirs).await).unwrap().is_empty());
    assert_eq!(reading!(world, |tx| correction::review_of(tx, scope, made).await).unwrap(), Some(id));
}

async fn a_pattern_is_noted_once(world: &World) {
    let (ours, scope) = (&world.ours, &world.ours.scope);
    let reviews: Vec<IncomingReview> = (0..3)
        .map(|at| IncomingReview { rating: Rating::try_from(1).ok(), ..plain(&format!("R{at}"), "坏了") })
        .collect();
    let ids = world.add(scope, ours.first, &reviews).await;
    let ids = ids.as_slice();
    let seen = reading!(world, |tx| pattern::newest(tx, scope, ours.first, 10).await).unwrap();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|review| review.is_bad && review.text == "坏了"));
    let why = Say::new("集中差评", "a burst");
    let group: PatternGroupId = fresh();
    let writes: Vec<PatternWrite<'_>> = ids
        .iter()
        .map(|id| PatternWrite {
            review: *id,
            code: PatternCode::BurstShop,
            group,
            why: &why,
            others: ids.iter().copied().filter(|other| other != id).collect(),
        })
        .collect();
    let writes = writes.as_slice();
    writing!(world, |tx| pattern::append_many(tx, scope, writes).await).unwrap();
    let again = writing!(world, |tx| pattern::append_many(tx, scope, &writes[..1]).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "pattern" })), "{again:?}");
    let known = reading!(world, |tx| pattern::known(tx, scope, ids).await).unwrap();
    assert!(known.len() == 3 && known.values().all(|one| *one == group));
    let found = reading!(world, |tx| pattern::of_review(tx, scope, ids[0]).await).unwrap();
    assert_eq!((found[0].code, found[0].others, found[0].shown.len()), (PatternCode::BurstShop, 2, 2));
    assert_eq!(found[0].why, why);
    for stranger in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        assert!(reading!(world, |tx| pattern::of_review(tx, stranger, ids[0]).await).unwrap().is_empty());
    }
    assert!(world.database.raw("UPDATE review_patterns SET body = '{}'").await.is_err());
    assert!(world.database.raw("DELETE FROM review_patterns").await.is_err());
}

async fn models_and_words_are_a_merchant_s_own(world: &World) {
    let (ours, scope, theirs) = (&world.ours, &world.ours.scope, &world.theirs.scope);
    assert_eq!(reading!(world, |tx| text_model::reader_version(tx, scope).await).unwrap(), 0);
    let new = |version| NewTextModel {
        model: "zh-cause",
        version,
        bytes: b"model",
        taught: 54,
        held: 6,
        before_name: "zh-cause-1",
        before_share: 0.5,
        after_share: 1.0,
    };
    writing!(world, |tx| {
        text_model::insert(tx, scope, &new(2)).await?;
        text_model::insert(tx, scope, &new(3)).await?;
        text_model::switch(tx, scope, "zh-cause", Some(2)).await?;
        text_model::switch(tx, scope, "zh-cause", Some(3)).await
    })
    .unwrap();
    let again = writing!(world, |tx| text_model::insert(tx, scope, &new(3)).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "text model" })), "{again:?}");
    let absent = writing!(world, |tx| text_model::switch(tx, scope, "zh-cause", Some(9)).await);
    assert!(matches!(absent, Err(StoreError::NotFound { what: "text model" })), "{absent:?}");
    let listed = reading!(world, |tx| text_model::list(tx, scope).await).unwrap();
    let used: Vec<(u32, bool)> = listed.iter().map(|one| (one.version, one.used_at.is_some())).collect();
    assert_eq!(used, [(2, false), (3, true)]);
    assert_eq!((listed[0].bytes, listed[0].taught, listed[0].after_share), (5, 54, 1.0));
    let of =
        async |models: &[&str]| reading!(world, |tx| text_model::in_use(tx, scope, models).await).unwrap();
    assert_eq!(of(&["zh-cause", "en-cause"]).await, [b"model".to_vec()]);
    assert!(of(&["en-cause"]).await.is_empty(), "only what is asked for");
    assert_eq!(reading!(world, |tx| text_model::last_version(tx, scope, "zh-cause").await).unwrap(), 3);
    assert!(reading!(world, |tx| text_model::list(tx, theirs).await).unwrap().is_empty());

    let before = reading!(world, |tx| text_model::reader_version(tx, scope).await).unwrap();
    let words = &[(None, "垃圾桶".to_owned()), (Some(Cause::Quality), "掉渣".to_owned())];
    writing!(world, |tx| shop_word::set(tx, scope, ours.first, words).await).unwrap();
    let kept = reading!(world, |tx| shop_word::of_shop(tx, scope, ours.first).await).unwrap();
    assert_eq!(kept, words);
    assert!(reading!(world, |tx| text_model::reader_version(tx, scope).await).unwrap() > before);
    assert_eq!(reading!(world, |tx| text_model::reader_version(tx, theirs).await).unwrap(), 0);
    assert!(reading!(world, |tx| shop_word::of_shop(tx, scope, ours.second).await).unwrap().is_empty());
    let limited = &ours.agent(vec![ours.second]);
    let refused = writing!(world, |tx| shop_word::set(tx, limited, ours.first, &[]).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "shop" })), "{refused:?}");

    let id = writing!(world, |tx| training::begin(tx, scope).await).unwrap();
    writing!(world, |tx| training::end(tx, scope, id, &serde_json::json!([1])).await).unwrap();
    let twice = writing!(world, |tx| training::end(tx, scope, id, &serde_json::json!([2])).await);
    assert!(matches!(twice, Err(StoreError::NotFound { what: "training" })), "{twice:?}");
    let newest = reading!(world, |tx| training::newest(tx, scope, 5).await).unwrap();
    assert_eq!((newest.len(), newest[0].outcome.clone()), (1, serde_json::json!([1])));
    assert!(newest[0].ended_at.is_some());
    assert!(reading!(world, |tx| training::newest(tx, theirs, 5).await).unwrap().is_empty());
}
