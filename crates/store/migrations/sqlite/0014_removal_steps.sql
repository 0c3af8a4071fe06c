-- When an import had been taken back: what was found of the shop's reviews before is looked at again.
ALTER TABLE import_batches ADD COLUMN undone_at INTEGER;

-- What happened to a removal request is never changed, as its table has always said.
CREATE TRIGGER removal_steps_no_update BEFORE UPDATE ON removal_steps
BEGIN SELECT RAISE(ABORT, 'removal_steps is append-only'); END;
CREATE TRIGGER removal_steps_no_delete BEFORE DELETE ON removal_steps
WHEN NOT EXISTS (SELECT 1 FROM wiped_tenants WHERE wiped_tenants.tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'removal_steps is append-only'); END;
