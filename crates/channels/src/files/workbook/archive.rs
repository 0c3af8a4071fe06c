//! Bounds of a workbook's archive, checked by unpacking every entry once into nothing.
//!
//! Declared sizes are believed by nobody: what counts is what comes out (trust.md E2).

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::scan::{Findings, Scan};
use crate::files::delimited::too_wide;
use crate::files::refusal::{Refusal, RefusalCode};
use crate::files::request::Limits;
use crate::files::sink::Stop;

/// Entries smaller than this may be packed as densely as they like.
const RATIO_FROM: u64 = 16 << 20;

fn bomb(zh: String, en: String) -> Refusal {
    Refusal::new(
        RefusalCode::ArchiveBomb,
        format!("{zh}。这不像正常的 Excel 文件；请用 Excel 打开，另存为新的 .xlsx 或 CSV 再导入。"),
        format!(
            "{en}. That is no ordinary Excel file; open it in Excel, save it as a new .xlsx or CSV and import that."
        ),
    )
}

fn damaged(error: &ZipError) -> Refusal {
    Refusal::damaged(&error.to_string().chars().take(120).collect::<String>())
}

/// Refuses what is no workbook, or one that would unpack beyond the bounds, or a sheet with a filled cell
/// beyond the columns.
///
/// # Errors
/// The refusal, or the pipe's error.
pub(super) fn check(source: &mut (impl Read + Seek), size: u64, limits: &Limits) -> Result<(), Stop> {
    if size > limits.workbook_bytes {
        let megabytes = limits.workbook_bytes >> 20;
        return Err(Refusal::new(
            RefusalCode::TooLarge,
            format!("工作簿超过 {megabytes} MB。请分成几个文件，或另存为 CSV 再导入。"),
            format!(
                "The workbook is larger than {megabytes} MB. Split it, or save it as CSV, and import that."
            ),
        )
        .into());
    }
    let mut archive = ZipArchive::new(source).map_err(|error| damaged(&error))?;
    let entries = archive.len();
    if entries > limits.zip_entries {
        return Err(bomb(
            format!("工作簿里有 {entries} 个部件，最多允许 {} 个", limits.zip_entries),
            format!("The workbook has {entries} parts; {} are the most we take", limits.zip_entries),
        )
        .into());
    }
    kind(&archive)?;
    let mut total = 0;
    for index in 0..entries {
        total += entry(&mut archive, index, total, limits)?;
    }
    Ok(())
}

/// Whether an archive is a workbook or a document of an office program, by the parts that only these have.
pub(in crate::files) fn is_office<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    ["xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml"]
        .into_iter()
        .any(|part| has(archive, part))
}

fn has<R: Read + Seek>(archive: &ZipArchive<R>, name: &str) -> bool {
    archive
        .file_names()
        .filter_map(Result::ok)
        .any(|entry| entry.trim_start_matches('/').eq_ignore_ascii_case(name))
}

/// Only `.xlsx` has `xl/workbook.xml`.
fn kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<(), Refusal> {
    let has = |name: &str| has(archive, name);
    if has("xl/workbook.xml") {
        return Ok(());
    }
    let (zh, en) = if has("xl/workbook.bin") {
        ("这是二进制工作簿（.xlsb）", "This is a binary workbook (.xlsb)")
    } else if has("content.xml") {
        ("这是 OpenDocument 表格（.ods）", "This is an OpenDocument sheet (.ods)")
    } else if has("word/document.xml") {
        ("这是 Word 文档", "This is a Word document")
    } else {
        return Err(Refusal::new(
            RefusalCode::WrongFormat,
            "这是压缩包，不是 Excel 工作簿。请先解压，再导入里面的文件。",
            "This is a zip archive, not an Excel workbook. Unpack it and import the file inside.",
        ));
    };
    Err(Refusal::new(
        RefusalCode::WrongFormat,
        format!("{zh}。请打开后另存为 .xlsx 或 CSV 再导入。"),
        format!("{en}. Open it, save it as .xlsx or CSV and import that."),
    ))
}

fn bound(name: &str, limits: &Limits) -> u64 {
    let name = name.to_ascii_lowercase();
    if name.contains("worksheets/") {
        limits.zip_sheet_bytes
    } else if name.ends_with("sharedstrings.xml") {
        limits.zip_strings_bytes
    } else {
        limits.zip_entry_bytes
    }
}

/// Unpacks one entry; returns its true size.
fn entry<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    before: u64,
    limits: &Limits,
) -> Result<u64, Stop> {
    let entry = archive.by_index(index).map_err(|error| damaged(&error))?;
    let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
    let (declared, packed) = (entry.size(), entry.compressed_size().max(1));
    let most = bound(&name, limits).min(limits.zip_total_bytes.saturating_sub(before));
    let text = name.to_ascii_lowercase().ends_with(".xml");
    let mut scan = Scan::new(text.then_some(limits.xml_run_bytes), limits.columns);
    let mut unpacked = 0u64;
    let mut chunk = vec![0; 64 << 10];
    let mut entry = entry.take(most + 1);
    loop {
        let count = match entry.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(Refusal::damaged(&name).into()),
        };
        if unpacked == 0 && chunk.starts_with(b"PK\x03\x04") {
            return Err(bomb(
                format!("工作簿里又套着一个压缩包（{name}）"),
                format!("The workbook holds another archive inside ({name})"),
            )
            .into());
        }
        unpacked += count as u64;
        scan.feed(&chunk[..count]);
        if unpacked > most {
            return Err(bomb(
                format!("解开后太大：{name} 超过 {} MB", most >> 20),
                format!("It unpacks to too much: {name} is more than {} MB", most >> 20),
            )
            .into());
        }
        if unpacked > declared {
            return Err(lying(&name).into());
        }
        if unpacked > RATIO_FROM && unpacked / packed > limits.zip_ratio {
            return Err(bomb(
                format!("解开后膨胀超过 {} 倍（{name}）", limits.zip_ratio),
                format!("It unpacks to more than {} times its size ({name})", limits.zip_ratio),
            )
            .into());
        }
        judge(scan.findings(), &name, limits)?;
    }
    if unpacked != declared {
        return Err(lying(&name).into());
    }
    Ok(unpacked)
}

fn lying(name: &str) -> Refusal {
    bomb(
        format!("部件 {name} 的实际大小与标明的不符"),
        format!("The true size of the part {name} is not the one it declares"),
    )
}

fn judge(found: Findings, name: &str, limits: &Limits) -> Result<(), Refusal> {
    if found.too_wide {
        return Err(too_wide(limits.columns));
    }
    if found.long_run {
        return Err(bomb(
            format!("{name} 里有一格超过 {} KB", limits.xml_run_bytes >> 10),
            format!("A cell in {name} is longer than {} KB", limits.xml_run_bytes >> 10),
        ));
    }
    // calamine reserves room for as many strings as are announced; each takes at least `<si/>`.
    if found.announced_strings.is_some_and(|count| count > limits.zip_strings_bytes / 5) {
        return Err(lying(name));
    }
    Ok(())
}
