//! Development only: databases for tests, mock clock, seeded randomness.
