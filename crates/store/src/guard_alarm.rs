//! Texts that people say the guard is wrong about: the learnt layer learns from them.

use jiff::Timestamp;
use pingxin_domain::guard::{Channel, Rule, Severity, Stage};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{AlarmId, Object, Platform, Scope, ShopId};

use crate::sealed::Place;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// Most alarms that are read at once.
const MOST: u32 = 10_000;

/// A text that somebody says may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// The shop it was written for.
    pub shop: Option<ShopId>,
    /// Where that shop stands.
    pub platform: Option<Platform>,
    /// The way it goes out.
    pub channel: Option<Channel>,
    /// What the buyer left.
    pub object: Option<Object>,
    /// How far the talk had come.
    pub stage: Option<Stage>,
    /// The worst that the guard said of it.
    pub severity: Severity,
    /// What it said.
    pub rules: Vec<Rule>,
    /// The words.
    pub text: String,
}

statements! {
    ADD = "INSERT INTO guard_alarms (tenant_id, id, shop_id, platform, channel, object, stage, severity, rules, \
        text_sealed, marked_at, marked_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    LIST = "SELECT id, shop_id, platform, channel, object, stage, severity, rules, text_sealed, marked_at \
        FROM guard_alarms WHERE tenant_id = $1 AND ($2 OR shop_id IS NULL OR shop_id = ANY($3::uuid[])) \
        ORDER BY id LIMIT $4";
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "guard_alarms", row: id, field: "text" }
}

/// Keeps an alarm.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, alarm: &Alarm) -> Result<AlarmId, StoreError> {
    if let Some(of) = alarm.shop {
        shop::require(scope, of)?;
    }
    let (id, now) = (identifier::fresh::<AlarmId>(), tx.now());
    let rules: Vec<String> = alarm.rules.iter().map(ToString::to_string).collect();
    let sealed = tx.keys().seal(place(scope, id.uuid().as_bytes()), alarm.text.as_bytes());
    let row = values![
        scope.tenant,
        id,
        alarm.shop,
        alarm.platform.map(Platform::code),
        alarm.channel.map(Channel::code),
        alarm.object.map(Object::code),
        alarm.stage.map(Stage::code),
        alarm.severity.code(),
        rules.join(" "),
        sealed,
        now,
        scope.user(),
    ];
    tx.execute(ADD, row).await?;
    Ok(id)
}

/// The alarms within the scope with when each was marked, the oldest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed text was moved.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(Alarm, Timestamp)>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(LIST, vec![scope.tenant.into(), all, shops, MOST.into()]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let id: AlarmId = columns.id()?;
            let (shop, platform) = (columns.opt_id()?, columns.opt_code(|code| code.parse().ok())?);
            let channel = columns.opt_code(Channel::from_code)?;
            let (object, stage) = (columns.opt_code(Object::from_code)?, columns.opt_code(Stage::from_code)?);
            let severity = columns.code(Severity::from_code)?;
            let rules = columns.text()?.split(' ').filter_map(Rule::from_code).collect();
            let sealed = columns.opt_bytes()?;
            let text = keys.open_text(place(scope, id.uuid().as_bytes()), sealed)?.unwrap_or_default();
            let alarm = Alarm { shop, platform, channel, object, stage, severity, rules, text };
            Ok((alarm, columns.instant()?))
        })
        .collect()
}
