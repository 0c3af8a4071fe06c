//! Policy packs that somebody drops into a folder: whatever is in the file, it is read whole or refused whole, and a refusal
//! names a place in it. What is read can be asked for everything.
#![no_main]

use jiff::civil::date;
use pingxin_domain::pack::{Pack, Packs};
use pingxin_domain::{Object, Platform};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let is_taken = match Pack::read("taobao.toml", &text) {
        Ok(pack) => {
            let _stale = pack.is_stale(date(2026, 11, 29));
            let _over = pack.over(&pack);
            true
        }
        Err(refused) => {
            assert!(!refused.to_string().is_empty());
            false
        }
    };
    // Laying a file over all others takes a hundred times as long as refusing it: one refused file in sixteen is enough.
    if !is_taken && data.len() % 16 != 0 {
        return;
    }
    let (packs, refused) = Packs::embedded().with(&[("taobao.toml".to_owned(), text.into_owned())]);
    assert!(refused.len() <= 1, "one file is refused once");
    let rules = packs.rules(Some(Platform::Taobao), None, date(2026, 11, 29));
    let _grounds = rules.grounds(Object::Review).count();
    let _windows = rules.windows().count();
    let _guard = rules.guard("G33");
});
