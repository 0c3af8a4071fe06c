-- 自动化 Automation: rules, what happened that they look at, what they did; macros 宏 that people run by hand.

-- A deleted rule stays for its runs, and can be brought back.
CREATE TABLE automation_rules (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    place INTEGER NOT NULL,
    happening TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    deleted_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id) REFERENCES tenants (id)
) STRICT;
CREATE INDEX automation_rules_on ON automation_rules (tenant_id, happening) WHERE is_on AND deleted_at IS NULL;

-- Written in the transaction of what happened, gone in that of what the rules did. seq: the event of the case. chain: the
-- rules whose own actions made it happen.
CREATE TABLE automation_queue (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    happening TEXT NOT NULL,
    case_id BLOB,
    review_id BLOB,
    source TEXT NOT NULL,
    seq INTEGER,
    chain TEXT NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX automation_queue_source ON automation_queue (tenant_id, source);
CREATE INDEX automation_queue_case ON automation_queue (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX automation_queue_review ON automation_queue (tenant_id, review_id) WHERE review_id IS NOT NULL;

-- One row for each thing that happened and each rule that ran for it: the key lets no rule run twice.
CREATE TABLE automation_runs (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    happening_id BLOB NOT NULL,
    rule_id BLOB NOT NULL,
    happening TEXT NOT NULL,
    outcome TEXT NOT NULL,
    case_id BLOB,
    review_id BLOB,
    shop_id BLOB NOT NULL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, happening_id, rule_id),
    FOREIGN KEY (tenant_id, rule_id) REFERENCES automation_rules (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX automation_runs_at ON automation_runs (tenant_id, at, id);
CREATE INDEX automation_runs_rule ON automation_runs (tenant_id, rule_id, at);
CREATE INDEX automation_runs_case ON automation_runs (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX automation_runs_review ON automation_runs (tenant_id, review_id) WHERE review_id IS NOT NULL;

-- owner_user_id: whose it is; none is everybody's.
CREATE TABLE macros (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    owner_user_id BLOB,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    deleted_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX macros_owner ON macros (tenant_id, owner_user_id);

-- The rules that asked the question: what comes of it does not set them off.
ALTER TABLE tasks ADD COLUMN chain TEXT;
-- The case is at least so severe, also when its review is read anew.
ALTER TABLE cases ADD COLUMN severity_floor INTEGER;
