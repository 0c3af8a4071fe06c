//! UTF-16 without a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Bytes that are looked at.
const LOOK: usize = 4096;

/// UTF-16 by how its letters lie: many NULs on one side of the pairs and none on the other; or, where nearly all is
/// Chinese, a few NULs (line ends, commas, digits) and Chinese letters everywhere else.
pub(super) fn wide_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(LOOK) & !1];
    let nuls = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), head.len() / 2);
    match (even, odd) {
        (0, 0) => None,
        (0, _) if pairs >= 4 && odd * 5 >= pairs => Some(UTF_16LE),
        (_, 0) if pairs >= 4 && even * 5 >= pairs => Some(UTF_16BE),
        _ if is_utf8(head) => None,
        _ => [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_chinese(head, encoding)),
    }
}

/// Hardly a letter that Chinese texts have not; read the wrong way round, hanzi fall all over the table.
fn is_chinese(head: &[u8], encoding: &'static Encoding) -> bool {
    let (mut plain, mut chinese, mut other) = (0usize, 0usize, 0usize);
    for pair in head.chunks_exact(2) {
        let bytes = [pair[0], pair[1]];
        let unit = if encoding == UTF_16LE { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) };
        match unit {
            0x09 | 0x0a | 0x0d | 0x20..=0x7e => plain += 1,
            0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xffef | 0x2010..=0x2027 | 0x00b7 => chinese += 1,
            _ => other += 1,
        }
    }
    plain > 0 && chinese > 0 && other * 20 <= chinese
}

/// But for a letter that the end of the look has cut.
fn is_utf8(head: &[u8]) -> bool {
    std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn chinese_alone_is_found() {
        for text in [
            "评价内容\n穿了两天就开线，客服也不理人\n质量很好，物流很快\n",
            "评价内容\n好\n",
            "评价\t星级\n穿了两天就开线，客服也不理人，再也不来了\t一星\n",
            "text,rating\nok,5\n",
        ] {
            assert_eq!(wide_without_mark(&wide(text, false)), Some(UTF_16LE), "{text}");
            assert_eq!(wide_without_mark(&wide(text, true)), Some(UTF_16BE), "{text}");
        }
    }

    #[test]
    fn a_stray_nul_does_not_make_a_text_wide() {
        let text = "评价内容,评分\n好\0,5\n穿了两天就开线，客服也不理人,1\n";
        assert_eq!(wide_without_mark(text.as_bytes()), None);
        assert_eq!(wide_without_mark(&GB18030.encode(text).0), None);
        for shift in ["", "x"] {
            assert_eq!(
                wide_without_mark(format!("{shift}text,rating\nok,5\na\0b,1\nfine,4\n").as_bytes()),
                None
            );
        }
        assert_eq!(wide_without_mark(b""), None);
        assert_eq!(wide_without_mark(b"\0"), None);
    }
}
