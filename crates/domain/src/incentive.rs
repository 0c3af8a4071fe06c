//! Incentives 绩效奖励: what an agent earns for a matter that was put right.
//!
//! Earned for a case that is *solved and confirmed* by the buyer, or solved in time; never for a rating that was changed or
//! removed (X14: what is paid for a changed rating pays for pressure on the buyer; Amazon and the law forbid that pressure:
//! AMZ-NEG, AMZ-REV, CN-NAUC). So [`Basis`] has no word for it, and a case that ended by a changed, struck or removed review
//! earns nothing. The amounts are data (article-000: 50 yuan where the goods, 30 where the delivery was complained of).

mod rules;
mod state;

pub use rules::{AmountWritten, IncentiveRules, IncentiveRulesWritten, RulesError};
pub use state::{
    Basis, CaseEnd, ClaimRefused, IncentiveLine, IncentiveRefused, IncentiveState, claim, verified,
};
