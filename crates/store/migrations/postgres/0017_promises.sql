-- Promises to buyers: what was promised, until when, and what became of it.
CREATE TABLE promises (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    found BOOLEAN NOT NULL,
    words_sealed BYTEA NOT NULL,
    due_at BIGINT,
    due_order BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by UUID,
    broken_at BIGINT,
    ended_at BIGINT,
    ended_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE INDEX promises_due ON promises (tenant_id, state, due_order, id);
CREATE INDEX promises_all ON promises (tenant_id, due_order, id);
CREATE INDEX promises_case ON promises (tenant_id, case_id, due_order, id);
CREATE INDEX promises_open ON promises (due_order) WHERE state = 'open';
