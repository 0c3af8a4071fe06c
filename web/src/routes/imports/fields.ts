/** The fields a column can be read as, by what they tell of, in the order a seller meets them. */
export const fieldGroups = {
  reviews: [
    "text", "rating", "verdict", "title", "created", "followup_text", "followup_created", "review_id", "object",
    "photos", "videos", "likes", "reply", "pingxin_id",
  ],
  orders: [
    "order_number", "order_line", "order_state", "placed", "paid", "promised", "shipped", "delivered", "completed", "amount", "currency",
    "product_key", "product_title", "sku", "quantity", "price", "line_total", "fulfilled_by", "buy_shipping", "shipped_on_time", "both_rated",
  ],
  buyers: ["buyer_nick", "buyer_name", "buyer_phone", "buyer_email", "buyer_address", "region"],
  shipments: ["tracking_number", "carrier", "shipment_state", "trace_at", "trace_text"],
  after_sales: [
    "after_sale_id", "after_sale_kind", "after_sale_state", "reason", "explanation", "refund_amount", "requested", "resolved", "disposition",
  ],
  chats: ["said_text", "said_at", "said_by", "said_side"],
  calls: ["called_at", "call_direction", "call_result", "call_seconds", "call_note", "agent"],
  figures: ["figure_name", "figure_value", "figure_at"],
} as const;

export type FieldGroup = keyof typeof fieldGroups;
