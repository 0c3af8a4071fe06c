-- What long lists ask for, kept where they are walked.

-- The highest bit of the facets: has a case.
UPDATE reviews SET facets = facets | 4611686018427387904
    WHERE EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = reviews.tenant_id AND c.review_id = reviews.id);
UPDATE review_causes SET facets = facets | 4611686018427387904
    WHERE EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = review_causes.tenant_id AND c.position = review_causes.position);
UPDATE cases SET facets = facets | 4611686018427387904;

-- Bad by stars, verdict or words, and without a case: few, and worth a look.
CREATE INDEX reviews_missed ON reviews (tenant_id, position) INCLUDE (facets)
    WHERE (facets & 4611686018427387904) = 0 AND ((facets & 7) IN (1, 2, 3) OR (facets & 16) <> 0 OR (facets & 224) = 32);
-- Buyers with a case, the last known first.
CREATE INDEX reviews_buyer_case ON reviews (tenant_id, buyer_id)
    WHERE buyer_id IS NOT NULL AND (facets & 4611686018427387904) <> 0;
CREATE INDEX cases_live_severity ON cases (tenant_id, severity) INCLUDE (shop_id) WHERE live;

-- Shop and time of the order, so that the orders of a product are walked from the newest on.
ALTER TABLE order_lines ADD COLUMN shop_id UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE order_lines ADD COLUMN ordered_at BIGINT NOT NULL DEFAULT 0;
UPDATE order_lines l SET shop_id = o.shop_id, ordered_at = o.ordered_at FROM orders o
    WHERE o.tenant_id = l.tenant_id AND o.id = l.order_id;
DROP INDEX order_lines_product;
-- The same words as in src/order/list.rs: whose line it is, as a product's identity says it.
CREATE INDEX order_lines_product ON order_lines
    (tenant_id, shop_id, substr(coalesce('k:' || product_key, 't:' || title), 1, 200), ordered_at, order_id);
