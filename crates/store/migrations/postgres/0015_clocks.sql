-- Clocks of cases: hours and goals of each shop, rosters, and what was told once.

-- Cases that stood before this program kept clocks are not late by them.
ALTER TABLE tenants ADD COLUMN clocks_from BIGINT NOT NULL DEFAULT 0;
UPDATE tenants SET clocks_from = CAST(extract(epoch FROM now()) AS BIGINT) * 1000000;

-- When a shop's team works, and how long things may take. A shop without a row has those of the desk.
CREATE TABLE shop_clocks (
    tenant_id UUID NOT NULL,
    shop_id UUID NOT NULL,
    hours TEXT NOT NULL,
    goals TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    set_by UUID,
    PRIMARY KEY (tenant_id, shop_id),
    FOREIGN KEY (tenant_id, shop_id) REFERENCES shops (tenant_id, id)
);

-- 排班: when somebody is on duty, or away.
CREATE TABLE shifts (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    away BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX shifts_time ON shifts (tenant_id, ends_at, starts_at);
CREATE INDEX shifts_user ON shifts (tenant_id, user_id, ends_at);

-- Each stage of each clock is told once: the key says so.
CREATE TABLE case_alarms (
    tenant_id UUID NOT NULL,
    case_id UUID NOT NULL,
    clock TEXT COLLATE "C" NOT NULL,
    task TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, case_id, clock, task, since, stage),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);

-- Of the clock that is due first; since when the supervisor should look.
ALTER TABLE cases ADD COLUMN clock TEXT COLLATE "C";
ALTER TABLE cases ADD COLUMN clock_due_at BIGINT;
ALTER TABLE cases ADD COLUMN escalated_at BIGINT;
UPDATE cases SET plan_at = 0 WHERE live;
CREATE INDEX cases_clock ON cases (tenant_id, clock_due_at, number, severity, state, owner_user_id, facets) WHERE clock_due_at IS NOT NULL;
CREATE INDEX cases_escalated ON cases (tenant_id, escalated_at, number, severity, state, owner_user_id, facets) WHERE escalated_at IS NOT NULL;
