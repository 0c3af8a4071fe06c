-- Whether platforms remove reviews: what people have stated, what was found, what was asked, and the files that show it.

-- What the shop states of a review and its order where no file says it. Null is unknown.
CREATE TABLE removal_facts (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    chat_proof_id TEXT,
    pattern_of_ratings TEXT,
    buyer_is_competitor INTEGER,
    fraud_report INTEGER,
    both_rated INTEGER,
    fulfilled_by TEXT,
    buy_shipping INTEGER,
    shipped_on_time INTEGER,
    stated_at INTEGER NOT NULL,
    stated_by BLOB,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- An index of what the rules say of bad reviews, so that lists find those that can be removed; worked out anew in time.
-- deadline_order: deadline_at, or the end of time. asked: a request waits or was granted.
CREATE TABLE removal_findings (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    verdict TEXT NOT NULL,
    ground TEXT,
    deadline_at INTEGER,
    deadline_order INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    judged_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX removal_findings_open ON removal_findings (tenant_id, deadline_order, review_id)
    WHERE verdict IN ('eligible', 'needs_evidence') AND NOT asked;
CREATE INDEX removal_findings_judged ON removal_findings (tenant_id, shop_id, judged_at);

-- A request as people file it by hand. advice: what the rules said of its ground then.
CREATE TABLE removal_requests (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    ground TEXT NOT NULL,
    outcome TEXT NOT NULL,
    state TEXT NOT NULL,
    advice TEXT NOT NULL,
    against_advice INTEGER NOT NULL,
    reason TEXT,
    platform_case_id TEXT,
    filed_at INTEGER NOT NULL,
    answered_at INTEGER,
    changed_at INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX removal_requests_state ON removal_requests (tenant_id, state, filed_at, id);
CREATE INDEX removal_requests_filed ON removal_requests (tenant_id, filed_at, id);
CREATE INDEX removal_requests_review ON removal_requests (tenant_id, review_id, id);

-- What happened to a request, in order; never changed. at: when it happened; recorded_at: when it was written down.
CREATE TABLE removal_steps (
    tenant_id BLOB NOT NULL,
    request_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor_user_id BLOB,
    text TEXT,
    platform_case_id TEXT,
    PRIMARY KEY (tenant_id, request_id, seq),
    FOREIGN KEY (tenant_id, request_id) REFERENCES removal_requests (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- Files that people add to the evidence of a review, such as screenshots.
CREATE TABLE evidence_files (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    bytes_sealed BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    added_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX evidence_files_review ON evidence_files (tenant_id, review_id, id);
