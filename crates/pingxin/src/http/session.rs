//! Who is asking: the session cookie becomes a [`SignedIn`] with its `Scope`. No other place of the server makes one.

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use pingxin_desk::people;
pub use pingxin_desk::people::SignedIn;
use pingxin_store::secret::Token;

use super::App;
use super::problem::Problem;

/// The `__Host-` prefix binds it to this host, https (or this machine) and every path.
pub const COOKIE_NAME: &str = "__Host-pingxin";
const ATTRIBUTES: &str = "HttpOnly; Secure; SameSite=Lax; Path=/";

/// Whoever is signed in; nobody is a 401.
#[derive(Debug, Clone)]
pub struct Session(pub SignedIn);

impl FromRequestParts<App> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(&parts.headers).ok_or_else(Problem::signed_out)?;
        let signed_in = people::current(&app.desk, token).await?.ok_or_else(Problem::signed_out)?;
        Ok(Self(signed_in))
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))
        .filter(|token| !token.is_empty() && token.len() <= 128)
}

/// An answer that hands the session's token to the browser.
pub fn with_cookie(answer: impl IntoResponse, token: &Token) -> Response {
    set(answer, &format!("{COOKIE_NAME}={}; {ATTRIBUTES}", token.as_str()))
}

/// An answer that makes the browser forget its token.
pub fn without_cookie(answer: impl IntoResponse) -> Response {
    set(answer, &format!("{COOKIE_NAME}=; {ATTRIBUTES}; Max-Age=0"))
}

fn set(answer: impl IntoResponse, cookie: &str) -> Response {
    let mut response = answer.into_response();
    match HeaderValue::from_str(cookie) {
        Ok(mut value) => {
            value.set_sensitive(true);
            response.headers_mut().insert(SET_COOKIE, value);
            response
        }
        Err(cause) => Problem::internal(&cause).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cookies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, cookie.parse().unwrap());
        }
        token(&headers).map(str::to_owned)
    }

    #[test]
    fn finds_its_cookie_among_others() {
        assert_eq!(found(&["a=1; __Host-pingxin=abc; b=2"]), Some("abc".into()));
        assert_eq!(found(&["a=1", "__Host-pingxin=abc"]), Some("abc".into()));
    }

    #[test]
    fn takes_no_other_cookie_for_it() {
        assert_eq!(found(&["pingxin=abc; x__Host-pingxin=abc; __Host-pingxin2=abc"]), None);
        assert_eq!(found(&["__Host-pingxin="]), None);
        assert_eq!(found(&[&format!("__Host-pingxin={}", "a".repeat(4000))]), None);
    }

    #[test]
    fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let token = Token::fresh();
        let response = with_cookie((), &token);
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        assert_eq!(
            cookie,
            format!("__Host-pingxin={}; HttpOnly; Secure; SameSite=Lax; Path=/", token.as_str())
        );
        let gone = without_cookie(());
        assert!(gone.headers()[SET_COOKIE].to_str().unwrap().ends_with("Max-Age=0"));
    }
}
