//! A look at the XML of a workbook while it is unpacked into nothing, before any parser holds it.

/// What was seen so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Findings {
    /// A filled cell lies beyond the columns.
    pub(super) too_wide: bool,
    /// A text or a tag is longer than any cell may be.
    pub(super) long_run: bool,
    /// How many shared strings the table announces.
    pub(super) announced_strings: Option<u64>,
}

/// Attributes that matter stand in the first bytes of a tag.
const TAG: usize = 256;

/// Scans chunks of XML; keeps no more than the beginning of one tag.
pub(super) struct Scan {
    limit: Option<usize>,
    columns: usize,
    run: usize,
    in_tag: bool,
    /// Last byte of the tag so far; `/` closes an empty element.
    last: u8,
    tag: Vec<u8>,
    found: Findings,
}

impl Scan {
    /// `limit` is the longest run between tags; none for entries that are no XML.
    pub(super) fn new(limit: Option<usize>, columns: usize) -> Self {
        Self { limit, columns, run: 0, in_tag: false, last: 0, tag: Vec::new(), found: Findings::default() }
    }

    pub(super) fn findings(&self) -> Findings {
        self.found
    }

    pub(super) fn feed(&mut self, mut chunk: &[u8]) {
        let Some(limit) = self.limit else { return };
        while !chunk.is_empty() {
            let mark = if self.in_tag { b'>' } else { b'<' };
            let end = memchr::memchr(mark, chunk);
            let part = &chunk[..end.unwrap_or(chunk.len())];
            self.run += part.len();
            self.found.long_run |= self.run > limit;
            if self.in_tag {
                self.last = part.last().copied().unwrap_or(self.last);
                let room = TAG.saturating_sub(self.tag.len());
                self.tag.extend_from_slice(&part[..part.len().min(room)]);
            }
            let Some(end) = end else { return };
            if self.in_tag {
                self.close_tag(self.last == b'/');
                self.last = 0;
            }
            self.in_tag = !self.in_tag;
            self.run = 0;
            chunk = &chunk[end + 1..];
        }
    }

    fn close_tag(&mut self, empty: bool) {
        if self.tag.starts_with(b"c ") && !empty {
            self.found.too_wide |=
                attribute(&self.tag, b" r=").is_some_and(|cell| column(cell) > self.columns);
        } else if self.tag.starts_with(b"sst ") {
            self.found.announced_strings = attribute(&self.tag, b" uniqueCount=").map(|count| {
                std::str::from_utf8(count).ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX)
            });
        }
        self.tag.clear();
    }
}

/// The value of an attribute given as ` name=`.
fn attribute<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let start = memchr::memmem::find(tag, name)? + name.len();
    let quote = *tag.get(start)?;
    let rest = &tag[start + 1..];
    Some(&rest[..memchr::memchr(quote, rest)?])
}

/// Column of a reference such as `XFD1048576`, from 1.
fn column(reference: &[u8]) -> usize {
    reference
        .iter()
        .take_while(|letter| letter.is_ascii_alphabetic())
        .take(8)
        .fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scan(text: &str, piece: usize) -> Findings {
        let mut scan = Scan::new(Some(20), 256);
        for chunk in text.as_bytes().chunks(piece.max(1)) {
            scan.feed(chunk);
        }
        scan.findings()
    }

    #[test]
    fn sees_filled_cells_far_to_the_right() {
        assert!(scan(r#"<row r="1"><c r="XFD1048576"><v>1</v></c></row>"#, 7).too_wide);
        assert!(scan(r#"<c s="1" r="IW1"><v>1</v></c>"#, 3).too_wide);
        assert!(!scan(r#"<c r="IV1"><v>1</v></c>"#, 3).too_wide);
        assert!(!scan(r#"<c r="XFD1" s="3"/>"#, 3).too_wide, "a formatted empty cell is no data");
    }

    #[test]
    fn sees_long_texts_and_lying_counts() {
        assert!(scan("<t>aaaaaaaaaaaaaaaaaaaaa</t>", 4).long_run);
        assert!(!scan("<t>aaaaaaaaaaaaaaaaaaaa</t>", 4).long_run);
        assert_eq!(scan(r#"<sst uniqueCount="12">"#, 5).announced_strings, Some(12));
        assert_eq!(scan(r#"<sst uniqueCount="99999999999999999999">"#, 5).announced_strings, Some(u64::MAX));
    }

    proptest! {
        #[test]
        fn chunks_of_any_size_give_the_same(text in "[<>/c r=\"XFD1a]{0,60}", piece in 1usize..9) {
            prop_assert_eq!(scan(&text, piece), scan(&text, usize::MAX));
        }
    }
}
