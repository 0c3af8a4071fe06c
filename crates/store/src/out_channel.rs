//! The merchant's ways out: their settings, sealed, and which events each is told.

use jiff::Timestamp;
use pingxin_domain::outbox::{OutChannel, TeamEvent};
use pingxin_domain::{Scope, TenantId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sealed::{Keys, Place};
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// A way out as it is set up. `S` is what its settings are read as.
#[derive(Debug, Clone)]
pub struct ChannelSettings<S> {
    /// Which.
    pub channel: OutChannel,
    /// Whether anything goes out by it.
    pub switched_on: bool,
    /// What it is told of.
    pub events: Vec<TeamEvent>,
    /// Where it is and what opens it.
    pub settings: S,
    /// When it was set up.
    pub set_at: Timestamp,
}

statements! {
    PUT = "INSERT INTO out_channels (tenant_id, channel, switched_on, events, settings_sealed, set_at, set_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, channel) DO UPDATE SET \
        switched_on = excluded.switched_on, events = excluded.events, settings_sealed = excluded.settings_sealed, \
        set_at = excluded.set_at, set_by = excluded.set_by";
    DELETE = "DELETE FROM out_channels WHERE tenant_id = $1 AND channel = $2";
    LIST = "SELECT channel, switched_on, events, settings_sealed, set_at FROM out_channels WHERE tenant_id = $1 \
        ORDER BY channel";
    FIND = "SELECT channel, switched_on, events, settings_sealed, set_at FROM out_channels WHERE tenant_id = $1 \
        AND channel = $2";
}

fn place(tenant: TenantId, channel: OutChannel) -> Place<'static> {
    Place { tenant, table: "out_channels", row: channel.code().as_bytes(), field: "settings" }
}

/// Sets a way out up, or changes it.
///
/// # Errors
/// The database's error.
pub async fn put<S: Serialize + Sync>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    channel: OutChannel,
    (switched_on, events): (bool, &[TeamEvent]),
    settings: &S,
) -> Result<(), StoreError> {
    let now = tx.now();
    let settings = tx.keys().seal_json(place(scope.tenant, channel), settings)?;
    let events = serde_json::to_string(events)
        .map_err(|error| StoreError::Corrupt { what: format!("events of a channel: {error}") })?;
    let row = values![scope.tenant, channel.code(), switched_on, events, settings, now, scope.user()];
    tx.execute(PUT, row).await.map(drop)
}

/// Takes a way out down; false when there was none.
///
/// # Errors
/// The database's error.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, channel: OutChannel) -> Result<bool, StoreError> {
    Ok(tx.execute(DELETE, values![scope.tenant, channel.code()]).await? > 0)
}

fn read<S: DeserializeOwned>(
    mut row: Columns<'_>,
    scope: &Scope,
    keys: &Keys,
) -> Result<ChannelSettings<S>, StoreError> {
    let channel = row.code(OutChannel::from_code)?;
    Ok(ChannelSettings {
        channel,
        switched_on: row.bool()?,
        events: row.json()?,
        settings: keys.open_json(place(scope.tenant, channel), &row.bytes()?)?,
        set_at: row.instant()?,
    })
}

/// Every way out that is set up.
///
/// # Errors
/// [`StoreError::Corrupt`] when settings were moved or changed.
pub async fn list<S: DeserializeOwned>(
    tx: &mut Tx<'_>,
    scope: &Scope,
) -> Result<Vec<ChannelSettings<S>>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all(LIST, values![scope.tenant]).await?;
    rows.iter().map(|row| read(row.columns(), scope, &keys)).collect()
}

/// One way out, if it is set up.
///
/// # Errors
/// [`StoreError::Corrupt`] when settings were moved or changed.
pub async fn find<S: DeserializeOwned>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    channel: OutChannel,
) -> Result<Option<ChannelSettings<S>>, StoreError> {
    let keys = tx.keys();
    let row = tx.first(FIND, values![scope.tenant, channel.code()]).await?;
    row.map(|row| read(row.columns(), scope, &keys)).transpose()
}
