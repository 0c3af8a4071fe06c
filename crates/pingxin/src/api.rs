//! The HTTP API `/api/v1`: one file a noun, each with what it sends, what it takes, and its endpoints.
//!
//! Every endpoint is described where it is written; [`document`] is the sum, and `openapi.json` at the root of the
//! repository its copy. To add one: a function with `#[utoipa::path]` in the file of its noun, a line in
//! `described`, a row in the table of `tests/it/operations.rs`, then `make api`.

pub mod about;
pub mod account;
pub mod assignment;
pub mod audit;
pub mod automation;
pub mod backup;
pub mod bulk;
pub mod buyer;
pub mod calendar;
pub mod case;
pub mod case_opening;
pub mod case_state;
pub mod channel;
pub mod chat_check;
pub mod clock;
pub mod compensation;
pub mod compose;
pub mod correction;
pub mod demo;
pub mod event;
pub mod evidence;
pub mod export;
pub mod figure;
pub mod filter;
pub mod guard;
pub mod handover;
pub mod hold;
pub mod import;
pub mod import_draft;
pub mod import_profile;
pub mod import_undo;
pub mod incentive;
pub mod invitation;
pub mod login_session;
pub mod measure;
pub mod measure_history;
pub mod media;
pub mod merchant;
pub mod moment;
pub mod money_rule;
pub mod order;
pub mod outbox;
pub mod pack;
pub mod page;
pub mod pattern;
pub mod person;
pub mod plan;
pub mod product;
pub mod promise;
pub mod reading;
pub mod record;
pub mod refusal;
pub mod removal;
pub mod review;
pub mod rule_source;
pub mod saved_macro;
pub mod script;
pub mod search;
pub mod service;
pub mod service_figure;
pub mod session;
pub mod setup;
pub mod shop;
pub mod tag;
pub mod task;
pub mod team;
pub mod thanks;
pub mod token;
pub mod triage;
pub mod view;
pub mod word;
pub mod workbench;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::App;
use crate::http::problem::ProblemBody;
use crate::http::upload;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pingxin",
        description = "Review operations desk. Unsafe methods need `Origin` equal to the server's own and \
                       `X-Pingxin: 1`; a session is the cookie `__Host-pingxin`. A program sends `Authorization: \
                       Bearer pingxin_…` instead of all three.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(
        ProblemBody,
        event::PresenceEvent,
        word::BuyerSort,
        word::CaseSort,
        word::ClockWhen,
        word::ContactWhen,
        word::DueWithin,
        word::ExportFormat,
        word::OrderPart,
        word::OrderSort,
        word::ProductSort,
        word::ReviewSort,
        word::SearchKind,
        word::Match,
        word::Changed,
        word::ListName
    ))
)]
struct Description;

// In parts: one chain of all would need a megabyte of stack in a build without optimisation.
fn described() -> OpenApiRouter<App> {
    let people = people_and_imports(OpenApiRouter::with_openapi(Description::openapi()));
    rules_and_lists(words_and_money(reviews_and_cases(people)))
}

/// Signing in, people, shops, tokens, the audit, imports, tags, views.
fn people_and_imports(router: OpenApiRouter<App>) -> OpenApiRouter<App> {
    router
        .routes(routes!(service::health))
        .routes(routes!(setup::get_setup))
        .routes(routes!(setup::create_first_owner))
        .routes(routes!(session::log_in))
        .routes(routes!(session::log_out))
        .routes(routes!(session::get_me, session::update_me))
        .routes(routes!(login_session::list_sessions))
        .routes(routes!(login_session::delete_session))
        .routes(routes!(login_session::revoke_other_sessions))
        .routes(routes!(account::begin_totp))
        .routes(routes!(account::confirm_totp))
        .routes(routes!(account::disable_totp))
        .routes(routes!(account::change_password))
        .routes(routes!(person::list_people))
        .routes(routes!(person::update_person))
        .routes(routes!(person::remove_person_totp))
        .routes(routes!(person::reset_person))
        .routes(routes!(invitation::create_invitation))
        .routes(routes!(invitation::resend_invitation))
        .routes(routes!(invitation::delete_invitation))
        .routes(routes!(invitation::read_invitation))
        .routes(routes!(invitation::accept_invitation))
        .routes(routes!(token::list_tokens, token::create_token))
        .routes(routes!(token::delete_token))
        .routes(routes!(team::list_teams, team::create_team))
        .routes(routes!(team::update_team, team::delete_team))
        .routes(routes!(merchant::get_merchant, merchant::update_merchant))
        .routes(routes!(shop::list_shops, shop::create_shop))
        .routes(routes!(shop::get_summary))
        .routes(
            routes!(import::list_imports, import::create_import)
                .layer(DefaultBodyLimit::max(upload::REQUEST_LIMIT)),
        )
        .routes(routes!(import::get_import, import::cancel_import))
        .routes(routes!(import::list_import_failures))
        .routes(routes!(import_draft::preview_import))
        .routes(routes!(import_draft::start_import))
        .routes(routes!(import_undo::get_failed_rows))
        .routes(routes!(import_undo::get_import_undo, import_undo::undo_import))
        .routes(routes!(import_profile::list_import_profiles, import_profile::create_import_profile))
        .routes(routes!(import_profile::get_import_profile, import_profile::delete_import_profile))
        .routes(routes!(figure::list_figures, figure::create_figure))
        .routes(routes!(figure::delete_figure))
        .routes(routes!(tag::list_tags, tag::create_tag))
        .routes(routes!(tag::update_tag, tag::delete_tag))
        .routes(routes!(view::list_views, view::create_view))
        .routes(routes!(view::update_view, view::delete_view))
        .routes(routes!(bulk::create_bulk))
        .routes(routes!(bulk::undo_bulk))
}

/// Reviews and what is read in them, cases and who has them.
fn reviews_and_cases(router: OpenApiRouter<App>) -> OpenApiRouter<App> {
    router
        .routes(routes!(review::list_reviews))
        .routes(routes!(export::export_reviews))
        .routes(routes!(review::get_review))
        .routes(routes!(media::get_review_media))
        .routes(routes!(correction::create_correction))
        .routes(routes!(correction::undo_correction))
        .routes(routes!(reading::get_reading))
        .routes(routes!(reading::create_training))
        .routes(routes!(reading::use_model))
        .routes(routes!(reading::get_shop_words, reading::set_shop_words))
        .routes(routes!(case::list_cases, case_opening::create_case))
        .routes(routes!(export::export_cases))
        .routes(routes!(case::get_case))
        .routes(routes!(record::get_case_records))
        .routes(routes!(case::set_case_owner))
        .routes(routes!(case::add_case_note))
        .routes(routes!(case_state::set_case_state))
        .routes(routes!(case_state::undo_case_move))
        .routes(routes!(case_state::merge_case))
        .routes(routes!(case_state::split_case))
        .routes(routes!(plan::get_case_plan))
        .routes(routes!(plan::state_case_facts))
        .routes(routes!(plan::set_case_step))
        .routes(routes!(plan::log_attempt))
        .routes(routes!(plan::withdraw_attempt))
        .routes(routes!(workbench::get_workbench))
        .routes(routes!(case::log_case_message))
        .routes(routes!(guard::check_text))
        .routes(routes!(guard::mark_false_alarm))
        .routes(routes!(guard::list_guard_rules, guard::set_guard_rule))
        .routes(routes!(hold::list_holds))
        .routes(routes!(hold::release_hold))
        .routes(routes!(hold::refuse_hold))
        .routes(routes!(hold::decide_holds))
        .routes(routes!(chat_check::report_chats))
        .routes(routes!(chat_check::list_wrong_messages))
        .routes(routes!(chat_check::get_conversation))
        .routes(routes!(shop::change_shop))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(audit::check_audit))
        .routes(routes!(handover::list_handovers))
        .routes(routes!(handover::suggest_handover))
        .routes(routes!(handover::write_handover))
        .routes(routes!(handover::take_handover))
        .routes(routes!(handover::withdraw_handover))
        .routes(routes!(handover::list_watches))
        .routes(routes!(handover::watch_case))
        .routes(routes!(handover::unwatch_case))
}

/// What goes out of the shop, and what it costs.
fn words_and_money(router: OpenApiRouter<App>) -> OpenApiRouter<App> {
    router
        .routes(routes!(script::list_scripts))
        .routes(routes!(script::export_scripts))
        .routes(routes!(script::create_script))
        .routes(routes!(script::update_script))
        .routes(routes!(script::list_script_versions))
        .routes(routes!(script::restore_script))
        .routes(routes!(script::decide_script))
        .routes(routes!(script::archive_script))
        .routes(routes!(script::set_script_favourite))
        .routes(routes!(script::list_script_uses))
        .routes(routes!(compose::list_case_scripts))
        .routes(routes!(compose::fill_case_script))
        .routes(routes!(compose::list_case_messages))
        .routes(routes!(thanks::list_praise))
        .routes(routes!(thanks::get_thanks_coverage))
        .routes(routes!(thanks::list_thanks))
        .routes(routes!(thanks::export_thanks))
        .routes(routes!(thanks::propose_thanks))
        .routes(routes!(thanks::write_thanks))
        .routes(routes!(thanks::take_thanks_back))
        .routes(routes!(thanks::open_case))
        .routes(routes!(promise::list_promises))
        .routes(routes!(promise::add_promise))
        .routes(routes!(promise::keep_promise))
        .routes(routes!(promise::withdraw_promise))
        .routes(routes!(compensation::list_compensations))
        .routes(routes!(compensation::export_compensations))
        .routes(routes!(compensation::get_compensation))
        .routes(routes!(compensation::get_case_compensation))
        .routes(routes!(compensation::ask_compensation))
        .routes(routes!(compensation::decide_compensation))
        .routes(routes!(compensation::decide_compensations))
        .routes(routes!(compensation::get_compensation_report))
        .routes(routes!(money_rule::get_compensation_rules, money_rule::set_compensation_rules))
        .routes(routes!(incentive::list_incentives))
        .routes(routes!(incentive::get_case_incentive))
        .routes(routes!(incentive::claim_incentive))
        .routes(routes!(incentive::verify_incentive))
        .routes(routes!(incentive::refuse_incentive))
        .routes(routes!(incentive::list_incentive_statements))
        .routes(routes!(incentive::export_incentive_statements))
        .routes(routes!(incentive::pay_incentive_statement))
        .routes(routes!(money_rule::get_incentive_rules, money_rule::set_incentive_rules))
        .routes(routes!(outbox::list_outbox))
        .routes(routes!(outbox::get_outgoing))
        .routes(routes!(outbox::get_mail_way))
        .routes(routes!(outbox::send_message))
        .routes(routes!(outbox::withdraw_outgoing))
        .routes(routes!(outbox::retry_outgoing))
        .routes(routes!(outbox::decide_outgoing))
        .routes(routes!(channel::list_channels))
        .routes(routes!(channel::set_channel, channel::delete_channel))
        .routes(routes!(channel::test_channel))
}

/// Tasks, the rules of the house and of platforms, lists of orders, buyers and products, figures.
fn rules_and_lists(router: OpenApiRouter<App>) -> OpenApiRouter<App> {
    router
        .routes(routes!(task::list_tasks))
        .routes(routes!(task::create_task))
        .routes(routes!(task::answer_task))
        .routes(routes!(task::cancel_task))
        .routes(routes!(event::stream_events))
        .routes(routes!(event::set_presence, event::clear_presence))
        .routes(routes!(calendar::get_calendar))
        .routes(routes!(calendar::set_calendar_day, calendar::clear_calendar_day))
        .routes(routes!(assignment::get_assignment, assignment::set_assignment))
        .routes(routes!(assignment::set_person_skills))
        .routes(routes!(assignment::get_next_case))
        .routes(routes!(automation::list_automation_rules, automation::create_automation_rule))
        .routes(routes!(automation::set_automation_order))
        .routes(routes!(automation::try_automation_rule))
        .routes(routes!(automation::update_automation_rule, automation::delete_automation_rule))
        .routes(routes!(automation::restore_automation_rule))
        .routes(routes!(automation::list_automation_runs))
        .routes(routes!(saved_macro::list_macros, saved_macro::create_macro))
        .routes(routes!(saved_macro::update_macro, saved_macro::delete_macro))
        .routes(routes!(saved_macro::restore_macro))
        .routes(routes!(clock::get_shop_clocks, clock::set_shop_clocks))
        .routes(routes!(clock::list_shifts, clock::create_shifts))
        .routes(routes!(clock::delete_shift))
        .routes(routes!(about::get_about))
        .routes(routes!(backup::list_backups, backup::create_backup))
        .routes(routes!(backup::get_backup))
        .routes(routes!(order::list_orders))
        .routes(routes!(export::export_orders))
        .routes(routes!(order::get_order))
        .routes(routes!(buyer::list_buyers))
        .routes(routes!(export::export_buyers))
        .routes(routes!(buyer::get_buyer))
        .routes(routes!(buyer::add_buyer_note))
        .routes(routes!(buyer::set_buyer_opt_out))
        .routes(routes!(buyer::reveal_buyer_field))
        .routes(routes!(product::list_products))
        .routes(routes!(export::export_products))
        .routes(routes!(product::get_product))
        .routes(routes!(removal::list_removal_candidates))
        .routes(routes!(removal::get_removal_summary))
        .routes(routes!(removal::list_removals))
        .routes(routes!(removal::get_removal))
        .routes(routes!(removal::create_removal))
        .routes(routes!(removal::add_removal_step))
        .routes(routes!(removal::set_removal_facts))
        .routes(routes!(evidence::get_evidence))
        .routes(routes!(evidence::get_evidence_pack))
        .routes(
            routes!(evidence::add_evidence_file).layer(DefaultBodyLimit::max(upload::EVIDENCE_REQUEST_LIMIT)),
        )
        .routes(routes!(evidence::delete_evidence_file))
        .routes(routes!(measure::get_shop_measures))
        .routes(routes!(measure_history::get_measure_history))
        .routes(routes!(service_figure::list_late_messages))
        .routes(routes!(pack::list_packs))
        .routes(routes!(pack::reload_packs))
        .routes(routes!(pack::get_pack))
        .routes(routes!(pack::list_pack_changes))
        .routes(routes!(search::search))
        .routes(routes!(demo::wipe_demo))
}

/// The routes and their description.
pub fn router() -> (Router<App>, utoipa::openapi::OpenApi) {
    described().split_for_parts()
}

/// The description as it is published and committed.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document() -> anyhow::Result<String> {
    Ok(router().1.to_pretty_json()?)
}

/// Answers with the description.
pub async fn serve_document(text: String) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], text)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn references<'d>(value: &'d Value, found: &mut Vec<&'d str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn everything_the_description_refers_to_is_in_it() {
        let document: Value = serde_json::from_str(&document().unwrap()).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 100);
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_operation_says_what_it_is_for() {
        let document: Value = serde_json::from_str(&document().unwrap()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        for (path, operation) in paths.iter().flat_map(|(path, methods)| {
            methods.as_object().unwrap().values().map(move |operation| (path, operation))
        }) {
            assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{path}");
            assert!(operation["tags"][0].is_string(), "{path}");
        }
    }
}
