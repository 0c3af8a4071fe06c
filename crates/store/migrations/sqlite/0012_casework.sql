-- How cases move, whom they wait for, how they end; contacts, stated facts and steps; what is next in each.

ALTER TABLE cases ADD COLUMN waiting_for TEXT;
ALTER TABLE cases ADD COLUMN waiting_since INTEGER;
ALTER TABLE cases ADD COLUMN waiting_until INTEGER;
ALTER TABLE cases ADD COLUMN outcome TEXT;
ALTER TABLE cases ADD COLUMN merged_into BLOB;
-- What the plan says is next, kept in step by every change and by a job as time passes.
ALTER TABLE cases ADD COLUMN next_step TEXT;
ALTER TABLE cases ADD COLUMN next_contact TEXT;
ALTER TABLE cases ADD COLUMN next_contact_at INTEGER;
ALTER TABLE cases ADD COLUMN next_contact_until INTEGER;
ALTER TABLE cases ADD COLUMN next_deadline TEXT;
ALTER TABLE cases ADD COLUMN next_deadline_at INTEGER;
-- When that has to be worked out anew.
ALTER TABLE cases ADD COLUMN plan_at INTEGER;
UPDATE cases SET plan_at = 0 WHERE live;

CREATE INDEX cases_plan ON cases (tenant_id, plan_at) WHERE plan_at IS NOT NULL;
-- The urgency stands in each, so that a narrowed list is put in that order without reading the rows it leaves out.
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (tenant_id, due_at, number, severity, state, owner_user_id, facets) WHERE due_at IS NOT NULL;
CREATE INDEX cases_contact ON cases (tenant_id, next_contact_at, number, next_contact_until, severity, state, owner_user_id, facets) WHERE next_contact_at IS NOT NULL;
CREATE INDEX cases_deadline ON cases (tenant_id, next_deadline_at, number, severity, state, owner_user_id, facets) WHERE next_deadline_at IS NOT NULL;
CREATE INDEX cases_opened ON cases (tenant_id, opened_at, number, severity, state, owner_user_id, facets);
CREATE INDEX cases_closed ON cases (tenant_id, closed_at, number, severity, state, owner_user_id, facets) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_outcome ON cases (tenant_id, outcome, severity DESC, number, state, owner_user_id, facets) WHERE outcome IS NOT NULL;
CREATE INDEX cases_waiting ON cases (tenant_id, waiting_for, severity DESC, number, state, owner_user_id, facets) WHERE waiting_for IS NOT NULL;
CREATE INDEX cases_merged ON cases (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

-- 跟进记录: contacts with a buyer as a person logged them. There is no field for other contacts of the buyer.
CREATE TABLE contact_attempts (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    result TEXT NOT NULL,
    seconds INTEGER,
    note_sealed BLOB,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    withdrawn_at INTEGER,
    withdrawn_by BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE INDEX contact_attempts_case ON contact_attempts (tenant_id, case_id, at, id);
CREATE INDEX contact_attempts_at ON contact_attempts (tenant_id, at, shop_id) WHERE withdrawn_at IS NULL;

-- What a person says of a case: a record a change, the last one counts.
CREATE TABLE case_facts (
    tenant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author_user_id BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, seq),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- Steps of the playbook that are ticked off.
CREATE TABLE case_steps (
    tenant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    step TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    done_by BLOB,
    PRIMARY KEY (tenant_id, case_id, step),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- Buyers who want no messages.
ALTER TABLE buyers ADD COLUMN opted_out_at INTEGER;
ALTER TABLE buyers ADD COLUMN opted_out_by BLOB;
