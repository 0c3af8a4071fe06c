//! `pingxin serve` as a process: what it prints, where it listens, how it stops.

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
        let mut command = program.command(&all);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Tells it to stop, as a service manager does, and waits until it has.
    fn stop(mut self) -> Option<i32> {
        let told = std::process::Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
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
    assert!(get(&address, "/healthz").ends_with(&format!("{{\"status\":\"ok\",\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION"))));
    assert!(get(&address, "/").starts_with("HTTP/1.1 200"), "the pages are inside the program");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn the_demo_shows_its_logins_at_every_start() {
    let program = Program::new();
    for _ in 0..2 {
        let mut served = Served::start(&program, &["--demo"]);
        served.line();
        let logins: Vec<Vec<String>> =
            (0..3).map(|_| served.line().split(' ').map(str::to_owned).collect()).collect();
        assert!(logins.iter().all(|login| login.len() == 4 && login[0] == "demo"), "{logins:?}");
        assert_eq!(logins.iter().map(|login| login[1].as_str()).collect::<Vec<_>>(), ["owner", "supervisor", "agent"]);
        assert_eq!(served.stop(), Some(0));
    }
}

#[test]
fn a_desk_with_an_owner_offers_no_setup() {
    let program = Program::new();
    program.run(&["user", "add", "lin", "--role", "owner"]).ended(0);
    let mut served = Served::start(&program, &["--demo"]);
    let address = served.line();
    assert!(get(&address, "/api/v1/setup").contains("{\"needs_owner\":false,\"demo\":false}"));
    assert_eq!(served.child.id(), served.child.id());
    let Served { mut child, mut out } = served;
    std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    assert_eq!(rest, "", "neither a setup link nor demo logins");
}

#[test]
fn plain_http_is_not_offered_to_other_machines() {
    let program = Program::new();
    let ran = program.run(&["serve", "--listen", "0.0.0.0:0"]).ended(2);
    assert!(ran.error.contains("--behind-proxy") && ran.error.contains("TLS"), "{}", ran.error);
    assert!(!program.database().exists(), "nothing is made before it is refused");
    program.run(&["serve", "--listen", "127.0.0.1:0", "--behind-proxy", "http://desk.example.com"]).ended(2);
    let ran = program.run(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy", "https://a.example", "--demo"]).ended(2);
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
