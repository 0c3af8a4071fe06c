-- What figures of a shop are counted from beside reviews and orders.

-- A message that counts apart when it is asked how soon buyers are answered: a program's, or a buyer's word of thanks. Of
-- messages stored before nobody knows: they count as ordinary ones.
ALTER TABLE chat_messages ADD COLUMN manner TEXT;
CREATE INDEX chat_messages_said ON chat_messages (tenant_id, shop_id, at, side, manner, buyer_id, order_number, id);

-- Whether figures that only sellers tell each other are shown for the shop.
ALTER TABLE shops ADD COLUMN folk_models INTEGER NOT NULL DEFAULT 0;
