//! Denials, contrasts and verdicts, as a shop meets them: what is denied is praise, and only what is complained of is
//! a cause.

use pingxin_language::{Cause, Expected, Reader, Reading, SentimentLabel};

fn read(text: &str, expected: Expected) -> Reading {
    static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
    READER.get_or_init(Reader::new).read(None, text, expected)
}

fn causes(reading: &Reading) -> Vec<Cause> {
    reading.causes.iter().map(|found| found.code).collect()
}

#[test]
fn denied_complaints_are_praise_without_a_cause() {
    for text in [
        "一点都不慢，没有色差",
        "一點都不慢，沒有色差",
        "没有胶味 洗了也没裂",
        "不掉色不起球，洗了几次都没变形",
        "发货不慢，客服态度不差",
        "没发现什么质量问题",
        "挑不出毛病",
        "从来没有让我失望过",
        "不算贵，不难看",
        "Not bad",
        "not bad at all",
        "6 days to New York, not bad at all",
        "No complaints at all",
        "Nothing wrong with it, never broke",
        "It did not break, did not leak, was not late",
        "Not expensive and not flimsy",
    ] {
        for expected in [Expected::Unknown, Expected::Praise] {
            let reading = read(text, expected);
            assert_eq!(reading.sentiment.label, SentimentLabel::Positive, "{text}: {:?}", reading.sentiment);
            assert_eq!(causes(&reading), [], "{text}");
        }
    }
}

#[test]
fn a_denial_that_is_none_still_complains() {
    for (text, cause) in [
        ("不能说没有色差，色差很大", Cause::Mismatch),
        ("没有一次不迟到", Cause::Logistics),
        ("质量不是很好", Cause::Quality),
        ("比上次的质量差远了", Cause::Quality),
        ("以为不会开线，结果开线了，质量太差", Cause::Quality),
        ("It is not worth the money", Cause::Price),
    ] {
        let reading = read(text, Expected::Unknown);
        assert_eq!(reading.sentiment.label, SentimentLabel::Negative, "{text}: {:?}", reading.sentiment);
        assert_eq!(causes(&reading).first(), Some(&cause), "{text}: {:?}", reading.causes);
    }
}

#[test]
fn after_a_contrast_only_the_complaint_is_a_cause() {
    for (text, cause) in [
        ("物流快，就是衣服开线", Cause::Quality),
        ("质量很好，但是物流太慢了", Cause::Logistics),
        ("包装完好，可是鞋子开胶了", Cause::Quality),
        ("客服态度很好，就是尺码偏小", Cause::SizeFit),
        ("Fast shipping, but the zipper broke", Cause::Quality),
        ("Great fabric, but it runs way too small", Cause::SizeFit),
        ("Not bad, but it stopped working after a month", Cause::Quality),
    ] {
        let reading = read(text, Expected::Unknown);
        assert_eq!(reading.sentiment.label, SentimentLabel::Mixed, "{text}: {:?}", reading.sentiment);
        assert_eq!(causes(&reading), [cause], "{text}");
    }
    for expected in [Expected::Unknown, Expected::Praise, Expected::Complaint] {
        assert_eq!(causes(&read("除了慢没毛病", expected)), [Cause::Logistics]);
        assert_eq!(causes(&read("除了贵没别的毛病", expected)), [Cause::Price]);
    }
}

#[test]
fn praise_names_no_cause_whatever_its_stars() {
    for text in ["很好很喜欢", "质量很好，物流很快", "Not bad at all"] {
        assert_eq!(causes(&read(text, Expected::Complaint)), [], "{text}");
    }
}

#[test]
fn a_cause_is_shown_by_its_reason_not_by_a_verdict() {
    for (text, reason) in [
        ("Save your money. It won't heat.", "won't heat"),
        ("Do not buy this. The zipper came off on day two.", "came off"),
        ("千万别买，浪费钱。加热不了。", "加热不了"),
        ("太失望了，再也不来了。拉链第二天就掉了。", "拉链第二天就掉了"),
    ] {
        let reading = read(text, Expected::Complaint);
        assert_eq!(causes(&reading).first(), Some(&Cause::Quality), "{text}");
        let words: Vec<&str> = reading.causes[0].spans.iter().map(|span| span.of(text)).collect();
        assert!(words.iter().any(|words| words.contains(reason)), "{text}: {words:?}");
        for verdict in ["Save your money", "Do not buy", "别买", "失望"] {
            assert!(words.iter().all(|words| !words.contains(verdict)), "{text}: {words:?}");
        }
    }
}

#[test]
fn many_stars_are_believed_unless_a_clause_plainly_complains() {
    for text in [
        "出库前还打电话核对了地址",
        "夹得住，骑车颠也不掉",
        "颜色选错了，客服马上帮我改好，贴心",
        "快递两天就签收，家里老人一拿到就用上了",
        "Keeps the soup hot until lunch. Update after a week: still love it.",
        "Had to order a second one because my sister took mine.",
    ] {
        let reading = read(text, Expected::Praise);
        assert_eq!(causes(&reading), [], "{text}: {:?}", reading.causes);
    }
    for (text, cause) in [
        ("很喜欢，就是拉链有点卡", Cause::Quality),
        ("鞋子很漂亮，不过尺码偏小", Cause::SizeFit),
        ("好看是好看，可惜掉色", Cause::Quality),
        ("质量太差了，用了一次就坏了，再也不买", Cause::Quality),
        ("Love the color, but the strap broke", Cause::Quality),
        ("Great sound, the left earbud stopped working", Cause::Quality),
    ] {
        let reading = read(text, Expected::Praise);
        assert_eq!(causes(&reading), [cause], "{text}: {:?}", reading.causes);
    }
}
