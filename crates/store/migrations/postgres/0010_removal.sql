-- Whether platforms remove reviews: what people have stated, what was found, what was asked, and the files that show it.

-- What the shop states of a review and its order where no file says it. Null is unknown.
CREATE TABLE removal_facts (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    chat_proof_id TEXT,
    pattern_of_ratings TEXT,
    buyer_is_competitor BOOLEAN,
    fraud_report BOOLEAN,
    both_rated BOOLEAN,
    fulfilled_by TEXT COLLATE "C",
    buy_shipping BOOLEAN,
    shipped_on_time BOOLEAN,
    stated_at BIGINT NOT NULL,
    stated_by UUID,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- An index of what the rules say of bad reviews, so that lists find those that can be removed; worked out anew in time.
-- deadline_order: deadline_at, or the end of time. asked: a request waits or was granted.
CREATE TABLE removal_findings (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C",
    deadline_at BIGINT,
    deadline_order BIGINT NOT NULL,
    asked BOOLEAN NOT NULL,
    judged_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX removal_findings_open ON removal_findings (tenant_id, deadline_order, review_id)
    WHERE verdict IN ('eligible', 'needs_evidence') AND NOT asked;
CREATE INDEX removal_findings_judged ON removal_findings (tenant_id, shop_id, judged_at);

-- A request as people file it by hand. advice: what the rules said of its ground then.
CREATE TABLE removal_requests (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    review_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    advice TEXT COLLATE "C" NOT NULL,
    against_advice BOOLEAN NOT NULL,
    reason TEXT,
    platform_case_id TEXT,
    filed_at BIGINT NOT NULL,
    answered_at BIGINT,
    changed_at BIGINT NOT NULL,
    last_step BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX removal_requests_state ON removal_requests (tenant_id, state, filed_at, id);
CREATE INDEX removal_requests_filed ON removal_requests (tenant_id, filed_at, id);
CREATE INDEX removal_requests_review ON removal_requests (tenant_id, review_id, id);

-- What happened to a request, in order; never changed. at: when it happened; recorded_at: when it was written down.
CREATE TABLE removal_steps (
    tenant_id UUID NOT NULL,
    request_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    actor_user_id UUID,
    text TEXT,
    platform_case_id TEXT,
    PRIMARY KEY (tenant_id, request_id, seq),
    FOREIGN KEY (tenant_id, request_id) REFERENCES removal_requests (tenant_id, id)
);

-- Files that people add to the evidence of a review, such as screenshots.
CREATE TABLE evidence_files (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    review_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    bytes_sealed BYTEA NOT NULL,
    added_at BIGINT NOT NULL,
    added_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX evidence_files_review ON evidence_files (tenant_id, review_id, id);
