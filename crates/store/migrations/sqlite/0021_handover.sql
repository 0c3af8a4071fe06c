-- 交接班: what one shift leaves to the next, and the cases that somebody keeps an eye on.
CREATE TABLE handovers (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    state TEXT NOT NULL,
    to_user_id BLOB,
    until_at INTEGER NOT NULL,
    note_sealed BLOB,
    written_at INTEGER NOT NULL,
    written_by BLOB NOT NULL,
    ended_at INTEGER,
    ended_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, written_by) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, to_user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX handovers_state ON handovers (tenant_id, state, written_at, id);
CREATE INDEX handovers_all ON handovers (tenant_id, written_at, id);

CREATE TABLE handover_cases (
    tenant_id BLOB NOT NULL,
    handover_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    due_at INTEGER,
    line_sealed BLOB,
    PRIMARY KEY (tenant_id, handover_id, case_id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handovers (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX handover_cases_case ON handover_cases (tenant_id, case_id);

CREATE TABLE case_watches (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    since INTEGER NOT NULL,
    until_at INTEGER,
    PRIMARY KEY (tenant_id, user_id, case_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX case_watches_case ON case_watches (tenant_id, case_id);
