//! Every operation of the API, from its own description, with what the tests must know of each.

use pingxin_domain::Action;
use serde_json::{Value, json};

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
    ("get_review_media", May::With(Action::ReadReviews)),
    ("list_cases", May::With(Action::ReadCases)),
    ("export_cases", May::With(Action::ExportLists)),
    ("get_case", May::With(Action::ReadCases)),
    ("set_case_owner", May::With(Action::HandleCases)),
    ("add_case_note", May::With(Action::HandleCases)),
    ("change_shop", May::With(Action::ManageShops)),
    ("list_audit", May::With(Action::ReadAudit)),
    ("export_audit", May::With(Action::ReadAudit)),
    ("check_audit", May::With(Action::ReadAudit)),
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
    ("reveal_buyer_field", May::With(Action::RevealContacts)),
    ("list_products", May::With(Action::ReadReviews)),
    ("export_products", May::With(Action::ExportLists)),
    ("get_product", May::With(Action::ReadReviews)),
    ("search", May::With(Action::ReadReviews)),
    ("wipe_demo", May::With(Action::WipeDemo)),
];

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

    /// Its address with this id in it, and what it needs after `?`.
    pub fn address(&self, id: &str) -> String {
        let query = match self.id.as_str() {
            export if export.starts_with("export_") => "?format=jsonl",
            "get_calendar" => "?year=2026",
            _ => "",
        };
        let path = self.path.replace("{id}", id).replace("{position}", "0");
        format!(
            "{}{query}",
            path.replace("{date}", "2026-11-11").replace("{name}", "pingxin-20260101-000000.pxbackup")
        )
    }

    /// A body it understands.
    pub fn body(&self) -> (Option<&'static str>, String) {
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
            "create_team" => json!({"name": "夜班"}),
            "update_team" => json!({}),
            "update_merchant" => json!({}),
            "create_shop" => json!({"name": "新店", "platform": "taobao"}),
            "set_case_owner" => json!({"owner": "me"}),
            "create_tag" => json!({"name": "要退款", "colour": "red"}),
            "update_tag" => json!({"colour": "blue"}),
            "create_view" => json!({"name": "差评", "list": "reviews", "query": "rating=1"}),
            "update_view" => json!({"name": "差评和中评"}),
            "create_bulk" => json!({"list": "reviews", "ids": [], "action": {"kind": "mark_gone"}}),
            "change_shop" => json!({"timezone": "Asia/Shanghai"}),
            "create_task" => json!({"department": "warehouse", "text": "请查一下"}),
            "answer_task" => json!({"text": "已补发"}),
            "set_presence" => json!({"typing": true}),
            "set_calendar_day" => json!({"kind": "holiday", "name": "店休"}),
            "add_buyer_note" => json!({"text": "常客"}),
            "reveal_buyer_field" => json!({"field": "phone"}),
            "add_case_note" => json!({"text": "已联系"}),
            "preview_import" | "start_import" => json!({}),
            "create_import_profile" => {
                json!({"pingxin_profile": 1, "name": "x", "columns": [{"column": "a", "field": "text"}]})
            }
            "create_figure" => {
                let absent = "0192f3a4-0000-7000-8000-000000000000";
                json!({"shop_id": absent, "name": "x", "value": "1", "date": "2026-01-01"})
            }
            "create_import" => {
                let form = "--e\r\nContent-Disposition: form-data; name=\"shop_name\"\r\n\r\na 店\r\n\
                    --e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n评价内容,评分\n好,5\n\r\n--e--\r\n";
                return (Some("multipart/form-data; boundary=e"), form.to_owned());
            }
            _ => return (None, String::new()),
        };
        (Some("application/json"), body.to_string())
    }
}
