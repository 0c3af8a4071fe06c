//! Who is asking: a token or the session cookie becomes an [`Asking`] with its `Scope`. No other place of the server
//! makes one. A request with a token is the token's alone: its cookie is not looked at, since [`super::guard`] let it
//! through without asking where it comes from.

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use pingxin_desk::people;
pub use pingxin_desk::people::{Asking, SignedIn, TokenError};
use pingxin_store::secret::Token;

use super::App;
use super::problem::Problem;

/// The `__Host-` prefix binds it to this host, https (or this machine) and every path.
pub const COOKIE_NAME: &str = "__Host-pingxin";
const ATTRIBUTES: &str = "HttpOnly; Secure; SameSite=Lax; Path=/";

/// Whoever asks, on the pages or with a token; nobody is a 401.
#[derive(Debug, Clone)]
pub struct Session(pub Asking);

/// Whoever is signed in on the pages, for what concerns his own account; a token is a 403.
#[derive(Debug, Clone)]
pub struct OwnSession(pub SignedIn);

impl FromRequestParts<App> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match bearer(&parts.headers) {
            Some(text) => Ok(Self(people::current_token(&app.desk, &app.tokens, text).await?)),
            None => Ok(Self(signed_in(parts, app).await?.into())),
        }
    }
}

impl FromRequestParts<App> for OwnSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(text) = bearer(&parts.headers) {
            people::current_token(&app.desk, &app.tokens, text).await?;
            return Err(Problem::not_for_tokens());
        }
        Ok(Self(signed_in(parts, app).await?))
    }
}

async fn signed_in(parts: &Parts, app: &App) -> Result<SignedIn, Problem> {
    let token = token(&parts.headers).ok_or_else(Problem::signed_out)?;
    people::current(&app.desk, token).await?.ok_or_else(Problem::signed_out)
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Wrong => Self::wrong_token(),
            TokenError::TooFast { retry_after } => Self::too_fast(retry_after),
            TokenError::Desk(error) => error.into(),
        }
    }
}

/// The token of a program, whatever it is worth. A browser sends none by itself, so a page elsewhere cannot make it.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
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
    fn a_token_is_what_follows_bearer_and_nothing_else() {
        let found = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, value.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(found("Bearer pingxin_abc"), Some("pingxin_abc".into()));
        assert_eq!(found("bearer x"), Some("x".into()));
        // A proxy's own password in front of us is not ours.
        assert_eq!(found("Basic b3duZXI6c2VjcmV0"), None);
        assert_eq!(found("pingxin_abc"), None);
        assert_eq!(bearer(&HeaderMap::new()), None);
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
