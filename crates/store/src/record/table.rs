//! The tables of records and the statements that they share.

use pingxin_domain::intake::RecordKind;

use crate::sql::Statement;

/// One of the tables, with its statements.
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// By shop and hex digits of the keyed hash: hash, last import, id, body.
    pub(crate) find: Statement,
    /// Notes the import that saw some of them last.
    pub(crate) mark_seen: Statement,
    /// What an import brought and no other has seen since, from an id on, with the buyer.
    pub(crate) brought: Statement,
    /// How many those are.
    pub(crate) removable: Statement,
    /// How many an import has brought, whoever has seen them since.
    pub(crate) left: Statement,
    /// What an import brought or changed and another has seen since: id, body.
    pub(crate) kept: Statement,
    /// Takes some of them away.
    pub(crate) delete: Statement,
    /// One of them: shop, the import that saw it last, id, body.
    pub(crate) one: Statement,
    /// Everything of a merchant.
    pub(crate) wipe: Statement,
    /// `ON CONFLICT` of a record that is written over; the import that brought it stays.
    pub(crate) write_over: &'static str,
}

macro_rules! tables {
    ($($module:ident $name:literal $what:literal $buyer:literal [$($column:literal)+] $linked:literal;)+) => {
        $(mod $module {
            use super::Table;
            use crate::sql::statements;

            statements! {
                FIND = concat!("SELECT identity_index, last_batch_id, id, body_sealed FROM ", $name, " WHERE \
                    tenant_id = $1 AND shop_id = $2 AND identity_index IN (SELECT unhex(value) FROM json_each($3))"),
                    concat!("SELECT identity_index, last_batch_id, id, body_sealed FROM ", $name, " WHERE \
                    tenant_id = $1 AND shop_id = $2 AND identity_index IN (SELECT decode(value, 'hex') \
                    FROM unnest($3::text[]) AS h (value))");
                MARK_SEEN = concat!("UPDATE ", $name, " SET last_batch_id = $2 WHERE tenant_id = $1 \
                    AND id = ANY($3::uuid[]) AND ($4 OR shop_id = ANY($5::uuid[]))");
                BROUGHT = concat!("SELECT id, ", $buyer, " FROM ", $name, " WHERE tenant_id = $1 AND batch_id = $2 \
                    AND last_batch_id = $2 AND id > $3 ORDER BY id LIMIT $4");
                REMOVABLE = concat!("SELECT count(*) FROM ", $name, " WHERE tenant_id = $1 AND batch_id = $2 \
                    AND last_batch_id = $2");
                LEFT = concat!("SELECT count(*) FROM ", $name, " WHERE tenant_id = $1 AND batch_id = $2");
                KEPT = concat!("SELECT id, body_sealed FROM ", $name, " WHERE tenant_id = $1 AND (batch_id = $2 \
                    OR id IN (SELECT p.thing_id FROM import_replaced p WHERE p.tenant_id = $1 AND p.batch_id = $2 \
                    AND p.what = '", $what, "')) AND last_batch_id IS DISTINCT FROM $2 ORDER BY id LIMIT $3");
                DELETE = concat!("DELETE FROM ", $name, " WHERE tenant_id = $1 AND id = ANY($2::uuid[])");
                ONE = concat!("SELECT shop_id, last_batch_id, id, body_sealed FROM ", $name, " WHERE tenant_id = $1 \
                    AND id = $2");
                WIPE = concat!("DELETE FROM ", $name, " WHERE tenant_id = $1");
            }

            pub(super) const TABLE: Table = Table {
                name: $name,
                find: FIND,
                mark_seen: MARK_SEEN,
                brought: BROUGHT,
                removable: REMOVABLE,
                left: LEFT,
                kept: KEPT,
                delete: DELETE,
                one: ONE,
                wipe: WIPE,
                write_over: concat!("ON CONFLICT (tenant_id, id) DO UPDATE SET body_sealed = excluded.body_sealed, \
                    last_batch_id = excluded.last_batch_id", $(", ", $column, " = excluded.", $column,)+
                    $linked, " WHERE ", $name, ".shop_id = excluded.shop_id"),
            };
        })+

        /// The statements of every table.
        pub(crate) const STATEMENTS: &[&[Statement]] = &[$($module::STATEMENTS),+];
    };
}

tables! {
    shipments "shipments" "shipment" "buyer_id" ["carrier" "state" "shipped_at" "delivered_at"]
        ", order_number = excluded.order_number, buyer_id = coalesce(excluded.buyer_id, shipments.buyer_id)";
    traces "shipment_traces" "trace" "buyer_id" ["state"]
        ", order_number = excluded.order_number, buyer_id = coalesce(excluded.buyer_id, shipment_traces.buyer_id)";
    after_sales "after_sales" "after_sale" "buyer_id" ["kind" "state" "amount_minor" "currency" "reason" "requested_at" "resolved_at"]
        ", order_number = excluded.order_number, buyer_id = coalesce(excluded.buyer_id, after_sales.buyer_id)";
    chats "chat_messages" "chat" "buyer_id" ["side" "manner"]
        ", order_number = excluded.order_number, buyer_id = coalesce(excluded.buyer_id, chat_messages.buyer_id)";
    calls "calls" "call" "buyer_id" ["direction" "result" "seconds"]
        ", order_number = excluded.order_number, buyer_id = coalesce(excluded.buyer_id, calls.buyer_id)";
    figures "figures" "figure" "CAST(NULL AS UUID)" ["value_millionths" "unit"] "";
}

impl Table {
    /// The table of a kind.
    pub(crate) fn of(kind: RecordKind) -> &'static Self {
        match kind {
            RecordKind::Shipment => &shipments::TABLE,
            RecordKind::Trace => &traces::TABLE,
            RecordKind::AfterSale => &after_sales::TABLE,
            RecordKind::Chat => &chats::TABLE,
            RecordKind::Call => &calls::TABLE,
            RecordKind::Figure => &figures::TABLE,
        }
    }
}
