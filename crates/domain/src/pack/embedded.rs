//! The packs that the program carries.

macro_rules! files {
    ($($name:literal,)+) => {
        /// Name and text of each.
        pub(super) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../packs/", $name)))),+];
    };
}

files! {
    "base.toml",
    "amazon-us.toml",
    "amazon-uk.toml",
    "amazon-de.toml",
    "amazon-jp.toml",
    "amazon-ca.toml",
    "taobao.toml",
    "tmall.toml",
    "ebay.toml",
    "aliexpress.toml",
    "jd.toml",
    "shopify.toml",
    "own-shop.toml",
    "law-cn.toml",
    "law-us.toml",
    "law-eu.toml",
    "law-uk.toml",
}
