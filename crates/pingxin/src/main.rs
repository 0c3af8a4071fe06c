//! The `pingxin` binary; everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    pingxin::command::run(std::env::args_os())
}
