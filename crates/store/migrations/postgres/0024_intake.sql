-- Cases that have no review: after-sales, complaints, disputes, prevention.

ALTER TABLE cases ALTER COLUMN review_id DROP NOT NULL;

-- Of a case with a review these are its review's. No foreign key on the buyer: a buyer that a case names is kept by the
-- statement that forgets buyers.
ALTER TABLE cases ADD COLUMN order_number TEXT;
ALTER TABLE cases ADD COLUMN buyer_id UUID;
CREATE INDEX cases_order_number ON cases (tenant_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX cases_buyer ON cases (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
-- Position 0 is that of no review.
CREATE INDEX cases_unreviewed ON cases (tenant_id, severity DESC, number, kind, state, owner_user_id, facets) WHERE position = 0;

-- What such a case is about.
CREATE TABLE case_matters (
    tenant_id UUID NOT NULL,
    case_id UUID NOT NULL,
    dispute TEXT,
    asked TEXT,
    amount_minor BIGINT,
    currency TEXT,
    asked_at BIGINT,
    came_by TEXT,
    text TEXT NOT NULL,
    due_at BIGINT,
    evidence_due_at BIGINT,
    after_sale_id UUID,
    request_key TEXT,
    PRIMARY KEY (tenant_id, case_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE UNIQUE INDEX case_matters_after_sale ON case_matters (tenant_id, after_sale_id) WHERE after_sale_id IS NOT NULL;
CREATE UNIQUE INDEX case_matters_request_key ON case_matters (tenant_id, request_key) WHERE request_key IS NOT NULL;
