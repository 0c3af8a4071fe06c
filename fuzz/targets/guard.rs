//! Outgoing texts: the first byte picks the channel and platform, the rest is the text, as it is and disguised.
#![no_main]

use pingxin_domain::guard::{Channel, Draft, Guard};
use pingxin_domain::{Object, Platform};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    let mut draft = Draft::of_text(&text);
    let first = usize::from(*first);
    draft.channel = Channel::ALL.get(first % (Channel::ALL.len() + 1)).copied();
    draft.platform = match first / 16 {
        0..4 => None,
        4..8 => Some(Platform::AMAZON_US),
        8..12 => Some(Platform::Taobao),
        _ => Some(Platform::OwnShop),
    };
    draft.object = Some(Object::ProductReview);
    draft.facts.ground = Some("product_only");
    draft.facts.buyer_lang = Some("zh");
    draft.facts.prior_asks = Some(1);
    let check = Guard::shared().check(&draft);
    let length = u32::try_from(text.chars().count()).expect("an input is short");
    for span in check.findings.iter().flat_map(|finding| &finding.spans) {
        assert!(span.start < span.end && span.end <= length, "{span:?} in {length}");
    }
});
