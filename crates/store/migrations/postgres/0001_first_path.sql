-- Instants are microseconds UTC, ids are UUIDs, money is minor units + currency, JSON is text.
-- What the two engines share is compared by a test; see migrations/sqlite.

CREATE TABLE store_check (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sealed BYTEA NOT NULL
);

CREATE TABLE tenants (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    last_case_number BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A tenant named here may lose append-only rows; the row lives only inside the transaction that wipes him.
CREATE TABLE wiped_tenants (tenant_id UUID NOT NULL PRIMARY KEY);

CREATE TABLE users (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    login TEXT COLLATE "C" NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    all_shops BOOLEAN NOT NULL,
    locale TEXT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX users_login ON users (login);

CREATE TABLE sessions (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    user_agent TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_user ON sessions (tenant_id, user_id);

CREATE TABLE setup_tokens (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE login_tries (
    id UUID NOT NULL PRIMARY KEY,
    login_hash BYTEA NOT NULL,
    at BIGINT NOT NULL,
    ok BOOLEAN NOT NULL
);
CREATE INDEX login_tries_login ON login_tries (login_hash, at);
CREATE INDEX login_tries_at ON login_tries (at);

CREATE TABLE shops (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    timezone TEXT NOT NULL,
    currency TEXT NOT NULL,
    review_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX shops_name ON shops (tenant_id, name);

CREATE TABLE user_shops (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, user_id, shop_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- identity_index: keyed hash of what tells him from others; fields_index: keyed hash of all his fields.
CREATE TABLE buyers (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    fields_index BYTEA NOT NULL,
    nick_sealed BYTEA,
    name_sealed BYTEA,
    phone_sealed BYTEA,
    email_sealed BYTEA,
    address_sealed BYTEA,
    region TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE UNIQUE INDEX buyers_identity ON buyers (tenant_id, shop_id, identity_index);

-- mapping_sealed holds sample cells.
CREATE TABLE import_batches (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    shop_id UUID,
    file_name TEXT NOT NULL,
    file_hash BYTEA NOT NULL,
    bytes BIGINT NOT NULL,
    bytes_read BIGINT NOT NULL,
    profile TEXT,
    encoding TEXT,
    kind TEXT COLLATE "C",
    mapping_sealed BYTEA,
    dry_run BOOLEAN NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    cancel_requested BOOLEAN NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_updated BIGINT NOT NULL,
    rows_unchanged BIGINT NOT NULL,
    rows_duplicate BIGINT NOT NULL,
    rows_failed BIGINT NOT NULL,
    cases_opened BIGINT NOT NULL,
    cursor_line BIGINT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    created_by UUID,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    stored_path TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX import_batches_newest ON import_batches (tenant_id, created_at, id);
CREATE INDEX import_batches_file ON import_batches (tenant_id, file_hash);
CREATE INDEX import_batches_running ON import_batches (tenant_id, state) WHERE state IN ('queued', 'running');

CREATE TABLE import_rows (
    tenant_id UUID NOT NULL,
    batch_id UUID NOT NULL,
    line BIGINT NOT NULL,
    identity TEXT COLLATE "C",
    outcome TEXT COLLATE "C" NOT NULL,
    review_id UUID,
    order_id UUID,
    failure_sealed BYTEA,
    raw_sealed BYTEA,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, line),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
);
CREATE INDEX import_rows_failed ON import_rows (tenant_id, batch_id, line) WHERE outcome = 'failed';

CREATE TABLE orders (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    order_number TEXT COLLATE "C" NOT NULL,
    buyer_id UUID,
    state TEXT COLLATE "C",
    placed_at BIGINT,
    paid_at BIGINT,
    promised_at BIGINT,
    shipped_at BIGINT,
    delivered_at BIGINT,
    completed_at BIGINT,
    fulfilled_by TEXT,
    buy_shipping BOOLEAN,
    shipped_on_time BOOLEAN,
    both_rated BOOLEAN,
    amount_minor BIGINT,
    currency TEXT,
    carrier TEXT,
    tracking_number TEXT,
    content_hash BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX orders_number ON orders (tenant_id, shop_id, order_number);
CREATE INDEX orders_buyer ON orders (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE order_lines (
    tenant_id UUID NOT NULL,
    order_id UUID NOT NULL,
    line_key TEXT COLLATE "C" NOT NULL,
    sku TEXT,
    product_key TEXT,
    title TEXT,
    quantity BIGINT NOT NULL,
    price_minor BIGINT,
    currency TEXT,
    content_hash BYTEA NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, order_id, line_key),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id)
);

-- position: the instant of the review (else of its import) in milliseconds, times 2^21, plus digits that make it
-- unique; it is the order "newest first" and the row number of the search index (src/position.rs).
CREATE TABLE reviews (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    position BIGINT NOT NULL,
    identity TEXT COLLATE "C" NOT NULL,
    platform_review_id TEXT,
    object TEXT COLLATE "C" NOT NULL,
    order_number TEXT COLLATE "C",
    order_id UUID,
    buyer_id UUID,
    product_key TEXT,
    product_title TEXT,
    created_at BIGINT,
    imported_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    rating BIGINT,
    verdict TEXT COLLATE "C",
    title TEXT,
    text TEXT NOT NULL,
    photos BIGINT NOT NULL,
    likes BIGINT,
    reply TEXT,
    content_hash BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    language TEXT COLLATE "C",
    sentiment_label TEXT COLLATE "C",
    sentiment_score DOUBLE PRECISION,
    primary_cause TEXT COLLATE "C",
    causes TEXT NOT NULL,
    fault TEXT COLLATE "C",
    severity BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX reviews_position ON reviews (tenant_id, position);
CREATE UNIQUE INDEX reviews_identity ON reviews (tenant_id, shop_id, identity);
CREATE INDEX reviews_shop ON reviews (tenant_id, shop_id, position);
CREATE INDEX reviews_severity ON reviews (tenant_id, severity, position);
CREATE INDEX reviews_order_number ON reviews (tenant_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX reviews_order ON reviews (tenant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX reviews_buyer ON reviews (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

-- search: tokens of pingxin_language::search; search_long: the folded runs of a text too long for positions (src/search.rs).
ALTER TABLE reviews ADD COLUMN search TSVECTOR NOT NULL;
ALTER TABLE reviews ADD COLUMN search_long TEXT;
CREATE INDEX reviews_search ON reviews USING GIN (search);

CREATE TABLE review_causes (
    tenant_id UUID NOT NULL,
    position BIGINT NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, position, cause),
    FOREIGN KEY (tenant_id, position) REFERENCES reviews (tenant_id, position)
);
CREATE INDEX review_causes_cause ON review_causes (tenant_id, cause, position);

CREATE TABLE review_revisions (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    rating BIGINT,
    verdict TEXT COLLATE "C",
    title TEXT,
    text TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, revision),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
);

CREATE TABLE triage_results (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    model TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, revision, at),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
);

CREATE TABLE cases (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    shop_id UUID NOT NULL,
    review_id UUID NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    live BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    severity BIGINT NOT NULL,
    primary_cause TEXT COLLATE "C",
    fault TEXT COLLATE "C",
    owner_user_id UUID,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    due_at BIGINT,
    closed_at BIGINT,
    last_event BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX cases_number ON cases (tenant_id, number);
CREATE UNIQUE INDEX cases_review ON cases (tenant_id, review_id, kind);
CREATE INDEX cases_severity ON cases (tenant_id, severity, number);
CREATE INDEX cases_state ON cases (tenant_id, state, severity, number);
CREATE INDEX cases_live ON cases (tenant_id, shop_id, severity) WHERE live;
CREATE INDEX cases_shop ON cases (tenant_id, shop_id, severity, number);
CREATE INDEX cases_owner ON cases (tenant_id, owner_user_id, severity, number) WHERE owner_user_id IS NOT NULL;

CREATE TABLE case_events (
    tenant_id UUID NOT NULL,
    case_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    actor_user_id UUID,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, seq),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);

CREATE TABLE jobs (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT COLLATE "C",
    run_at BIGINT NOT NULL,
    lease_until BIGINT,
    worker TEXT,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    parked_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE done_at IS NULL AND parked_at IS NULL;
CREATE UNIQUE INDEX jobs_unique_key ON jobs (tenant_id, unique_key)
    WHERE unique_key IS NOT NULL AND done_at IS NULL AND parked_at IS NULL;

CREATE TABLE audit_entries (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);

CREATE TABLE audit_heads (
    tenant_id UUID NOT NULL PRIMARY KEY REFERENCES tenants (id),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

-- Append-only: nothing is changed, and nothing goes but with its whole tenant.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER review_revisions_append_only BEFORE UPDATE OR DELETE ON review_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER triage_results_append_only BEFORE UPDATE OR DELETE ON triage_results FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
