//! JSON: one object a line, an array, objects behind each other, and the answers of platforms' interfaces around them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let (before, after): (&[u8], &[u8]) = match first % 6 {
        0 => (b"{", b"}"),
        1 => (b"[{", b"}]"),
        2 => (b"{\"traderates_get_response\":{\"trade_rates\":{\"trade_rate\":[{", b"}]}}}"),
        3 => (b"{\"tmall_traderate_feeds_get_response\":{\"tmall_rate_info\":{", b"}}}"),
        4 => (b"{\"text\":\"a\"}\n{", b"}\n"),
        _ => (b"", b""),
    };
    pingxin_fuzz::import(&[before, bytes, after].concat(), None);
});
