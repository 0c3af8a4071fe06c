//! The thin layer under every module: one text for both engines, typed values in, typed columns out.

mod built;
mod bulk;
mod row;
pub(crate) mod statement;
mod value;

pub(crate) use built::Built;
pub(crate) use bulk::Bulk;
pub(crate) use row::{Columns, Row};
pub(crate) use statement::{Statement, for_sqlite, statements};
pub(crate) use value::{Value, values};

/// Every fixed statement of the store.
pub(crate) fn all_statements() -> Vec<Statement> {
    [
        crate::assignment::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::saved_macro::STATEMENTS,
        crate::audit::chain::STATEMENTS,
        crate::audit::list::STATEMENTS,
        crate::backfill::STATEMENTS,
        crate::backup::table::STATEMENTS,
        crate::batch::STATEMENTS,
        crate::batch::life::STATEMENTS,
        crate::batch::rows::STATEMENTS,
        crate::bulk::STATEMENTS,
        crate::buyer::STATEMENTS,
        crate::buyer::list::STATEMENTS,
        crate::buyer::note::STATEMENTS,
        crate::buyer::past::STATEMENTS,
        crate::calendar_day::STATEMENTS,
        crate::case::alarm::STATEMENTS,
        crate::case::attempt::STATEMENTS,
        crate::case::change::STATEMENTS,
        crate::case::detail::STATEMENTS,
        crate::case::matter::STATEMENTS,
        crate::case::planned::STATEMENTS,
        crate::case::told::STATEMENTS,
        crate::chat_check::STATEMENTS,
        crate::compensation::STATEMENTS,
        crate::doctor::STATEMENTS,
        crate::doctor::MONEY_STATEMENTS,
        crate::evidence_file::STATEMENTS,
        crate::facets::STATEMENTS,
        crate::guard_alarm::STATEMENTS,
        crate::guard_rule::STATEMENTS,
        crate::hold::STATEMENTS,
        crate::incentive::STATEMENTS,
        crate::incentive::STATEMENT_STATEMENTS,
        crate::invitation::STATEMENTS,
        crate::job::STATEMENTS,
        crate::key_check::STATEMENTS,
        crate::live::STATEMENTS,
        crate::login_try::STATEMENTS,
        crate::media::STATEMENTS,
        crate::media::refused::STATEMENTS,
        crate::money_rule::STATEMENTS,
        crate::order::STATEMENTS,
        crate::order::write::STATEMENTS,
        crate::password_link::STATEMENTS,
        crate::pattern::STATEMENTS,
        crate::position::STATEMENTS,
        crate::presence::STATEMENTS,
        crate::profile::STATEMENTS,
        crate::record::case::STATEMENTS,
        crate::record::figure::STATEMENTS,
        crate::removal::STATEMENTS,
        crate::removal::finding::STATEMENTS,
        crate::removal::request::STATEMENTS,
        crate::replaced::STATEMENTS,
        crate::review::before::STATEMENTS,
        crate::review::detail::STATEMENTS,
        crate::review::gone::STATEMENTS,
        crate::review::happened::STATEMENTS,
        crate::review::known::STATEMENTS,
        crate::review::write::STATEMENTS,
        crate::second_factor::STATEMENTS,
        crate::session::STATEMENTS,
        crate::setup::STATEMENTS,
        crate::shift::STATEMENTS,
        crate::shop::STATEMENTS,
        crate::shop_clock::STATEMENTS,
        crate::shop_word::STATEMENTS,
        crate::summary::STATEMENTS,
        crate::handover::STATEMENTS,
        crate::out_channel::STATEMENTS,
        crate::promise::STATEMENTS,
        crate::watch::STATEMENTS,
        crate::claim::STATEMENTS,
        crate::script::STATEMENTS,
        crate::task::STATEMENTS,
        crate::tag::STATEMENTS,
        crate::team::STATEMENTS,
        crate::tenant::STATEMENTS,
        crate::text_model::STATEMENTS,
        crate::thanks::STATEMENTS,
        crate::token::STATEMENTS,
        crate::training::STATEMENTS,
        crate::user::STATEMENTS,
        crate::user::change::STATEMENTS,
        crate::view::STATEMENTS,
    ]
    .into_iter()
    .chain(crate::record::table::STATEMENTS.iter().copied())
    .chain(crate::correction::ALL_STATEMENTS.iter().copied())
    .chain(crate::rating::ALL_STATEMENTS.iter().copied())
    .chain(crate::product::STATEMENTS.iter().copied())
    .chain(crate::automation::ALL_STATEMENTS.iter().copied())
    .chain(crate::outbox::ALL_STATEMENTS.iter().copied())
    .chain(crate::undo::STATEMENTS.iter().copied())
    .collect::<Vec<_>>()
    .concat()
}
