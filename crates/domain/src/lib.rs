//! Pure rules over facts and texts: no I/O, no async, no clock, no randomness.
