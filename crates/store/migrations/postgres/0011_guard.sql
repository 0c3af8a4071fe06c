-- What a shop has made stricter than platform and law. severity: none leaves it; switched_on: the rule counts although
-- the platform does not ask for it.
CREATE TABLE guard_rules (
    tenant_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    severity TEXT COLLATE "C",
    switched_on BOOLEAN NOT NULL,
    set_by UUID,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, shop_id, rule),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- Texts that wait for a second person, and what became of them. body_sealed: what was written, and what it was to become;
-- findings: rules and places, no words.
CREATE TABLE guard_holds (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    case_id UUID,
    buyer_id UUID,
    task_id UUID,
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    body_sealed BYTEA NOT NULL,
    findings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    author_user_id UUID,
    decided_at BIGINT,
    decided_by UUID,
    reason_sealed BYTEA,
    alone BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE INDEX guard_holds_state ON guard_holds (tenant_id, state, id);
CREATE INDEX guard_holds_case ON guard_holds (tenant_id, case_id, id);

-- Texts that people say the guard is wrong about: the learnt layer learns from them.
CREATE TABLE guard_alarms (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID,
    platform TEXT COLLATE "C",
    channel TEXT COLLATE "C",
    object TEXT COLLATE "C",
    stage TEXT COLLATE "C",
    severity TEXT COLLATE "C" NOT NULL,
    rules TEXT NOT NULL,
    text_sealed BYTEA NOT NULL,
    marked_at BIGINT NOT NULL,
    marked_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- What the guard says of each message that the shop sent in a chat that was brought in. day: the shop's, YYYY-MM-DD;
-- agent_index: a keyed hash of who speaks; worst: none when nothing is wrong; findings: rules and places, no words.
CREATE TABLE chat_checks (
    tenant_id UUID NOT NULL,
    record_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    at BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    agent_index BYTEA NOT NULL,
    agent_sealed BYTEA NOT NULL,
    worst TEXT COLLATE "C",
    findings TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, record_id),
    FOREIGN KEY (tenant_id, record_id) REFERENCES chat_messages (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX chat_checks_day ON chat_checks (tenant_id, day, shop_id, agent_index, worst);
CREATE INDEX chat_checks_wrong ON chat_checks (tenant_id, at, record_id) WHERE worst IS NOT NULL;
