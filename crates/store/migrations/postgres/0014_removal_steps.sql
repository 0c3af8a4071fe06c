-- When an import had been taken back: what was found of the shop's reviews before is looked at again.
ALTER TABLE import_batches ADD COLUMN undone_at BIGINT;

-- What happened to a removal request is never changed, as its table has always said.
CREATE TRIGGER removal_steps_append_only BEFORE UPDATE OR DELETE ON removal_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
