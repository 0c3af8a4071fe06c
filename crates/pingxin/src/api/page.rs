//! Pages of a list: a cursor in, the next one out.

use pingxin_store::Count as StoreCount;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::problem::Problem;

/// Rows a page has unless asked otherwise.
const USUAL: u32 = 50;
/// Rows a page has at most.
const MOST: u32 = 200;

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageAsked {
    /// `next_cursor` of the page before; none for the first.
    cursor: Option<String>,
    /// Rows a page, 1 to 200; 50 unless given.
    limit: Option<u32>,
}

impl PageAsked {
    /// The cursor, when there is one.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref().filter(|cursor| !cursor.is_empty())
    }

    /// Rows a page.
    ///
    /// # Errors
    /// 400 outside 1 to 200.
    pub fn limit(&self) -> Result<u32, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Problem::bad_request(
                format!("limit 应在 1 到 {MOST} 之间"),
                format!("`limit` must be from 1 to {MOST}"),
            )),
        }
    }
}

/// How many there are in all.
#[derive(Debug, Serialize, ToSchema)]
pub struct Count {
    /// The number, exact to 1,000.
    value: u64,
    /// Whether there are more than `value`.
    capped: bool,
}

impl From<StoreCount> for Count {
    fn from(count: StoreCount) -> Self {
        Self { value: count.value, capped: count.capped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_to_two_hundred_rows() {
        let limit = |limit| PageAsked { cursor: None, limit }.limit().ok();
        assert_eq!([limit(None), limit(Some(1)), limit(Some(200))], [Some(50), Some(1), Some(200)]);
        assert_eq!([limit(Some(0)), limit(Some(201))], [None, None]);
    }
}
