-- The end of each audit chain is signed with a key that is not in the database; keyed_from: the first entry whose hash
-- needs that key too (entries from before are bound by the ones after them).
ALTER TABLE audit_heads ADD COLUMN keyed_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit_heads ADD COLUMN mac BLOB NOT NULL DEFAULT x'';
CREATE INDEX audit_entries_actor ON audit_entries (tenant_id, actor, seq);
CREATE INDEX audit_entries_action ON audit_entries (tenant_id, action, seq);
CREATE INDEX audit_entries_subject ON audit_entries (tenant_id, subject_kind, subject_id, seq);

-- What another department is asked about a case. due_order: due_at, or the end of time.
CREATE TABLE tasks (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    department TEXT NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    due_at INTEGER,
    due_order INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    ended_at INTEGER,
    ended_by BLOB,
    answer TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX tasks_state ON tasks (tenant_id, state, due_order, id);
CREATE INDEX tasks_department ON tasks (tenant_id, department, state, due_order, id);
CREATE INDEX tasks_case ON tasks (tenant_id, case_id, id);

-- A merchant's own days off and days of work; day is YYYY-MM-DD.
CREATE TABLE calendar_days (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, day)
) STRICT, WITHOUT ROWID;

-- Who looks at which case right now; a row that nobody renews is as good as gone.
CREATE TABLE presences (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    case_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    typing INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, case_id, user_id)
) STRICT, WITHOUT ROWID;
