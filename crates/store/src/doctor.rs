//! Holds the tables against each other: every promise of the schema that no constraint keeps.

mod money;

use pingxin_domain::{BuyerId, Scope};
use uuid::Uuid;

use crate::sql::{Statement, all_statements, statements, values};
use crate::{
    Around, Engine, StoreError, Tx, audit, automation, buyer, case, chat_check, compensation, handover, hold,
    identifier, incentive, order, outbox, product, promise, removal, review, second_factor, task, thanks,
};

pub(crate) use money::STATEMENTS as MONEY_STATEMENTS;

/// Something that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub check: &'static str,
    /// What it is about, by id.
    pub subject: String,
    /// What is wrong.
    pub detail: String,
}

statements! {
    BAD_WITHOUT_CASE = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND r.language IS NOT NULL \
        AND (r.rating <= 3 OR r.verdict IN ('neutral', 'bad')) \
        AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = r.tenant_id AND c.review_id = r.id) LIMIT 100";
    WITHOUT_REVISION = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND NOT EXISTS (SELECT 1 \
        FROM review_revisions v WHERE v.tenant_id = r.tenant_id AND v.review_id = r.id AND v.revision = r.revision) \
        LIMIT 100";
    OTHER_WORDS = "SELECT r.id FROM reviews r JOIN review_revisions v ON v.tenant_id = r.tenant_id \
        AND v.review_id = r.id AND v.revision = r.revision WHERE r.tenant_id = $1 AND (v.text <> r.text \
        OR coalesce(v.title, '') <> coalesce(r.title, '') OR coalesce(v.rating, 0) <> coalesce(r.rating, 0)) LIMIT 100";
    WITHOUT_TRIAGE = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND NOT EXISTS (SELECT 1 \
        FROM triage_results t WHERE t.tenant_id = r.tenant_id AND t.review_id = r.id AND t.revision = r.revision) \
        LIMIT 100";
    WITHOUT_SEARCH = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND NOT EXISTS (SELECT 1 \
        FROM review_search_docsize d WHERE d.id = r.position) LIMIT 100",
        "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND r.search = ''::tsvector \
        AND r.text ~ '[[:alnum:]]' LIMIT 100";
    // The entry of a search index has a number and no id; PostgreSQL keeps it in the review itself.
    ORPHAN_SEARCH = "SELECT count(*) FROM review_search_docsize d WHERE $1 IS NOT NULL AND NOT EXISTS (SELECT 1 \
        FROM reviews r WHERE r.position = d.id AND r.tenant_id IN (SELECT t.id FROM tenants t))",
        "SELECT 0::bigint WHERE $1::uuid IS NOT NULL";
    CAUSES_DIFFER = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND r.causes <> '' AND NOT EXISTS (SELECT 1 \
        FROM review_causes k WHERE k.tenant_id = r.tenant_id AND k.position = r.position) LIMIT 100";
    FACETS_DIFFER = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND ((r.facets & 7) <> coalesce(r.rating, 0) \
        OR ((r.facets >> 31) & 127) <> r.severity OR ((r.facets & 134217728) <> 0) <> (r.text <> '') \
        OR ((r.facets & 536870912) <> 0) <> (r.revision > 1) OR ((r.facets & 1073741824) <> 0) <> (r.gone_at IS NOT NULL) \
        OR ((r.facets >> 62) & 1) <> (SELECT count(*) FROM (SELECT 1 FROM cases c WHERE c.tenant_id = r.tenant_id \
        AND c.review_id = r.id LIMIT 1) counted) OR ((r.facets >> 38) & 16777215) <> (SELECT s.number FROM shops s WHERE s.tenant_id = r.tenant_id AND s.id = r.shop_id)) LIMIT 100";
    CAUSE_FACETS_DIFFER = "SELECT r.id FROM review_causes k JOIN reviews r ON r.tenant_id = k.tenant_id \
        AND r.position = k.position WHERE k.tenant_id = $1 AND k.facets <> r.facets LIMIT 100";
    CASE_FACETS_DIFFER = "SELECT c.id FROM cases c JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        WHERE c.tenant_id = $1 AND (c.facets <> r.facets OR c.position <> r.position) LIMIT 100";
    LINES_DIFFER = "SELECT o.id FROM order_lines l JOIN orders o ON o.tenant_id = l.tenant_id AND o.id = l.order_id \
        WHERE l.tenant_id = $1 AND (l.shop_id <> o.shop_id OR l.ordered_at <> o.ordered_at) LIMIT 100";
    MATTER_MISSING = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND ((c.kind = 'review') <> (c.review_id IS NOT NULL) \
        OR (c.kind = 'review') = EXISTS (SELECT 1 FROM case_matters m WHERE m.tenant_id = c.tenant_id \
        AND m.case_id = c.id)) LIMIT 100";
    UNREVIEWED_FACETS_DIFFER = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.review_id IS NULL \
        AND (c.position <> 0 OR ((c.facets >> 38) & 16777215) <> (SELECT s.number FROM shops s \
        WHERE s.tenant_id = c.tenant_id AND s.id = c.shop_id)) LIMIT 100";
    WITHOUT_OPENING = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM case_events e \
        WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id AND e.seq = 1 AND e.kind = 'opened') LIMIT 100";
    EVENTS_MISSING = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.last_event <> (SELECT count(*) \
        FROM case_events e WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id) LIMIT 100";
    LIVE_DIFFERS = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 \
        AND c.live <> (c.state IN ('open', 'in_progress', 'waiting')) LIMIT 100";
    SUM_DIFFERS = "SELECT i.id FROM import_batches i WHERE i.tenant_id = $1 AND i.rows_read <> i.rows_new \
        + i.rows_updated + i.rows_unchanged + i.rows_duplicate + i.rows_failed LIMIT 100";
    ROWS_DIFFER = "SELECT i.id FROM import_batches i WHERE i.tenant_id = $1 AND NOT i.dry_run AND i.rows_read <> \
        (SELECT count(*) FROM import_rows w WHERE w.tenant_id = i.tenant_id AND w.batch_id = i.id) LIMIT 100";
    SHOP_COUNT_DIFFERS = "SELECT s.id FROM shops s WHERE s.tenant_id = $1 AND s.review_count <> (SELECT count(*) \
        FROM reviews r WHERE r.tenant_id = s.tenant_id AND r.shop_id = s.id) LIMIT 100";
    ORDER_NOT_LINKED = "SELECT r.id FROM reviews r JOIN orders o ON o.tenant_id = r.tenant_id \
        AND o.shop_id = r.shop_id AND o.order_number = r.order_number WHERE r.tenant_id = $1 \
        AND r.order_id IS NULL LIMIT 100";
    // No constraint keeps it: the files of a merchant are forgotten apart from the reviews that name them.
    FILE_MISSING = "SELECT m.review_id FROM review_media m WHERE m.tenant_id = $1 AND m.file_id IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM media_files f WHERE f.tenant_id = m.tenant_id AND f.id = m.file_id) LIMIT 100";
    WRONG_DEPARTMENT = "SELECT u.id FROM users u WHERE u.tenant_id = $1 \
        AND (u.role = 'department') <> (u.department IS NOT NULL) LIMIT 100";
    OWNER_LIMITED = "SELECT u.id FROM users u WHERE u.tenant_id = $1 AND u.role = 'owner' AND NOT u.all_shops LIMIT 100";
    ALL_SHOPS_LISTED = "SELECT u.id FROM users u WHERE u.tenant_id = $1 AND u.all_shops AND EXISTS (SELECT 1 \
        FROM user_shops s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id) LIMIT 100";
    SHUT_OUT_INSIDE = "SELECT u.id FROM users u WHERE u.tenant_id = $1 AND u.disabled_at IS NOT NULL AND (EXISTS \
        (SELECT 1 FROM sessions s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.revoked_at IS NULL) \
        OR EXISTS (SELECT 1 FROM api_tokens k WHERE k.tenant_id = u.tenant_id AND k.user_id = u.id)) LIMIT 100";
    PRODUCT_NOT_NAMED = "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 \
        AND (r.product_key <> '' OR r.product_title <> '') AND NOT EXISTS (SELECT 1 FROM products p \
        WHERE p.tenant_id = r.tenant_id AND p.id = r.product_id AND p.shop_id = r.shop_id) LIMIT 100";
    PRODUCT_COUNTS_DIFFER = "SELECT p.id FROM products p LEFT JOIN (SELECT r.product_id, count(*) AS many, \
        sum(CASE r.rating WHEN 1 THEN 1 ELSE 0 END) AS r1, sum(CASE r.rating WHEN 2 THEN 1 ELSE 0 END) AS r2, \
        sum(CASE r.rating WHEN 3 THEN 1 ELSE 0 END) AS r3, sum(CASE r.rating WHEN 4 THEN 1 ELSE 0 END) AS r4, \
        sum(CASE r.rating WHEN 5 THEN 1 ELSE 0 END) AS r5, sum(CASE r.verdict WHEN 'good' THEN 1 ELSE 0 END) AS good, \
        sum(CASE r.verdict WHEN 'neutral' THEN 1 ELSE 0 END) AS neutral, \
        sum(CASE r.verdict WHEN 'bad' THEN 1 ELSE 0 END) AS bad, \
        sum(CASE WHEN r.rating <= 3 OR r.verdict IN ('neutral', 'bad') THEN 1 ELSE 0 END) AS unhappy, \
        min(coalesce(r.created_at, r.imported_at)) AS first_at, max(coalesce(r.created_at, r.imported_at)) AS last_at \
        FROM reviews r WHERE r.tenant_id = $1 AND r.product_id IS NOT NULL GROUP BY r.product_id) c \
        ON c.product_id = p.id WHERE p.tenant_id = $1 AND (c.many IS NULL OR p.review_count <> c.many \
        OR p.rating_1 <> c.r1 OR p.rating_2 <> c.r2 OR p.rating_3 <> c.r3 OR p.rating_4 <> c.r4 OR p.rating_5 <> c.r5 \
        OR p.verdict_good <> c.good OR p.verdict_neutral <> c.neutral OR p.verdict_bad <> c.bad \
        OR p.bad_count <> c.unhappy OR p.bad_rate <> c.unhappy * 10000 / c.many \
        OR p.first_review_at <> c.first_at OR p.last_review_at <> c.last_at) LIMIT 100";
    PRODUCT_CAUSES_DIFFER = "SELECT p.id FROM products p WHERE p.tenant_id = $1 AND (EXISTS (SELECT 1 \
        FROM product_causes k WHERE k.tenant_id = p.tenant_id AND k.product_id = p.id AND k.review_count <> \
        (SELECT count(*) FROM reviews r JOIN review_causes c ON c.tenant_id = r.tenant_id AND c.position = r.position \
        WHERE r.tenant_id = p.tenant_id AND r.product_id = p.id AND c.cause = k.cause)) OR EXISTS (SELECT 1 \
        FROM reviews r JOIN review_causes c ON c.tenant_id = r.tenant_id AND c.position = r.position \
        WHERE r.tenant_id = p.tenant_id AND r.product_id = p.id AND NOT EXISTS (SELECT 1 FROM product_causes k \
        WHERE k.tenant_id = p.tenant_id AND k.product_id = p.id AND k.cause = c.cause))) LIMIT 100";
    PRODUCT_WITHOUT_SEARCH = "SELECT p.id FROM products p WHERE p.tenant_id = $1 AND NOT EXISTS (SELECT 1 \
        FROM product_search_docsize d WHERE d.id = p.search_row) LIMIT 100",
        "SELECT p.id FROM products p WHERE p.tenant_id = $1 AND p.search = ''::tsvector \
        AND p.title ~ '[[:alnum:]]' LIMIT 100";
    BUYER_BAD_DIFFERS = "SELECT b.id FROM buyers b WHERE b.tenant_id = $1 AND b.bad_count <> (SELECT count(*) \
        FROM reviews r WHERE r.tenant_id = b.tenant_id AND r.buyer_id = b.id \
        AND (r.rating <= 3 OR r.verdict IN ('neutral', 'bad'))) LIMIT 100";
    BUYER_NOT_INDEXED = "SELECT b.id FROM buyers b WHERE b.tenant_id = $1 AND b.nick_sealed IS NULL \
        AND b.nick_index IS NOT NULL LIMIT 100";
    ORDERED_AT_DIFFERS = "SELECT o.id FROM orders o WHERE o.tenant_id = $1 AND o.ordered_at <> coalesce(o.placed_at, \
        o.paid_at, o.shipped_at, o.delivered_at, o.completed_at, o.ordered_at) LIMIT 100";
    TASK_ELSEWHERE = "SELECT t.id FROM tasks t JOIN cases c ON c.tenant_id = t.tenant_id AND c.id = t.case_id \
        WHERE t.tenant_id = $1 AND t.shop_id <> c.shop_id LIMIT 100";
    TASK_STATE_DIFFERS = "SELECT t.id FROM tasks t WHERE t.tenant_id = $1 AND ((t.state = 'open') <> (t.ended_at IS NULL) \
        OR (t.state = 'done') <> (t.answer IS NOT NULL) OR t.due_order <> coalesce(t.due_at, t.due_order)) LIMIT 100";
    TASKS_UNTOLD = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.id IN (SELECT t.case_id FROM tasks t \
        WHERE t.tenant_id = $1) AND (SELECT count(*) FROM tasks t WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id) \
        <> (SELECT count(*) FROM case_events e WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id \
        AND e.kind = 'task_asked') LIMIT 100";
    REMOVAL_ELSEWHERE = "SELECT q.id FROM removal_requests q JOIN reviews r ON r.tenant_id = q.tenant_id \
        AND r.id = q.review_id WHERE q.tenant_id = $1 AND q.shop_id <> r.shop_id LIMIT 100";
    REMOVAL_UNTOLD = "SELECT q.id FROM removal_requests q WHERE q.tenant_id = $1 AND (q.last_step <> (SELECT count(*) \
        FROM removal_steps s WHERE s.tenant_id = q.tenant_id AND s.request_id = q.id) OR q.state <> (SELECT CASE s.kind \
        WHEN 'reopened' THEN 'filed' ELSE s.kind END FROM removal_steps s WHERE s.tenant_id = q.tenant_id \
        AND s.request_id = q.id AND s.seq = q.last_step)) LIMIT 100";
    WAITING_DIFFERS = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.waiting_for IS NOT NULL \
        AND (c.state <> 'waiting' OR c.waiting_since IS NULL) LIMIT 100";
    OUTCOME_DIFFERS = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND ((c.outcome IS NOT NULL AND c.live) \
        OR (c.merged_into IS NOT NULL) <> (coalesce(c.outcome, '') = 'merged')) LIMIT 100";
    ENDED_IS_PLANNED = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND NOT c.live AND (c.due_at IS NOT NULL \
        OR c.next_contact_at IS NOT NULL OR c.next_deadline_at IS NOT NULL) LIMIT 100";
    ATTEMPT_ELSEWHERE = "SELECT a.id FROM contact_attempts a JOIN cases c ON c.tenant_id = a.tenant_id \
        AND c.id = a.case_id WHERE a.tenant_id = $1 AND a.shop_id <> c.shop_id LIMIT 100";
    ATTEMPTS_UNTOLD = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.id IN (SELECT a.case_id \
        FROM contact_attempts a WHERE a.tenant_id = $1) AND (SELECT count(*) FROM contact_attempts a \
        WHERE a.tenant_id = c.tenant_id AND a.case_id = c.id) <> (SELECT count(*) FROM case_events e \
        WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id AND e.kind = 'contact_logged') LIMIT 100";
    OUTGOING_ELSEWHERE = "SELECT o.id FROM outbox o JOIN cases c ON c.tenant_id = o.tenant_id AND c.id = o.case_id \
        WHERE o.tenant_id = $1 AND coalesce(o.shop_id, o.tenant_id) <> c.shop_id LIMIT 100";
    OUTGOING_STATE_DIFFERS = "SELECT o.id FROM outbox o WHERE o.tenant_id = $1 \
        AND ((o.state IN ('claimed', 'handed')) <> (o.lease_until IS NOT NULL) \
        OR (o.state IN ('sent', 'refused', 'withdrawn')) <> (o.ended_at IS NOT NULL) \
        OR (o.state IN ('handed', 'in_doubt') AND o.handed_at IS NULL) OR (o.calls > 0) <> (o.handed_at IS NOT NULL)) LIMIT 100";
    OUTGOING_CALLS_DIFFER = "SELECT o.id FROM outbox o WHERE o.tenant_id = $1 AND (o.calls <> (SELECT count(*) \
        FROM outbox_calls k WHERE k.tenant_id = o.tenant_id AND k.outgoing_id = o.id) OR (CASE o.state WHEN 'sent' THEN 1 \
        ELSE 0 END) <> (SELECT count(*) FROM outbox_calls k WHERE k.tenant_id = o.tenant_id AND k.outgoing_id = o.id \
        AND k.result IN ('sent', 'arrived', 'was_sent')) OR (o.state <> 'handed' AND EXISTS (SELECT 1 FROM outbox_calls k \
        WHERE k.tenant_id = o.tenant_id AND k.outgoing_id = o.id AND k.result IS NULL))) LIMIT 100";
    OUTGOING_TWICE = "SELECT o.id FROM outbox o WHERE o.tenant_id = $1 AND o.delivery = 'blind' AND EXISTS (SELECT 1 \
        FROM outbox_calls k JOIN outbox_calls l ON l.tenant_id = k.tenant_id AND l.outgoing_id = k.outgoing_id \
        AND l.seq > k.seq WHERE k.tenant_id = o.tenant_id AND k.outgoing_id = o.id \
        AND coalesce(k.result, 'lost') NOT IN ('refused', 'not_taken', 'was_not')) LIMIT 100";
    HOLD_ELSEWHERE = "SELECT h.id FROM guard_holds h JOIN cases c ON c.tenant_id = h.tenant_id AND c.id = h.case_id \
        WHERE h.tenant_id = $1 AND h.shop_id <> c.shop_id LIMIT 100";
    HOLD_STATE_DIFFERS = "SELECT h.id FROM guard_holds h WHERE h.tenant_id = $1 \
        AND ((h.state = 'waiting') <> (h.decided_at IS NULL) OR (h.state = 'waiting') <> (h.reason_sealed IS NULL)) LIMIT 100";
    CASE_NUMBER_AHEAD = "SELECT c.id FROM cases c JOIN tenants n ON n.id = c.tenant_id WHERE c.tenant_id = $1 \
        AND c.number > n.last_case_number LIMIT 100";
    SHOP_NUMBER_AHEAD = "SELECT s.id FROM shops s JOIN tenants n ON n.id = s.tenant_id WHERE s.tenant_id = $1 \
        AND s.number > n.last_shop_number LIMIT 100";
    TOKEN_ENDLESS = "SELECT k.id FROM api_tokens k WHERE k.tenant_id = $1 AND (k.expires_at <= k.created_at \
        OR k.expires_at > k.created_at + 31708800000000) LIMIT 100";
    BULK_UNFOUNDED = "SELECT b.id FROM bulk_actions b WHERE b.tenant_id = $1 AND b.kind IN ('tag', 'untag') \
        AND b.tag_id IS NULL LIMIT 100";
    NOBODY_DID_IT = "SELECT e.tenant_id FROM audit_entries e WHERE e.tenant_id = $1 AND e.actor = '' LIMIT 1";
    BUYERS = "SELECT id FROM buyers WHERE tenant_id = $1 ORDER BY id LIMIT 1000";
}

/// Checks whose rows are the ids of what is wrong.
const CHECKS: &[(&str, Statement, &str)] = &[
    ("review_case", BAD_WITHOUT_CASE, "a bad or neutral review has no case"),
    ("review_revision", WITHOUT_REVISION, "its current revision is not among its revisions"),
    ("review_words", OTHER_WORDS, "it says something else than its current revision"),
    ("review_triage", WITHOUT_TRIAGE, "its current revision was never read"),
    ("review_search", WITHOUT_SEARCH, "search cannot find it"),
    ("review_causes", CAUSES_DIFFER, "its causes are missing from the filter"),
    ("review_facets", FACETS_DIFFER, "its filter bits say something else than it does"),
    ("cause_facets", CAUSE_FACETS_DIFFER, "the filter bits beside its causes are not its own"),
    ("case_facets", CASE_FACETS_DIFFER, "the filter bits of the case are not those of its review"),
    ("case_matter", MATTER_MISSING, "the case has neither a review nor what it is about, or both"),
    ("case_facets", UNREVIEWED_FACETS_DIFFER, "the filter bits of the case are not its own"),
    ("order_lines", LINES_DIFFER, "the shop or time beside its lines is not its own"),
    ("case_opening", WITHOUT_OPENING, "the case has no opening event"),
    ("case_events", EVENTS_MISSING, "events of the case are missing"),
    ("case_live", LIVE_DIFFERS, "its state and whether it is live disagree"),
    ("import_sum", SUM_DIFFERS, "the five counts do not sum to the rows"),
    ("import_rows", ROWS_DIFFER, "its rows are not all recorded"),
    ("shop_count", SHOP_COUNT_DIFFERS, "its number of reviews is wrong"),
    ("review_order", ORDER_NOT_LINKED, "its order is stored but not linked"),
    ("review_product", PRODUCT_NOT_NAMED, "its product is not stored"),
    ("product_counts", PRODUCT_COUNTS_DIFFER, "its counters are not those of its reviews"),
    ("product_causes", PRODUCT_CAUSES_DIFFER, "its causes are not those of its reviews"),
    ("product_search", PRODUCT_WITHOUT_SEARCH, "search cannot find it"),
    ("buyer_bad", BUYER_BAD_DIFFERS, "its number of bad reviews is wrong"),
    ("buyer_nick", BUYER_NOT_INDEXED, "it is found by a nick that it has not"),
    ("order_instant", ORDERED_AT_DIFFERS, "it stands at another place than its own instant"),
    ("task_shop", TASK_ELSEWHERE, "the task belongs to another shop than its case"),
    ("task_state", TASK_STATE_DIFFERS, "the task's state and its answer or due time disagree"),
    ("task_events", TASKS_UNTOLD, "tasks of the case are missing from its story"),
    ("removal_shop", REMOVAL_ELSEWHERE, "the removal request belongs to another shop than its review"),
    ("removal_steps", REMOVAL_UNTOLD, "the steps of the removal request do not tell its state"),
    ("case_waiting", WAITING_DIFFERS, "its state and what it waits for disagree"),
    ("case_outcome", OUTCOME_DIFFERS, "its state, its outcome and the case it goes on in disagree"),
    ("case_next", ENDED_IS_PLANNED, "the case is over and something of it is next"),
    ("attempt_shop", ATTEMPT_ELSEWHERE, "the contact belongs to another shop than its case"),
    ("attempt_events", ATTEMPTS_UNTOLD, "contacts of the case are missing from its story"),
    ("outbox_shop", OUTGOING_ELSEWHERE, "the message belongs to another shop than its case"),
    ("outbox_state", OUTGOING_STATE_DIFFERS, "its state and its instants disagree"),
    ("outbox_calls", OUTGOING_CALLS_DIFFER, "its state and the calls made for it disagree"),
    ("outbox_twice", OUTGOING_TWICE, "a machine called a channel again that may have had it"),
    ("hold_shop", HOLD_ELSEWHERE, "the held text belongs to another shop than its case"),
    ("hold_state", HOLD_STATE_DIFFERS, "the held text's state and its decision disagree"),
    ("case_number", CASE_NUMBER_AHEAD, "its number was never given out"),
    ("shop_number", SHOP_NUMBER_AHEAD, "its number was never given out"),
    ("token_end", TOKEN_ENDLESS, "the token is good for longer than a year, or not at all"),
    ("bulk_tag", BULK_UNFOUNDED, "the bulk action names no tag"),
    ("audit_actor", NOBODY_DID_IT, "an entry of the audit names nobody"),
    ("media_file", FILE_MISSING, "a photo or video of it is missing"),
    ("person_department", WRONG_DEPARTMENT, "the person's role and department disagree"),
    ("person_owner_shops", OWNER_LIMITED, "an owner does not see every shop"),
    ("person_shops", ALL_SHOPS_LISTED, "the person sees every shop and has a list of some too"),
    ("person_shut_out", SHUT_OUT_INSIDE, "the person is shut out but has sessions or tokens left"),
];

/// Runs every check over one merchant; at most 100 findings a check.
///
/// # Errors
/// The database's error.
pub async fn checks(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for &(check, statement, detail) in CHECKS.iter().chain(money::CHECKS) {
        for row in tx.all(statement, values![scope.tenant]).await? {
            let subject = row.columns().id::<RowId>()?.0.to_string();
            findings.push(Finding { check, subject, detail: detail.to_owned() });
        }
    }
    let orphans = tx.one(ORPHAN_SEARCH, values![scope.tenant]).await?.columns().unsigned()?;
    if orphans > 0 {
        findings.push(Finding {
            check: "search_orphans",
            subject: orphans.to_string(),
            detail: "search entries of reviews that are not there".into(),
        });
    }
    if let audit::Chain::Broken { seq, .. } = audit::verify(tx, scope.tenant).await? {
        findings.push(Finding {
            check: "audit_chain",
            subject: seq.to_string(),
            detail: "the audit was changed at this entry".into(),
        });
    }
    for (user, detail) in second_factor::unreadable(tx, scope.tenant).await? {
        findings.push(Finding { check: "second_factor", subject: user.to_string(), detail });
    }
    for row in tx.all(BUYERS, values![scope.tenant]).await? {
        let id: BuyerId = row.columns().id()?;
        match buyer::get(tx, scope, id).await {
            Ok(_) => {}
            Err(StoreError::Corrupt { what }) => {
                findings.push(Finding { check: "sealed_fields", subject: id.to_string(), detail: what });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(findings)
}

/// An id of any kind.
#[derive(Clone, Copy)]
struct RowId(Uuid);

impl pingxin_domain::identifiers::Identifier for RowId {
    fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    fn uuid(self) -> Uuid {
        self.0
    }
}

/// Has the database read every statement of the store without running it: each table and column that the program names
/// is there. Says how many statements there are.
///
/// # Errors
/// The first statement that the database does not take, by name.
pub async fn statements(tx: &mut Tx<'_>, scope: &Scope) -> Result<usize, StoreError> {
    let engine = tx.engine();
    let mut texts: Vec<(&'static str, String)> =
        all_statements().iter().map(|known| (known.name, known.text(engine).into_owned())).collect();
    texts.extend(built_texts(engine, scope));
    let many = texts.len();
    for (name, text) in texts {
        tx.prepare(name, text).await?;
    }
    Ok(many)
}

/// The statements with built conditions, with filters that use every condition.
fn built_texts(engine: Engine, scope: &Scope) -> Vec<(&'static str, String)> {
    use crate::page::Cursor;
    let cursors = [None, Some(Cursor::new(0, 0, 0))];
    let mut built = review::samples(engine, scope);
    built.extend(case::samples(engine, scope));
    for filter in handover::sample_filters() {
        for after in cursors {
            built.push(("handover::list", handover::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in thanks::sample_filters() {
        built.push(("thanks::count", thanks::built_count(scope, &filter).text));
        for place in &filter.places {
            built.push(("thanks::coverage", thanks::built_coverage(scope, place, filter.since).text));
        }
        for after in cursors {
            built.push(("thanks::waiting", thanks::built_waiting(scope, &filter, after, 1).text));
        }
    }
    for (of, after) in [(None, cursors[0]), (Some(identifier::fresh()), cursors[1])] {
        built.push(("thanks::written", thanks::built_written(scope, of, after, 1).text));
    }
    for filter in automation::sample_filters() {
        built.push(("automation::count_runs", automation::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("automation::runs", automation::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in promise::sample_filters() {
        built.push(("promise::count", promise::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("promise::list", promise::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in compensation::sample_filters() {
        built.push(("compensation::count", compensation::built_count(scope, &filter).text));
        built.push(("compensation::totals", compensation::built_totals(scope, &filter).text));
        for after in cursors {
            built.push(("compensation::list", compensation::built_list(scope, &filter, after, 1).text));
        }
    }
    built.extend(compensation::samples(scope).into_iter().map(|(name, built)| (name, built.text)));
    for filter in incentive::sample_filters() {
        built.push(("incentive::count", incentive::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("incentive::list", incentive::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in outbox::sample_filters() {
        built.push(("outbox::count", outbox::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("outbox::list", outbox::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in task::sample_filters() {
        built.push(("task::count", task::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("task::list", task::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in removal::sample_findings() {
        built.push(("removal::count_found", removal::built_count_found(scope, &filter).text));
        for after in cursors {
            built.push(("removal::list_found", removal::built_list_found(scope, &filter, after, 1).text));
        }
    }
    for filter in removal::sample_requests() {
        built.push(("removal::count", removal::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("removal::list", removal::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in hold::sample_filters() {
        built.push(("hold::count", hold::built_count(scope, &filter).text));
        for after in cursors {
            built.push(("hold::list", hold::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in chat_check::sample_filters() {
        built.push(("chat_check::report", chat_check::built_report(scope, &filter).text));
        for after in cursors {
            built.push(("chat_check::list", chat_check::built_list(scope, &filter, after, 1).text));
        }
    }
    for filter in audit::sample_filters() {
        built.push(("audit::list", audit::built_list(scope, &filter, 1, 1).text));
    }
    built.extend(things_texts(engine, scope));
    match engine {
        Engine::Postgres => built,
        Engine::Sqlite => {
            built.into_iter().map(|(name, text)| (name, crate::sql::for_sqlite(&text).into_owned())).collect()
        }
    }
}

/// Those of orders, buyers, products and of what hangs together.
fn things_texts(engine: Engine, scope: &Scope) -> Vec<(&'static str, String)> {
    use crate::page::Cursor;
    let cursors = [None, Some(Cursor::new(0, 0, 0))];
    let mut built = Vec::new();
    for (filter, resolved) in order::sample_filters() {
        let count = order::built_count(engine, scope, &filter, &resolved);
        built.extend(count.map(|built| ("order::count", built.text)));
        for (sort, after) in [order::OrderSort::Newest, order::OrderSort::Oldest].into_iter().zip(cursors) {
            let list = order::built_list(engine, scope, &filter, &resolved, sort, after, 1);
            built.extend(list.map(|built| ("order::list", built.text)));
        }
    }
    for filter in buyer::sample_filters() {
        let count = buyer::built_count(engine, scope, &filter, Some(&[]));
        built.extend(count.map(|built| ("buyer::count", built.text)));
        for (sort, after) in [buyer::BuyerSort::Newest, buyer::BuyerSort::Bad].into_iter().zip(cursors) {
            let list = buyer::built_list(engine, scope, &filter, None, sort, after, 1);
            built.extend(list.map(|built| ("buyer::list", built.text)));
        }
    }
    for filter in product::sample_filters() {
        built
            .extend(product::built_count(engine, scope, &filter).map(|built| ("product::count", built.text)));
        for sort in product::ProductSort::ALL {
            for after in cursors {
                let list = product::built_list(engine, scope, &filter, sort, after, 1);
                built.extend(list.map(|built| ("product::list", built.text)));
            }
        }
    }
    for of in [Around::Orders(&[]), Around::Buyers(&[]), Around::Numbers(&[])] {
        built.push(("review::around", review::built_around(scope, of, 1).text));
        built.push(("case::around", case::built_around(scope, of, 1).text));
        built.push(("order::around", order::built_around(scope, of, 1).text));
    }
    built.push(("case::by_number", case::built_by_number(scope, 1).text));
    if let Some(wanted) = crate::search::wanted("质量差 a 好") {
        for walked in case::Walked::of(engine) {
            built.push(("case::by_words", case::built_by_words(engine, scope, &wanted, *walked, 1).text));
        }
    }
    built
}
