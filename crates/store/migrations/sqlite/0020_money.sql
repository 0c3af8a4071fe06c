-- What is given to buyers 赔付 and what agents earn 绩效奖励.

-- Rules of a merchant by version; without a row those of the program hold. The head is locked by whatever gives money.
CREATE TABLE money_heads (
    tenant_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, kind),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE money_rules (
    tenant_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    set_by BLOB,
    PRIMARY KEY (tenant_id, kind, version),
    FOREIGN KEY (tenant_id, kind) REFERENCES money_heads (tenant_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER money_rules_no_update BEFORE UPDATE ON money_rules
BEGIN SELECT RAISE(ABORT, 'money_rules is append-only'); END;
CREATE TRIGGER money_rules_no_delete BEFORE DELETE ON money_rules
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'money_rules is append-only'); END;

-- counts: asked, approved, paid or confirmed. One matter, the line of an order ('' is all of it), counts once.
CREATE TABLE compensations (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    order_number TEXT NOT NULL,
    line_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    cause TEXT,
    order_minor INTEGER NOT NULL,
    month INTEGER NOT NULL,
    sign_off TEXT NOT NULL,
    rules_version INTEGER NOT NULL,
    state TEXT NOT NULL,
    counts INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_by BLOB,
    decided_at INTEGER,
    paid_at INTEGER,
    ended_at INTEGER,
    refund_id BLOB,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
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
    tenant_id BLOB NOT NULL,
    compensation_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_user_id BLOB,
    alone INTEGER NOT NULL,
    note_sealed BLOB,
    PRIMARY KEY (tenant_id, compensation_id, seq),
    FOREIGN KEY (tenant_id, compensation_id) REFERENCES compensations (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER compensation_steps_no_update BEFORE UPDATE ON compensation_steps
BEGIN SELECT RAISE(ABORT, 'compensation_steps is append-only'); END;
CREATE TRIGGER compensation_steps_no_delete BEFORE DELETE ON compensation_steps
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'compensation_steps is append-only'); END;

-- solved_at is the end of the case that it was claimed for: one end earns once.
CREATE TABLE incentives (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    basis TEXT NOT NULL,
    cause TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    rules_version INTEGER NOT NULL,
    state TEXT NOT NULL,
    claimed_at INTEGER NOT NULL,
    solved_at INTEGER NOT NULL,
    watch_until INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by BLOB,
    alone INTEGER NOT NULL,
    paid_at INTEGER,
    paid_by BLOB,
    ended_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX incentives_of_end ON incentives (tenant_id, case_id, solved_at) WHERE state <> 'refused';
CREATE INDEX incentives_case ON incentives (tenant_id, case_id, claimed_at, id);
CREATE INDEX incentives_all ON incentives (tenant_id, claimed_at, id);
CREATE INDEX incentives_state ON incentives (tenant_id, state, claimed_at, id);
CREATE INDEX incentives_user ON incentives (tenant_id, user_id, claimed_at, id);
CREATE INDEX incentives_watched ON incentives (watch_until) WHERE state IN ('claimed', 'payable', 'paid');

CREATE TABLE incentive_lines (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    incentive_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    month INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_user_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incentive_id) REFERENCES incentives (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX incentive_lines_once ON incentive_lines (tenant_id, incentive_id, kind);
CREATE INDEX incentive_lines_month ON incentive_lines (tenant_id, user_id, month, currency);
CREATE TRIGGER incentive_lines_no_update BEFORE UPDATE ON incentive_lines
BEGIN SELECT RAISE(ABORT, 'incentive_lines is append-only'); END;
CREATE TRIGGER incentive_lines_no_delete BEFORE DELETE ON incentive_lines
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'incentive_lines is append-only'); END;

-- The sum of the lines of a person's month, kept in the transaction that writes a line.
CREATE TABLE incentive_statements (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    month INTEGER NOT NULL,
    currency TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, month, currency),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incentive_statements_month ON incentive_statements (tenant_id, month, user_id);
