-- What people say of readings, what only shows in several reviews, and what the reader is taught.

-- A correction of a reading, or with undoes the taking back of one. read_at: the reading it corrects (triage_results.at).
-- causes: codes between spaces, empty for "nothing"; what is null was not corrected.
CREATE TABLE reading_corrections (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    review_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    causes TEXT,
    sentiment TEXT,
    fault TEXT,
    note TEXT,
    undoes UUID,
    user_id UUID,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
);
CREATE INDEX reading_corrections_review ON reading_corrections (tenant_id, review_id, at);
CREATE UNIQUE INDEX reading_corrections_undoes ON reading_corrections (tenant_id, undoes) WHERE undoes IS NOT NULL;

-- Whose fault it is, where that is rare; as lists walk it.
CREATE INDEX reviews_fault ON reviews (tenant_id, fault, position, facets)
    WHERE fault IN ('carrier', 'platform', 'buyer', 'third_party');

-- A review that stands out beside others. group_id: all of one finding; body: the reason, and the others as they were then.
CREATE TABLE review_patterns (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    group_id UUID NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, code),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
);
CREATE INDEX review_patterns_group ON review_patterns (tenant_id, group_id, review_id);

-- A merchant's own versions of the text models. model: zh-cause; version: 2 of zh-cause-2; before_share, after_share: the
-- share of the kept-back corrections that the version before and this one get right; used_at: since when it is in use.
CREATE TABLE text_models (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    model TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    taught BIGINT NOT NULL,
    held BIGINT NOT NULL,
    before_name TEXT NOT NULL,
    before_share DOUBLE PRECISION NOT NULL,
    after_share DOUBLE PRECISION NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (tenant_id, model, version)
);

-- One training: what came of it, as JSON, once it has ended.
CREATE TABLE trainings (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    user_id UUID,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT,
    PRIMARY KEY (tenant_id, id)
);

-- A shop's own words. meaning: name (says nothing), or the cause that the word names.
CREATE TABLE shop_words (
    tenant_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    meaning TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, shop_id, meaning, word),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- Grows with every change of what a merchant's reader knows, so that every program notices.
ALTER TABLE tenants ADD COLUMN reader_version BIGINT NOT NULL DEFAULT 0;

CREATE TRIGGER reading_corrections_append_only BEFORE UPDATE OR DELETE ON reading_corrections FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_patterns_append_only BEFORE UPDATE OR DELETE ON review_patterns FOR EACH ROW EXECUTE FUNCTION refuse_change();
