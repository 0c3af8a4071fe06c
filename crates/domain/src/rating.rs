//! Rating figures: what a platform shows of a shop, counted from events and exact on whole numbers.
//!
//! [`Ledger`] takes events in any order and in one pass; [`Ledger::figures`] answers with the document that `pingxin
//! figures` prints. Every other figure of the desk is a [`Measure`]: numerator, denominator, window and target side by
//! side, so that nobody has to ask what a percentage is of. To add a figure: a file here with its formula and source,
//! and a row in `docs/figures.md`.

mod buy_box;
mod defects;
mod display;
mod event;
mod feedback;
mod figures;
mod forecast;
mod ledger;
mod measure;
mod outlook;
mod response;
mod review_share;
mod scores;
mod share;
mod shipping;
mod snapshot;
mod tally;
mod verdicts;
mod what_if;
mod window;

#[cfg(test)]
mod reference;

pub use buy_box::{BuyBoxPoints, FolkModels};
pub use defects::{OrderDefects, OrderDefectsAfter};
pub use display::{NeutralCost, PublicRating, neutral_cost, public_rating};
pub use event::{Claim, Event, PlacedOrder, RatingEvent};
pub use feedback::{FeedbackClass, FeedbackCount};
pub use figures::{FeedbackFigure, Figures, ForWindows, OrderDefectFigure, VerdictFigure};
pub use forecast::{Forecast, forecast, staying_days};
pub use ledger::Ledger;
pub use measure::{Compare, Measure, Span, Target};
pub use outlook::{LOWEST_TARGET, Leave, class_of, leaves, needed_for_each, with_more};
pub use response::{ANSWER_IN_TIME, ANSWER_WINDOWS, BuyerMessage, late_responses, response_measure};
pub use review_share::{ProductReview, ReviewShare};
pub use scores::{ScoreCount, ScoreItem, ScoreLine, ShopScores};
pub use share::{percent, rate};
pub use shipping::{OrderMeasure, OrderPart, SentOrder};
pub use snapshot::{CompletedFeedback, Part, TypedCount, complete};
pub use tally::Tally;
pub use verdicts::VerdictCount;
pub use what_if::{Removed, RollOff, WhatIf, positives_needed};
pub use window::Window;
