//! Rows a second from a csv through the child, and through guessing and typing:
//! `cargo run --release -p pingxin-channels --example parsing_speed [rows]`.
#![expect(clippy::print_stdout, reason = "a measurement is printed")]
#![expect(clippy::unwrap_used, reason = "a measurement may stop")]

use std::fmt::Write;
use std::time::Instant;

use pingxin_channels::files::columns::guess;
use pingxin_channels::files::convert::{Context, Converter};
use pingxin_channels::files::{Frame, ParseRequest, child, open};
use pingxin_domain::{Object, Platform};

fn main() -> std::process::ExitCode {
    // This program is its own child.
    if std::env::args().nth(1).as_deref() == Some("parse-file") {
        return child::run();
    }
    let rows: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(500_000);
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(measure(rows));
    std::process::ExitCode::SUCCESS
}

async fn measure(rows: usize) {
    let mut text = String::from("评价ID,订单编号,商品ID,评价内容,评分,评价时间,买家昵称\n");
    for row in 0..rows {
        let (id, order, stars) = (row + 1, 7_000_000_000_000_000_000 + row as u64, row % 5 + 1);
        writeln!(text, "{id},=\"{order}\",88,\"第{row}条：穿了两天就开线，客服也不理人，\"\"很\"\"失望\",{stars},2026-10-01 12:00:00,t**{stars}").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in
        [("utf-8", text.as_bytes().to_vec()), ("gb18030", encoding_rs::GB18030.encode(&text).0.into_owned())]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        for typed in [false, true] {
            let start = Instant::now();
            let count = read(&path, typed).await;
            let seconds = start.elapsed().as_secs_f64();
            let stage = if typed { "parsed and typed" } else { "parsed" };
            println!(
                "{name:8} {stage:17} {:>9.0} rows/s  {:>6.1} MB/s",
                count as f64 / seconds,
                bytes.len() as f64 / 1e6 / seconds
            );
        }
    }
}

async fn read(path: &std::path::Path, typed: bool) -> usize {
    let mut parsing = open(&std::env::current_exe().unwrap(), &ParseRequest::new(path)).await.unwrap();
    let sample = parsing.sample(500).await.unwrap();
    let mapping = guess(&parsing.header().columns, &sample, None, &[]).unwrap();
    let platform = Platform::Taobao;
    let converter = Converter::new(
        &mapping,
        Context {
            platform,
            timezone: jiff::tz::TimeZone::get(platform.default_timezone()).unwrap(),
            currency: platform.default_currency().parse().unwrap(),
            object: Object::Review,
        },
    );
    let mut count = 0;
    while let Some(frame) = parsing.next().await.unwrap() {
        if let Frame::Rows(rows) = frame {
            count +=
                if typed { rows.iter().filter(|row| converter.row(row).is_ok()).count() } else { rows.len() };
        }
    }
    count
}
