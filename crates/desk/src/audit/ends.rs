//! The ends of the audit chains, noted in a file beside the database every hour. Somebody who puts an older database
//! back, with everything in it as it was signed then, is found out by these lines alone.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use pingxin_domain::TenantId;
use pingxin_store::{audit, hex_digits};
use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::tenants;

/// Its name.
pub const FILE: &str = "audit-ends.jsonl";

#[derive(Serialize, Deserialize)]
struct Line {
    at: String,
    tenant: TenantId,
    seq: u64,
    hash: String,
}

fn path(desk: &Desk) -> PathBuf {
    desk.files().join(FILE)
}

fn read(desk: &Desk) -> Result<Vec<Line>> {
    let text = match std::fs::read_to_string(path(desk)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(DeskError::Io { doing: "reading the noted ends of the audit", source }),
    };
    // The last line may be half written by a program that was killed.
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// What was noted of a merchant's chain: numbers and hashes.
pub(super) fn of(desk: &Desk, tenant: TenantId) -> Result<Vec<(u64, [u8; 32])>> {
    let lines = read(desk)?;
    Ok(lines
        .iter()
        .filter(|line| line.tenant == tenant)
        .filter_map(|line| Some((line.seq, digits(&line.hash)?)))
        .collect())
}

fn digits(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// Notes the end of every chain that has grown since the last time; says how many.
///
/// # Errors
/// The database's, or when the file cannot be written.
pub async fn note(desk: &Desk) -> Result<u64> {
    let doing = "noting the ends of the audit";
    let io = |source| DeskError::Io { doing, source };
    let last: HashMap<TenantId, u64> = read(desk)?.into_iter().map(|line| (line.tenant, line.seq)).collect();
    let now = desk.store.clock().now();
    let mut lines = String::new();
    let mut many = 0;
    for tenant in tenants::all(desk).await? {
        let id = tenant.id;
        let (seq, hash) = desk.store.read(|tx| Box::pin(async move { audit::end(tx, id).await })).await?;
        if seq == 0 || last.get(&id).is_some_and(|noted| *noted >= seq) {
            continue;
        }
        let line = Line { at: now.to_string(), tenant: id, seq, hash: hex_digits(&hash) };
        lines += &serde_json::to_string(&line).map_err(|error| io(error.into()))?;
        lines.push('\n');
        many += 1;
    }
    if many > 0 {
        std::fs::create_dir_all(desk.files()).map_err(io)?;
        let mut file = OpenOptions::new().append(true).create(true).open(path(desk)).map_err(io)?;
        file.write_all(lines.as_bytes()).and_then(|()| file.sync_all()).map_err(io)?;
    }
    Ok(many)
}
