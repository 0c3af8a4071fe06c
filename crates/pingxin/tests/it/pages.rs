//! The pages: kept for good when their name says what is in them, asked for again when not, and nothing else.

use crate::house::on_sqlite;

#[tokio::test]
async fn a_page_s_address_opens_the_application() {
    on_sqlite(async |house| {
        for address in
            ["/", "/cases", "/cases/0192f3a4-0000-7000-8000-000000000000", "/setup?token=x", "/index.html"]
        {
            let page = house.stranger().get(address).await.is(200);
            assert!(page.text().contains("<title>desk</title>"), "{address}");
            assert_eq!(page.header("cache-control"), "no-cache", "{address}");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn assets_are_kept_for_good_and_sent_small() {
    on_sqlite(async |house| {
        let script = house.stranger().get("/assets/app-0a1b.js").await.is(200);
        assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        for encoding in ["gzip", "br"] {
            let small =
                house.stranger().with("accept-encoding", encoding).get("/assets/app-0a1b.js").await.is(200);
            assert_eq!(small.header("content-encoding"), encoding);
            assert!(small.body.len() < script.body.len() / 2);
        }
        let tag = script.header("etag").to_owned();
        let same = house.stranger().with("if-none-match", &tag).get("/assets/app-0a1b.js").await.is(304);
        assert!(same.body.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_no_page_and_no_file_is_not_found() {
    on_sqlite(async |house| {
        for address in
            ["/assets/gone-0a1b.js", "/favicon.png", "/api", "/api/v1/", "/api/v1/nothing", "/api/v2/me"]
        {
            let answer = house.stranger().get(address).await.is(404);
            assert_eq!(answer.json()["code"], "not_found", "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_address_leads_out_of_the_folder() {
    on_sqlite(async |house| {
        for address in [
            "/../secret.txt",
            "/assets/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "//secret.txt",
        ] {
            let answer = raw_get(house, address).await;
            assert!(!answer.contains("not for the web"), "{address}: {answer}");
        }
    })
    .await;
}

/// Sends the address as it is: every ordinary client tidies it first.
async fn raw_get(house: &crate::house::House, address: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = house.address.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
