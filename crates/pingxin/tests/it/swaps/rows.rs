//! Queries that give every row of a merchant or of a shop as texts, from the tables as they are.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{ShopId, TenantId};

use crate::house::House;

/// Rows of every table that has a merchant.
pub async fn of_tenant(house: &House, tenant: TenantId) -> String {
    query(house, "tenant_id", &tenant.uuid().simple().to_string()).await
}

/// Rows of every table that has a shop.
pub async fn of_shop(house: &House, shop: ShopId) -> String {
    query(house, "shop_id", &shop.uuid().simple().to_string()).await
}

/// What the program works out of other rows by itself while the test goes on.
const WORKED_OUT: &[&str] = &["removal_findings"];

async fn query(house: &House, column: &str, hex: &str) -> String {
    let sqlite = house.engine() == "Sqlite";
    let columns = if sqlite {
        "SELECT t.name || ' ' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' ORDER BY t.name, c.cid"
    } else {
        "SELECT table_name || ' ' || column_name FROM information_schema.columns WHERE table_schema = 'public' \
         ORDER BY table_name, ordinal_position"
    };
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for row in house.texts(columns).await {
        let (table, column) = row.split_once(' ').unwrap();
        if tables.last().is_none_or(|(last, _)| last != table) {
            tables.push((table.to_owned(), Vec::new()));
        }
        tables.last_mut().unwrap().1.push(column.to_owned());
    }
    let looked_at = |table: &str, columns: &[String]| {
        !WORKED_OUT.contains(&table) && columns.iter().any(|known| known == column)
    };
    let selects =
        tables.iter().filter(|(table, columns)| looked_at(table, columns)).map(|(table, columns)| {
            if sqlite {
                let quoted: Vec<String> =
                    columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                format!(
                    "SELECT '{table} ' || {} FROM {table} WHERE {column} = x'{hex}'",
                    quoted.join(" || ',' || ")
                )
            } else {
                format!("SELECT '{table} ' || t::text FROM {table} t WHERE {column} = '{hex}'::uuid")
            }
        });
    selects.collect::<Vec<_>>().join(" UNION ALL ")
}
