//! Telling encodings apart that are neither UTF-8 nor UTF-16, by what their letters look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

/// How a text looks as GB18030.
#[derive(Debug, Default, PartialEq, Eq)]
struct Chinese {
    letters: usize,
    /// Level-1 hanzi of GB 2312 (rows 16–55, the 3,755 common ones) and full-width punctuation.
    common: usize,
    /// Lead bytes up to 0xc8, where EUC-KR keeps all of Hangul.
    low: usize,
    errors: usize,
}

fn as_chinese(sample: &[u8]) -> Chinese {
    let mut seen = Chinese::default();
    let mut position = 0;
    while let Some(offset) = sample[position..].iter().position(|byte| *byte >= 0x80) {
        position += offset;
        let lead = sample[position];
        let Some(trail) = sample.get(position + 1).copied() else { break };
        let length = match (lead, trail) {
            (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => 2,
            (0x81..=0xfe, 0x30..=0x39) => 4,
            _ => {
                seen.errors += 1;
                position += 1;
                continue;
            }
        };
        seen.letters += 1;
        seen.common += usize::from(matches!(lead, 0xb0..=0xd7 | 0xa1 | 0xa3) && trail >= 0xa1);
        seen.low += usize::from(lead <= 0xc8);
        position = (position + length).min(sample.len());
    }
    seen
}

/// Whether nearly all of it are common Chinese letters of GB18030.
pub(super) fn is_chinese(sample: &[u8]) -> bool {
    let seen = as_chinese(sample);
    seen.letters > 0 && seen.errors * 10 <= seen.letters && seen.common * 10 >= seen.letters * 7
}

/// Whether it reads as Shift_JIS with kana all over; in GBK their lead bytes 0x82 and 0x83 begin rare hanzi only.
fn is_japanese(sample: &[u8]) -> bool {
    let (mut letters, mut kana, mut errors) = (0usize, 0usize, 0usize);
    let mut position = 0;
    while let Some(offset) = sample[position..].iter().position(|byte| *byte >= 0x80) {
        position += offset;
        match (sample[position], sample.get(position + 1).copied()) {
            (0x82, Some(0x9f..=0xf1)) | (0x83, Some(0x40..=0x7e | 0x80..=0x96)) => {
                letters += 1;
                kana += 1;
                position += 2;
            }
            (0x81..=0x9f | 0xe0..=0xfc, Some(0x40..=0x7e | 0x80..=0xfc)) => {
                letters += 1;
                position += 2;
            }
            // Narrow kana.
            (0xa1..=0xdf, _) => {
                letters += 1;
                position += 1;
            }
            _ => {
                errors += 1;
                position += 1;
            }
        }
    }
    letters > 0 && errors * 20 <= letters && kana * 5 >= letters
}

/// Whether letters beyond ASCII stand alone among those of ASCII, as in German or French; in Chinese they come in
/// pairs. Only letters and signs of Western Europe count.
fn is_western(sample: &[u8]) -> bool {
    let (mut alone, mut together, mut ascii) = (0usize, 0usize, 0usize);
    let mut run = 0;
    for byte in sample.iter().copied().chain([b' ']) {
        if byte >= 0x80 {
            if !matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xa0..=0xff) {
                return false;
            }
            run += 1;
            continue;
        }
        ascii += usize::from(byte.is_ascii_alphabetic());
        match run {
            0 => {}
            1 => alone += 1,
            more => together += more,
        }
        run = 0;
    }
    alone > 0 && together <= alone && (alone + together) * 4 <= ascii + alone + together
}

/// Few letters are too few for frequencies; those of Western Europe that no neighbour of theirs has are enough.
const FEW: usize = 32;

fn has_western_letters_only(sample: &[u8]) -> bool {
    let high = || sample.iter().filter(|byte| **byte >= 0x80);
    // äöüß, acute, grave, circumflex, ç, ñ, å æ ø, and signs; without õ and û, which Hungarian has elsewhere.
    high().count() < FEW
        && high().all(|byte| {
            matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xa0..=0xa3 | 0xa9 | 0xab | 0xae | 0xb0 | 0xb4 | 0xbb)
                || matches!(byte, 0xbf..=0xf4 | 0xf6..=0xfa | 0xfc)
        })
}

/// The encoding of a text with letters beyond ASCII that is neither UTF-8 nor UTF-16.
pub(super) fn legacy(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A byte that no encoding of ours has would rule out the very encoding the rest is in.
    for part in sample.split(|byte| *byte == 0xff) {
        detector.feed(part, false);
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if is_japanese(sample) {
        return SHIFT_JIS;
    }
    if is_western(sample) {
        let of_two_bytes = [GBK, BIG5, EUC_KR, EUC_JP, SHIFT_JIS].contains(&guess);
        return if of_two_bytes || has_western_letters_only(sample) { WINDOWS_1252 } else { guess };
    }
    let chinese = as_chinese(sample);
    let korean = guess == EUC_KR && chinese.letters >= 20 && chinese.low * 20 >= chinese.letters * 19;
    // Kana stand in the same two rows in EUC-JP and in GB 2312, and no Chinese text has them.
    let kana = sample.windows(2).any(|pair| matches!(pair, [0xa4 | 0xa5, 0xa1..=0xf6]));
    let other = korean || guess == EUC_JP && kana || [SHIFT_JIS, BIG5].contains(&guess);
    if guess == GBK || is_chinese(sample) && !other { GB18030 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_2, WINDOWS_1250, WINDOWS_1251};

    fn found(text: &str, encoding: &'static Encoding) -> &'static Encoding {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{text}");
        legacy(&bytes)
    }

    #[test]
    fn amazons_japanese_reports_are_shift_jis() {
        for text in [
            "日付\t評価\tコメント\t出品者からの返信\t注文番号\t評価者のEメール\n2026/10/01\t1\t届きません\t\t503-1\tx@example.jp\n",
            "注文番号,コメント\n1,良い\n",
            "注文番号\tSKU\t返品日\tお客様のコメント\n503-1\tCT-1\t2026/10/01\t壊れていました\n",
        ] {
            assert_eq!(found(text, SHIFT_JIS), SHIFT_JIS, "{text}");
        }
    }

    #[test]
    fn europes_reports_are_windows_1252() {
        for text in [
            "Datum\tBewertung\tKommentare\n01.10.26\t1\tKam nie an, für mich eine Enttäuschung. Größe falsch\n",
            "Date\tNote\tCommentaires\n01/10/2026\t2\tColis abîmé, très déçu. Vendeur à éviter\n",
            "Fecha\tPuntuación\tComentarios\n01/10/2026\t1\tNo llegó, ¡qué decepción! España\n",
            "Data\tValutazione\tCommenti\n01/10/2026\t1\tNon è arrivato, perché? Qualità pessima\n",
            "Rating\tComments\n1\tIt didn’t arrive — “lost”, £5 refund\n",
            "name,text\n1,Größe\n",
        ] {
            assert_eq!(found(text, WINDOWS_1252), WINDOWS_1252, "{text}");
        }
    }

    #[test]
    fn others_are_left_to_frequencies() {
        let polish = "Ocena;Komentarz\n1;Przesyłka nie dotarła, bardzo źle, więcej tu nie kupię. Żałuję\n";
        assert!([WINDOWS_1250, ISO_8859_2].contains(&found(polish, WINDOWS_1250)));
        let russian = "Оценка;Отзыв\n1;Товар не пришёл, деньги не вернули, очень плохо\n";
        assert_eq!(found(russian, WINDOWS_1251), WINDOWS_1251);
        for text in ["评分,text\n5,good\n1,bad\n", "联通,1\n", "订单编号,评价内容\n1,差\n", "好\n"]
        {
            assert_eq!(found(text, GB18030), GB18030, "{text}");
        }
    }
}
