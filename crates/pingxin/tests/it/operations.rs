//! Every operation of the API, from its own description, with what the tests must know of each.
//!
//! A new endpoint needs: a row in [`TABLE`]; when it takes a body, one in [`Operation::sample`], and in
//! [`Operation::samples`] as many more as it takes to name every field with an id; when it has an id of a new kind of
//! thing, a row in `things::KINDS` that says how the tests come by one, and the names under which the API calls it.
//! Then `api_rights` asks it in every role, and `swaps` with ids of other merchants and shops; each fails with the name
//! of what is missing.

use pingxin_domain::Action;
use serde_json::{Value, json};

use crate::things::{self, PATHS};

/// Who may use an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Everybody, signed in or not.
    Everybody,
    /// Everybody who is signed in, in whatever role; a token too.
    SignedIn,
    /// Everybody who is signed in on the pages, in whatever role; a token may not.
    OnPages,
    /// Whose role and token have this action.
    With(Action),
}

/// The table of rights. An operation that is not here fails the tests. Who has an action is the domain's to say.
pub const TABLE: &[(&str, May)] = &[
    ("health", May::Everybody),
    ("get_setup", May::Everybody),
    ("create_first_owner", May::Everybody),
    ("log_in", May::Everybody),
    ("log_out", May::OnPages),
    ("get_me", May::SignedIn),
    ("update_me", May::OnPages),
    ("list_sessions", May::OnPages),
    ("delete_session", May::OnPages),
    ("revoke_other_sessions", May::OnPages),
    ("begin_totp", May::OnPages),
    ("confirm_totp", May::OnPages),
    ("disable_totp", May::OnPages),
    ("change_password", May::OnPages),
    ("list_people", May::With(Action::ReadPeople)),
    ("update_person", May::With(Action::ManagePeople)),
    ("remove_person_totp", May::With(Action::ManagePeople)),
    ("reset_person", May::With(Action::ManagePeople)),
    ("create_invitation", May::With(Action::ManagePeople)),
    ("resend_invitation", May::With(Action::ManagePeople)),
    ("delete_invitation", May::With(Action::ManagePeople)),
    ("read_invitation", May::Everybody),
    ("accept_invitation", May::Everybody),
    ("list_tokens", May::With(Action::UseTokens)),
    ("create_token", May::With(Action::UseTokens)),
    ("delete_token", May::With(Action::UseTokens)),
    ("list_teams", May::With(Action::ReadPeople)),
    ("create_team", May::With(Action::ManagePeople)),
    ("update_team", May::With(Action::ManagePeople)),
    ("delete_team", May::With(Action::ManagePeople)),
    ("get_merchant", May::With(Action::ReadPeople)),
    ("update_merchant", May::With(Action::ManagePeople)),
    ("list_shops", May::With(Action::ReadReviews)),
    ("create_shop", May::With(Action::ManageShops)),
    ("get_summary", May::With(Action::ReadReviews)),
    ("list_imports", May::With(Action::ReadImports)),
    ("create_import", May::With(Action::CreateImports)),
    ("get_import", May::With(Action::ReadImports)),
    ("cancel_import", May::With(Action::CreateImports)),
    ("list_import_failures", May::With(Action::ReadImports)),
    ("preview_import", May::With(Action::CreateImports)),
    ("start_import", May::With(Action::CreateImports)),
    ("list_import_profiles", May::With(Action::ReadImports)),
    ("create_import_profile", May::With(Action::CreateImports)),
    ("get_import_profile", May::With(Action::ReadImports)),
    ("delete_import_profile", May::With(Action::CreateImports)),
    ("get_failed_rows", May::With(Action::CreateImports)),
    ("get_import_undo", May::With(Action::CreateImports)),
    ("undo_import", May::With(Action::CreateImports)),
    ("list_figures", May::With(Action::ReadImports)),
    ("create_figure", May::With(Action::CreateImports)),
    ("delete_figure", May::With(Action::CreateImports)),
    ("get_case_records", May::With(Action::ReadCases)),
    ("list_tags", May::With(Action::ReadReviews)),
    ("create_tag", May::With(Action::ManageTags)),
    ("update_tag", May::With(Action::ManageTags)),
    ("delete_tag", May::With(Action::ManageTags)),
    ("list_views", May::With(Action::ReadReviews)),
    ("create_view", May::With(Action::ReadReviews)),
    ("update_view", May::With(Action::ReadReviews)),
    ("delete_view", May::With(Action::ReadReviews)),
    ("create_bulk", May::With(Action::TagReviews)),
    ("undo_bulk", May::With(Action::TagReviews)),
    ("list_reviews", May::With(Action::ReadReviews)),
    ("export_reviews", May::With(Action::ExportLists)),
    ("get_review", May::With(Action::ReadReviews)),
    ("create_correction", May::With(Action::CorrectReadings)),
    ("undo_correction", May::With(Action::CorrectReadings)),
    ("get_reading", May::With(Action::ManageReading)),
    ("create_training", May::With(Action::ManageReading)),
    ("use_model", May::With(Action::ManageReading)),
    ("get_shop_words", May::With(Action::ReadReviews)),
    ("set_shop_words", May::With(Action::ManageReading)),
    ("get_review_media", May::With(Action::ReadReviews)),
    ("list_cases", May::With(Action::ReadCases)),
    ("create_case", May::With(Action::HandleCases)),
    ("export_cases", May::With(Action::ExportLists)),
    ("get_case", May::With(Action::ReadCases)),
    ("set_case_owner", May::With(Action::HandleCases)),
    ("add_case_note", May::With(Action::HandleCases)),
    ("set_case_state", May::With(Action::HandleCases)),
    ("undo_case_move", May::With(Action::HandleCases)),
    ("merge_case", May::With(Action::HandleCases)),
    ("split_case", May::With(Action::HandleCases)),
    ("get_case_plan", May::With(Action::ReadCases)),
    ("state_case_facts", May::With(Action::HandleCases)),
    ("set_case_step", May::With(Action::HandleCases)),
    ("log_attempt", May::With(Action::HandleCases)),
    ("withdraw_attempt", May::With(Action::HandleCases)),
    ("get_workbench", May::With(Action::ReadCases)),
    ("log_case_message", May::With(Action::HandleCases)),
    ("check_text", May::With(Action::ReadTasks)),
    ("mark_false_alarm", May::With(Action::HandleCases)),
    ("list_guard_rules", May::With(Action::ReadReviews)),
    ("set_guard_rule", May::With(Action::ManageGuard)),
    ("list_holds", May::With(Action::ReadTasks)),
    ("release_hold", May::With(Action::ReviewTexts)),
    ("refuse_hold", May::With(Action::ReviewTexts)),
    ("decide_holds", May::With(Action::ReviewTexts)),
    ("report_chats", May::With(Action::ReviewTexts)),
    ("list_wrong_messages", May::With(Action::ReviewTexts)),
    ("get_conversation", May::With(Action::ReviewTexts)),
    ("change_shop", May::With(Action::ManageShops)),
    ("list_audit", May::With(Action::ReadAudit)),
    ("export_audit", May::With(Action::ReadAudit)),
    ("check_audit", May::With(Action::ReadAudit)),
    ("list_handovers", May::With(Action::ReadCases)),
    ("suggest_handover", May::With(Action::HandleCases)),
    ("write_handover", May::With(Action::HandleCases)),
    ("take_handover", May::With(Action::HandleCases)),
    ("withdraw_handover", May::With(Action::HandleCases)),
    ("list_watches", May::With(Action::ReadCases)),
    ("watch_case", May::With(Action::ReadCases)),
    ("unwatch_case", May::With(Action::ReadCases)),
    ("list_scripts", May::With(Action::ReadCases)),
    ("export_scripts", May::With(Action::ExportLists)),
    ("create_script", May::With(Action::ManageScripts)),
    ("update_script", May::With(Action::ManageScripts)),
    ("list_script_versions", May::With(Action::ReadCases)),
    ("restore_script", May::With(Action::ManageScripts)),
    ("decide_script", May::With(Action::ReviewTexts)),
    ("archive_script", May::With(Action::ManageScripts)),
    ("set_script_favourite", May::With(Action::ReadCases)),
    ("list_script_uses", May::With(Action::ReadCases)),
    ("list_case_scripts", May::With(Action::ReadCases)),
    ("fill_case_script", May::With(Action::ReadCases)),
    ("list_case_messages", May::With(Action::ReadCases)),
    ("list_praise", May::With(Action::ReadReviews)),
    ("get_thanks_coverage", May::With(Action::ReadReviews)),
    ("list_thanks", May::With(Action::ReadReviews)),
    ("export_thanks", May::With(Action::ExportLists)),
    ("propose_thanks", May::With(Action::HandleCases)),
    ("write_thanks", May::With(Action::HandleCases)),
    ("take_thanks_back", May::With(Action::HandleCases)),
    ("open_case", May::With(Action::HandleCases)),
    ("list_promises", May::With(Action::ReadCases)),
    ("add_promise", May::With(Action::HandleCases)),
    ("keep_promise", May::With(Action::HandleCases)),
    ("withdraw_promise", May::With(Action::HandleCases)),
    ("list_compensations", May::With(Action::ReadCases)),
    ("export_compensations", May::With(Action::ExportLists)),
    ("get_compensation", May::With(Action::ReadCases)),
    ("get_case_compensation", May::With(Action::ReadCases)),
    ("ask_compensation", May::With(Action::HandleCases)),
    ("decide_compensation", May::With(Action::ApproveMoney)),
    ("decide_compensations", May::With(Action::ApproveMoney)),
    ("get_compensation_report", May::With(Action::ApproveMoney)),
    ("get_compensation_rules", May::With(Action::ReadCases)),
    ("set_compensation_rules", May::With(Action::ManageMoney)),
    ("list_incentives", May::With(Action::ReadCases)),
    ("get_case_incentive", May::With(Action::ReadCases)),
    ("claim_incentive", May::With(Action::HandleCases)),
    ("verify_incentive", May::With(Action::ApproveMoney)),
    ("refuse_incentive", May::With(Action::ApproveMoney)),
    ("list_incentive_statements", May::With(Action::ReadCases)),
    ("export_incentive_statements", May::With(Action::ExportLists)),
    ("pay_incentive_statement", May::With(Action::ApproveMoney)),
    ("get_incentive_rules", May::With(Action::ReadCases)),
    ("set_incentive_rules", May::With(Action::ManageMoney)),
    ("list_outbox", May::With(Action::ReadCases)),
    ("get_outgoing", May::With(Action::ReadCases)),
    ("get_mail_way", May::With(Action::ReadCases)),
    ("send_message", May::With(Action::HandleCases)),
    ("withdraw_outgoing", May::With(Action::HandleCases)),
    ("retry_outgoing", May::With(Action::HandleCases)),
    ("decide_outgoing", May::With(Action::HandleCases)),
    ("list_channels", May::With(Action::ManageChannels)),
    ("set_channel", May::With(Action::ManageChannels)),
    ("delete_channel", May::With(Action::ManageChannels)),
    ("test_channel", May::With(Action::ManageChannels)),
    ("list_tasks", May::With(Action::ReadTasks)),
    ("create_task", May::With(Action::HandleCases)),
    ("answer_task", May::With(Action::AnswerTasks)),
    ("cancel_task", May::With(Action::HandleCases)),
    ("stream_events", May::OnPages),
    ("set_presence", May::With(Action::ReadCases)),
    ("clear_presence", May::With(Action::ReadCases)),
    ("get_calendar", May::With(Action::ReadCases)),
    ("set_calendar_day", May::With(Action::ManageCalendar)),
    ("clear_calendar_day", May::With(Action::ManageCalendar)),
    ("get_assignment", May::With(Action::ReadPeople)),
    ("set_assignment", May::With(Action::AssignCases)),
    ("set_person_skills", May::With(Action::AssignCases)),
    ("get_next_case", May::With(Action::HandleCases)),
    ("list_automation_rules", May::With(Action::ReadCases)),
    ("create_automation_rule", May::With(Action::ManageAutomation)),
    ("update_automation_rule", May::With(Action::ManageAutomation)),
    ("delete_automation_rule", May::With(Action::ManageAutomation)),
    ("restore_automation_rule", May::With(Action::ManageAutomation)),
    ("set_automation_order", May::With(Action::ManageAutomation)),
    ("try_automation_rule", May::With(Action::ManageAutomation)),
    ("list_automation_runs", May::With(Action::ReadCases)),
    ("list_macros", May::With(Action::ReadCases)),
    ("create_macro", May::With(Action::HandleCases)),
    ("update_macro", May::With(Action::HandleCases)),
    ("delete_macro", May::With(Action::HandleCases)),
    ("restore_macro", May::With(Action::HandleCases)),
    ("get_shop_clocks", May::With(Action::ReadCases)),
    ("set_shop_clocks", May::With(Action::ManageCalendar)),
    ("list_shifts", May::With(Action::ReadPeople)),
    ("create_shifts", May::With(Action::ManageCalendar)),
    ("delete_shift", May::With(Action::ManageCalendar)),
    ("get_about", May::With(Action::ReadReviews)),
    ("list_backups", May::With(Action::ManageBackups)),
    ("create_backup", May::With(Action::ManageBackups)),
    ("get_backup", May::With(Action::ManageBackups)),
    ("list_orders", May::With(Action::ReadReviews)),
    ("export_orders", May::With(Action::ExportLists)),
    ("get_order", May::With(Action::ReadReviews)),
    ("list_buyers", May::With(Action::ReadReviews)),
    ("export_buyers", May::With(Action::ExportLists)),
    ("get_buyer", May::With(Action::ReadReviews)),
    ("add_buyer_note", May::With(Action::HandleCases)),
    ("set_buyer_opt_out", May::With(Action::HandleCases)),
    ("reveal_buyer_field", May::With(Action::RevealContacts)),
    ("list_products", May::With(Action::ReadReviews)),
    ("export_products", May::With(Action::ExportLists)),
    ("get_product", May::With(Action::ReadReviews)),
    ("list_removal_candidates", May::With(Action::ReadReviews)),
    ("get_removal_summary", May::With(Action::ReadReviews)),
    ("list_removals", May::With(Action::ReadReviews)),
    ("get_removal", May::With(Action::ReadReviews)),
    ("create_removal", May::With(Action::HandleCases)),
    ("add_removal_step", May::With(Action::HandleCases)),
    ("set_removal_facts", May::With(Action::HandleCases)),
    ("get_evidence", May::With(Action::ReadReviews)),
    ("get_evidence_pack", May::With(Action::ReadReviews)),
    ("add_evidence_file", May::With(Action::HandleCases)),
    ("delete_evidence_file", May::With(Action::HandleCases)),
    ("list_packs", May::With(Action::ReadReviews)),
    ("reload_packs", May::With(Action::ManageShops)),
    ("get_pack", May::With(Action::ReadReviews)),
    ("list_pack_changes", May::With(Action::ReadReviews)),
    ("get_shop_measures", May::With(Action::ReadReviews)),
    ("get_measure_history", May::With(Action::ReadReviews)),
    ("list_late_messages", May::With(Action::ReadReviews)),
    ("search", May::With(Action::ReadReviews)),
    ("wipe_demo", May::With(Action::WipeDemo)),
];

/// A text that the guard blocks everywhere.
pub const BLOCKED: &str = "您把差评删掉，我马上给您退全款。";
/// A note that it holds.
pub const HELD: &str = "给买家补偿10元优惠券，顺便提一下评价。";

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub may: May,
}

/// Every operation the program describes.
pub fn all() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&pingxin::api::document().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let entry = TABLE.iter().find(|(known, _)| *known == id);
            let (_, may) = entry.unwrap_or_else(|| panic!("`{id}` has no row in the table of rights"));
            operations.push(Operation { id, method: method.to_uppercase(), path: path.clone(), may: *may });
        }
    }
    assert_eq!(operations.len(), TABLE.len(), "a row of the table names no operation");
    operations
}

impl Operation {
    pub fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// The kind of thing whose id its path takes.
    pub fn kind(&self) -> Option<&'static str> {
        let (before, _) = self.path.split_once("/{id}")?;
        let plural = before.rsplit('/').next().unwrap();
        let known = PATHS.iter().find(|(known, _)| *known == plural);
        Some(
            known
                .unwrap_or_else(|| panic!("`{}`: say in `things::PATHS` of what kind its id is", self.path))
                .1,
        )
    }

    /// Its address with this id in it, and what it needs after `?`.
    pub fn address(&self, id: &str) -> String {
        let query = match self.id.as_str() {
            "export_incentive_statements" => "?format=jsonl&month=2026-11",
            "list_incentive_statements" => "?month=2026-11",
            "get_compensation_report" => "?from=2026-09&to=2026-11",
            export if export.starts_with("export_") => "?format=jsonl",
            "get_calendar" => "?year=2026",
            "list_script_uses" => "?key=first.quality",
            "list_shifts" => "?from=2026-11-30&to=2026-12-07",
            "list_late_messages" => "?days=30",
            "list_pack_changes" => "?before=2026-01-01&after=2026-12-01",
            _ => "",
        };
        let path = self.path.replace("{id}", id).replace("{position}", "0").replace("{pack}", "taobao");
        let path = path.replace("{channel}", "dingtalk");
        format!(
            "{}{query}",
            path.replace("{date}", "2026-11-11").replace("{name}", "pingxin-20260101-000000.pxbackup")
        )
    }

    /// A body it understands, with ids of nothing.
    pub fn body(&self) -> (Option<&'static str>, String) {
        match self.samples().into_iter().next() {
            Some(sample) => written(&self.id, &things::fill(&sample, &mut |kind| things::absent(kind))),
            None => (None, String::new()),
        }
    }

    /// Bodies it understands: the first is the usual one, and together they hold every field that takes an id, each as
    /// `$kind` (`$shop`, `$person`; the kinds are those of `things::KINDS`), alone or within a text (`shop=$shop`).
    /// `$unique` becomes a text that nobody has used.
    pub fn samples(&self) -> Vec<Value> {
        let more = match self.id.as_str() {
            "create_import" => vec![json!({"shop_id": "$shop"})],
            "set_case_owner" => vec![json!({"owner": "$person"})],
            "update_person" => vec![json!({"all_shops": false, "shops": ["$shop"]})],
            "create_invitation" => {
                vec![
                    json!({"display_name": "小王", "role": "agent", "all_shops": false, "shops": ["$shop", "$shop"]}),
                ]
            }
            "create_view" => {
                vec![json!({"name": "$unique", "list": "reviews", "query": "shop=$shop&tag=$tag"})]
            }
            "create_bulk" => vec![
                json!({"list": "reviews", "ids": ["$review", "$review"], "action": {"kind": "tag", "tag": "$tag"}}),
                json!({"list": "reviews", "ids": ["$review"], "action": {"kind": "untag", "tag": "$tag"}}),
                json!({"list": "reviews", "ids": ["$review"], "action": {"kind": "mark_gone"}}),
                json!({"list": "reviews", "query": "shop=$shop&tag=$tag", "action": {"kind": "unmark_gone"}}),
                json!({"list": "cases", "ids": ["$case"], "action": {"kind": "assign", "owner": "$person"}}),
                json!({"list": "cases", "ids": ["$case"], "action": {"kind": "macro", "macro": "$macro"}}),
            ],
            "check_text" | "mark_false_alarm" => ["case", "review", "order", "buyer", "task", "shop"]
                .map(|kind| json!({"text": BLOCKED, "channel": "platform_message", kind: format!("${kind}")}))
                .into(),
            "write_handover" => vec![
                json!({"to": "$person", "until": "2099-01-01T00:00:00Z", "text": "早班看一下"}),
                json!({"until": "2099-01-01T00:00:00Z", "cases": [{"case": "$case", "text": "等仓库回复"}]}),
            ],
            "propose_thanks" => vec![json!({"reviews": ["$review", "$review"]})],
            "create_automation_rule" | "update_automation_rule" | "try_automation_rule" => {
                let rule = |conditions: Value, action: Value| {
                    json!({"name": "夜间差评", "is_on": false, "when": "case_opened", "matching": "all",
                        "conditions": conditions, "actions": [action], "hourly": 60})
                };
                vec![
                    rule(json!([{"on": "shop", "any_of": ["$shop"]}]), json!({"do": "tag", "tag": "$tag"})),
                    rule(json!([{"on": "tag", "any_of": ["$tag"]}]), json!({"do": "untag", "tag": "$tag"})),
                    rule(
                        json!([{"on": "product", "any_of": ["$product"]}]),
                        json!({"do": "assign_by_rules"}),
                    ),
                    rule(json!([]), json!({"do": "assign_person", "person": "$person"})),
                    rule(json!([]), json!({"do": "assign_team", "team": "$team"})),
                ]
            }
            "create_macro" | "update_macro" => [
                json!({"do": "tag", "tag": "$tag"}),
                json!({"do": "untag", "tag": "$tag"}),
                json!({"do": "assign_team", "team": "$team"}),
                json!({"do": "assign_person", "person": "$person"}),
            ]
            .map(|action| json!({"name": "请仓库查", "shared": false, "actions": [action]}))
            .to_vec(),
            "create_case" => vec![
                json!({"kind": "prevention", "shop": "$shop", "order_number": "$unique", "buyer": "$buyer"}),
                json!({"kind": "after_sale", "shop": "$shop", "after_sale": "$aftersale"}),
            ],
            "create_team" => vec![json!({"name": "$unique", "members": ["$person"]})],
            "update_team" => vec![json!({"name": "$unique", "members": ["$person"]})],
            _ => Vec::new(),
        };
        self.sample().into_iter().chain(more).collect()
    }

    fn sample(&self) -> Option<Value> {
        let body = match self.id.as_str() {
            "create_first_owner" => {
                json!({"token": "x", "login": "x", "display_name": "x", "password": "long enough", "tenant_name": "x"})
            }
            "log_in" => json!({"login": "x", "password": "x"}),
            "update_me" => json!({"locale": "en-US"}),
            "begin_totp" | "disable_totp" => json!({"password": "x"}),
            "confirm_totp" => json!({"code": "000000"}),
            "change_password" => json!({"old": "x", "new": "another long one"}),
            "update_person" => json!({"display_name": "小美"}),
            "create_invitation" => json!({"display_name": "小王", "role": "agent", "all_shops": true}),
            "read_invitation" => json!({"token": "x"}),
            "accept_invitation" => json!({"token": "x", "password": "long enough"}),
            "create_token" => json!({"name": "erp", "permissions": ["review.read"], "days": 1}),
            "create_team" => json!({"name": "$unique"}),
            "update_team" => json!({}),
            "update_merchant" => json!({}),
            "create_shop" => json!({"name": "新店", "platform": "taobao"}),
            "set_case_owner" => json!({"owner": "me"}),
            "create_tag" => json!({"name": "$unique", "colour": "red"}),
            "update_tag" => json!({"colour": "blue"}),
            "create_view" => json!({"name": "差评", "list": "reviews", "query": "rating=1"}),
            "update_view" => json!({"name": "差评和中评"}),
            "create_bulk" => {
                json!({"list": "reviews", "ids": ["$review"], "action": {"kind": "tag", "tag": "$tag"}})
            }
            "change_shop" => json!({"timezone": "Asia/Shanghai"}),
            "write_handover" => json!({"until": "2099-01-01T00:00:00Z", "text": "早班看一下"}),
            "propose_thanks" => json!({"reviews": ["$review"]}),
            "create_case" => {
                json!({"kind": "prevention", "shop": "$shop", "order_number": "$unique", "text": "面料可能缩水"})
            }
            "write_thanks" => {
                json!({"answers": [{"review": "$review", "text": "谢谢您的认可，祝用得顺心。"}]})
            }
            "add_promise" => json!({"text": "明天给您补发"}),
            "ask_compensation" => {
                json!({"kind": "coupon", "amount": "1", "currency": "CNY", "note": "包装破损，补偿优惠券"})
            }
            "decide_compensation" => json!({"decision": "approve"}),
            "decide_compensations" => {
                json!({"ids": ["$compensation"], "decision": "approve", "preview": true})
            }
            "set_compensation_rules" => json!({"version": 0, "rules": {
                "rungs": [{"kind": "coupon", "share": 10, "most": {}}], "limits": {"agent": {}, "supervisor": {}},
                "caps": [{"agent": "$person", "cause": null, "currency": "CNY", "order_under": null, "single": null, "month": "1"}],
                "budgets": [{"shop": "$shop", "currency": "CNY", "month": "1"}],
            }}),
            "claim_incentive" => json!({"basis": "confirmed"}),
            "pay_incentive_statement" => json!({"month": "2026-11", "person": "$person"}),
            "set_incentive_rules" => json!({"version": 0, "rules": {
                "amounts": [{"cause": "quality", "amount": "50", "currency": "CNY"}], "watch_days": 30,
            }}),
            "create_script" | "update_script" => json!({
                "phase": "after_sale", "step": "solution", "causes": ["logistics"], "channels": ["chat"],
                "title_zh": "查件", "title_en": "Trace", "zh": "您好，包裹现在在{{ place }}，我们继续跟进。",
            }),
            "restore_script" => json!({"version": 1}),
            "decide_script" => json!({"version": 1, "passes": false, "reason": "换个说法"}),
            "archive_script" => json!({"archived": false}),
            "set_script_favourite" => json!({"key": "first.quality", "favourite": true}),
            "fill_case_script" => json!({"key": "first.quality", "language": "zh"}),
            "create_task" => json!({"department": "warehouse", "text": "请查一下"}),
            "create_correction" => json!({"causes": ["logistics"], "fault": "carrier", "note": "说的是快递"}),
            "use_model" => json!({"name": "zh-cause-1"}),
            "set_shop_words" => {
                json!({"words": [{"cause": null, "word": "垃圾桶"}, {"cause": "quality", "word": "掉渣"}]})
            }
            "answer_task" => json!({"text": "已补发"}),
            "set_presence" => json!({"typing": true}),
            "set_calendar_day" => json!({"kind": "holiday", "name": "店休"}),
            "set_assignment" => json!({"rules": [{
                "name": "轮流", "is_on": true, "shops": ["$shop"], "causes": ["quality"], "languages": ["zh"], "severity_from": 0,
                "team": "$team", "skill": null, "choosing": "load", "most": 20,
            }]}),
            "create_automation_rule" | "update_automation_rule" | "try_automation_rule" => json!({
                "name": "夜间差评", "is_on": false, "when": "case_opened", "matching": "all", "conditions": [],
                "actions": [{"do": "note", "text": "先看物流"}], "hourly": 60,
            }),
            "set_automation_order" => json!({"rules": ["$rule"]}),
            "create_macro" | "update_macro" => {
                json!({"name": "请仓库查", "shared": false, "actions": [{"do": "note", "text": "已请仓库查"}]})
            }
            "set_person_skills" => json!({"skills": ["英语"]}),
            "set_shop_clocks" => json!({
                "hours": {"week": [[{"from": 540, "to": 1260}], [], [], [], [], [], []], "holiday": [], "workday": [], "public_days": true},
                "goals": {"first_response": 60, "next_response": 60, "resolution": null, "task": 480, "warn_percent": 80, "escalate_after": 60, "silence": null},
            }),
            "create_shifts" => json!({
                "shifts": [{"person": "$person", "from": "2026-11-30T01:00:00Z", "to": "2026-11-30T09:00:00Z"}],
            }),
            "add_buyer_note" => json!({"text": "常客"}),
            "reveal_buyer_field" => json!({"field": "phone"}),
            "create_removal" => json!({"ground": "competitor", "reason": "客服已受理"}),
            "add_removal_step" => json!({"kind": "refused", "text": "材料不足"}),
            "set_removal_facts" => json!({
                "chat_proof_id": null, "pattern_of_ratings": null, "buyer_is_competitor": null, "fraud_report": null,
                "both_rated": true, "fulfilled_by": null, "buy_shipping": null, "shipped_on_time": null,
            }),
            "add_evidence_file" => json!({}),
            "add_case_note" => json!({"text": "已联系"}),
            "set_case_state" => json!({"state": "waiting", "waiting_for": "buyer"}),
            "merge_case" => json!({"into": "$case"}),
            "state_case_facts" => json!({"request": "refund", "insists": true}),
            "set_case_step" => json!({"step": "contact_buyer", "done": true}),
            "log_attempt" => json!({"channel": "phone", "result": "no_answer", "note": "没人接"}),
            "set_buyer_opt_out" => json!({"opted_out": false}),
            "log_case_message" => {
                json!({"channel": "platform_message", "text": "补发的配件今天寄出，请留意查收。"})
            }
            "check_text" | "mark_false_alarm" => json!({"text": BLOCKED, "channel": "platform_message"}),
            "set_guard_rule" => json!({"shop": "$shop", "rule": "G14", "severity": "block"}),
            "release_hold" | "refuse_hold" => json!({"reason": "看过了"}),
            "decide_holds" => json!({"ids": ["$hold"], "release": false, "reason": "看过了"}),
            "send_message" => json!({"channel": "mail", "subject": "关于您的订单", "text": "配件今天补发。"}),
            "decide_outgoing" => json!({"decision": "was_sent", "reason": "买家说收到了"}),
            "set_channel" => {
                json!({"switched_on": false, "events": [], "robot": {"url": "https://oapi.dingtalk.com/robot/send?access_token=x"}})
            }
            "preview_import" | "start_import" => json!({}),
            "create_import_profile" => {
                json!({"pingxin_profile": 1, "name": "$unique", "columns": [{"column": "a", "field": "text"}]})
            }
            "create_figure" => {
                json!({"shop_id": "$shop", "name": "$unique", "value": "1", "date": "2026-01-01"})
            }
            "create_import" => json!({"shop_name": "a 店"}),
            _ => return None,
        };
        Some(body)
    }
}

/// A body as it is sent: JSON, or the form of an upload.
pub fn written(operation: &str, body: &Value) -> (Option<&'static str>, String) {
    if !matches!(operation, "create_import" | "add_evidence_file") {
        return (Some("application/json"), body.to_string());
    }
    let mut form = String::new();
    for (name, value) in body.as_object().unwrap() {
        let value = value.as_str().unwrap();
        form += &format!("--e\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    form += "--e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n评价内容,评分\n好,5\n\r\n--e--\r\n";
    (Some("multipart/form-data; boundary=e"), form)
}
