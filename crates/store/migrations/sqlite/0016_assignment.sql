-- Who gets a case: rules in their order, what people are good at, whose turn it is.

CREATE TABLE assignment_rules (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    body TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    set_by BLOB,
    PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE user_skills (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    skill TEXT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, skill),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT, WITHOUT ROWID;

ALTER TABLE users ADD COLUMN last_given_at INTEGER;
