//! What one review says, how badly, and whether somebody must act.
