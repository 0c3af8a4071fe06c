//! Pingxin 评心: the review operations desk.
fn main() {}
