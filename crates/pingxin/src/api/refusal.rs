//! The refusals an endpoint may answer with, named once for the OpenAPI document.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal $description:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([($status.to_owned(), problem($description))])
            }
        }
    )+};
}

refusals! {
    /// 400
    BadRequest = "400" "The request cannot be understood",
    /// 401
    SignedOut = "401" "Nobody is signed in",
    /// 403
    Forbidden = "403" "The role does not allow it, or the request came from another page",
    /// 404
    NotFound = "404" "Absent, or not the caller's: the two are never told apart",
    /// 409
    Conflict = "409" "A rule says no; `detail` says which",
    /// 412
    Stale = "412" "Somebody else changed it since it was read",
    /// 413
    TooLarge = "413" "The body is larger than it may be",
    /// 422
    Invalid = "422" "A value is no good; `errors` says which",
    /// 429
    TooManyTries = "429" "Too many tries; `Retry-After` says when to come back, in seconds",
}

fn problem(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
        .into()
}
