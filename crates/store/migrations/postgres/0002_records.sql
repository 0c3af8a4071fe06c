-- What files tell of beside reviews and orders, what an import replaced (so that it can be undone), and named ways to read
-- a file. identity_index is a keyed hash of what tells a record from others; body_sealed is the whole record without the
-- buyer's contacts, and the columns beside it are those that reports ask for.

CREATE TABLE shipments (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    order_number TEXT COLLATE "C",
    buyer_id UUID,
    tracking_number TEXT COLLATE "C" NOT NULL,
    carrier TEXT COLLATE "C",
    state TEXT COLLATE "C",
    shipped_at BIGINT,
    delivered_at BIGINT,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX shipments_identity ON shipments (tenant_id, shop_id, identity_index);
CREATE INDEX shipments_batch ON shipments (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX shipments_order ON shipments (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX shipments_buyer ON shipments (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX shipments_tracking ON shipments (tenant_id, shop_id, tracking_number);

CREATE TABLE shipment_traces (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    order_number TEXT COLLATE "C",
    buyer_id UUID,
    tracking_number TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C",
    at BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX shipment_traces_identity ON shipment_traces (tenant_id, shop_id, identity_index);
CREATE INDEX shipment_traces_batch ON shipment_traces (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX shipment_traces_order ON shipment_traces (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX shipment_traces_buyer ON shipment_traces (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX shipment_traces_tracking ON shipment_traces (tenant_id, shop_id, tracking_number, at);

CREATE TABLE after_sales (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    order_number TEXT COLLATE "C",
    buyer_id UUID,
    platform_id TEXT COLLATE "C",
    kind TEXT COLLATE "C",
    state TEXT COLLATE "C",
    amount_minor BIGINT,
    currency TEXT COLLATE "C",
    reason TEXT COLLATE "C",
    requested_at BIGINT,
    resolved_at BIGINT,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX after_sales_identity ON after_sales (tenant_id, shop_id, identity_index);
CREATE INDEX after_sales_batch ON after_sales (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX after_sales_order ON after_sales (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX after_sales_buyer ON after_sales (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE chat_messages (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    order_number TEXT COLLATE "C",
    buyer_id UUID,
    side TEXT COLLATE "C",
    at BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX chat_messages_identity ON chat_messages (tenant_id, shop_id, identity_index);
CREATE INDEX chat_messages_batch ON chat_messages (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX chat_messages_order ON chat_messages (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX chat_messages_buyer ON chat_messages (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE calls (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    order_number TEXT COLLATE "C",
    buyer_id UUID,
    direction TEXT COLLATE "C",
    result TEXT COLLATE "C",
    seconds BIGINT,
    at BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, buyer_id) REFERENCES buyers (tenant_id, id)
);
CREATE UNIQUE INDEX calls_identity ON calls (tenant_id, shop_id, identity_index);
CREATE INDEX calls_batch ON calls (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX calls_order ON calls (tenant_id, shop_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX calls_buyer ON calls (tenant_id, buyer_id) WHERE buyer_id IS NOT NULL;

CREATE TABLE figures (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    identity_index BYTEA NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value_millionths BIGINT NOT NULL,
    unit TEXT COLLATE "C",
    at BIGINT NOT NULL,
    created_by UUID,
    body_sealed BYTEA NOT NULL,
    batch_id UUID,
    line BIGINT NOT NULL,
    last_batch_id UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);
CREATE UNIQUE INDEX figures_identity ON figures (tenant_id, shop_id, identity_index);
CREATE INDEX figures_batch ON figures (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX figures_newest ON figures (tenant_id, at, id);

-- How a thing stood before an import changed it; the first change of an import counts.
CREATE TABLE import_replaced (
    tenant_id UUID NOT NULL,
    batch_id UUID NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    thing_id UUID NOT NULL,
    before_sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, what, thing_id),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
);

CREATE TABLE import_profiles (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX import_profiles_name ON import_profiles (tenant_id, name);

-- alive_at: when it last did something; tells an import of the command line that was killed from one that runs. request:
-- what a draft was handed in with. draft_of: of which draft it is a dry run.
ALTER TABLE import_batches ADD COLUMN alive_at BIGINT;
ALTER TABLE import_batches ADD COLUMN request TEXT;
ALTER TABLE import_batches ADD COLUMN draft_of UUID;
ALTER TABLE import_batches ADD COLUMN undo_removed BIGINT;
ALTER TABLE import_batches ADD COLUMN undo_restored BIGINT;
ALTER TABLE import_batches ADD COLUMN undo_kept BIGINT;

CREATE INDEX reviews_batch ON reviews (tenant_id, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX orders_batch ON orders (tenant_id, batch_id) WHERE batch_id IS NOT NULL;

-- A review or case named here may lose append-only rows; the row lives only inside the transaction that undoes an import.
CREATE TABLE undone_things (
    tenant_id UUID NOT NULL,
    thing_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, thing_id)
);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner_column TEXT := CASE TG_TABLE_NAME WHEN 'case_events' THEN 'case_id' ELSE 'review_id' END;
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM undone_things u WHERE u.tenant_id = OLD.tenant_id
        AND u.thing_id = (to_jsonb(OLD) ->> owner_column)::uuid) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
