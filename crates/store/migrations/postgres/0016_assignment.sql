-- Who gets a case: rules in their order, what people are good at, whose turn it is.

CREATE TABLE assignment_rules (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    body TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by UUID,
    PRIMARY KEY (tenant_id)
);

CREATE TABLE user_skills (
    tenant_id UUID NOT NULL,
    user_id UUID NOT NULL,
    skill TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, user_id, skill),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);

ALTER TABLE users ADD COLUMN last_given_at BIGINT;
