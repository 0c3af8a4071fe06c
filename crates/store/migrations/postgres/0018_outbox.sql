-- What goes out of the desk, every call that was made for it, and the ways out.
CREATE TABLE outbox (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID,
    case_id UUID,
    channel TEXT COLLATE "C" NOT NULL,
    delivery TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    body_sealed BYTEA NOT NULL,
    released TEXT COLLATE "C" NOT NULL,
    hold_id UUID,
    unique_key TEXT COLLATE "C",
    send_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    author_user_id UUID,
    worker TEXT COLLATE "C",
    lease_until BIGINT,
    claims BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    handed_at BIGINT,
    ended_at BIGINT,
    decided_at BIGINT,
    decided_by UUID,
    why_sealed BYTEA,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE UNIQUE INDEX outbox_once ON outbox (tenant_id, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX outbox_due ON outbox (send_at, id) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (lease_until, id) WHERE lease_until IS NOT NULL;
CREATE INDEX outbox_state ON outbox (tenant_id, state, id);
CREATE INDEX outbox_case ON outbox (tenant_id, case_id, id);
CREATE TABLE outbox_calls (
    tenant_id UUID NOT NULL,
    outgoing_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    result TEXT COLLATE "C",
    detail TEXT COLLATE "C",
    PRIMARY KEY (tenant_id, outgoing_id, seq),
    FOREIGN KEY (tenant_id, outgoing_id) REFERENCES outbox (tenant_id, id)
);
CREATE TABLE out_channels (
    tenant_id UUID NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    switched_on BOOLEAN NOT NULL,
    events TEXT COLLATE "C" NOT NULL,
    settings_sealed BYTEA NOT NULL,
    set_at BIGINT NOT NULL,
    set_by UUID,
    PRIMARY KEY (tenant_id, channel),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
);
ALTER TABLE users ADD COLUMN reviewed BOOLEAN NOT NULL DEFAULT false;
