//! A little HTTP server that counts what arrives under which `webhook-id`: it takes one connection after the other, each to
//! its end, so that what was sent before a question is counted before it is answered.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its path without the query.
    pub path: String,
    /// Its query.
    pub query: String,
    /// Its headers by lower-case name.
    pub headers: HashMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Arrived {
    /// The key under which it was sent.
    #[must_use]
    pub fn key(&self) -> &str {
        self.headers.get("webhook-id").map_or("", String::as_str)
    }
}

/// The server; it ends with the test.
#[derive(Debug, Clone)]
pub struct Receiver {
    address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    answer: Arc<Mutex<(u16, String)>>,
}

impl Receiver {
    /// Listens on a port of its own.
    ///
    /// # Panics
    /// When there is no port.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server =
            Self { address, arrived: Arc::default(), answer: Arc::new(Mutex::new((200, "{}".into()))) };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A caller who was killed leaves half a request: nothing arrived.
                let _ = serving.take(&stream);
            }
        });
        server
    }

    /// The address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What arrived by POST so far, in order.
    ///
    /// # Panics
    /// Never in practice.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().expect("nobody panics while holding it").clone()
    }

    /// How it answers from now on: status and body.
    ///
    /// # Panics
    /// Never in practice.
    pub fn answer(&self, status: u16, body: &str) {
        *self.answer.lock().expect("nobody panics while holding it") = (status, body.to_owned());
    }

    fn take(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut parts = line.split_whitespace();
        let (method, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim().split_once(':') {
                Some((name, value)) => headers.insert(name.to_lowercase(), value.trim().to_owned()),
                None => break,
            };
        }
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let body = String::from_utf8_lossy(&body).into_owned();
        let arrived = Arrived { path: path.to_owned(), query: query.to_owned(), headers, body };
        let (status, said) = if method == "GET" {
            let had = self.arrived().iter().any(|one| one.path == arrived.path && one.key() == arrived.key());
            (if had { 200 } else { 404 }, String::new())
        } else {
            self.arrived.lock().expect("nobody panics while holding it").push(arrived);
            self.answer.lock().expect("nobody panics while holding it").clone()
        };
        let head =
            format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", said.len());
        let mut stream = stream;
        stream.write_all(head.as_bytes())?;
        stream.write_all(said.as_bytes())
    }
}
