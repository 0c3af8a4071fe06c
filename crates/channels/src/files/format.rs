//! What kind of file it is, by its first bytes.

use serde::{Deserialize, Serialize};

use super::refusal::{Refusal, RefusalCode};

/// A format we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Delimited text.
    Csv,
    /// Text delimited by tabs.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A JSON array of objects, or objects over several lines.
    Json,
    /// Excel workbook.
    Xlsx,
    /// A chat as text: a line of who and when, then the words.
    Text,
}

impl Format {
    /// The name in the API and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Text => "text",
        }
    }
}

/// What the first bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A zip archive; to be a workbook or to be refused.
    Archive,
    /// Anything else.
    Text,
}

fn refused(zh: &str, en: &str) -> Refusal {
    Refusal::new(RefusalCode::WrongFormat, zh, en)
}

/// Looks at the first bytes; the name of the file is not asked, because exports lie about it.
///
/// # Errors
/// [`RefusalCode::WrongFormat`] or [`RefusalCode::Empty`], each with what to do.
pub(super) fn shape(head: &[u8]) -> Result<Shape, Refusal> {
    match head {
        [] => Err(Refusal::new(
            RefusalCode::Empty,
            "文件是空的。请重新导出后再导入。",
            "The file is empty. Export it again and import that.",
        )),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Ok(Shape::Archive),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(refused(
            "这是旧版 Excel（.xls）或加了密码的工作簿。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 或 CSV 再导入。",
            "This is an old Excel file (.xls) or a workbook with a password. Open it in Excel, remove the password, save it as .xlsx or CSV and import that.",
        )),
        [b'%', b'P', b'D', b'F', ..] => Err(refused(
            "这是 PDF，里面没有可以导入的表格。请从平台导出 CSV 或 Excel。",
            "This is a PDF, not a table. Export CSV or Excel from the platform.",
        )),
        [0x1f, 0x8b, ..] | [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] => Err(refused(
            "这是压缩包。请先解压，再导入里面的文件。",
            "This is a packed archive. Unpack it and import the file inside.",
        )),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => Err(refused(
            "这是图片，不是表格。请导入 CSV、Excel 或 JSON 文件。",
            "This is a picture, not a table. Import a CSV, Excel or JSON file.",
        )),
        _ => {
            let start = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head).trim_ascii_start();
            let lower: Vec<u8> = start.iter().take(512).map(u8::to_ascii_lowercase).collect();
            if [b"<html".as_slice(), b"<!doctype html", b"<table", b"<head", b"<meta", b"<style"]
                .iter()
                .any(|tag| lower.starts_with(tag))
                || lower.starts_with(b"<?xml")
                    && [b"workbook".as_slice(), b"mso-application", b"<html"]
                        .iter()
                        .any(|word| memchr::memmem::find(&lower, word).is_some())
            {
                return Err(refused(
                    "这其实是网页格式的表格（只是名字像 Excel）。请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 再导入。",
                    "This is a web page that is only named like a table. Open it in Excel, save it as .xlsx or CSV and import that.",
                ));
            }
            if lower.starts_with(b"<?xml") {
                return Err(refused(
                    "这是 XML 文件，暂不能导入。请导出 CSV、Excel 或 JSON。",
                    "This is an XML file, which cannot be imported. Export CSV, Excel or JSON.",
                ));
            }
            Ok(Shape::Text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_to_do_with_files_that_are_not_tables() {
        for (head, word) in [
            (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "password"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "Unpack"),
            (b"Rar!\x1a", "Unpack"),
            (b"\x89PNG\r\n", "picture"),
            (b"\xef\xbb\xbf  <HTML><body>", "web page"),
            (b"<table border=1>", "web page"),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", "web page"),
            (b"<?xml version=\"1.0\"?><feed/>", "XML"),
            (b"", "empty"),
        ] {
            let refusal = shape(head).unwrap_err();
            assert!(refusal.say.en.contains(word), "{head:?}: {}", refusal.say.en);
            assert!(!refusal.say.zh.is_empty());
        }
    }

    #[test]
    fn lets_tables_and_archives_through() {
        assert_eq!(shape(b"PK\x03\x04..."), Ok(Shape::Archive));
        assert_eq!(shape("评价内容,评分\n".as_bytes()), Ok(Shape::Text));
        assert_eq!(shape(b"<3 this product,5"), Ok(Shape::Text));
        assert_eq!(shape(b"{\"text\":1}"), Ok(Shape::Text));
    }
}
