-- What people say of readings, what only shows in several reviews, and what the reader is taught.

-- A correction of a reading, or with undoes the taking back of one. read_at: the reading it corrects (triage_results.at).
-- causes: codes between spaces, empty for "nothing"; what is null was not corrected.
CREATE TABLE reading_corrections (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    causes TEXT,
    sentiment TEXT,
    fault TEXT,
    note TEXT,
    undoes BLOB,
    user_id BLOB,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT;
CREATE INDEX reading_corrections_review ON reading_corrections (tenant_id, review_id, at);
CREATE UNIQUE INDEX reading_corrections_undoes ON reading_corrections (tenant_id, undoes) WHERE undoes IS NOT NULL;

-- Whose fault it is, where that is rare; as lists walk it.
CREATE INDEX reviews_fault ON reviews (tenant_id, fault, position, facets)
    WHERE fault IN ('carrier', 'platform', 'buyer', 'third_party');

-- A review that stands out beside others. group_id: all of one finding; body: the reason, and the others as they were then.
CREATE TABLE review_patterns (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    code TEXT NOT NULL,
    group_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, review_id, code),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_patterns_group ON review_patterns (tenant_id, group_id, review_id);

-- A merchant's own versions of the text models. model: zh-cause; version: 2 of zh-cause-2; before_share, after_share: the
-- share of the kept-back corrections that the version before and this one get right; used_at: since when it is in use.
CREATE TABLE text_models (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    taught INTEGER NOT NULL,
    held INTEGER NOT NULL,
    before_name TEXT NOT NULL,
    before_share REAL NOT NULL,
    after_share REAL NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, model, version)
) STRICT;

-- One training: what came of it, as JSON, once it has ended.
CREATE TABLE trainings (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    user_id BLOB,
    at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;

-- A shop's own words. meaning: name (says nothing), or the cause that the word names.
CREATE TABLE shop_words (
    tenant_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    meaning TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (tenant_id, shop_id, meaning, word),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- Grows with every change of what a merchant's reader knows, so that every program notices.
ALTER TABLE tenants ADD COLUMN reader_version INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER reading_corrections_no_update BEFORE UPDATE ON reading_corrections
BEGIN SELECT RAISE(ABORT, 'reading_corrections is append-only'); END;
CREATE TRIGGER reading_corrections_no_delete BEFORE DELETE ON reading_corrections
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
AND NOT EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id AND u.thing_id = OLD.review_id)
BEGIN SELECT RAISE(ABORT, 'reading_corrections is append-only'); END;
CREATE TRIGGER review_patterns_no_update BEFORE UPDATE ON review_patterns
BEGIN SELECT RAISE(ABORT, 'review_patterns is append-only'); END;
CREATE TRIGGER review_patterns_no_delete BEFORE DELETE ON review_patterns
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
AND NOT EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id AND u.thing_id = OLD.review_id)
BEGIN SELECT RAISE(ABORT, 'review_patterns is append-only'); END;
