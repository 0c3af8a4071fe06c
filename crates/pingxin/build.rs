//! Makes sure that there is a page to embed: the web files are built by `make web`, never from here.

use std::path::Path;
use std::{fs, io};

const PAGE: &str =
    "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Pingxin</title>\n<p>UI not built: run make web</p>\n";

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    let page = folder.join("index.html");
    if !page.exists() {
        fs::create_dir_all(&folder)?;
        fs::write(&page, PAGE)?;
    }
    // Cargo compares these files' times only; nothing here runs npm or reaches for the network.
    write_line("cargo:rerun-if-changed=../../web/dist")?;
    write_line("cargo:rerun-if-changed=build.rs")
}

fn write_line(line: &str) -> io::Result<()> {
    io::Write::write_all(&mut io::stdout(), format!("{line}\n").as_bytes())
}
