//! The reading process and its parent.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pingxin_channels::files::{FileError, Frame, ParseRequest, RefusalCode, open};

use crate::support::{child_program, file, read_in_child};

fn table(rows: usize) -> String {
    let mut text = String::from("订单编号,评价内容,评分\n");
    for row in 0..rows {
        text.push_str(&format!("{row},第{row}条，质量不错,{}\n", row % 5 + 1));
    }
    text
}

#[tokio::test]
async fn rows_come_in_order_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let text = table(10_000);
    let path = file(&folder, "reviews.csv", encoding_rs::GB18030.encode(&text).0);
    let size = std::fs::metadata(&path).unwrap().len();
    let read = read_in_child(&ParseRequest::new(&path)).await.unwrap();
    assert_eq!(
        (read.header().encoding.as_str(), read.header().bytes, read.bytes_read),
        ("gb18030", size, size)
    );
    assert_eq!(read.rows.len(), 10_000);
    assert!(
        read.rows
            .iter()
            .zip(0..)
            .all(|(row, number)| row.cells[0] == number.to_string() && row.line == number + 2)
    );
}

#[tokio::test]
async fn a_sample_is_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "reviews.csv", table(2_000));
    let mut parsing = open(child_program(), &ParseRequest::new(&path)).await.unwrap();
    let sample = parsing.sample(300).await.unwrap();
    assert!(sample.len() >= 300 && sample.len() < 1_000);
    assert_eq!(parsing.sample(300).await.unwrap(), sample, "asking twice reads nothing more");
    let mut lines = Vec::new();
    while let Some(frame) = parsing.next().await.unwrap() {
        if let Frame::Rows(rows) = frame {
            lines.extend(rows.into_iter().map(|row| row.line));
        }
    }
    assert_eq!(lines, (2..2_002).collect::<Vec<u64>>());
    assert!(parsing.next().await.unwrap().is_none(), "the end stays the end");
}

#[tokio::test]
async fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("missing.csv"), folder.path().to_path_buf()] {
        let error = read_in_child(&ParseRequest::new(&path)).await.unwrap_err();
        assert_eq!(error.refusal().code, RefusalCode::Unreadable, "{path:?}");
    }
    let path = file(&folder, "reviews.csv", table(1));
    let missing = open(&folder.path().join("no-such-program"), &ParseRequest::new(&path)).await;
    assert!(matches!(missing, Err(FileError::Reader { .. })));
    // A program that answers nothing.
    let silent = open(std::path::Path::new("/bin/true"), &ParseRequest::new(&path)).await.unwrap_err();
    assert_eq!(silent.refusal().code, RefusalCode::ReaderStopped);
}

#[test]
fn the_child_dies_with_its_parent() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "reviews.csv", table(200_000));
    let mut child = Command::new(child_program())
        .arg("parse-file")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let request = serde_json::to_string(&ParseRequest::new(&path)).unwrap();
    writeln!(stdin, "{request}").unwrap();
    // Nobody reads its answer, so it waits on a full pipe; then the parent's end of its input closes.
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it waits for its reader");
    drop(stdin);
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(10), "the child outlived its parent");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_child_refuses_nonsense() {
    let mut child = Command::new(child_program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"not a request\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no request"));
}
