-- Scripts of a merchant's own, every version of each, and who has marked which.
CREATE TABLE scripts (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    owner_user_id UUID,
    version BIGINT,
    newest BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    archived_at BIGINT,
    archived_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
);
CREATE TABLE script_versions (
    tenant_id UUID NOT NULL,
    script_id UUID NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    findings TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    written_by UUID,
    decided_at BIGINT,
    decided_by UUID,
    reason TEXT,
    PRIMARY KEY (tenant_id, script_id, version),
    FOREIGN KEY (tenant_id, script_id) REFERENCES scripts (tenant_id, id)
);
CREATE TABLE script_favourites (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    script_key TEXT COLLATE "C" NOT NULL,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, script_key),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
-- Messages that an agent says he has sent elsewhere, until a chat log tells of them.
CREATE TABLE claimed_messages (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C",
    text_sealed BYTEA NOT NULL,
    script_key TEXT COLLATE "C",
    claimed_at BIGINT NOT NULL,
    claimed_by UUID,
    confirmed_at BIGINT,
    confirmed_record UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX claimed_messages_case ON claimed_messages (tenant_id, case_id, claimed_at, id);
CREATE INDEX claimed_messages_script ON claimed_messages (tenant_id, script_key, claimed_at, id) WHERE script_key IS NOT NULL;
CREATE INDEX claimed_messages_record ON claimed_messages (tenant_id, confirmed_record) WHERE confirmed_record IS NOT NULL;
CREATE INDEX claimed_messages_open ON claimed_messages (tenant_id, shop_id, claimed_at, id) WHERE confirmed_record IS NULL;
