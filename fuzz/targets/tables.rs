//! Delimited text, and whatever else a file may turn out to be; the first byte says in which encoding it is read.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let encoding = match first % 6 {
        0 => Some("gb18030"),
        1 => Some("shift_jis"),
        2 => Some("windows-1252"),
        3 => Some("utf-16le"),
        _ => None,
    };
    pingxin_fuzz::import(bytes, encoding);
});
