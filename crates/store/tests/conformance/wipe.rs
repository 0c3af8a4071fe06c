//! Wiping a merchant leaves nothing of him and everything of the others; the doctor finds what cannot be right.

use pingxin_domain::arrival::Outcome as RowOutcome;
use pingxin_domain::cadence::{Attempt, ContactChannel};
use pingxin_domain::calendar::{DayKind, SpecialDay};
use pingxin_domain::call::CallResult;
use pingxin_domain::case::CaseKind;
use pingxin_domain::clock::{ClockKind, Goals, Hours, Shift, Stage};
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::pack::Outcome;
use pingxin_domain::plan::Stated;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::removal::Verdict;
use pingxin_store::batch::{self, Counts, ImportRowWrite, NewBatch, Progress};
use pingxin_store::case::MatterOpen;
use pingxin_store::chat_check::{self, NewCheck};
use pingxin_store::guard_alarm::{self, Alarm};
use pingxin_store::guard_rule;
use pingxin_store::hold::{self, NewHold};
use pingxin_store::job::{self, NewJob};
use pingxin_store::order::{self, OrderWrite};
use pingxin_store::promise::{self, NewPromise};
use pingxin_store::removal::{self, Finding, NewRequest};
use pingxin_store::session::{self, NewSession};
use pingxin_store::task::{self, NewTask};
use pingxin_store::thanks::{self, NewThanks};
use pingxin_store::user::{self, NewUser};
use pingxin_store::{
    Engine, assignment, audit, buyer, calendar_day, case, doctor, evidence_file, out_channel, outbox,
    presence, profile, record, replaced, shift, shop_clock, tenant,
};
use pingxin_store::{StoreError, identifier::fresh};
use serde_json::json;

use crate::on_both;
use crate::world::{Merchant, World, order as plain_order, reading, review, writing};

on_both!(nothing_is_left, the_doctor_finds_damage);

fn of_product(key: &str, text: &str) -> IncomingReview {
    IncomingReview { product_title: Some("保温杯".into()), ..review(key, text) }
}

/// Puts a row into every table that has a merchant.
pub async fn fill(world: &World, merchant: &Merchant) {
    let (scope, now) = (&merchant.scope, world.now());
    let reviews = world.add(scope, merchant.first, &[of_product("R1", "质量差"), review("R2", "好")]).await;
    for id in reviews.iter().copied() {
        world.open_case(scope, merchant.first, id, 50).await;
    }
    let matter = pingxin_domain::case::Matter { text: "没人理".into(), ..Default::default() };
    let complaint = &MatterOpen {
        kind: CaseKind::Complaint,
        shop: merchant.first,
        order_number: None,
        buyer: None,
        cause: None,
        severity: 60,
        matter: &matter,
        after_sale: None,
        request_key: Some("wipe"),
    };
    writing!(world, |tx| pingxin_store::case::open_matter(tx, scope, complaint, now).await).unwrap();
    let login = format!("agent of {}", merchant.tenant);
    let incoming = plain_order("A-1");
    let known = pingxin_domain::intake::IncomingBuyer { nick: Some("n".into()), ..Default::default() };
    let (login, incoming, known, reviews) = (&login, &incoming, &known, &reviews);
    writing!(world, |tx| {
        let shops = pingxin_domain::ShopAccess::Only(vec![merchant.first]);
        let new = NewUser {
            login,
            display_name: "x",
            password_hash: "x",
            role: pingxin_domain::Role::Agent,
            department: None,
            shops,
            locale: None,
        };
        let user = user::create(tx, merchant.tenant, &new).await?;
        let token_hash = pingxin_store::secret::hash_of(login);
        let session =
            NewSession { tenant: merchant.tenant, user, token_hash, expires_at: now, user_agent: None };
        session::create(tx, &session).await?;
        crate::people::put(tx, scope, merchant.first, user).await?;
        let buyers = buyer::upsert_many(tx, scope, merchant.first, &[known]).await?;
        let write = OrderWrite {
            id: fresh(),
            is_new: true,
            order: incoming,
            buyer: buyers[0],
            content_hash: [0; 16],
            line_hashes: vec![[0; 16]; 2],
            line: 1,
        };
        order::save_many(tx, scope, merchant.first, None, &[write]).await?;
        buyer::add_note(tx, scope, buyers[0].unwrap_or_else(fresh), "常客").await?;
        crate::corrections::put(tx, scope, merchant.first, reviews[0]).await?;
        let id = fresh();
        let new = NewBatch {
            id,
            file_name: "a",
            file_hash: [0; 32],
            bytes: 1,
            shop: Some(merchant.first),
            dry_run: false,
            stored_path: None,
            draft: None,
            draft_of: None,
        };
        batch::create(tx, scope, &new).await?;
        batch::start(tx, scope, id, now).await?;
        let row = ImportRowWrite {
            line: 2,
            identity: None,
            outcome: RowOutcome::New,
            review: None,
            order: None,
            failure: None,
            raw: &[],
        };
        batch::record_rows(tx, scope, id, &[row]).await?;
        crate::media::put(tx, scope, id, reviews[0]).await?;
        let chunk = Counts { rows: 1, new: 1, ..Default::default() };
        batch::advance(tx, scope, id, &Progress { cursor_line: 2, bytes_read: 1, chunk }).await?;
        for record in crate::records::one_of_each() {
            let kind = record.kind();
            let mut write = crate::records::written(record, true, fresh());
            write.buyer = if kind == pingxin_domain::intake::RecordKind::Figure { None } else { buyers[0] };
            let message = write.id;
            record::save_many(tx, scope, merchant.first, kind, Some(id), &[write]).await?;
            if kind == pingxin_domain::intake::RecordKind::Chat {
                let day = "2026-10-05".parse().unwrap();
                let check = NewCheck { message, at: now, day, agent: "x", worst: None, findings: &[] };
                chat_check::save_many(tx, scope, merchant.first, &[check]).await?;
            }
        }
        replaced::keep_many(tx, scope, id, "order", &[(uuid::Uuid::nil(), "as it was")]).await?;
        profile::create(tx, scope, "p", None, &json!({})).await?;
        crate::lists::put(tx, scope, merchant.owner, reviews[0]).await?;
        let thanked = NewThanks { review: reviews[0], shop: merchant.first, text: "谢谢您", script: None };
        thanks::add(tx, scope, &thanked).await?;
        crate::automation::put(tx, scope, (reviews[0], merchant.first), user).await?;
        let payload = json!({});
        let job = NewJob { kind: "k", payload: &payload, unique_key: None, run_at: now };
        job::enqueue(tx, scope, &job).await?;
        let cases = case::list(tx, scope, &Default::default(), case::Sort::Newest, None, 1).await?;
        let case = cases.rows[0].id;
        let asked = NewTask {
            case,
            shop: merchant.first,
            department: pingxin_domain::Department::Warehouse,
            text: "x",
            due_at: None,
        };
        task::create(tx, scope, &asked).await?;
        let promised = NewPromise {
            case,
            shop: merchant.first,
            is_found: true,
            words: "明天给您补发",
            due_at: None,
            made_at: now,
            made_by: None,
        };
        promise::add(tx, scope, &promised).await?;
        crate::handovers::put(tx, scope, user, (case, merchant.first)).await?;
        crate::compensations::put(tx, scope, merchant.first, case).await?;
        crate::incentives::put(tx, scope, merchant.first, case, user).await?;
        crate::scripts::put(tx, scope, (case, merchant.first), user).await?;
        let (out_body, here) = (crate::outbox::body(), merchant.first);
        outbox::add(tx, scope, &crate::outbox::message(case, here, &out_body, None)).await?;
        let off: (bool, &[pingxin_domain::outbox::TeamEvent]) = (false, &[]);
        out_channel::put(tx, scope, pingxin_domain::outbox::OutChannel::Mail, off, &json!({})).await?;
        assignment::set_rules(tx, scope, &[]).await?;
        assignment::set_skills(tx, scope, user, &["x".to_owned()].into()).await?;
        shift::add(tx, scope, &[(user, Shift { from: now, to: now, is_away: false })]).await?;
        shop_clock::set(tx, scope, merchant.first, &Hours::default(), &Goals::default()).await?;
        let late = pingxin_domain::clock::Alarm {
            kind: ClockKind::FirstResponse,
            task: None,
            since: now,
            stage: Stage::Warned,
            at: now,
        };
        case::tell(tx, scope, case, &late).await?;
        case::add_event(tx, scope, case, case::EventKind::TaskAsked, &json!({}), now).await?;
        let attempt = Attempt { at: now, channel: ContactChannel::Phone, result: Some(CallResult::NoAnswer) };
        let logged = case::NewAttempt {
            case,
            shop: merchant.first,
            attempt,
            result: CallResult::NoAnswer,
            seconds: Some(5),
            note: Some("没人接"),
        };
        case::add_attempt(tx, scope, &logged).await?;
        case::add_event(tx, scope, case, case::EventKind::ContactLogged, &json!({}), now).await?;
        case::add_stated(tx, scope, case, &Stated::default()).await?;
        case::tick(tx, scope, case, StepCode::ContactBuyer).await?;
        let (held, shop) = (crate::guard::body("x"), merchant.first);
        let findings = &crate::guard::findings();
        let kind = pingxin_domain::guard::HoldKind::Note;
        let new = NewHold { shop, kind, case: Some(case), buyer: None, task: None, body: &held, findings };
        hold::create(tx, scope, &new).await?;
        let rule = findings[0].rule;
        guard_rule::put(tx, scope, shop, rule, None, true).await?;
        let alarm = Alarm {
            shop: Some(shop),
            platform: None,
            channel: None,
            object: None,
            stage: None,
            severity: pingxin_domain::guard::Severity::Hold,
            rules: vec![rule],
            text: "x".into(),
        };
        guard_alarm::add(tx, scope, &alarm).await?;
        presence::put(tx, scope, case, true).await?;
        removal::state(tx, scope, reviews[0], merchant.first, &removal::Stated::default()).await?;
        let finding = Finding {
            review: reviews[0],
            shop: merchant.first,
            verdict: Verdict::Eligible,
            ground: None,
            deadline_at: None,
        };
        removal::keep_findings(tx, scope, &[finding]).await?;
        let request = NewRequest {
            review: reviews[0],
            shop: merchant.first,
            ground: "x",
            outcome: Outcome::Struck,
            advice: Verdict::Eligible,
            against_advice: false,
            reason: None,
            platform_case_id: None,
            filed_at: now,
            text: None,
        };
        removal::create(tx, scope, &request).await?;
        evidence_file::add(tx, scope, reviews[0], merchant.first, "a", b"a").await?;
        let date = "2026-11-11".parse().unwrap();
        let day = SpecialDay { date, kind: DayKind::Workday, name: "x".into() };
        calendar_day::put(tx, scope, &day).await?;
        audit::append(tx, scope, "a", "b", "c", &json!({})).await
    })
    .unwrap();
    let claimed =
        &outbox::claim(world.store(), "w", jiff::SignedDuration::from_secs(1), &|| ()).await.unwrap();
    let claimed = claimed.as_ref().unwrap();
    writing!(world, |tx| {
        outbox::hand(tx, claimed).await?;
        let sent = (pingxin_domain::outbox::Answer::Taken, "x");
        outbox::settle(tx, claimed, 1, sent, pingxin_domain::outbox::Next::Sent).await
    })
    .unwrap();
}

/// Rows of each table: `name count`.
async fn table_counts(world: &World) -> Vec<(String, u64)> {
    let tables = match world.store().engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name NOT LIKE 'review_search%' AND name NOT LIKE 'product_search%' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
        }
    };
    let mut counts = Vec::new();
    for table in world.database.raw_texts(tables).await.unwrap() {
        let query = format!("SELECT CAST(count(*) AS TEXT) FROM {table}");
        let count = world.database.raw_texts(&query).await.unwrap()[0].parse().unwrap();
        counts.push((table, count));
    }
    if world.store().engine() == Engine::Sqlite {
        for index in ["review_search", "product_search"] {
            let query = format!("SELECT CAST(count(*) AS TEXT) FROM {index}_docsize");
            let count = world.database.raw_texts(&query).await.unwrap()[0].parse().unwrap();
            counts.push((index.into(), count));
        }
    }
    counts
}

async fn nothing_is_left(world: &World) {
    fill(world, &world.ours).await;
    let before = table_counts(world).await;
    fill(world, &world.theirs).await;
    let full = table_counts(world).await;
    let of_nobody = [
        "backfills",
        "login_tries",
        "schema_lock",
        "schema_migrations",
        "setup_tokens",
        "store_check",
        "undone_things",
        "wiped_tenants",
    ];
    for ((table, full), (_, before)) in full.iter().zip(&before) {
        let shared = ["audit_heads", "shops", "tenants"].contains(&table.as_str());
        assert!(full > before || shared || of_nobody.contains(&table.as_str()), "{table} is not filled");
    }
    let theirs = world.theirs.tenant;
    writing!(world, |tx| tenant::wipe(tx, theirs).await).unwrap();
    for ((table, left), (_, before)) in table_counts(world).await.iter().zip(&before) {
        // Their tenant, shops, owner and chain were there before they were filled.
        let expected = match table.as_str() {
            "tenants" | "audit_heads" | "users" => before - 1,
            "shops" => before - 2,
            _ => *before,
        };
        assert_eq!(*left, expected, "{table}");
    }
    assert_eq!(world.found(&world.ours.scope, "质量").await.len(), 1);
    assert!(world.found(&world.theirs.scope, "质量").await.is_empty());
    let again = writing!(world, |tx| tenant::wipe(tx, theirs).await);
    assert!(matches!(again, Err(StoreError::NotFound { what: "tenant" })));
    assert_eq!(findings(world).await, Vec::<String>::new());
}

async fn findings(world: &World) -> Vec<String> {
    let found = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
    let mut names: Vec<String> = found.into_iter().map(|finding| finding.check.to_owned()).collect();
    names.dedup();
    names
}

async fn the_doctor_finds_damage(world: &World) {
    fill(world, &world.ours).await;
    fill(world, &world.theirs).await;
    assert_eq!(findings(world).await, Vec::<String>::new(), "all is well");
    let sqlite = world.store().engine() == Engine::Sqlite;
    let append_only = [
        "review_revisions",
        "triage_results",
        "case_events",
        "removal_steps",
        "compensation_steps",
        "incentive_lines",
    ];
    for table in append_only {
        let off = if sqlite {
            format!("DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete")
        } else {
            format!("ALTER TABLE {table} DISABLE TRIGGER USER")
        };
        world.database.raw(&off).await.unwrap();
    }
    let no_search = if sqlite {
        "DELETE FROM review_search WHERE rowid IN (SELECT position FROM reviews)"
    } else {
        "UPDATE reviews SET search = ''"
    };
    let no_product_search =
        if sqlite { "DELETE FROM product_search" } else { "UPDATE products SET search = ''" };
    let damages: &[(&str, &[&str])] = &[
        ("UPDATE shops SET review_count = review_count + 1", &["shop_count"]),
        ("UPDATE import_batches SET rows_new = rows_new + 1", &["import_sum"]),
        ("DELETE FROM import_rows", &["import_rows"]),
        ("UPDATE reviews SET order_number = 'A-1'", &["review_order"]),
        (no_search, &["review_search"]),
        ("UPDATE products SET rating_3 = rating_3 + 1", &["product_counts"]),
        ("UPDATE product_causes SET review_count = 7", &["product_causes"]),
        (no_product_search, &["product_search"]),
        ("UPDATE reviews SET product_id = NULL", &["review_product"]),
        ("UPDATE buyers SET bad_count = 9", &["buyer_bad"]),
        ("UPDATE orders SET ordered_at = 1", &["order_instant"]),
        ("DELETE FROM media_files", &["media_file"]),
        ("UPDATE review_causes SET facets = facets + 8", &["cause_facets"]),
        ("DELETE FROM review_causes", &["review_causes"]),
        ("UPDATE cases SET position = position + 1", &["case_facets"]),
        ("UPDATE reviews SET facets = facets + 1", &["review_facets"]),
        ("UPDATE reviews SET text = 'other words'", &["review_words"]),
        ("DELETE FROM triage_results", &["review_triage"]),
        ("DELETE FROM review_revisions", &["review_revision"]),
        ("UPDATE cases SET state = 'closed'", &["case_live"]),
        ("UPDATE cases SET waiting_for = 'buyer'", &["case_waiting"]),
        ("UPDATE cases SET merged_into = id", &["case_outcome"]),
        ("UPDATE cases SET live = (1 = 0), next_deadline_at = 1", &["case_next"]),
        ("DELETE FROM case_matters", &["case_matter"]),
        ("DELETE FROM case_events", &["case_opening", "case_events", "task_events", "attempt_events"]),
        (
            "UPDATE contact_attempts SET shop_id = (SELECT s.id FROM shops s WHERE s.tenant_id = contact_attempts.tenant_id AND s.id <> contact_attempts.shop_id LIMIT 1)",
            &["attempt_shop"],
        ),
        ("UPDATE tasks SET state = 'done'", &["task_state"]),
        ("DELETE FROM removal_steps", &["removal_steps"]),
        (
            "UPDATE removal_requests SET shop_id = (SELECT s.id FROM shops s WHERE s.tenant_id = removal_requests.tenant_id AND s.id <> removal_requests.shop_id LIMIT 1)",
            &["removal_shop"],
        ),
        ("UPDATE tenants SET last_case_number = 0, last_shop_number = 0", &["case_number", "shop_number"]),
        (
            "UPDATE tasks SET shop_id = (SELECT s.id FROM shops s WHERE s.tenant_id = tasks.tenant_id AND s.id <> tasks.shop_id LIMIT 1)",
            &["task_shop"],
        ),
        ("UPDATE outbox_calls SET result = NULL", &["outbox_calls"]),
        ("UPDATE outbox SET ended_at = NULL", &["outbox_state"]),
        (
            "INSERT INTO outbox_calls (tenant_id, outgoing_id, seq, at) SELECT tenant_id, outgoing_id, 2, at FROM outbox_calls",
            &["outbox_twice"],
        ),
        (
            "UPDATE outbox SET shop_id = (SELECT s.id FROM shops s WHERE s.tenant_id = outbox.tenant_id AND s.id <> outbox.shop_id LIMIT 1)",
            &["outbox_shop"],
        ),
        ("UPDATE guard_holds SET state = 'released'", &["hold_state"]),
        (
            "UPDATE guard_holds SET shop_id = (SELECT s.id FROM shops s WHERE s.tenant_id = guard_holds.tenant_id AND s.id <> guard_holds.shop_id LIMIT 1)",
            &["hold_shop"],
        ),
        ("UPDATE compensations SET state = 'paid'", &["compensation_steps"]),
        ("UPDATE compensations SET sign_off = 'two_persons'", &["compensation_approval"]),
        ("UPDATE compensations SET amount_minor = order_minor + 1", &["compensation_order"]),
        ("UPDATE compensations SET counts = (1 = 0)", &["compensation_counts"]),
        ("UPDATE incentives SET amount_minor = amount_minor + 1", &["incentive_lines"]),
        ("UPDATE incentive_statements SET total_minor = total_minor + 1", &["incentive_statement"]),
        ("DELETE FROM incentive_statements", &["incentive_unstated"]),
        ("UPDATE money_heads SET version = version + 1", &["money_rules"]),
        (
            "DELETE FROM compensation_steps; DELETE FROM compensations; DELETE FROM incentive_lines; DELETE FROM incentives; \
             DELETE FROM outbox_calls; DELETE FROM outbox; DELETE FROM guard_holds; DELETE FROM tasks; DELETE FROM promises; DELETE FROM handover_cases; DELETE FROM case_watches; DELETE FROM claimed_messages; DELETE FROM case_alarms; DELETE FROM contact_attempts; DELETE FROM case_facts; DELETE FROM case_steps; DELETE FROM cases",
            &["review_case"],
        ),
        ("UPDATE users SET department = 'finance'", &["person_department"]),
        ("UPDATE users SET all_shops = (role <> 'owner')", &["person_owner_shops", "person_shops"]),
        ("UPDATE users SET disabled_at = 1", &["person_shut_out"]),
        ("UPDATE second_factors SET secret_sealed = token_hash FROM sessions", &["second_factor"]),
        ("UPDATE buyers SET nick_sealed = phone_sealed, phone_sealed = nick_sealed", &["sealed_fields"]),
    ];
    for (damage, checks) in damages {
        let before = findings(world).await;
        world.database.raw(damage).await.unwrap();
        let after = findings(world).await;
        for check in *checks {
            let (was, is) = (before.iter().any(|name| name == check), after.iter().any(|name| name == check));
            assert!(!was && is, "{damage}: {before:?} then {after:?}");
        }
    }
}
