//! The evidence pack 举证材料 of a review: gathered, masked, told by the domain and packed into one zip. The same stored
//! facts make the same bytes: it is written as of the newest of them, not of the clock.

use jiff::Timestamp;
use pingxin_channels::files::write::archive;
use pingxin_domain::evidence::{Document, EvidenceFacts, FileFacts, Moment, Version, documents, timeline};
use pingxin_domain::intake::{IncomingAfterSale, IncomingChatMessage, IncomingShipment, IncomingTrace};
use pingxin_domain::order::OrderFacts;
use pingxin_domain::pack::Ground;
use pingxin_domain::personal::{mask_nick, mask_text};
use pingxin_domain::removal::{GroundFound, Letter, LetterFacts, Quote, letter, missing_fact};
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Action, EvidenceId, Platform, ReviewId, Say, Scope};
use pingxin_store::evidence_file::{self, EvidenceFile};
use pingxin_store::{StoreError, audit, hex_digits, review};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::records::masked;
use crate::standing::{self, Gathered};

/// Bytes of one file at most.
pub const FILE_LIMIT: u64 = 10 * 1024 * 1024;
/// Files of one review at most.
pub const FILES: usize = 20;
/// Longest name of a file, in characters.
const NAME_LIMIT: usize = 120;

/// A document of the pack with its hash.
#[derive(Debug, Clone)]
pub struct PackedFile {
    /// Its path within the pack.
    pub path: String,
    /// What it is called; none for a file added by hand.
    pub title: Option<&'static str>,
    /// Bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The pack, and what it is made of.
#[derive(Debug, Clone)]
pub struct EvidenceView {
    /// Number of the order, or of the review, for the file's name.
    pub name: String,
    /// Whether its words are Chinese.
    pub chinese: bool,
    /// The ground it is for, if one was named.
    pub ground: Option<(String, Say)>,
    /// The request.
    pub letter: Option<Letter>,
    /// What is missing.
    pub missing: Vec<Say>,
    /// What happened when.
    pub timeline: Vec<Moment>,
    /// The documents, in the order they are read; the page to print is not among them.
    pub documents: Vec<Document>,
    /// Every file of the zip with its hash.
    pub contents: Vec<PackedFile>,
    /// Files added by hand.
    pub files: Vec<EvidenceFile>,
    /// The zip.
    pub zip: Vec<u8>,
    /// SHA-256 of the zip, in hexadecimal digits.
    pub sha256: String,
}

fn digest(bytes: &[u8]) -> String {
    hex_digits(&Sha256::digest(bytes))
}

/// The evidence pack of a review, for a ground of its platform or without one.
///
/// # Errors
/// [`DeskError::Refused`] for a ground that the pack of the platform has not; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`]; the database's.
pub async fn build(desk: &Desk, scope: &Scope, id: ReviewId, ground: Option<&str>) -> Result<EvidenceView> {
    allow(scope, Action::ReadReviews)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(gathered) = standing::gather(tx, scope, id).await? else { return Ok(None) };
                let mut files = Vec::new();
                for file in evidence_file::list(tx, scope, id).await? {
                    files.extend(evidence_file::get(tx, scope, file.id).await?);
                }
                Ok(Some((gathered, files)))
            })
        })
        .await?;
    let (gathered, files) = found.ok_or(DeskError::NotFound)?;
    let engine = desk.engine();
    Parts::new(&gathered, &files, &engine, ground)?.packed(&gathered, &files)
}

/// What the pack is made of, masked.
struct Parts {
    chinese: bool,
    ground: Option<Ground>,
    letter: Option<Letter>,
    missing: Vec<Say>,
    buyer: Option<String>,
    texts: Vec<(Option<String>, String)>,
    parcels: Vec<(IncomingShipment, Vec<IncomingTrace>)>,
    messages: Vec<IncomingChatMessage>,
    after_sales: Vec<IncomingAfterSale>,
    files: Vec<FileFacts>,
}

impl Parts {
    fn new(
        gathered: &Gathered,
        files: &[(EvidenceFile, Vec<u8>)],
        engine: &TriageEngine,
        ground: Option<&str>,
    ) -> Result<Self> {
        let as_of = newest(gathered, files);
        let ground = match ground {
            None => None,
            Some(id) => Some(gathered.ground(engine.packs(), id, as_of).ok_or_else(|| {
                DeskError::refused(
                    "平台规则里没有这个申诉理由，请从列表中选择",
                    "the rules of the platform have no such ground; choose one of the list",
                )
            })?),
        };
        let standing = gathered.standing(engine, as_of);
        let found = ground
            .as_ref()
            .and_then(|ground| standing.removal.grounds.iter().find(|found| found.ground == ground.id));
        let records = masked(gathered.records.clone());
        let file_facts = files.iter().zip(1..).map(|((file, _), number)| FileFacts {
            path: path_of(&file.name, number),
            size: file.size,
            sha256: hex_digits(&file.sha256),
            added: file.added_at,
        });
        let revisions = gathered.detail.revisions.iter();
        let mut parts = Self {
            chinese: is_chinese(gathered.shop.platform),
            missing: missing(gathered, ground.as_ref(), found, files.len()),
            letter: None,
            buyer: gathered.detail.row.buyer_nick.as_deref().map(mask_nick),
            texts: revisions
                .map(|version| (version.title.as_deref().map(mask_text), mask_text(&version.text)))
                .collect(),
            parcels: records.shipments.into_iter().map(|(_, parcel, traces)| (parcel, traces)).collect(),
            messages: records.messages.into_iter().map(|(_, message)| message).collect(),
            after_sales: records.after_sales.into_iter().map(|(_, after_sale)| after_sale).collect(),
            files: file_facts.collect(),
            ground: None,
        };
        parts.letter = ground.as_ref().map(|ground| parts.letter(gathered, engine, ground, found, as_of));
        parts.ground = ground;
        Ok(parts)
    }

    fn letter(
        &self,
        gathered: &Gathered,
        engine: &TriageEngine,
        ground: &Ground,
        found: Option<&GroundFound>,
        as_of: Timestamp,
    ) -> Letter {
        let row = &gathered.detail.row;
        let (zone, platform) = (gathered.zone(), gathered.shop.platform);
        let evidence = found.map(|found| found.evidence.as_slice()).unwrap_or_default();
        let quotes = evidence.iter().map(|evidence| {
            let quote = gathered.quote(*evidence);
            Quote { words: quote.words, message: quote.at.map(|at| at.to_zoned(zone.clone()).date()) }
        });
        let quotes: Vec<Quote> = quotes.filter(|quote| !quote.words.trim().is_empty()).collect();
        let today = as_of.to_zoned(zone.clone()).date();
        let rules = engine.packs().rules(Some(platform), None, today);
        let comment = mask_text(&row.text);
        letter(&LetterFacts {
            platform,
            ground,
            order_number: row.order_number.as_deref(),
            review_id: row.platform_review_id.as_deref(),
            written: row.created_at.map(|at| at.to_zoned(zone.clone()).date()),
            comment: &comment,
            quotes: &quotes,
            order: gathered.order_facts(),
            chat_proof_id: gathered.stated.stated.chat_proof_id.as_deref(),
            files: self.files.len(),
            max: rules.max_chars("removal_request", None),
        })
    }

    fn packed(self, gathered: &Gathered, files: &[(EvidenceFile, Vec<u8>)]) -> Result<EvidenceView> {
        let row = &gathered.detail.row;
        let versions =
            gathered.detail.revisions.iter().zip(&self.texts).map(|(version, (title, text))| Version {
                revision: version.revision,
                rating: version.rating,
                verdict: version.verdict,
                title: title.as_deref(),
                text,
                seen: version.seen_at,
            });
        let versions: Vec<Version<'_>> = versions.collect();
        let facts = EvidenceFacts {
            chinese: self.chinese,
            zone: gathered.zone(),
            shop: &gathered.shop.name,
            platform: gathered.shop.platform.code(),
            ground: self.ground.as_ref().map(|ground| ground.name.clone()),
            letter: self.letter.as_ref(),
            missing: &self.missing,
            review_id: row.platform_review_id.as_deref(),
            written: row.created_at,
            buyer: self.buyer.as_deref(),
            product: row.product_title.as_deref(),
            versions: &versions,
            order_number: row.order_number.as_deref(),
            order: gathered.order.as_ref().map(|order| &order.order),
            parcels: &self.parcels,
            messages: &self.messages,
            after_sales: &self.after_sales,
            files: &self.files,
        };
        let mut told = documents(&facts);
        let timeline = timeline(&facts);
        let mut entries: Vec<(&str, &[u8])> = Vec::new();
        entries.extend(told.iter().map(|document| (document.path, document.text.as_bytes())));
        entries.extend(
            self.files.iter().zip(files).map(|(file, (_, bytes))| (file.path.as_str(), bytes.as_slice())),
        );
        let sums: String =
            entries.iter().map(|(path, bytes)| format!("{}  {path}\n", digest(bytes))).collect();
        entries.push(("SHA256SUMS", sums.as_bytes()));
        let zip = archive(&entries)?;
        let contents = entries.iter().map(|(path, bytes)| PackedFile {
            path: (*path).to_owned(),
            title: told.iter().find(|document| document.path == *path).map(|document| document.title),
            size: bytes.len() as u64,
            sha256: digest(bytes),
        });
        let contents: Vec<PackedFile> = contents.collect();
        told.retain(|document| document.path != "index.html");
        Ok(EvidenceView {
            name: named(row.order_number.as_deref(), row.id),
            chinese: self.chinese,
            ground: self.ground.map(|ground| (ground.id, ground.name)),
            letter: self.letter,
            missing: self.missing,
            timeline,
            documents: told,
            contents,
            files: files.iter().map(|(file, _)| file.clone()).collect(),
            sha256: digest(&zip),
            zip,
        })
    }
}

/// The newest instant of anything in the pack.
fn newest(gathered: &Gathered, files: &[(EvidenceFile, Vec<u8>)]) -> Timestamp {
    use pingxin_domain::intake::IncomingRecord;
    let row = &gathered.detail.row;
    let records = [
        &gathered.records.messages,
        &gathered.records.traces,
        &gathered.records.after_sales,
        &gathered.records.calls,
    ];
    let records = records.into_iter().flatten().filter_map(|(_, record)| match record {
        IncomingRecord::Chat(message) => Some(message.at),
        IncomingRecord::Trace(trace) => Some(trace.at),
        IncomingRecord::AfterSale(after_sale) => after_sale.resolved.or(after_sale.requested),
        IncomingRecord::Call(call) => Some(call.at),
        _ => None,
    });
    let seen = gathered.detail.revisions.iter().map(|version| version.seen_at);
    let added = files.iter().map(|(file, _)| file.added_at);
    let all = records.chain(seen).chain(added).chain(gathered.stated.at).chain([row.imported_at]);
    all.max().unwrap_or(row.imported_at)
}

/// Whether a clerk of the platform reads Chinese.
fn is_chinese(platform: Platform) -> bool {
    matches!(platform, Platform::Taobao | Platform::Tmall | Platform::Jd)
}

/// Evidence that no record of ours can be: somebody has to add it as a file.
const BY_HAND: [&str; 6] = [
    "identity_link",
    "fraud_report",
    "platform_record",
    "proof_of_right",
    "label_purchase",
    "ship_confirm_vs_expected",
];

/// What the ground needs and the pack has not, and what every pack should have.
fn missing(
    gathered: &Gathered,
    ground: Option<&Ground>,
    found: Option<&GroundFound>,
    files: usize,
) -> Vec<Say> {
    let stated = &gathered.stated.stated;
    let mut codes: Vec<&str> =
        found.map(|found| found.missing.as_slice()).unwrap_or_default().iter().map(String::as_str).collect();
    for code in ground.map(|ground| ground.evidence.as_slice()).unwrap_or_default() {
        let lacks = match code.as_str() {
            "chat_proof_id" => stated.chat_proof_id.is_none(),
            "pattern_of_ratings" => stated.pattern_of_ratings.is_none(),
            "order_id" => gathered.detail.row.order_number.is_none(),
            other => files == 0 && BY_HAND.contains(&other),
        };
        if lacks && !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    let mut missing: Vec<Say> = codes.into_iter().map(missing_fact).collect();
    let facts: OrderFacts = gathered.order_facts();
    for (lacks, zh, en) in [
        (gathered.order.is_none(), "订单资料（可导入订单表）", "the order: bring in the file of orders"),
        (
            gathered.records.traces.is_empty() && facts.shipped.is_some(),
            "物流轨迹（可导入物流表）",
            "the stations of the parcel: bring in the file of shipments",
        ),
        (
            gathered.records.messages.is_empty(),
            "聊天记录（可导入聊天文件）",
            "the conversation: bring in the chat log",
        ),
    ] {
        if lacks {
            missing.push(Say::new(zh, en));
        }
    }
    missing
}

/// The path of a file added by hand: its number, and its name without what some systems cannot store.
fn path_of(name: &str, number: usize) -> String {
    let safe: String = name
        .chars()
        .map(|letter| {
            let is_safe = letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' ');
            if is_safe { letter } else { '_' }
        })
        .collect();
    format!("files/{number:02}-{}", safe.trim().trim_matches('.'))
}

/// A name for the zip out of letters that every system can store.
fn named(order: Option<&str>, review: ReviewId) -> String {
    let number = order.map_or_else(|| review.to_string(), str::to_owned);
    let safe: String =
        number.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(60).collect();
    if safe.is_empty() { review.to_string() } else { safe }
}

/// Adds a file to the evidence of a review.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or too large file, a bad name, or too many files; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn add_file(
    desk: &Desk,
    scope: &Scope,
    id: ReviewId,
    name: &str,
    bytes: &[u8],
) -> Result<EvidenceId> {
    allow(scope, Action::HandleCases)?;
    let name: String =
        mask_text(name.trim()).chars().filter(|letter| !letter.is_control()).take(NAME_LIMIT).collect();
    if name.is_empty() || bytes.is_empty() || bytes.len() as u64 > FILE_LIMIT {
        let most = FILE_LIMIT / (1024 * 1024);
        return Err(DeskError::refused(
            format!("文件需要有名称，且不能为空或超过 {most} MB"),
            format!("a file needs a name, something in it, and at most {most} MB"),
        ));
    }
    let name = name.as_str();
    let added = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let detail =
                    review::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "review" })?;
                if evidence_file::list(tx, scope, id).await?.len() >= FILES {
                    return Ok(None);
                }
                let file = evidence_file::add(tx, scope, id, detail.row.shop.id, name, bytes).await?;
                let told = json!({"file": file, "bytes": bytes.len(), "sha256": digest(bytes)});
                audit::append(tx, scope, "evidence.add", "review", &id.to_string(), &told).await?;
                Ok(Some(file))
            })
        })
        .await?;
    added.ok_or_else(|| {
        DeskError::refused(
            format!("一条评价最多 {FILES} 个附件，请先删除不用的"),
            format!("a review has at most {FILES} files; take one away first"),
        )
    })
}

/// Takes a file away again.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`]; the database's.
pub async fn delete_file(desk: &Desk, scope: &Scope, id: EvidenceId) -> Result<()> {
    allow(scope, Action::HandleCases)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let found = evidence_file::get(tx, scope, id).await?;
                let (file, _) = found.ok_or(StoreError::NotFound { what: "evidence file" })?;
                evidence_file::delete(tx, scope, id).await?;
                let told = json!({"file": id, "sha256": hex_digits(&file.sha256)});
                audit::append(tx, scope, "evidence.remove", "review", &file.review.to_string(), &told).await
            })
        })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_can_be_stored_anywhere() {
        assert_eq!(path_of("../聊天 截图?.png", 3), "files/03-_聊天 截图_.png");
        assert_eq!(path_of("...", 1), "files/01-");
        let id: ReviewId = "0192f3a4-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(named(Some("112-12/../3"), id), "112-123");
        assert_eq!(named(Some("订单"), id), id.to_string());
    }
}
