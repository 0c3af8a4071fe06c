//! A small HTTP/1.1 client over one kept connection: enough to time pages without another program in between.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

/// One connection to the server, with the session's cookie once there is one.
#[derive(Debug)]
pub struct Conversation {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: Option<String>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// From the first byte sent to the last byte read.
    pub time: Duration,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// When the status is no success, or the body no JSON.
    pub fn json(&self) -> anyhow::Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("the server answered {}: {}", self.status, self.body);
        }
        serde_json::from_str(&self.body).context("the answer is no JSON")
    }
}

impl Conversation {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_string(), cookie: None })
    }

    /// Goes on with a server that was started anew, under the same session.
    ///
    /// # Errors
    /// As for [`Conversation::open`].
    pub fn again_at(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        *self = Self { cookie: self.cookie.take(), ..Self::open(address)? };
        Ok(())
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, "")
    }

    /// Sends JSON, and keeps the cookie that comes back.
    ///
    /// # Errors
    /// As for [`Conversation::get`].
    pub fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        self.ask("POST", path, &body.to_string())
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<Answer> {
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Pingxin: 1\r\n{cookie}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            escaped(path),
            body.len(),
            host = self.host,
        );
        let started = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (status, cookie, body) = read_answer(&mut self.stream)?;
        let time = started.elapsed();
        self.cookie = cookie.or(self.cookie.take());
        Ok(Answer { status, body, time })
    }
}

/// Writes what is not ASCII as percent escapes of its UTF-8 bytes.
fn escaped(path: &str) -> String {
    path.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_graphic() {
            text.push(char::from(byte))
        } else {
            text.push_str(&format!("%{byte:02X}"))
        }
        text
    })
}

fn read_answer(stream: &mut impl BufRead) -> anyhow::Result<(u16, Option<String>, String)> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status =
        line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).context("no HTTP answer")?;
    let (mut length, mut chunked, mut cookie) = (0, false, None);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse()?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
            _ => {}
        }
    }
    let body = if chunked { read_chunks(stream)? } else { read_exactly(stream, length)? };
    Ok((status, cookie, String::from_utf8(body)?))
}

fn read_chunks(stream: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        stream.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).context("a chunk without a size")?;
        body.extend(read_exactly(stream, size)?);
        read_exactly(stream, 2)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn read_exactly(stream: &mut impl Read, length: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_kinds_of_bodies() {
        let plain = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nSet-Cookie: a=b; Secure\r\n\r\nokrest";
        assert_eq!(read_answer(&mut plain.as_bytes()).unwrap(), (201, Some("a=b".into()), "ok".into()));
        let chunked =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
        assert_eq!(read_answer(&mut chunked.as_bytes()).unwrap(), (200, None, "abc0123456789".into()));
        assert!(read_answer(&mut "nonsense".as_bytes()).is_err());
    }

    #[test]
    fn words_in_a_path_are_escaped() {
        assert_eq!(escaped("/a?q=开 b"), "/a?q=%E5%BC%80%20b");
    }
}
