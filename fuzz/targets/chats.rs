//! Chat logs as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // Two heads make a chat of what comes behind.
    let head = "猫小姐(2026-10-01 12:03:44):\n在吗\n旗舰店:小美(2026-10-01 12:04:10):\n在的\n";
    match data.split_first() {
        Some((0..128, rest)) => pingxin_fuzz::import(&[head.as_bytes(), rest].concat(), None),
        _ => pingxin_fuzz::import(data, None),
    }
});
