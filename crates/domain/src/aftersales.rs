//! After-sales decisions 售后处理: what the desk proposes for a request, who pays the freight, and who has to agree.
//!
//! The decisions are a table in data (`aftersales/table.toml`): stage of the order × request × problem × proof × fault ×
//! right of return. The first row that fits decides, and each row names its sources. To change a decision: change its row;
//! to add a situation: add a row above the wider ones, and a line of it in
//! `aftersales/tests.rs`.

mod facts;
mod returning;
mod table;
#[cfg(test)]
mod tests;

pub use facts::{Goods, OrderStage, Problem, Request, Situation};
pub use returning::{ReturnRight, Returning};
pub use table::{Alternative, Approval, Check, Decision, Freight, Proposal, decide};
