-- Photos and videos of reviews: what rows name, and the files that came along. file_name is the last part of the name
-- in lower case, by which a file is found.

CREATE TABLE media_files (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    mime TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    bytes BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX media_files_sha256 ON media_files (tenant_id, sha256);

CREATE TABLE review_media (
    tenant_id BLOB NOT NULL,
    review_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    file_name TEXT NOT NULL,
    batch_id BLOB,
    file_id BLOB,
    PRIMARY KEY (tenant_id, review_id, position),
    FOREIGN KEY (tenant_id, review_id) REFERENCES reviews (tenant_id, id)
) STRICT;
CREATE INDEX review_media_name ON review_media (tenant_id, file_name);
CREATE INDEX review_media_file ON review_media (tenant_id, file_id) WHERE file_id IS NOT NULL;

ALTER TABLE import_batches ADD COLUMN media_files INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_batches ADD COLUMN media_refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_batches ADD COLUMN media_refused_sealed BLOB;
