//! What a file is, by its first bytes.

use image::ImageFormat;
use pingxin_domain::Say;
use pingxin_domain::media::{MediaType, file_name};

use super::super::format::{Shape, shape};

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A table, or what will be refused as one with a better sentence than ours.
    Table,
    /// A picture that can be decoded.
    Picture(ImageFormat),
    /// A video that is taken as it is.
    Video(MediaType),
    /// An archive.
    Archive,
    /// Encrypted.
    Locked,
    /// An SVG: a page with scripts, whatever it shows.
    Vector,
    /// Something else.
    Foreign(Foreign),
}

/// What else a file may be, as far as that helps the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Foreign {
    /// A picture or video by name.
    Named(&'static str),
    /// What reading it as a table would say.
    Refused(Say),
    /// Nothing known.
    Unknown,
}

/// Endings that a table never has. The content decides, but a page named `.html` is not a table of one column.
const NO_TABLES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif", "ico", "svg", "svgz", "mp4",
    "mov", "webm", "avi", "mkv", "htm", "html", "xhtml", "mht", "xml", "js", "mjs", "css", "md", "pdf",
    "doc", "docx", "url", "lnk", "bat", "cmd", "sh", "php", "py",
];

fn ending(name: &str) -> String {
    file_name(name).rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

/// Whether a person would expect a table behind the name.
pub(super) fn named_like_a_table(name: &str) -> bool {
    ["csv", "tsv", "txt", "xls", "xlsx", "json", "jsonl"].contains(&ending(name).as_str())
}

/// Says what a file is by its first bytes; the name only keeps texts from being taken for tables.
pub(super) fn content(name: &str, head: &[u8]) -> Content {
    if let Some(found) = picture(head) {
        return Content::Picture(found);
    }
    if let Some(found) = video(head) {
        return found;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let office = [b"[Content_Types].xml".as_slice(), b"xl/", b"docProps/", b"_rels/", b"mimetype"];
        let is_office = office.iter().any(|part| memchr::memmem::find(head, part).is_some());
        return if is_office { Content::Table } else { Content::Archive };
    }
    if [b"Rar!".as_slice(), b"7z\xbc\xaf", b"\x1f\x8b", b"BZh"].iter().any(|magic| head.starts_with(magic)) {
        return Content::Archive;
    }
    if is_page(head) && memchr::memmem::find(&head.to_ascii_lowercase(), b"<svg").is_some() {
        return Content::Vector;
    }
    match shape(head) {
        Ok(Shape::Text) if is_text(head) && !NO_TABLES.contains(&ending(name).as_str()) => Content::Table,
        Err(refusal) if !head.is_empty() => Content::Foreign(Foreign::Refused(refusal.say)),
        _ => Content::Foreign(Foreign::Unknown),
    }
}

fn picture(head: &[u8]) -> Option<ImageFormat> {
    match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(ImageFormat::Png),
        [0xff, 0xd8, 0xff, ..] => Some(ImageFormat::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// Videos, and the pictures that share their box.
fn video(head: &[u8]) -> Option<Content> {
    if let [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] = head {
        return Some(match brand.first_chunk::<4>()? {
            b"qt  " => Content::Video(MediaType::QuickTime),
            b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => Content::Foreign(Foreign::Named("HEIC")),
            b"avif" | b"avis" => Content::Foreign(Foreign::Named("AVIF")),
            b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1"
            | b"M4V " | b"MSNV" | b"dash" | b"3gp4" | b"3gp5" | b"3gp6" => Content::Video(MediaType::Mp4),
            _ => Content::Foreign(Foreign::Unknown),
        });
    }
    let is_webm = head.starts_with(b"\x1a\x45\xdf\xa3")
        && memchr::memmem::find(&head[..head.len().min(64)], b"webm").is_some();
    if is_webm {
        return Some(Content::Video(MediaType::WebM));
    }
    let named = match head {
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => "BMP",
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => "TIFF",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => "AVI",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "Matroska",
        _ => return None,
    };
    Some(Content::Foreign(Foreign::Named(named)))
}

/// Whether it begins with a tag.
fn is_page(head: &[u8]) -> bool {
    let start = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head).trim_ascii_start();
    matches!(start, [b'<', next, ..] if next.is_ascii_alphabetic() || b"!?/".contains(next))
}

/// Whether it reads as text: no control characters, unless a mark says that each letter takes two bytes, and
/// not the beginning of a page.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let controls = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a);
    !is_page(head) && !head.iter().any(controls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide_and_not_the_name() {
        use Content::{Archive, Picture, Table, Vector, Video};
        let riff = b"RIFF\x10\0\0\0WEBPVP8 ".as_slice();
        for (name, head, expected) in [
            ("a.html", b"\x89PNG\r\n\x1a\n\0\0".as_slice(), Picture(ImageFormat::Png)),
            ("a.svg", b"\xff\xd8\xff\xe0", Picture(ImageFormat::Jpeg)),
            ("a.csv", b"GIF89a\x01", Picture(ImageFormat::Gif)),
            ("a", riff, Picture(ImageFormat::WebP)),
            ("a.jpg", b"\0\0\0\x18ftypisom\0\0", Video(MediaType::Mp4)),
            ("a.jpg", b"\0\0\0\x14ftypqt  ", Video(MediaType::QuickTime)),
            ("a", b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", Video(MediaType::WebM)),
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Vector),
            ("a.png", b"<?xml version='1.0'?><!-- --><SVG/>", Vector),
            ("a.csv", b"PK\x03\x04....photo.jpg", Archive),
            ("a.png", b"PK\x03\x04....[Content_Types].xml", Table),
            ("a.xls", "评价内容,评分\n好,5\n".as_bytes(), Table),
            ("评价", b"\xff\xfea\0,\0b\0", Table),
            ("a.json", b"[{\"text\":\"a\"}]", Table),
        ] {
            assert_eq!(content(name, head), expected, "{name} {head:?}");
        }
    }

    #[test]
    fn what_is_neither_is_foreign() {
        for (name, head) in [
            ("a.png", b"<html><script>".as_slice()),
            ("a.csv", b"<!doctype html>"),
            ("a.csv", b"<script>alert(1)</script>"),
            ("a.js", b"alert(1)"),
            ("a.png", b"alert(1)"),
            ("a.bin", b"\0\x01\x02"),
            ("a.pdf", b"%PDF-1.7"),
            ("a.csv", b""),
            ("a.jpg", b"\0\0\0\x18ftypheic"),
            ("a.jpg", b"BM\0\0\0\0\0\0\0\0"),
        ] {
            assert!(matches!(content(name, head), Content::Foreign(_)), "{name} {:?}", content(name, head));
        }
    }
}
