//! The photos and videos that a cell names.

use pingxin_domain::intake::Field;
use pingxin_domain::media::{MOST, MediaKind, MediaName};
use serde_json::Value;

use super::reader::Reader;

/// Endings by which a word is the name of a file rather than a remark such as 有图.
const ENDINGS: [&str; 17] = [
    "jpg", "jpeg", "png", "gif", "webp", "bmp", "heic", "heif", "avif", "tif", "tiff", "mp4", "mov", "m4v",
    "webm", "avi", "mkv",
];

/// Photos first, then videos; what is neither a link nor a file's name is left out.
pub(super) fn read(reader: &Reader<'_>) -> Vec<MediaName> {
    let mut media: Vec<MediaName> = Vec::new();
    for (field, kind) in [(Field::Photos, MediaKind::Photo), (Field::Videos, MediaKind::Video)] {
        let Some(value) = reader.get(field) else { continue };
        for name in names(value.text) {
            let Some(name) = MediaName::new(kind, &name) else { continue };
            if media.len() < MOST && !media.contains(&name) {
                media.push(name);
            }
        }
    }
    media
}

/// A list in JSON, or names parted by commas, semicolons, bars, blanks and line breaks.
fn names(text: &str) -> Vec<String> {
    if text.starts_with('[')
        && let Ok(Value::Array(elements)) = serde_json::from_str::<Value>(text)
    {
        return elements.iter().filter_map(element).filter(|name| is_media(name)).collect();
    }
    let hard = |letter: char| matches!(letter, ',' | ';' | '|' | '，' | '；' | '、' | '\n' | '\r' | '\t');
    text.split(hard).flat_map(parted_by_blanks).collect()
}

/// A link of its own, or an object that has one.
fn element(value: &Value) -> Option<String> {
    let of = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
    of(value).or_else(|| ["url", "src", "link", "href"].iter().find_map(|key| of(value.get(key)?)))
}

/// Blanks part links; in a file's name (`晒图 1.jpg`) they belong to it.
fn parted_by_blanks(piece: &str) -> Vec<String> {
    let piece = piece.trim().trim_matches('"');
    let words: Vec<&str> = piece.split_whitespace().filter(|word| is_media(word)).collect();
    match words.as_slice() {
        [only] if !only.contains("//") && piece.ends_with(only) => vec![piece.to_owned()],
        all => all.iter().map(|word| (*word).to_owned()).collect(),
    }
}

fn is_media(word: &str) -> bool {
    let path = word.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    word.contains("://")
        || word.starts_with("//")
        || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_however_they_are_written() {
        for (text, expected) in [
            (
                "https://a.example/1.jpg,https://a.example/2.jpg",
                vec!["https://a.example/1.jpg", "https://a.example/2.jpg"],
            ),
            ("https://a.example/1.jpg；//a.example/2", vec!["https://a.example/1.jpg", "//a.example/2"]),
            ("1.jpg | 2.PNG", vec!["1.jpg", "2.PNG"]),
            ("1.jpg 2.jpg\n3.jpg", vec!["1.jpg", "2.jpg", "3.jpg"]),
            ("晒图 1.jpg;晒图 2.jpg", vec!["晒图 1.jpg", "晒图 2.jpg"]),
            (
                r#"["https://a.example/1.jpg",{"url":"2.jpg"},3,null]"#,
                vec!["https://a.example/1.jpg", "2.jpg"],
            ),
            ("[]", vec![]),
            ("3", vec![]),
            ("有图", vec![]),
            ("2 photos", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
