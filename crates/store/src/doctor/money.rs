//! What must hold of money: nothing counts twice or above its order, nobody agrees to what he asked for, and each statement
//! is the sum of its lines.

use crate::sql::{Statement, statements};

statements! {
    ELSEWHERE = "SELECT p.id FROM compensations p JOIN cases c ON c.tenant_id = p.tenant_id AND c.id = p.case_id \
        WHERE p.tenant_id = $1 AND p.shop_id <> c.shop_id LIMIT 100";
    COUNTS_DIFFER = "SELECT p.id FROM compensations p WHERE p.tenant_id = $1 \
        AND p.counts <> (p.state IN ('asked', 'approved', 'paid', 'confirmed')) LIMIT 100";
    UNTOLD = "SELECT p.id FROM compensations p WHERE p.tenant_id = $1 AND (p.last_step <> (SELECT count(*) \
        FROM compensation_steps s WHERE s.tenant_id = p.tenant_id AND s.compensation_id = p.id) OR NOT EXISTS (SELECT 1 \
        FROM compensation_steps s WHERE s.tenant_id = p.tenant_id AND s.compensation_id = p.id AND s.seq = p.last_step \
        AND (s.kind = p.state OR s.kind = 'undone' AND p.state = 'asked' OR s.kind = 'approved' AND p.state = 'asked' \
        OR s.kind = 'asked' AND p.state = 'approved' AND p.sign_off = 'agent'))) LIMIT 100";
    PAID_TWICE = "SELECT p.id FROM compensations p WHERE p.tenant_id = $1 AND (SELECT count(*) FROM compensation_steps s \
        WHERE s.tenant_id = p.tenant_id AND s.compensation_id = p.id AND s.kind = 'paid') > 1 LIMIT 100";
    ABOVE_ORDER = "SELECT p.id FROM compensations p WHERE p.tenant_id = $1 AND p.counts AND (SELECT sum(q.amount_minor) \
        FROM compensations q WHERE q.tenant_id = p.tenant_id AND q.shop_id = p.shop_id \
        AND q.order_number = p.order_number AND q.counts) > p.order_minor LIMIT 100";
    MATTER_TWICE = "SELECT p.id FROM compensations p JOIN compensations q ON q.tenant_id = p.tenant_id \
        AND q.shop_id = p.shop_id AND q.order_number = p.order_number AND q.counts AND q.id <> p.id \
        WHERE p.tenant_id = $1 AND p.counts AND p.line_key = '' LIMIT 100";
    // Of those who agreed since a decision was taken back last: as many as have to, each another, none who asked.
    UNAPPROVED = "SELECT p.id FROM compensations p WHERE p.tenant_id = $1 AND p.state IN ('approved', 'paid', 'confirmed') \
        AND p.sign_off <> 'agent' AND NOT EXISTS (SELECT 1 FROM compensation_steps a WHERE a.tenant_id = p.tenant_id \
        AND a.compensation_id = p.id AND a.kind = 'approved' AND a.alone) AND (SELECT count(DISTINCT s.actor_user_id) \
        FROM compensation_steps s WHERE s.tenant_id = p.tenant_id AND s.compensation_id = p.id AND s.kind = 'approved' \
        AND (p.asked_by IS NULL OR s.actor_user_id <> p.asked_by) AND s.seq > (SELECT coalesce(max(u.seq), 0) \
        FROM compensation_steps u WHERE u.tenant_id = p.tenant_id AND u.compensation_id = p.id AND u.kind = 'undone')) \
        < (CASE p.sign_off WHEN 'supervisor' THEN 1 ELSE 2 END) LIMIT 100";
    INCENTIVE_ELSEWHERE = "SELECT i.id FROM incentives i JOIN cases c ON c.tenant_id = i.tenant_id AND c.id = i.case_id \
        WHERE i.tenant_id = $1 AND i.shop_id <> c.shop_id LIMIT 100";
    LINES_DIFFER = "SELECT i.id FROM incentives i WHERE i.tenant_id = $1 AND coalesce((SELECT sum(l.amount_minor) \
        FROM incentive_lines l WHERE l.tenant_id = i.tenant_id AND l.incentive_id = i.id), 0) \
        <> (CASE WHEN i.state IN ('payable', 'paid') THEN i.amount_minor ELSE 0 END) LIMIT 100";
    STATEMENT_DIFFERS = "SELECT t.user_id FROM incentive_statements t WHERE t.tenant_id = $1 AND (t.total_minor <> \
        coalesce((SELECT sum(l.amount_minor) FROM incentive_lines l WHERE l.tenant_id = t.tenant_id \
        AND l.user_id = t.user_id AND l.month = t.month AND l.currency = t.currency), 0) OR t.line_count <> (SELECT count(*) \
        FROM incentive_lines l WHERE l.tenant_id = t.tenant_id AND l.user_id = t.user_id AND l.month = t.month \
        AND l.currency = t.currency)) LIMIT 100";
    LINE_UNSTATED = "SELECT l.incentive_id FROM incentive_lines l WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT 1 \
        FROM incentive_statements t WHERE t.tenant_id = l.tenant_id AND t.user_id = l.user_id AND t.month = l.month \
        AND t.currency = l.currency) LIMIT 100";
    RULES_AHEAD = "SELECT h.tenant_id FROM money_heads h WHERE h.tenant_id = $1 AND h.version <> (SELECT count(*) \
        FROM money_rules r WHERE r.tenant_id = h.tenant_id AND r.kind = h.kind) LIMIT 100";
}

/// Checks whose rows are the ids of what is wrong.
pub(super) const CHECKS: &[(&str, Statement, &str)] = &[
    ("compensation_shop", ELSEWHERE, "the compensation is in another shop than its case"),
    ("compensation_counts", COUNTS_DIFFER, "its state and whether it counts disagree"),
    ("compensation_steps", UNTOLD, "its steps do not lead to its state"),
    ("compensation_paid_twice", PAID_TWICE, "it was paid more than once"),
    ("compensation_order", ABOVE_ORDER, "more was given than was paid for the order"),
    ("compensation_matter", MATTER_TWICE, "the same matter was given something twice"),
    ("compensation_approval", UNAPPROVED, "fewer persons agreed than have to"),
    ("incentive_shop", INCENTIVE_ELSEWHERE, "the incentive is in another shop than its case"),
    ("incentive_lines", LINES_DIFFER, "its lines do not sum to what is owed"),
    ("incentive_statement", STATEMENT_DIFFERS, "a statement is not the sum of its lines"),
    ("incentive_unstated", LINE_UNSTATED, "a line is in no statement"),
    ("money_rules", RULES_AHEAD, "versions of rules are missing"),
];
