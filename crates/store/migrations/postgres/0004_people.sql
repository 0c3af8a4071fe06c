-- People: departments, invitations, password links, second factors, tokens for programs, teams; solo mode.

ALTER TABLE tenants ADD COLUMN solo BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN department TEXT COLLATE "C";
ALTER TABLE users ADD COLUMN last_seen_at BIGINT;

-- Open ones only: one that is used or taken back goes. Sending it again takes the hash of the new link.
CREATE TABLE invitations (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C",
    all_shops BOOLEAN NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);

CREATE TABLE invitation_shops (
    tenant_id UUID NOT NULL,
    invitation_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id, shop_id),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES invitations (tenant_id, id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- One a person: a new link takes the place of the old one, a used one goes.
CREATE TABLE password_links (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX password_links_token ON password_links (token_hash);

-- last_step: the 30 seconds whose code was used last; none of it or before is good again.
CREATE TABLE second_factors (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    secret_sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);

-- A used one goes.
CREATE TABLE recovery_codes (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, user_id, code_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES second_factors (tenant_id, user_id)
);

-- actions: codes with a blank between.
CREATE TABLE api_tokens (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    actions TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX api_tokens_token ON api_tokens (token_hash);
CREATE INDEX api_tokens_user ON api_tokens (tenant_id, user_id);

CREATE TABLE teams (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX teams_name ON teams (tenant_id, name);

CREATE TABLE team_members (
    tenant_id UUID NOT NULL,
    team_id UUID NOT NULL,
    user_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, team_id, user_id),
    FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
