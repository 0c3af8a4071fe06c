-- What a shop has made stricter than platform and law. severity: none leaves it; switched_on: the rule counts although
-- the platform does not ask for it.
CREATE TABLE guard_rules (
    tenant_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT,
    switched_on INTEGER NOT NULL,
    set_by BLOB,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, shop_id, rule),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- Texts that wait for a second person, and what became of them. body_sealed: what was written, and what it was to become;
-- findings: rules and places, no words.
CREATE TABLE guard_holds (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    case_id BLOB,
    buyer_id BLOB,
    task_id BLOB,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    body_sealed BLOB NOT NULL,
    findings TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    author_user_id BLOB,
    decided_at INTEGER,
    decided_by BLOB,
    reason_sealed BLOB,
    alone INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) STRICT;
CREATE INDEX guard_holds_state ON guard_holds (tenant_id, state, id);
CREATE INDEX guard_holds_case ON guard_holds (tenant_id, case_id, id);

-- Texts that people say the guard is wrong about: the learnt layer learns from them.
CREATE TABLE guard_alarms (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB,
    platform TEXT,
    channel TEXT,
    object TEXT,
    stage TEXT,
    severity TEXT NOT NULL,
    rules TEXT NOT NULL,
    text_sealed BLOB NOT NULL,
    marked_at INTEGER NOT NULL,
    marked_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;

-- What the guard says of each message that the shop sent in a chat that was brought in. day: the shop's, YYYY-MM-DD;
-- agent_index: a keyed hash of who speaks; worst: none when nothing is wrong; findings: rules and places, no words.
CREATE TABLE chat_checks (
    tenant_id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    agent_index BLOB NOT NULL,
    agent_sealed BLOB NOT NULL,
    worst TEXT,
    findings TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, record_id),
    FOREIGN KEY (tenant_id, record_id) REFERENCES chat_messages (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX chat_checks_day ON chat_checks (tenant_id, day, shop_id, agent_index, worst);
CREATE INDEX chat_checks_wrong ON chat_checks (tenant_id, at, record_id) WHERE worst IS NOT NULL;
