-- 好评回复: what the shop answered beneath a good review, as the desk wrote it. A public text, and so in the clear.
CREATE TABLE thanks (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    script_key TEXT COLLATE "C",
    written_at BIGINT NOT NULL,
    written_by UUID,
    PRIMARY KEY (tenant_id, review_id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id),
    FOREIGN KEY (tenant_id, written_by) REFERENCES users (tenant_id, id)
);
CREATE INDEX thanks_written ON thanks (tenant_id, written_at, review_id);
