-- What is given to buyers 赔付 and what agents earn 绩效奖励.

-- Rules of a merchant by version; without a row those of the program hold. The head is locked by whatever gives money.
CREATE TABLE money_heads (
    tenant_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
);
CREATE TABLE money_rules (
    tenant_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by UUID,
    PRIMARY KEY (tenant_id, kind, version),
    FOREIGN KEY (tenant_id, kind) REFERENCES money_heads (tenant_id, kind)
);
CREATE TRIGGER money_rules_append_only BEFORE UPDATE OR DELETE ON money_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- counts: asked, approved, paid or confirmed. One matter, the line of an order ('' is all of it), counts once.
CREATE TABLE compensations (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    order_number TEXT COLLATE "C" NOT NULL,
    line_key TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C",
    order_minor BIGINT NOT NULL,
    month BIGINT NOT NULL,
    sign_off TEXT COLLATE "C" NOT NULL,
    rules_version BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    counts BOOLEAN NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by UUID,
    decided_at BIGINT,
    paid_at BIGINT,
    ended_at BIGINT,
    refund_id UUID,
    last_step BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE UNIQUE INDEX compensations_of_case ON compensations (tenant_id, case_id, line_key) WHERE counts;
CREATE UNIQUE INDEX compensations_of_order ON compensations (tenant_id, shop_id, order_number, line_key) WHERE counts;
CREATE UNIQUE INDEX compensations_refund ON compensations (tenant_id, refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX compensations_case ON compensations (tenant_id, case_id, asked_at, id);
CREATE INDEX compensations_order ON compensations (tenant_id, shop_id, order_number);
CREATE INDEX compensations_all ON compensations (tenant_id, asked_at, id);
CREATE INDEX compensations_state ON compensations (tenant_id, state, asked_at, id);
CREATE INDEX compensations_month ON compensations (tenant_id, month, currency) WHERE counts;
CREATE INDEX compensations_unconfirmed ON compensations (asked_at) WHERE state IN ('approved', 'paid');

CREATE TABLE compensation_steps (
    tenant_id UUID NOT NULL,
    compensation_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    actor_user_id UUID,
    alone BOOLEAN NOT NULL,
    note_sealed BYTEA,
    PRIMARY KEY (tenant_id, compensation_id, seq),
    FOREIGN KEY (tenant_id, compensation_id) REFERENCES compensations (tenant_id, id)
);
CREATE TRIGGER compensation_steps_append_only BEFORE UPDATE OR DELETE ON compensation_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- solved_at is the end of the case that it was claimed for: one end earns once.
CREATE TABLE incentives (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    user_id UUID NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    rules_version BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    claimed_at BIGINT NOT NULL,
    solved_at BIGINT NOT NULL,
    watch_until BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by UUID,
    alone BOOLEAN NOT NULL,
    paid_at BIGINT,
    paid_by UUID,
    ended_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX incentives_of_end ON incentives (tenant_id, case_id, solved_at) WHERE state <> 'refused';
CREATE INDEX incentives_case ON incentives (tenant_id, case_id, claimed_at, id);
CREATE INDEX incentives_all ON incentives (tenant_id, claimed_at, id);
CREATE INDEX incentives_state ON incentives (tenant_id, state, claimed_at, id);
CREATE INDEX incentives_user ON incentives (tenant_id, user_id, claimed_at, id);
CREATE INDEX incentives_watched ON incentives (watch_until) WHERE state IN ('claimed', 'payable', 'paid');

CREATE TABLE incentive_lines (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    incentive_id UUID NOT NULL,
    user_id UUID NOT NULL,
    month BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    actor_user_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incentive_id) REFERENCES incentives (tenant_id, id)
);
CREATE UNIQUE INDEX incentive_lines_once ON incentive_lines (tenant_id, incentive_id, kind);
CREATE INDEX incentive_lines_month ON incentive_lines (tenant_id, user_id, month, currency);
CREATE TRIGGER incentive_lines_append_only BEFORE UPDATE OR DELETE ON incentive_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The sum of the lines of a person's month, kept in the transaction that writes a line.
CREATE TABLE incentive_statements (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    month BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    total_minor BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, month, currency),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX incentive_statements_month ON incentive_statements (tenant_id, month, user_id);
