//! What a person says of a case: facts that no file holds. Each change is a record of its own; the last one counts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::CaseFacts;
use crate::aftersales::{Problem, Request};

/// Facts that a person stated. `None` is unknown, and then what the files say counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// What the buyer asks for.
    pub request: Option<Request>,
    /// He does not want to wait.
    pub insists: Option<bool>,
    /// When a refund or a return was asked for.
    pub requested: Option<Timestamp>,
    /// The buyer has the goods.
    pub received: Option<bool>,
    /// What is wrong with them.
    pub problem: Option<Problem>,
    /// Of a kind that is not taken back without a reason.
    pub exempt: Option<bool>,
    /// Labels cut off.
    pub tags_cut: Option<bool>,
    /// Washed.
    pub washed: Option<bool>,
    /// Worn or used.
    pub used: Option<bool>,
    /// There is a photo or a video of the problem.
    pub shown: Option<bool>,
}

impl Stated {
    /// Problems that a person can name; the others come of a cause alone.
    pub const PROBLEMS: [Problem; 7] = [
        Problem::Wrong,
        Problem::Missing,
        Problem::Damaged,
        Problem::Defect,
        Problem::Size,
        Problem::NotAsDescribed,
        Problem::None,
    ];

    /// The facts with what a person said in front of what the files say.
    #[must_use]
    pub fn over(&self, facts: CaseFacts) -> CaseFacts {
        let mut goods = facts.goods;
        goods.received = self.received.or(goods.received);
        goods.problem = self.problem.or(goods.problem);
        goods.exempt = self.exempt.or(goods.exempt);
        goods.tags_cut = self.tags_cut.or(goods.tags_cut);
        goods.washed = self.washed.or(goods.washed);
        goods.used = self.used.or(goods.used);
        goods.is_shown = self.shown.unwrap_or(goods.is_shown);
        CaseFacts {
            request: self.request.or(facts.request),
            insists: self.insists.unwrap_or(facts.insists),
            requested: self.requested.or(facts.requested),
            goods,
            ..facts
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aftersales::Goods;

    #[test]
    fn what_a_person_says_counts_before_the_files_and_silence_does_not() {
        let files = CaseFacts {
            request: Some(Request::Refund),
            insists: true,
            goods: Goods { received: Some(true), is_shown: true, ..Goods::default() },
            ..CaseFacts::default()
        };
        let silent = Stated::default();
        assert_eq!(silent.over(files.clone()), files);
        let said =
            Stated { request: Some(Request::Exchange), received: Some(false), shown: Some(false), ..silent };
        let facts = said.over(files);
        assert_eq!((facts.request, facts.insists), (Some(Request::Exchange), true));
        assert_eq!((facts.goods.received, facts.goods.is_shown), (Some(false), false));
    }

    #[test]
    fn it_is_stored_and_read_back_whole_and_from_less() {
        let said = Stated { problem: Some(Problem::Size), used: Some(false), ..Stated::default() };
        let text = serde_json::to_string(&said).expect("facts can be written");
        assert_eq!(serde_json::from_str::<Stated>(&text).ok(), Some(said));
        assert_eq!(serde_json::from_str::<Stated>("{}").ok(), Some(Stated::default()));
    }
}
