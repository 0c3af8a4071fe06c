-- Promises to buyers: what was promised, until when, and what became of it.
CREATE TABLE promises (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    state TEXT NOT NULL,
    found INTEGER NOT NULL,
    words_sealed BLOB NOT NULL,
    due_at INTEGER,
    due_order INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB,
    broken_at INTEGER,
    ended_at INTEGER,
    ended_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX promises_due ON promises (tenant_id, state, due_order, id);
CREATE INDEX promises_all ON promises (tenant_id, due_order, id);
CREATE INDEX promises_case ON promises (tenant_id, case_id, due_order, id);
CREATE INDEX promises_open ON promises (due_order) WHERE state = 'open';
