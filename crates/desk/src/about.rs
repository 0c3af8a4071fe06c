//! What this desk runs on.

use pingxin_domain::calendar::public_years;
use pingxin_domain::{Action, Scope};
use pingxin_store::{Engine, schema_version};

use crate::desk::{Desk, allow};
use crate::error::Result;

/// What this desk runs on.
#[derive(Debug, Clone)]
pub struct About {
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// Version of the tables.
    pub schema: i64,
    /// Name of the model that reads texts.
    pub model: String,
    /// Years whose public holidays are known.
    pub calendar_years: Vec<i16>,
}

/// Says it.
///
/// # Errors
/// [`DeskError::Forbidden`](crate::DeskError::Forbidden).
pub fn read(desk: &Desk, scope: &Scope) -> Result<About> {
    allow(scope, Action::ReadReviews)?;
    Ok(About {
        engine: match desk.store.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        },
        schema: schema_version(),
        model: desk.engine().model().to_owned(),
        calendar_years: public_years().iter().map(|year| year.year).collect(),
    })
}
