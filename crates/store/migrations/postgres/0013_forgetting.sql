-- What is still to be forgotten of imported rows: without an index the daily look read every row of every import.
CREATE INDEX import_rows_kept ON import_rows (tenant_id, at) WHERE raw_sealed IS NOT NULL OR failure_sealed IS NOT NULL;

-- Nothing reads it: what is judged anew is walked by time.
DROP INDEX removal_findings_judged;
