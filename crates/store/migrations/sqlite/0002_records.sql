-- What files tell of beside reviews and orders, what an import replaced (so that it can be undone), and named ways to read
-- a file. identity_index is a keyed hash of what tells a record from others; body_sealed is the whole record without the
-- buyer's contacts, and the columns beside it are those that reports ask for.

CREATE TABLE shipments (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    order_number TEXT,
    buyer_id BLOB,
    tracking_number TEXT NOT NULL,
    carrier TEXT,
    state TEXT,
    shipped_at INTEGER,
    delivered_at INTEGER,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX shipments_identity ON shipments (tenant_id, shop_id, identity_index);
CREATE INDEX shipments_batch ON shipments (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX shipments_order ON shipments (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX shipments_buyer ON shipments (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX shipments_tracking ON shipments (tenant_id, shop_id, tracking_number);

CREATE TABLE shipment_traces (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    order_number TEXT,
    buyer_id BLOB,
    tracking_number TEXT NOT NULL,
    state TEXT,
    at INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX shipment_traces_identity ON shipment_traces (tenant_id, shop_id, identity_index);
CREATE INDEX shipment_traces_batch ON shipment_traces (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX shipment_traces_order ON shipment_traces (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX shipment_traces_buyer ON shipment_traces (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX shipment_traces_tracking ON shipment_traces (tenant_id, shop_id, tracking_number, at);

CREATE TABLE after_sales (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    order_number TEXT,
    buyer_id BLOB,
    platform_id TEXT,
    kind TEXT,
    state TEXT,
    amount_minor INTEGER,
    currency TEXT,
    reason TEXT,
    requested_at INTEGER,
    resolved_at INTEGER,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX after_sales_identity ON after_sales (tenant_id, shop_id, identity_index);
CREATE INDEX after_sales_batch ON after_sales (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX after_sales_order ON after_sales (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX after_sales_buyer ON after_sales (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE chat_messages (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    order_number TEXT,
    buyer_id BLOB,
    side TEXT,
    at INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX chat_messages_identity ON chat_messages (tenant_id, shop_id, identity_index);
CREATE INDEX chat_messages_batch ON chat_messages (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX chat_messages_order ON chat_messages (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX chat_messages_buyer ON chat_messages (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE calls (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    order_number TEXT,
    buyer_id BLOB,
    direction TEXT,
    result TEXT,
    seconds INTEGER,
    at INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX calls_identity ON calls (tenant_id, shop_id, identity_index);
CREATE INDEX calls_batch ON calls (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX calls_order ON calls (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX calls_buyer ON calls (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE figures (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    identity_index BLOB NOT NULL,
    name TEXT NOT NULL,
    value_millionths INTEGER NOT NULL,
    unit TEXT,
    at INTEGER NOT NULL,
    created_by BLOB,
    body_sealed BLOB NOT NULL,
    batch_id BLOB,
    line INTEGER NOT NULL,
    last_batch_id BLOB,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX figures_identity ON figures (tenant_id, shop_id, identity_index);
CREATE INDEX figures_batch ON figures (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX figures_newest ON figures (tenant_id, at, id);

-- How a thing stood before an import changed it; the first change of an import counts.
CREATE TABLE import_replaced (
    tenant_id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    what TEXT NOT NULL,
    thing_id BLOB NOT NULL,
    before_sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, what, thing_id),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_profiles (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    body TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX import_profiles_name ON import_profiles (tenant_id, name);

-- alive_at: when it last did something; tells an import of the command line that was killed from one that runs. request:
-- what a draft was handed in with. draft_of: of which draft it is a dry run.
ALTER TABLE import_batches ADD COLUMN alive_at INTEGER;
ALTER TABLE import_batches ADD COLUMN request TEXT;
ALTER TABLE import_batches ADD COLUMN draft_of BLOB;
ALTER TABLE import_batches ADD COLUMN undo_removed INTEGER;
ALTER TABLE import_batches ADD COLUMN undo_restored INTEGER;
ALTER TABLE import_batches ADD COLUMN undo_kept INTEGER;

CREATE INDEX reviews_batch ON reviews (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX orders_batch ON orders (tenant_id, batch_id) WHERE batch_id IS NOT NULL;

-- A review or case named here may lose append-only rows; the row lives only inside the transaction that undoes an import.
CREATE TABLE undone_things (
    tenant_id BLOB NOT NULL,
    thing_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, thing_id)
) STRICT, WITHOUT ROWID;

DROP TRIGGER review_revisions_no_delete;
CREATE TRIGGER review_revisions_no_delete BEFORE DELETE ON review_revisions
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
AND NOT EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id AND u.thing_id = OLD.review_id)
BEGIN SELECT RAISE(ABORT, 'review_revisions is append-only'); END;
DROP TRIGGER triage_results_no_delete;
CREATE TRIGGER triage_results_no_delete BEFORE DELETE ON triage_results
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
AND NOT EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id AND u.thing_id = OLD.review_id)
BEGIN SELECT RAISE(ABORT, 'triage_results is append-only'); END;
DROP TRIGGER case_events_no_delete;
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
AND NOT EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id AND u.thing_id = OLD.case_id)
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
