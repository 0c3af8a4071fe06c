-- Products as reviews tell of them, what lists of orders and buyers are sorted and found by, and notes on buyers.

-- identity_hash: of the platform's id of the product, else of its title. bad_count: three stars or fewer, or 中差评;
-- bad_rate: the same of 10,000 reviews. The counters are kept as reviews arrive, change and go. search_row: the row
-- of the search index.
CREATE TABLE products (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_hash BLOB NOT NULL,
    product_key TEXT,
    title TEXT,
    review_count INTEGER NOT NULL,
    rating_1 INTEGER NOT NULL,
    rating_2 INTEGER NOT NULL,
    rating_3 INTEGER NOT NULL,
    rating_4 INTEGER NOT NULL,
    rating_5 INTEGER NOT NULL,
    verdict_good INTEGER NOT NULL,
    verdict_neutral INTEGER NOT NULL,
    verdict_bad INTEGER NOT NULL,
    bad_count INTEGER NOT NULL,
    bad_rate INTEGER NOT NULL,
    first_review_at INTEGER NOT NULL,
    last_review_at INTEGER NOT NULL,
    search_row INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX products_identity ON products (tenant_id, shop_id, identity_hash);
CREATE INDEX products_reviews ON products (tenant_id, review_count, id);
CREATE INDEX products_bad ON products (tenant_id, bad_count, id);
CREATE INDEX products_bad_rate ON products (tenant_id, bad_rate, id);
CREATE INDEX products_newest ON products (tenant_id, last_review_at, id);
CREATE UNIQUE INDEX products_search ON products (search_row);

CREATE TABLE product_causes (
    tenant_id BLOB NOT NULL,
    product_id BLOB NOT NULL,
    cause TEXT NOT NULL,
    review_count INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, product_id, cause),
    FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE product_search USING fts5 (
    tokens, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1'
);

ALTER TABLE reviews ADD COLUMN product_id BLOB;
CREATE INDEX reviews_product ON reviews (tenant_id, product_id, position) WHERE product_id IS NOT NULL;

-- ordered_at: when it was placed, else the first station known, else when it was stored. An order is looked for by its
-- number, or the beginning of it, in every shop.
ALTER TABLE orders ADD COLUMN ordered_at INTEGER NOT NULL DEFAULT 0;
UPDATE orders SET ordered_at = coalesce(placed_at, paid_at, shipped_at, delivered_at, completed_at,
    (SELECT i.created_at FROM import_batches i WHERE i.tenant_id = orders.tenant_id AND i.id = orders.batch_id), 0);
CREATE INDEX orders_newest ON orders (tenant_id, ordered_at, id);
CREATE INDEX orders_shop ON orders (tenant_id, shop_id, ordered_at, id);
CREATE INDEX orders_state ON orders (tenant_id, state, ordered_at, id);
DROP INDEX orders_number;
CREATE UNIQUE INDEX orders_number ON orders (tenant_id, order_number, shop_id);
-- The same words as in src/order/list.rs: whose line it is, as a product's identity says it.
CREATE INDEX order_lines_product ON order_lines (tenant_id, substr(coalesce('k:' || product_key, 't:' || title), 1, 200));

-- nick_index: keyed hash of the nick as people type it. bad_count: his reviews of three stars or fewer, or 中差评.
ALTER TABLE buyers ADD COLUMN nick_index BLOB;
ALTER TABLE buyers ADD COLUMN bad_count INTEGER NOT NULL DEFAULT 0;
CREATE INDEX buyers_nick ON buyers (tenant_id, nick_index) WHERE nick_index IS NOT NULL;
CREATE INDEX buyers_shop ON buyers (tenant_id, shop_id, id);
CREATE INDEX buyers_bad ON buyers (tenant_id, bad_count, id) WHERE bad_count > 0;
CREATE INDEX buyers_shop_bad ON buyers (tenant_id, shop_id, bad_count, id) WHERE bad_count > 0;

CREATE TABLE buyer_notes (
    tenant_id BLOB NOT NULL,
    buyer_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    author_user_id BLOB,
    text_sealed BLOB NOT NULL,
    PRIMARY KEY (tenant_id, buyer_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- What has to be worked out of rows stored before this version: how far that has come (src/backfill.rs).
CREATE TABLE backfills (
    name TEXT NOT NULL PRIMARY KEY,
    after_tenant BLOB NOT NULL,
    after_row BLOB NOT NULL,
    done_at INTEGER
) STRICT;
INSERT INTO backfills (name, after_tenant, after_row, done_at)
SELECT 'buyers', zeroblob(16), zeroblob(16), CASE WHEN EXISTS (SELECT 1 FROM buyers) THEN NULL ELSE 0 END;
INSERT INTO backfills (name, after_tenant, after_row, done_at)
SELECT 'products', zeroblob(16), zeroblob(16), CASE WHEN EXISTS (SELECT 1 FROM reviews) THEN NULL ELSE 0 END;
