-- 交接班: what one shift leaves to the next, and the cases that somebody keeps an eye on.
CREATE TABLE handovers (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    to_user_id UUID,
    until_at BIGINT NOT NULL,
    note_sealed BYTEA,
    written_at BIGINT NOT NULL,
    written_by UUID NOT NULL,
    ended_at BIGINT,
    ended_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, written_by) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, to_user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX handovers_state ON handovers (tenant_id, state, written_at, id);
CREATE INDEX handovers_all ON handovers (tenant_id, written_at, id);

CREATE TABLE handover_cases (
    tenant_id UUID NOT NULL,
    handover_id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    place BIGINT NOT NULL,
    passes BOOLEAN NOT NULL,
    reasons TEXT COLLATE "C" NOT NULL,
    due_at BIGINT,
    line_sealed BYTEA,
    PRIMARY KEY (tenant_id, handover_id, case_id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handovers (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX handover_cases_case ON handover_cases (tenant_id, case_id);

CREATE TABLE case_watches (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    since BIGINT NOT NULL,
    until_at BIGINT,
    PRIMARY KEY (tenant_id, user_id, case_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX case_watches_case ON case_watches (tenant_id, case_id);
