//! A little SMTP server (RFC 5321) that keeps what it is given.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who sent it, by the envelope.
    pub from: String,
    /// To whom, by the envelope.
    pub to: Vec<String>,
    /// Head and body.
    pub text: String,
}

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes every mail.
    Takes,
    /// It knows no recipient: 550.
    KnowsNobody,
    /// It is busy: 451 to every recipient.
    IsBusy,
    /// It keeps the mail and hangs up before it says so.
    HangsUp,
}

/// The server; it ends with the test.
#[derive(Debug, Clone)]
pub struct MailServer {
    address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    mood: Arc<Mutex<Mood>>,
}

impl MailServer {
    /// Listens on a port of its own.
    ///
    /// # Panics
    /// When there is no port.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = Self { address, mails: Arc::default(), mood: Arc::new(Mutex::new(Mood::Takes)) };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                std::thread::spawn(move || drop(serving.speak(&stream)));
            }
        });
        server
    }

    /// Its port on this machine.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What it was given so far, in order.
    ///
    /// # Panics
    /// Never in practice.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("nobody panics while holding it").clone()
    }

    /// How it behaves from now on.
    ///
    /// # Panics
    /// Never in practice.
    pub fn behave(&self, mood: Mood) {
        *self.mood.lock().expect("nobody panics while holding it") = mood;
    }

    fn speak(&self, stream: &TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut reader = BufReader::new(stream);
        let say = |line: &str| {
            let mut stream = stream;
            stream.write_all(line.as_bytes())?;
            stream.write_all(b"\r\n")
        };
        let mood = *self.mood.lock().expect("nobody panics while holding it");
        say("220 test ESMTP")?;
        let mut mail = Mail { from: String::new(), to: Vec::new(), text: String::new() };
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            let inner = |line: &str| {
                line.split_once('<')
                    .and_then(|(_, rest)| rest.split_once('>'))
                    .map(|(in_it, _)| in_it.to_owned())
            };
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => say("250-test\r\n250 SIZE 1000000")?,
                "HELO" | "NOOP" | "RSET" => say("250 fine")?,
                "MAIL" => {
                    mail.from = inner(line).unwrap_or_default();
                    say("250 fine")?;
                }
                "RCPT" => match mood {
                    Mood::KnowsNobody => say("550 nobody of that name here")?,
                    Mood::IsBusy => say("451 try again later")?,
                    Mood::Takes | Mood::HangsUp => {
                        mail.to.extend(inner(line));
                        say("250 fine")?;
                    }
                },
                "DATA" => {
                    say("354 go on")?;
                    mail.text.clear();
                    loop {
                        let mut line = String::new();
                        if reader.read_line(&mut line)? == 0 {
                            return Ok(());
                        }
                        if line == ".\r\n" {
                            break;
                        }
                        mail.text +=
                            line.strip_prefix("..").map_or(line.clone(), |rest| format!(".{rest}")).as_str();
                    }
                    self.mails.lock().expect("nobody panics while holding it").push(mail.clone());
                    if mood == Mood::HangsUp {
                        return Ok(());
                    }
                    say("250 kept")?;
                }
                "QUIT" => return say("221 bye"),
                _ => say("502 what")?,
            }
        }
    }
}
