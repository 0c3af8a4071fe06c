//! Which language a text is written in.

crate::code::codes! {
    /// The language of a text, by its ISO 639-1 code.
    Language ("language") {
        /// Chinese.
        Chinese = "zh",
        /// English.
        English = "en",
        /// Japanese.
        Japanese = "ja",
        /// German.
        German = "de",
        /// French.
        French = "fr",
        /// Spanish.
        Spanish = "es",
        /// Italian.
        Italian = "it",
        /// Portuguese.
        Portuguese = "pt",
        /// Nothing to tell from.
        Undetermined = "und",
    }
}
