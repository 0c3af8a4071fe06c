//! The outside world: file formats and platforms.
