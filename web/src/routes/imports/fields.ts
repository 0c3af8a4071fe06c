/** The fields a column can be read as, in the order a seller meets them. */
export const fields = [
  "text", "rating", "verdict", "title", "created", "followup_text", "followup_created", "review_id", "object", "photos", "likes", "reply",
  "order_number", "order_line", "order_state", "placed", "paid", "promised", "shipped", "delivered", "completed", "amount", "currency",
  "fulfilled_by", "carrier", "tracking_number", "product_key", "product_title", "sku", "quantity", "price",
  "buyer_nick", "buyer_name", "buyer_phone", "buyer_email", "buyer_address", "region",
] as const;
