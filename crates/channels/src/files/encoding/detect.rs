//! Guessing an encoding from the bytes.

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use super::legacy::{self, legacy};
use super::wide::wide_without_mark;

use crate::files::refusal::{Refusal, RefusalCode};

/// An encoding and the length of the byte order mark before the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) struct Found {
    pub(in crate::files) encoding: &'static Encoding,
    pub(in crate::files) mark: usize,
}

impl Found {
    /// Lower case, such as `gb18030`.
    pub(in crate::files) fn name(&self) -> String {
        self.encoding.name().to_ascii_lowercase()
    }
}

/// The encoding of a WHATWG label; GBK and GB2312 are read as GB18030, which contains both.
///
/// # Errors
/// [`RefusalCode::Encoding`] when the label is unknown.
pub(in crate::files) fn for_label(label: &str) -> Result<&'static Encoding, Refusal> {
    let name = label.trim();
    match Encoding::for_label_no_replacement(name.as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(Refusal::new(
            RefusalCode::Encoding,
            format!(
                "没有名为“{name}”的编码。可以写 utf-8、gb18030、utf-16le、windows-1252、shift_jis 或 big5。"
            ),
            format!(
                "There is no encoding `{name}`. Write utf-8, gb18030, utf-16le, windows-1252, shift_jis or big5."
            ),
        )),
    }
}

const CHUNK: usize = 64 << 10;
const SAMPLE: usize = 256 << 10;

/// Finds the encoding and leaves `source` at its beginning.
///
/// A byte order mark decides; else UTF-16 by how its letters lie; else UTF-8 where most letters are (the rows of the
/// others fail one by one); else what the statistics of `legacy.rs` say.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::files) fn detect(source: &mut (impl Read + Seek)) -> io::Result<Found> {
    source.seek(SeekFrom::Start(0))?;
    let found = scan(source)?;
    source.seek(SeekFrom::Start(0))?;
    Ok(found)
}

fn scan(source: &mut impl Read) -> io::Result<Found> {
    let mut chunk = Vec::with_capacity(CHUNK + 4);
    let mut sample: Vec<u8> = Vec::new();
    let mut letters = Letters::default();
    let mut first = true;
    loop {
        let kept = chunk.len();
        source.by_ref().take((CHUNK - kept) as u64).read_to_end(&mut chunk)?;
        if first {
            if let Some((encoding, mark)) = Encoding::for_bom(&chunk) {
                return Ok(Found { encoding, mark });
            }
            if let Some(encoding) = wide_without_mark(&chunk) {
                return Ok(Found { encoding, mark: 0 });
            }
            first = false;
        }
        if chunk.len() == kept {
            // What is left over at the end of the file is a letter cut short.
            letters.broken += u64::from(kept > 0);
            break;
        }
        if !chunk[kept..].is_ascii() && sample.len() < SAMPLE {
            sample.extend_from_slice(&chunk[kept..]);
        }
        let rest = count_letters(&chunk, &mut letters);
        chunk.drain(..rest);
        if sample.len() >= SAMPLE && letters.broken > 1_000 && letters.broken > letters.good() {
            break;
        }
    }
    let encoding = if letters.are_utf8(&sample) { UTF_8 } else { legacy(&sample) };
    Ok(Found { encoding, mark: 0 })
}

/// Letters beyond ASCII, read as UTF-8.
#[derive(Debug, Default)]
struct Letters {
    /// Of two bytes; hanzi of GBK look so one time in seven.
    short: u64,
    /// Of three or four bytes; other encodings hardly ever look so.
    long: u64,
    /// Places that are none.
    broken: u64,
}

impl Letters {
    fn good(&self) -> u64 {
        self.short + self.long
    }

    /// A small file may have one wrong byte among few letters.
    fn are_utf8(&self, sample: &[u8]) -> bool {
        self.broken * 20 <= self.good()
            || self.long >= self.broken * 2
            || self.short >= self.broken * 2 && !legacy::is_chinese(sample)
    }
}

/// Counts letters beyond ASCII that are UTF-8, and places that are not; returns where an unfinished letter
/// at the end begins.
fn count_letters(chunk: &[u8], letters: &mut Letters) -> usize {
    if chunk.is_ascii() {
        return chunk.len();
    }
    let mut start = 0;
    loop {
        let (valid, problem) = match std::str::from_utf8(&chunk[start..]) {
            Ok(_) => (chunk.len() - start, None),
            Err(error) => (error.valid_up_to(), Some(error.error_len())),
        };
        let leads = |range: std::ops::RangeInclusive<u8>| {
            chunk[start..start + valid].iter().filter(|byte| range.contains(byte)).count() as u64
        };
        letters.short += leads(0xc0..=0xdf);
        letters.long += leads(0xe0..=0xff);
        start += valid;
        match problem {
            None => return chunk.len(),
            Some(None) => return start,
            Some(Some(length)) => {
                letters.broken += 1;
                start += length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};
    use std::io::Cursor;

    const CHINESE: &str =
        "订单编号,评价内容,评分\n1,穿了两天就开线，客服也不理人,1\n2,质量很好，物流很快,5\n";
    const TAIWAN: &str = "訂單編號,評價內容,評分\n1,穿了兩天就開線，客服也不理人，非常失望,1\n2,品質很好，物流很快，下次還會再買,5\n";
    const JAPANESE: &str = "注文番号,コメント,評価\n1,とても良い商品でした。ありがとうございます,5\n2,壊れていました。残念です,1\n";
    const KOREAN: &str = "주문번호,내용,평점\n1,배송이 빠르고 상품도 아주 좋아요 감사합니다,5\n2,품질이 별로예요 실망했습니다,1\n";
    const GERMAN: &str = "Bestellung,Bewertung,Sterne\n1,Sehr schöne Schuhe, leider zu groß für mich,3\n2,Die Hülle ist kaputt, Rückgabe läuft,1\n";

    fn found(bytes: &[u8]) -> String {
        detect(&mut Cursor::new(bytes)).unwrap().name()
    }

    #[test]
    fn tells_the_encodings_sellers_send_apart() {
        for (text, encoding) in [
            (CHINESE, GB18030),
            (TAIWAN, BIG5),
            (JAPANESE, SHIFT_JIS),
            (KOREAN, EUC_KR),
            (GERMAN, WINDOWS_1252),
            (CHINESE, UTF_8),
            (JAPANESE, UTF_8),
        ] {
            let (bytes, used, unmappable) = encoding.encode(text);
            assert!(!unmappable && used == encoding);
            assert_eq!(found(&bytes), encoding.name().to_ascii_lowercase(), "{text}");
        }
    }

    #[test]
    fn a_few_chinese_letters_are_enough() {
        let (bytes, _, _) = GB18030.encode("评分,text\n5,good\n1,bad\n");
        assert_eq!(found(&bytes), "gb18030");
    }

    #[test]
    fn byte_order_marks_decide() {
        assert_eq!(detect(&mut Cursor::new(b"\xef\xbb\xbfa,b")).unwrap(), Found { encoding: UTF_8, mark: 3 });
        assert_eq!(
            detect(&mut Cursor::new(b"\xff\xfea\0,\0")).unwrap(),
            Found { encoding: UTF_16LE, mark: 2 }
        );
        assert_eq!(
            detect(&mut Cursor::new(b"\xfe\xff\0a\0,")).unwrap(),
            Found { encoding: UTF_16BE, mark: 2 }
        );
        assert_eq!(found(&"a,b\nc,d\n".bytes().flat_map(|byte| [byte, 0]).collect::<Vec<_>>()), "utf-16le");
    }

    #[test]
    fn one_broken_letter_does_not_change_a_long_utf8_file() {
        let mut bytes = CHINESE.repeat(4_000).into_bytes();
        let middle = bytes.len() / 2;
        bytes[middle] = 0xff;
        assert_eq!(found(&bytes), "utf-8");
    }

    #[test]
    fn chinese_far_behind_a_plain_beginning_is_found() {
        let mut bytes = b"id,text\n1,fine\n".repeat(20_000);
        bytes.extend_from_slice(&GB18030.encode("2,穿了两天就开线，质量太差\n").0);
        assert_eq!(found(&bytes), "gb18030");
    }

    #[test]
    fn labels_are_read_and_unknown_ones_named() {
        assert_eq!(for_label(" GBK ").unwrap(), GB18030);
        assert_eq!(for_label("latin1").unwrap(), WINDOWS_1252);
        let refusal = for_label("klingon").unwrap_err();
        assert!(refusal.say.en.contains("klingon") && refusal.say.zh.contains("klingon"));
    }
}
