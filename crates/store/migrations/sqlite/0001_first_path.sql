-- Instants are microseconds UTC, ids are UUIDs as BLOB(16), money is minor units + currency, JSON is text,
-- truth values are 0 or 1. What the two engines share is compared by a test; see migrations/postgres.

CREATE TABLE store_check (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE tenants (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    demo INTEGER NOT NULL,
    last_case_number INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A tenant named here may lose append-only rows; the row lives only inside the transaction that wipes him.
CREATE TABLE wiped_tenants (tenant_id BLOB NOT NULL PRIMARY KEY) STRICT;

CREATE TABLE users (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    login TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    all_shops INTEGER NOT NULL,
    locale TEXT,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX users_login ON users (login);

CREATE TABLE sessions (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    user_agent TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_user ON sessions (tenant_id, user_id);

CREATE TABLE setup_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE login_tries (
    id BLOB NOT NULL PRIMARY KEY,
    login_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    ok INTEGER NOT NULL
) STRICT;
CREATE INDEX login_tries_login ON login_tries (login_hash, at);
CREATE INDEX login_tries_at ON login_tries (at);

CREATE TABLE shops (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    timezone TEXT NOT NULL,
    currency TEXT NOT NULL,
    review_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX shops_name ON shops (tenant_id, name);

CREATE TABLE user_shops (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, user_id, shop_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- identity_index: keyed hash of what tells him from others; fields_index: keyed hash of all his fields.
CREATE TABLE buyers (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    fields_index BLOB NOT NULL,
    nick_sealed BLOB,
    name_sealed BLOB,
    phone_sealed BLOB,
    email_sealed BLOB,
    address_sealed BLOB,
    region TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX buyers_identity ON buyers (tenant_id, shop_id, identity_index);

-- mapping_sealed holds sample cells.
CREATE TABLE import_batches (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    shop_id BLOB,
    file_name TEXT NOT NULL,
    file_hash BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    bytes_read INTEGER NOT NULL,
    profile TEXT,
    encoding TEXT,
    kind TEXT,
    mapping_sealed BLOB,
    dry_run INTEGER NOT NULL,
    state TEXT NOT NULL,
    cancel_requested INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_new INTEGER NOT NULL,
    rows_updated INTEGER NOT NULL,
    rows_unchanged INTEGER NOT NULL,
    rows_duplicate INTEGER NOT NULL,
    rows_failed INTEGER NOT NULL,
    cases_opened INTEGER NOT NULL,
    cursor_line INTEGER NOT NULL,
    error_code TEXT,
    error_message TEXT,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    stored_path TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX import_batches_newest ON import_batches (tenant_id, created_at, id);
CREATE INDEX import_batches_file ON import_batches (tenant_id, file_hash);
CREATE INDEX import_batches_running ON import_batches (tenant_id, state) WHERE state IN ('queued', 'running');

CREATE TABLE import_rows (
    tenant_id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    line INTEGER NOT NULL,
    identity TEXT,
    outcome TEXT NOT NULL,
    review_id BLOB,
    order_id BLOB,
    failure_sealed BLOB,
    raw_sealed BLOB,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, line),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_failed ON import_rows (tenant_id, batch_id, line) WHERE outcome = 'failed';

CREATE TABLE orders (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    order_number TEXT NOT NULL,
    buyer_id BLOB,
    state TEXT,
    placed_at INTEGER,
    paid_at INTEGER,
    promised_at INTEGER,
    shipped_at INTEGER,
    delivered_at INTEGER,
    completed_at INTEGER,
    fulfilled_by TEXT,
    buy_shipping INTEGER,
    shipped_on_time INTEGER,
    both_rated INTEGER,
    amount_minor INTEGER,
    currency TEXT,
    carrier TEXT,
    tracking_number TEXT,
    content_hash BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (tenant_id, shop_id, order_number);
CREATE INDEX orders_buyer ON orders (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE order_lines (
    tenant_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    line_key TEXT NOT NULL,
    sku TEXT,
    product_key TEXT,
    title TEXT,
    quantity INTEGER NOT NULL,
    price_minor INTEGER,
    currency TEXT,
    content_hash BLOB NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, order_id, line_key),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- position: the instant of the review (else of its import) in milliseconds, times 2^21, plus digits that make it
-- unique; it is the order "newest first" and the row number of the search index (src/position.rs).
CREATE TABLE reviews (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    identity TEXT NOT NULL,
    platform_review_id TEXT,
    object TEXT NOT NULL,
    order_number TEXT,
    order_id BLOB,
    buyer_id BLOB,
    product_key TEXT,
    product_title TEXT,
    created_at INTEGER,
    imported_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    rating INTEGER,
    verdict TEXT,
    title TEXT,
    text TEXT NOT NULL,
    photos INTEGER NOT NULL,
    likes INTEGER,
    reply TEXT,
    content_hash BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    language TEXT,
    sentiment_label TEXT,
    sentiment_score REAL,
    primary_cause TEXT,
    causes TEXT NOT NULL,
    fault TEXT,
    severity INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX reviews_position ON reviews (tenant_id, position);
CREATE UNIQUE INDEX reviews_identity ON reviews (tenant_id, shop_id, identity);
CREATE INDEX reviews_shop ON reviews (tenant_id, shop_id, position);
CREATE INDEX reviews_severity ON reviews (tenant_id, severity, position);
CREATE INDEX reviews_order_number ON reviews (tenant_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX reviews_order ON reviews (tenant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX reviews_buyer ON reviews (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

-- Tokens of pingxin_language::search; its rowid is reviews.position. The index of first characters is for queries of one
-- Chinese character.
CREATE VIRTUAL TABLE review_search USING fts5 (
    tokens, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1'
);

CREATE TABLE review_causes (
    tenant_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (tenant_id, position, cause),
    FOREIGN KEY (tenant_id, position) REFERENCES reviews (tenant_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_causes_cause ON review_causes (tenant_id, cause, position);

CREATE TABLE review_revisions (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    rating INTEGER,
    verdict TEXT,
    title TEXT,
    text TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, review_id, revision),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE triage_results (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    model TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, revision, at),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    shop_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    state TEXT NOT NULL,
    live INTEGER NOT NULL,
    reason TEXT NOT NULL,
    severity INTEGER NOT NULL,
    primary_cause TEXT,
    fault TEXT,
    owner_user_id BLOB,
    opened_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    due_at INTEGER,
    closed_at INTEGER,
    last_event INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX cases_number ON cases (tenant_id, number);
CREATE UNIQUE INDEX cases_review ON cases (tenant_id, review_id, kind);
CREATE INDEX cases_severity ON cases (tenant_id, severity, number);
CREATE INDEX cases_state ON cases (tenant_id, state, severity, number);
CREATE INDEX cases_live ON cases (tenant_id, shop_id, severity) WHERE live;
CREATE INDEX cases_shop ON cases (tenant_id, shop_id, severity, number);
CREATE INDEX cases_owner ON cases (tenant_id, owner_user_id, severity, number) WHERE owner_user_id IS NOT NULL;

CREATE TABLE case_events (
    tenant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_user_id BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, seq),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT,
    run_at INTEGER NOT NULL,
    lease_until INTEGER,
    worker TEXT,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    parked_at INTEGER,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE done_at IS NULL AND parked_at IS NULL;
CREATE UNIQUE INDEX jobs_unique_key ON jobs (tenant_id, unique_key)
    WHERE unique_key IS NOT NULL AND done_at IS NULL AND parked_at IS NULL;

CREATE TABLE audit_entries (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant_id, seq)
) STRICT;

CREATE TABLE audit_heads (
    tenant_id BLOB NOT NULL PRIMARY KEY REFERENCES tenants (id),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

-- Append-only: nothing is changed, and nothing goes but with its whole tenant.
CREATE TRIGGER review_revisions_no_update BEFORE UPDATE ON review_revisions
BEGIN SELECT RAISE(ABORT, 'review_revisions is append-only'); END;
CREATE TRIGGER review_revisions_no_delete BEFORE DELETE ON review_revisions
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'review_revisions is append-only'); END;
CREATE TRIGGER triage_results_no_update BEFORE UPDATE ON triage_results
BEGIN SELECT RAISE(ABORT, 'triage_results is append-only'); END;
CREATE TRIGGER triage_results_no_delete BEFORE DELETE ON triage_results
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'triage_results is append-only'); END;
CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
