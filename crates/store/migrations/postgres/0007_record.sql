-- The end of each audit chain is signed with a key that is not in the database; keyed_from: the first entry whose hash
-- needs that key too (entries from before are bound by the ones after them).
ALTER TABLE audit_heads ADD COLUMN keyed_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_heads ADD COLUMN mac BYTEA NOT NULL DEFAULT ''::bytea;
ALTER TABLE audit_entries ALTER COLUMN actor TYPE TEXT COLLATE "C";
ALTER TABLE audit_entries ALTER COLUMN action TYPE TEXT COLLATE "C";
CREATE INDEX audit_entries_actor ON audit_entries (tenant_id, actor, seq);
CREATE INDEX audit_entries_action ON audit_entries (tenant_id, action, seq);
CREATE INDEX audit_entries_subject ON audit_entries (tenant_id, subject_kind, subject_id, seq);

-- What another department is asked about a case. due_order: due_at, or the end of time.
CREATE TABLE tasks (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    due_at BIGINT,
    due_order BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID,
    ended_at BIGINT,
    ended_by UUID,
    answer TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX tasks_state ON tasks (tenant_id, state, due_order, id);
CREATE INDEX tasks_department ON tasks (tenant_id, department, state, due_order, id);
CREATE INDEX tasks_case ON tasks (tenant_id, case_id, id);

-- A merchant's own days off and days of work; day is YYYY-MM-DD.
CREATE TABLE calendar_days (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    day TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

-- Who looks at which case right now; a row that nobody renews is as good as gone.
CREATE TABLE presences (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    case_id UUID NOT NULL,
    user_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    typing BOOLEAN NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, user_id)
);
