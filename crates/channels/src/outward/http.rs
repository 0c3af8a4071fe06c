//! The guarded HTTP client: one request to one vetted address, no redirects, no more than so many bytes and seconds.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::address::{self, Found};
use super::{LONGEST_CALL, Reach};

/// Longest time to reach the other side, before anything is sent.
const LONGEST_CONNECT: Duration = Duration::from_secs(8);
/// Most bytes of an answer that are read.
const ANSWER_LIMIT: usize = 64 * 1024;

/// What was answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// The address may not be called, or is none.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// Nothing was sent.
    #[error("not reached: {0}")]
    NotReached(String),
    /// Something was sent, and no whole answer came.
    #[error("no answer: {0}")]
    NoAnswer(String),
}

/// Whether an address could be called at all, before anybody looks its name up.
///
/// # Errors
/// Why not.
pub(super) fn readable(url: &str, reach: Reach) -> Result<Uri, CallError> {
    let no = CallError::NotAllowed;
    let url: Uri = url.trim().parse().map_err(|_| no("this is no web address"))?;
    let host = url.host().filter(|host| !host.is_empty()).ok_or(no("this is no web address"))?;
    if url.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(no("no name or password in the address"));
    }
    match url.scheme_str() {
        Some("https") => {}
        Some("http") if reach.local => {}
        _ => return Err(no("only https")),
    }
    if host.len() > 253 {
        return Err(no("this is no web address"));
    }
    Ok(url)
}

/// Calls it.
///
/// # Errors
/// [`CallError`], which says whether anything was sent.
pub(super) async fn call(
    method: Method,
    url: &str,
    headers: &[(&str, String)],
    body: Vec<u8>,
    reach: Reach,
) -> Result<Answered, CallError> {
    let url = readable(url, reach)?;
    let is_tls = url.scheme_str() == Some("https");
    let host = url.host().unwrap_or_default().to_owned();
    let port = url.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let authority = url.authority().map_or_else(|| host.clone(), |authority| authority.as_str().to_owned());
    let path = url.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, authority)
        .header(USER_AGENT, "pingxin")
        .header(CONTENT_TYPE, "application/json; charset=utf-8");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| CallError::NotAllowed("a setting holds letters that no header may hold"))?;
    let connected = tokio::time::timeout(LONGEST_CONNECT, connect(&host, port, reach)).await;
    let stream = connected.map_err(|_| CallError::NotReached("it took too long".into()))??;
    let work = async {
        if is_tls {
            let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
                .map_err(|_| CallError::NotAllowed("this is no web address"))?;
            let secured = TlsConnector::from(trust()).connect(name, stream).await;
            exchange(secured.map_err(|error| CallError::NotReached(error.to_string()))?, request).await
        } else {
            exchange(stream, request).await
        }
    };
    let answered = tokio::time::timeout(LONGEST_CALL - LONGEST_CONNECT, work).await;
    answered.map_err(|_| CallError::NoAnswer("it took too long".into()))?
}

async fn connect(host: &str, port: u16, reach: Reach) -> Result<TcpStream, CallError> {
    let address = address::find(host, port, reach).await.map_err(|found| match found {
        Found::No(why) => CallError::NotReached(why),
        Found::Private => CallError::NotAllowed("an address of this machine or of a private network"),
    })?;
    TcpStream::connect(address).await.map_err(|error| CallError::NotReached(error.to_string()))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answered, CallError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| CallError::NotReached(error.to_string()))?;
    // It ends with the stream, when this call does.
    let carried = tokio::spawn(connection);
    let lost = |error: hyper::Error| CallError::NoAnswer(error.to_string());
    let answered = async {
        let answer = sender.send_request(request).await.map_err(lost)?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), ANSWER_LIMIT).collect().await;
        // Its status came, and that counts; only the words are lost.
        let body = body.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
        Ok(Answered { status, body })
    };
    let answered = answered.await;
    carried.abort();
    answered
}

/// Mozilla's roots, and one provider of ciphers.
fn trust() -> Arc<ClientConfig> {
    static TRUST: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    Arc::clone(TRUST.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(config)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_addresses_are_read() {
        for wrong in
            ["", "x", "ftp://a.b/c", "http://a.b/c", "https://me:pw@a.b/", "https:///x", "javascript:1"]
        {
            assert!(readable(wrong, Reach::default()).is_err(), "{wrong}");
        }
        assert!(readable("https://a.example/hook?x=1", Reach::default()).is_ok());
        assert!(readable("http://127.0.0.1:80/", Reach { local: true }).is_ok());
    }

    #[tokio::test]
    async fn nothing_inside_is_called_and_redirects_are_not_followed() {
        let trap = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = trap.local_addr().expect("an address").port();
        for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0"] {
            let url = format!("https://{host}:{port}/");
            let called = call(Method::GET, &url, &[], vec![], Reach::default()).await;
            assert!(matches!(called, Err(CallError::NotAllowed(_))), "{host}: {called:?}");
        }
        let quiet = tokio::time::timeout(Duration::from_millis(50), trap.accept()).await;
        assert!(quiet.is_err(), "nobody came");
        let server = tokio::spawn(async move {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let (mut stream, _) = trap.accept().await.expect("a caller");
            let mut read = [0; 1024];
            let _ = stream.read(&mut read).await.expect("a request");
            let answer = format!(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/again\r\nContent-Length: 0\r\n\r\n"
            );
            stream.write_all(answer.as_bytes()).await.expect("an answer");
            let again = tokio::time::timeout(Duration::from_millis(100), trap.accept()).await;
            again.is_err()
        });
        let url = format!("http://127.0.0.1:{port}/");
        let called = call(Method::GET, &url, &[], vec![], Reach { local: true }).await;
        assert_eq!(called.expect("an answer").status, 302);
        assert!(server.await.expect("it ends"), "nobody follows");
    }
}
