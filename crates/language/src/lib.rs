//! Pure text understanding: folding, language, words, the linear model, spans and signals.
