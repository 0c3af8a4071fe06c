-- Photos and videos of reviews: what rows name, and the files that came along. file_name is the last part of the name
-- in lower case, by which a file is found.

CREATE TABLE media_files (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    sha256 BYTEA NOT NULL,
    mime TEXT COLLATE "C" NOT NULL,
    width BIGINT,
    height BIGINT,
    bytes BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX media_files_sha256 ON media_files (tenant_id, sha256);

CREATE TABLE review_media (
    tenant_id UUID NOT NULL,
    review_id UUID NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    batch_id UUID,
    file_id UUID,
    PRIMARY KEY (tenant_id, review_id, position),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
);
CREATE INDEX review_media_name ON review_media (tenant_id, file_name);
CREATE INDEX review_media_file ON review_media (tenant_id, file_id) WHERE file_id IS NOT NULL;

ALTER TABLE import_batches ADD COLUMN media_files BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_batches ADD COLUMN media_refused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_batches ADD COLUMN media_refused_sealed BYTEA;
