-- Cases that have no review: after-sales, complaints, disputes, prevention.

-- SQLite cannot drop a NOT NULL, and to make the table anew would walk every table that names cases. Its own documentation
-- gives this way where nothing of what is stored changes.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'review_id BLOB NOT NULL', 'review_id BLOB')
    WHERE type = 'table' AND name = 'cases';
PRAGMA writable_schema = RESET;

-- Of a case with a review these are its review's. No foreign key on the buyer: a buyer that a case names is kept by the
-- statement that forgets buyers.
ALTER TABLE cases ADD COLUMN order_number TEXT;
ALTER TABLE cases ADD COLUMN buyer_id BLOB;
CREATE INDEX cases_order_number ON cases (tenant_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX cases_buyer ON cases (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
-- Position 0 is that of no review.
CREATE INDEX cases_unreviewed ON cases (tenant_id, severity DESC, number, kind, state, owner_user_id, facets) WHERE position = 0;

-- What such a case is about.
CREATE TABLE case_matters (
    tenant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    dispute TEXT,
    asked TEXT,
    amount_minor INTEGER,
    currency TEXT,
    asked_at INTEGER,
    came_by TEXT,
    text TEXT NOT NULL,
    due_at INTEGER,
    evidence_due_at INTEGER,
    after_sale_id BLOB,
    request_key TEXT,
    PRIMARY KEY (tenant_id, case_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX case_matters_after_sale ON case_matters (tenant_id, after_sale_id) WHERE after_sale_id IS NOT NULL;
CREATE UNIQUE INDEX case_matters_request_key ON case_matters (tenant_id, request_key) WHERE request_key IS NOT NULL;
