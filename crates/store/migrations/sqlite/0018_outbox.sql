-- What goes out of the desk, every call that was made for it, and the ways out.
CREATE TABLE outbox (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB,
    case_id BLOB,
    channel TEXT NOT NULL,
    delivery TEXT NOT NULL,
    event TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    body_sealed BLOB NOT NULL,
    released TEXT NOT NULL,
    hold_id BLOB,
    unique_key TEXT,
    send_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    author_user_id BLOB,
    worker TEXT,
    lease_until INTEGER,
    claims INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    handed_at INTEGER,
    ended_at INTEGER,
    decided_at INTEGER,
    decided_by BLOB,
    why_sealed BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX outbox_once ON outbox (tenant_id, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX outbox_due ON outbox (send_at, id) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (lease_until, id) WHERE lease_until IS NOT NULL;
CREATE INDEX outbox_state ON outbox (tenant_id, state, id);
CREATE INDEX outbox_case ON outbox (tenant_id, case_id, id);
CREATE TABLE outbox_calls (
    tenant_id BLOB NOT NULL,
    outgoing_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER,
    result TEXT,
    detail TEXT,
    PRIMARY KEY (tenant_id, outgoing_id, seq),
    FOREIGN KEY (tenant_id, outgoing_id) REFERENCES outbox (tenant_id, id)
) STRICT;
CREATE TABLE out_channels (
    tenant_id BLOB NOT NULL,
    channel TEXT NOT NULL,
    switched_on INTEGER NOT NULL,
    events TEXT NOT NULL,
    settings_sealed BLOB NOT NULL,
    set_at INTEGER NOT NULL,
    set_by BLOB,
    PRIMARY KEY (tenant_id, channel),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
) STRICT;
ALTER TABLE users ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0;
