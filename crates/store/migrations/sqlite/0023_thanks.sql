-- 好评回复: what the shop answered beneath a good review, as the desk wrote it. A public text, and so in the clear.
CREATE TABLE thanks (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    text TEXT NOT NULL,
    script_key TEXT,
    written_at INTEGER NOT NULL,
    written_by BLOB,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, written_by) REFERENCES users (tenant_id, id)
) STRICT;
CREATE INDEX thanks_written ON thanks (tenant_id, written_at, review_id);
