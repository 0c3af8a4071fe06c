-- People: departments, invitations, password links, second factors, tokens for programs, teams; solo mode.

ALTER TABLE tenants ADD COLUMN solo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN department TEXT;
ALTER TABLE users ADD COLUMN last_seen_at INTEGER;

-- Open ones only: one that is used or taken back goes. Sending it again takes the hash of the new link.
CREATE TABLE invitations (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    department TEXT,
    all_shops INTEGER NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);

CREATE TABLE invitation_shops (
    tenant_id BLOB NOT NULL,
    invitation_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id, shop_id),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES invitations (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- One a person: a new link takes the place of the old one, a used one goes.
CREATE TABLE password_links (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX password_links_token ON password_links (token_hash);

-- last_step: the 30 seconds whose code was used last; none of it or before is good again.
CREATE TABLE second_factors (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    secret_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;

-- A used one goes.
CREATE TABLE recovery_codes (
    tenant_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    PRIMARY KEY (tenant_id, user_id, code_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES second_factors (tenant_id, user_id)
) STRICT, WITHOUT ROWID;

-- actions: codes with a blank between.
CREATE TABLE api_tokens (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    actions TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX api_tokens_token ON api_tokens (token_hash);
CREATE INDEX api_tokens_user ON api_tokens (tenant_id, user_id);

CREATE TABLE teams (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX teams_name ON teams (tenant_id, name);

CREATE TABLE team_members (
    tenant_id BLOB NOT NULL,
    team_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, team_id, user_id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT, WITHOUT ROWID;
