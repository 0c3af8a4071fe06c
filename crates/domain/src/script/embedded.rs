//! The scripts that the program carries.

macro_rules! files {
    ($($name:literal,)+) => {
        /// Name and text of each.
        pub(super) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../scripts/", $name)))),+];
    };
}

files! {
    "pre_sale.toml",
    "in_sale.toml",
    "first_contact.toml",
    "follow_up.toml",
    "solution.toml",
    "after_solution.toml",
    "public_reply.toml",
    "sms.toml",
    "phone.toml",
    "thanks.toml",
    "thanks_public.toml",
}

/// The variables.
pub(super) const VARIABLES: (&str, &str) =
    ("variables.toml", include_str!("../../../../scripts/variables.toml"));
