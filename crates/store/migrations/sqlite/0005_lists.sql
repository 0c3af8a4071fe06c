-- Lists: what filters ask of a review in one number, tags, saved views, bulk actions that can be undone.

-- A shop's place within its merchant; part of reviews.facets.
ALTER TABLE tenants ADD COLUMN last_shop_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shops ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE shops SET number = (SELECT count(*) FROM shops o WHERE o.tenant_id = shops.tenant_id
    AND (o.created_at < shops.created_at OR o.created_at = shops.created_at AND o.id <= shops.id));
UPDATE tenants SET last_shop_number = (SELECT count(*) FROM shops s WHERE s.tenant_id = tenants.id);
CREATE UNIQUE INDEX shops_number ON shops (tenant_id, number);

-- facets: stars, verdict, sentiment, object, language, causes and marks of a review as one number (src/review/facets.rs),
-- kept at the end of every index that a list walks, so that other conditions are decided without the row.
ALTER TABLE reviews ADD COLUMN facets INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reviews ADD COLUMN gone_at INTEGER;
ALTER TABLE review_causes ADD COLUMN facets INTEGER NOT NULL DEFAULT 0;
-- Of the review that the case is about.
ALTER TABLE cases ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN facets INTEGER NOT NULL DEFAULT 0;
UPDATE reviews SET facets = coalesce(rating, 0)
    + CASE verdict WHEN 'good' THEN 8 WHEN 'neutral' THEN 16 WHEN 'bad' THEN 24 ELSE 0 END
    + CASE sentiment_label WHEN 'negative' THEN 32 WHEN 'neutral' THEN 64 WHEN 'positive' THEN 96 WHEN 'mixed' THEN 128 ELSE 0 END
    + CASE object WHEN 'seller_feedback' THEN 256 WHEN 'product_review' THEN 512 WHEN 'review' THEN 768 WHEN 'followup' THEN 1024 ELSE 0 END
    + CASE language WHEN 'zh' THEN 2048 WHEN 'en' THEN 4096 WHEN 'ja' THEN 6144 WHEN 'de' THEN 8192 WHEN 'fr' THEN 10240 WHEN 'es' THEN 12288 WHEN 'it' THEN 14336 WHEN 'pt' THEN 16384 WHEN 'und' THEN 18432 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% quality %' THEN 32768 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% mismatch %' THEN 65536 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% size_fit %' THEN 131072 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% damage_packaging %' THEN 262144 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% wrong_missing %' THEN 524288 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% freshness %' THEN 1048576 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% authenticity %' THEN 2097152 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% logistics %' THEN 4194304 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% service %' THEN 8388608 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% price %' THEN 16777216 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% subjective %' THEN 33554432 ELSE 0 END
    + CASE WHEN ' ' || causes || ' ' LIKE '% other %' THEN 67108864 ELSE 0 END
    + CASE WHEN text <> '' THEN 134217728 ELSE 0 END
    + CASE WHEN photos > 0 THEN 268435456 ELSE 0 END
    + CASE WHEN revision > 1 THEN 536870912 ELSE 0 END
    + CASE WHEN gone_at IS NOT NULL THEN 1073741824 ELSE 0 END
    + severity * 2147483648
    + (SELECT s.number FROM shops s WHERE s.tenant_id = reviews.tenant_id AND s.id = reviews.shop_id) * 274877906944;
UPDATE review_causes SET facets = (SELECT r.facets FROM reviews r WHERE r.tenant_id = review_causes.tenant_id
    AND r.position = review_causes.position);
UPDATE cases SET position = (SELECT r.position FROM reviews r WHERE r.tenant_id = cases.tenant_id AND r.id = cases.review_id),
    facets = (SELECT r.facets FROM reviews r WHERE r.tenant_id = cases.tenant_id AND r.id = cases.review_id);

DROP INDEX reviews_shop;
DROP INDEX reviews_severity;
DROP INDEX review_causes_cause;
DROP INDEX cases_severity;
DROP INDEX cases_state;
DROP INDEX cases_shop;
DROP INDEX cases_owner;
CREATE INDEX reviews_newest ON reviews (tenant_id, position, facets);
CREATE INDEX reviews_shop ON reviews (tenant_id, shop_id, position, facets);
CREATE INDEX reviews_severity ON reviews (tenant_id, severity, position, facets);
CREATE INDEX reviews_rating ON reviews (tenant_id, rating, position DESC, facets);
-- Values that may be rare (the bits are photos, no words, revised, gone); what nearly every review has is found by walking the newest.
CREATE INDEX reviews_verdict ON reviews (tenant_id, verdict, position, facets) WHERE verdict IN ('neutral', 'bad');
CREATE INDEX reviews_sentiment ON reviews (tenant_id, sentiment_label, position, facets) WHERE sentiment_label <> 'positive';
CREATE INDEX reviews_object ON reviews (tenant_id, object, position, facets) WHERE object <> 'review';
CREATE INDEX reviews_language ON reviews (tenant_id, language, position, facets) WHERE language <> 'zh';
CREATE INDEX reviews_photos ON reviews (tenant_id, position, facets) WHERE (facets & 268435456) <> 0;
CREATE INDEX reviews_no_text ON reviews (tenant_id, position, facets) WHERE (facets & 134217728) = 0;
CREATE INDEX reviews_revised ON reviews (tenant_id, position, facets) WHERE (facets & 536870912) <> 0;
CREATE INDEX reviews_gone ON reviews (tenant_id, position, facets) WHERE (facets & 1073741824) <> 0;
CREATE INDEX review_causes_cause ON review_causes (tenant_id, cause, position, facets);
CREATE INDEX cases_severity ON cases (tenant_id, severity DESC, number, state, owner_user_id, facets);
CREATE INDEX cases_newest ON cases (tenant_id, number, state, owner_user_id, facets);
CREATE INDEX cases_updated ON cases (tenant_id, updated_at, number, state, owner_user_id, facets);
CREATE INDEX cases_due ON cases (tenant_id, due_at, number, state, owner_user_id, facets) WHERE due_at IS NOT NULL;
CREATE INDEX cases_state ON cases (tenant_id, state, severity DESC, number, owner_user_id, facets);
CREATE INDEX cases_shop ON cases (tenant_id, shop_id, severity DESC, number, state, owner_user_id, facets);
CREATE INDEX cases_owner ON cases (tenant_id, owner_user_id, severity DESC, number, state, facets) WHERE owner_user_id IS NOT NULL;
CREATE INDEX cases_unowned ON cases (tenant_id, severity DESC, number, state, facets) WHERE owner_user_id IS NULL;
-- For lists of reviews by their cases, in the order of the reviews.
CREATE INDEX cases_position ON cases (tenant_id, position, state, owner_user_id, facets);
CREATE INDEX cases_state_position ON cases (tenant_id, state, position, owner_user_id, facets);
CREATE INDEX cases_owner_position ON cases (tenant_id, owner_user_id, position, state, facets) WHERE owner_user_id IS NOT NULL;
CREATE INDEX cases_unowned_position ON cases (tenant_id, position, state, facets) WHERE owner_user_id IS NULL;

CREATE TABLE tags (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX tags_name ON tags (tenant_id, name);

-- A case has the tags of its review.
CREATE TABLE review_tags (
    tenant_id BLOB NOT NULL,
    tag_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    bulk_id BLOB,
    PRIMARY KEY (tenant_id, tag_id, position),
    FOREIGN KEY (tenant_id, tag_id) REFERENCES tags (tenant_id, id),
    FOREIGN KEY (tenant_id, position) REFERENCES reviews (tenant_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_tags_position ON review_tags (tenant_id, position, tag_id);

CREATE TABLE list_views (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    owner_user_id BLOB NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    shared INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX list_views_list ON list_views (tenant_id, list, name);

-- before: how the thing stood, as JSON; after: how the action left it.
CREATE TABLE bulk_actions (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    list TEXT NOT NULL,
    kind TEXT NOT NULL,
    tag_id BLOB,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX bulk_actions_at ON bulk_actions (tenant_id, at);

CREATE TABLE bulk_rows (
    tenant_id BLOB NOT NULL,
    bulk_id BLOB NOT NULL,
    thing_id BLOB NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, thing_id),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk_actions (tenant_id, id)
) STRICT, WITHOUT ROWID;
