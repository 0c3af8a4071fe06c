//! `pingxin serve` as a process: what it prints, where it listens, how it stops.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use crate::program::Program;

struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Served {
    fn start(program: &Program, arguments: &[&str]) -> Self {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(arguments);
        let log = File::options().create(true).append(true).open(program.path("log.txt")).unwrap();
        let mut command = program.command(&all);
        command.env("PINGXIN_LOG", "debug").stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Tells it to stop, as a service manager does, and waits until it has.
    fn stop(self) -> Option<i32> {
        self.stop_and_read().0
    }

    /// As [`Self::stop`], and what it still printed.
    fn stop_and_read(mut self) -> (Option<i32>, String) {
        let told = std::process::Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut rest = String::new();
                self.out.read_to_string(&mut rest).unwrap();
                return (status.code(), rest);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.child.kill().unwrap();
        panic!("it did not stop within ten seconds");
    }
}

fn get(address: &str, path: &str) -> String {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_first_line_is_the_address_and_the_second_the_way_in() {
    let program = Program::new();
    let mut served = Served::start(&program, &[]);
    let address = served.line();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    let setup = served.line();
    assert!(setup.starts_with(&format!("setup {address}/setup?token=")), "{setup}");
    assert!(
        get(&address, "/healthz")
            .ends_with(&format!("{{\"status\":\"ok\",\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION")))
    );
    assert!(get(&address, "/").starts_with("HTTP/1.1 200"), "the pages are inside the program");
    program.write("a.csv", "评价内容,评分\n开线了,1\n");
    program.run(&["import", "a.csv"]).ended(0);
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn the_demo_shows_its_logins_at_every_start() {
    let program = Program::new();
    for _ in 0..2 {
        let mut served =
            Served::start(&program, &["--demo", "--demo-orders", "300", "--demo-reviews", "100"]);
        served.line();
        let logins: Vec<Vec<String>> =
            (0..5).map(|_| served.line().split(' ').map(str::to_owned).collect()).collect();
        assert!(logins.iter().all(|login| login.len() == 4 && login[0] == "demo"), "{logins:?}");
        assert_eq!(
            logins.iter().map(|login| login[1].as_str()).collect::<Vec<_>>(),
            ["owner", "supervisor", "agent", "read_only", "department"]
        );
        assert_eq!(served.stop(), Some(0));
    }
}

#[test]
fn a_desk_with_an_owner_offers_no_setup() {
    let program = Program::new();
    program.run(&["user", "add", "lin", "--role", "owner"]).ended(0);
    let mut served = Served::start(&program, &["--demo", "--demo-orders", "300", "--demo-reviews", "100"]);
    let address = served.line();
    assert!(get(&address, "/api/v1/setup").contains("{\"needs_owner\":false,\"demo\":false}"));
    let (status, rest) = served.stop_and_read();
    assert_eq!((status, rest.as_str()), (Some(0), ""), "neither a setup link nor demo logins");
}

#[test]
fn plain_http_is_not_offered_to_other_machines() {
    let program = Program::new();
    let ran = program.run(&["serve", "--listen", "0.0.0.0:0"]).ended(2);
    assert!(ran.error.contains("--behind-proxy") && ran.error.contains("TLS"), "{}", ran.error);
    assert!(!program.database().exists(), "nothing is made before it is refused");
    program.run(&["serve", "--listen", "127.0.0.1:0", "--behind-proxy", "http://desk.example.com"]).ended(2);
    let ran = program
        .run(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy", "https://a.example", "--demo"])
        .ended(2);
    assert!(ran.error.contains("demo"), "{}", ran.error);
}

#[test]
fn a_port_that_is_taken_is_said_so() {
    let program = Program::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = program.run(&["serve", "--listen", &address]).ended(2);
    assert!(ran.error.contains(&address) && ran.error.contains("--listen"), "{}", ran.error);
}

/// Sends a request as a page of the server would; answers status, cookie and body.
fn send(
    address: &str,
    method: &str,
    path: &str,
    cookie: &str,
    kind: &str,
    body: &[u8],
) -> (u16, String, String) {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\nX-Pingxin: 1\r\nCookie: __Host-pingxin={cookie}\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let set = answer.lines().find_map(|line| line.strip_prefix("set-cookie: __Host-pingxin="));
    let cookie = set.and_then(|set| set.split(';').next()).unwrap_or_default().to_owned();
    (status, cookie, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

fn sign_in(address: &str, login: &str, password: &str) -> (u16, String) {
    let body = format!("{{\"login\":\"{login}\",\"password\":\"{password}\"}}");
    let (status, cookie, _) =
        send(address, "POST", "/api/v1/sessions", "", "application/json", body.as_bytes());
    (status, cookie)
}

fn upload(address: &str, cookie: &str, file: &str) -> String {
    let body = format!(
        "--e\r\nContent-Disposition: form-data; name=\"shop_name\"\r\n\r\n甲\r\n\
         --e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--e--\r\n"
    );
    let kind = "multipart/form-data; boundary=e";
    let (status, _, answer) = send(address, "POST", "/api/v1/imports", cookie, kind, body.as_bytes());
    assert_eq!(status, 202, "{answer}");
    let import: serde_json::Value = serde_json::from_str(&answer).unwrap();
    import["id"].as_str().unwrap().to_owned()
}

fn import(address: &str, cookie: &str, id: &str) -> serde_json::Value {
    let (_, _, answer) =
        send(address, "GET", &format!("/api/v1/imports/{id}"), cookie, "application/json", b"");
    serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{answer}"))
}

/// Waits until the import is as wanted.
fn wait(
    address: &str,
    cookie: &str,
    id: &str,
    wanted: impl Fn(&serde_json::Value) -> bool,
) -> serde_json::Value {
    let begun = Instant::now();
    loop {
        let now = import(address, cookie, id);
        if wanted(&now) {
            return now;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{now}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn an_import_goes_on_after_the_server_was_stopped_in_the_middle() {
    let program = Program::new();
    program.run_with(&["user", "add", "lin", "--role", "owner", "--password-stdin"], "a long one\n").ended(0);
    let rows: usize = 20_000;
    let mut file = "订单编号,评价内容,评分\n".to_owned();
    file.extend((0..rows).map(|n| format!("S{n},第{n}次买，这次开线了,2\n")));
    let mut served = Served::start(&program, &[]);
    let address = served.line();
    let (_, cookie) = sign_in(&address, "lin", "a long one");
    let id = upload(&address, &cookie, &file);
    let half = wait(&address, &cookie, &id, |import| import["rows"].as_u64().is_some_and(|rows| rows > 0));
    assert_eq!(served.stop(), Some(0));
    assert!(half["rows"].as_u64().unwrap() < rows as u64, "stopped too late to tell: {half}");
    let mut served = Served::start(&program, &[]);
    let address = served.line();
    let done = wait(&address, &cookie, &id, |import| import["state"] == "done");
    assert_eq!((&done["rows"], &done["new"]), (&serde_json::json!(rows), &serde_json::json!(rows)), "{done}");
    assert_eq!(served.stop(), Some(0));
    let cases = program.run(&["export", "cases", "--format", "jsonl"]).ended(0);
    assert_eq!(cases.out.lines().count(), rows);
    program.run(&["doctor"]).ended(0);
}

#[test]
fn logs_hold_neither_secrets_nor_people() {
    let program = Program::new();
    program
        .run_with(&["user", "add", "lin", "--role", "owner", "--password-stdin"], "canary-right\n")
        .ended(0);
    let mut served = Served::start(&program, &[]);
    let address = served.line();
    assert_eq!(sign_in(&address, "lin", "canary-wrong").0, 401);
    let (_, cookie) = sign_in(&address, "lin", "canary-right");
    let file = "订单编号,评价内容,评分,买家昵称,收货人姓名,联系手机,收货地址\n\
                CANARY1,canarytext 开线,1,canarynick,金丝雀,13812345678,金丝路一号\n\
                CANARY2,canarytext 开线,９z,canarynick,金丝雀,13812345678,金丝路一号\n";
    let id = upload(&address, &cookie, file);
    wait(&address, &cookie, &id, |import| import["state"] == "done");
    send(&address, "GET", "/api/v1/reviews?q=canarytext&order=CANARY1", &cookie, "application/json", b"");
    send(&address, "POST", "/api/v1/shops", &cookie, "application/json", "{\"name\": 金丝}".as_bytes());
    assert_eq!(served.stop(), Some(0));
    let log = std::fs::read_to_string(program.path("log.txt")).unwrap();
    assert!(log.contains("a sign-in was refused") && log.contains("/api/v1/imports"), "{log}");
    for canary in ["canary", "CANARY", "金丝", "13812345678", "９z", &cookie] {
        let leak = log.lines().find(|line| line.contains(canary));
        assert_eq!(leak, None, "`{canary}` is in the log");
    }
}
