//! What people write about a file: `--map`, and profiles that come from elsewhere.
#![no_main]

use pingxin_channels::files::columns::{SavedProfile, guess, parse_overrides};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let headers: Vec<String> = ["评价内容", "评分", "日期", "text", ""].map(str::to_owned).into();
    if let Ok(overrides) = parse_overrides(&text) {
        let _mapping = guess(&headers, &[], None, &overrides);
    }
    if let Ok(saved) = SavedProfile::from_json(&text) {
        let _fits = saved.fits(&headers);
        assert!(guess(&headers, &[], None, &saved.overrides()).is_ok());
    }
});
