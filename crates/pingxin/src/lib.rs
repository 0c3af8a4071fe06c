//! The `pingxin` program: the command line ([`command`]), the HTTP server ([`http`], [`api`]) and its background
//! work ([`worker`]). Everything it decides is asked of `pingxin_desk`; here are only doors.
//!
//! A request comes in through [`http`], becomes a session with a `Scope`, and is answered by a function of [`api`]
//! that calls one use case of the desk. To add a command see [`command`], to add an endpoint [`api`].

pub mod api;
pub mod command;
pub mod http;
pub mod log;
pub mod output;
pub mod place;
pub mod worker;
