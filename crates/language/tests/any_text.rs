//! What holds for every text there can be.

use proptest::prelude::*;

use pingxin_language::fold::fold_for_model;
use pingxin_language::{Expected, Language, Place, Reader, Reading, Span};

fn reader() -> &'static Reader {
    static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
    READER.get_or_init(Reader::new)
}

fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "质量",
        "太差",
        "很好",
        "物流慢",
        "，",
        "。",
        "不",
        "没有",
        "客服",
        "不理人",
        "假货",
        "發錯",
        "开线",
        "差评",
        "红包",
        "不给",
        "加微信abc123",
        "13800138000",
        "https://example.com",
        "&quot;",
        "&#24046;",
        "\u{200b}",
        "\u{301}",
        "😀",
        "🏻",
        "ﾞ",
        "\r\n",
        " ",
        "not ",
        "never ",
        "broke",
        "great, ",
        "one star ",
        "or i'll ",
        "$20 ",
        "Mr. Smith ",
        "a@b.com",
        "0",
        "**",
        "sb",
    ]);
    prop_oneof![
        proptest::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        "\\PC{0,60}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn stand_in_order(spans: &[Span], text: &str) -> bool {
    let length = u32::try_from(text.chars().count()).expect("short texts");
    spans.iter().all(|span| span.start < span.end && span.end <= length)
        && spans.windows(2).all(|pair| pair[0].end < pair[1].start)
}

fn read(text: &str) -> Reading {
    reader().read(None, text, Expected::Unknown)
}

proptest! {
    #[test]
    fn every_span_stands_in_the_text_and_in_order(text in text(), title in proptest::option::of(text())) {
        for expected in [Expected::Unknown, Expected::Complaint, Expected::Praise] {
            let reading = reader().read(title.as_deref(), &text, expected);
            prop_assert!(stand_in_order(&reading.sentiment_spans, &text));
            for cause in &reading.causes {
                prop_assert!(stand_in_order(&cause.spans, &text), "{:?}", cause);
            }
            for signal in &reading.signals {
                let within = if signal.place == Place::Title { title.as_deref().unwrap_or_default() } else { &text };
                prop_assert!(stand_in_order(&signal.spans, within), "{:?}", signal);
                prop_assert!(!signal.why.zh.is_empty() && !signal.why.en.is_empty());
            }
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in text()) {
        // Entities are read once: what they stand for may itself look like one.
        prop_assume!(!text.contains('&') && !text.contains('＆') && !text.contains('﹠'));
        let once: String = fold_for_model(&text).chars().iter().collect();
        let twice: String = fold_for_model(&once).chars().iter().collect();
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn what_another_thread_reads_is_the_same(text in text()) {
        let here = read(&text);
        let there = std::thread::scope(|scope| scope.spawn(|| read(&text)).join().unwrap());
        prop_assert_eq!(here, there);
    }

    #[test]
    fn traditional_and_simplified_spellings_say_the_same(
        picked in proptest::collection::vec(0_usize..12, 1..8),
    ) {
        let pairs = [
            ("質量", "质量"), ("太差", "太差"), ("發錯貨", "发错货"), ("還少發一件", "还少发一件"), ("物流太慢", "物流太慢"), ("開線", "开线"),
            ("顏色不對", "颜色不对"), ("退貨不給退", "退货不给退"), ("騙子", "骗子"), ("包裝壓壞", "包装压坏"), (",", ","), ("很喜歡", "很喜欢"),
        ];
        let of = |side: fn(&(&'static str, &'static str)) -> &'static str| -> String {
            picked.iter().map(|&at| side(&pairs[at])).collect()
        };
        prop_assert_eq!(read(&of(|pair| pair.0)), read(&of(|pair| pair.1)));
    }
}

#[test]
fn masked_and_disguised_spellings_are_understood() {
    let codes = |text: &str| {
        let reading = reader().read(None, text, Expected::Complaint);
        let signals: Vec<&str> = reading.signals.iter().map(|signal| signal.code.as_str()).collect();
        signals.join(",")
    };
    for text in
        ["客服2B一个", "客服sb一个", "傻*东西客服", "这客服shabi", "傻 逼客服", "傻\u{200b}逼", "傻Ⅹ客服"]
    {
        assert_eq!(codes(text), "abuse", "{text}");
    }
    for text in ["2B铅笔很好用", "HB和2B都买了", "卖给2b客户", "垃gē手机"] {
        assert_eq!(codes(text), "", "{text}");
    }
    assert_eq!(read("垃gē").language, Language::Chinese);
    for text in ["垃gē", "垃圾", "辣鸡东西", "ljj東西，垃 圾"] {
        assert_eq!(read(text).sentiment.label.as_str(), "negative", "{text}");
    }
}
