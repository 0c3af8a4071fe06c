//! The reading process alone, as the tests start it; the product starts `pingxin parse-file`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pingxin_channels::files::child::run()
}
