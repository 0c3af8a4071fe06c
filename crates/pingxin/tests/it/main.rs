//! The whole program, from outside: real HTTP on both databases, and the command line as processes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod api_account;
mod api_audit;
mod api_backup;
mod api_case;
mod api_casework;
mod api_chat_check;
mod api_clocks;
mod api_compensation;
mod api_demo;
mod api_event;
mod api_guard;
mod api_handover;
mod api_hold;
mod api_import;
mod api_import_flow;
mod api_intake;
mod api_lists;
mod api_media;
mod api_outbox;
mod api_people;
mod api_promise;
mod api_removal;
mod api_rights;
mod api_script;
mod api_session;
mod api_settings;
mod api_task;
mod api_thanks;
mod api_things;
mod command_line;
mod files;
mod golden;
mod house;
mod kills;
mod operations;
mod own_export;
mod pages;
mod planning;
mod program;
mod sending_kills;
mod serving;
mod swaps;
mod things;
