-- Scripts of a merchant's own, every version of each, and who has marked which.
CREATE TABLE scripts (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    owner_user_id BLOB,
    version INTEGER,
    newest INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    archived_at INTEGER,
    archived_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
) STRICT;
CREATE TABLE script_versions (
    tenant_id BLOB NOT NULL,
    script_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    findings TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    written_by BLOB,
    decided_at INTEGER,
    decided_by BLOB,
    reason TEXT,
    PRIMARY KEY (tenant_id, script_id, version),
    FOREIGN KEY (tenant_id, script_id) REFERENCES scripts (tenant_id, id)
) STRICT;
CREATE TABLE script_favourites (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    script_key TEXT NOT NULL,
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, script_key),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
-- Messages that an agent says he has sent elsewhere, until a chat log tells of them.
CREATE TABLE claimed_messages (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    channel TEXT NOT NULL,
    language TEXT,
    text_sealed BLOB NOT NULL,
    script_key TEXT,
    claimed_at INTEGER NOT NULL,
    claimed_by BLOB,
    confirmed_at INTEGER,
    confirmed_record BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX claimed_messages_case ON claimed_messages (tenant_id, case_id, claimed_at, id);
CREATE INDEX claimed_messages_script ON claimed_messages (tenant_id, script_key, claimed_at, id) WHERE script_key IS NOT NULL;
CREATE INDEX claimed_messages_record ON claimed_messages (tenant_id, confirmed_record) WHERE confirmed_record IS NOT NULL;
CREATE INDEX claimed_messages_open ON claimed_messages (tenant_id, shop_id, claimed_at, id) WHERE confirmed_record IS NULL;
