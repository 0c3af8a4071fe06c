//! The regular expressions of promises, each compiled when it is first asked.

/// `patterns! { NAME = "…"; … }`.
macro_rules! patterns {
    ($($(#[$about:meta])* $name:ident = $pattern:expr;)+) => {
        $($(#[$about])* static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).expect("a pattern of this file"));)+
    };
}
pub(super) use patterns;
