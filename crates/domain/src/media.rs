//! Photos and videos that stand with a review.

use serde::{Deserialize, Serialize};

use crate::intake::codes;

codes! {
    /// What it is.
    MediaKind {
        /// A photo.
        Photo = "photo",
        /// A video.
        Video = "video",
    }
}

codes! {
    /// The few forms in which media are kept, and no others.
    MediaType {
        /// A photo, always written anew by us.
        Jpeg = "image/jpeg",
        /// A photo with transparent parts, always written anew by us.
        Png = "image/png",
        /// A video as it came.
        Mp4 = "video/mp4",
        /// A video as it came.
        QuickTime = "video/quicktime",
        /// A video as it came.
        WebM = "video/webm",
    }
}

impl MediaType {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> MediaKind {
        match self {
            Self::Jpeg | Self::Png => MediaKind::Photo,
            Self::Mp4 | Self::QuickTime | Self::WebM => MediaKind::Video,
        }
    }

    /// The ending of a file of this form.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Mp4 => "mp4",
            Self::QuickTime => "mov",
            Self::WebM => "webm",
        }
    }
}

/// One photo or video as the file names it: a link, or the name of a file that came with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MediaName {
    /// What it is.
    pub kind: MediaKind,
    /// An `http` or `https` address, or a file name. Never fetched.
    pub name: String,
}

/// Longest address or name that is kept, in characters.
pub const NAME_LETTERS: usize = 2_000;
/// Most photos and videos of one review.
pub const MOST: usize = 50;

impl MediaName {
    /// Takes an address or a file name; other schemes (`javascript:`, `data:` …), blanks and overlong ones are not
    /// taken.
    #[must_use]
    pub fn new(kind: MediaKind, name: &str) -> Option<Self> {
        let name = name.trim();
        let name = name.strip_prefix("//").map_or_else(|| name.to_owned(), |rest| format!("https://{rest}"));
        let scheme = name.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let allowed = match scheme.as_deref() {
            None => true,
            Some("http" | "https") => name.contains("://"),
            Some(_) => false,
        };
        let fits = !name.is_empty() && name.chars().count() <= NAME_LETTERS;
        (allowed && fits && !name.chars().any(char::is_control)).then_some(Self { kind, name })
    }

    /// Whether it is an address rather than a file's name.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.name.contains("://")
    }

    /// The last part of the path, in lower case, by which a file that came along is found: `a/B.JPG?x=1` is `b.jpg`.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.name)
    }
}

/// As [`MediaName::file_name`], for the path of a file.
#[must_use]
pub fn file_name(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_and_file_names_are_taken() {
        for (name, taken) in [
            ("https://img.example/a.jpg", true),
            ("//img.example/a.jpg", true),
            ("photos/晒图1.JPG", true),
            ("javascript:alert(1)", false),
            ("JaVaScRiPt:alert(1)", false),
            ("data:image/svg+xml,<svg/>", false),
            ("file:///etc/passwd", false),
            ("", false),
            ("a\nb.jpg", false),
        ] {
            assert_eq!(MediaName::new(MediaKind::Photo, name).is_some(), taken, "{name}");
        }
    }

    #[test]
    fn a_file_is_found_by_the_last_part_of_its_path() {
        let photo = |name| MediaName::new(MediaKind::Photo, name).unwrap();
        assert_eq!(photo("https://img.example/x/B.JPG?w=1#a").file_name(), "b.jpg");
        assert_eq!(photo("晒图\\1.png").file_name(), "1.png");
        assert!(!photo("1.png").is_link() && photo("//a/b").is_link());
    }
}
