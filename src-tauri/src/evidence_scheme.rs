//! The `evidence:` scheme: it answers with a sender's page, reduced to static text, and with nothing else.

use review::summary_page;
use tauri::http::{Response, StatusCode, header};
use tauri::{AppHandle, Manager as _};

use crate::commands::files::page_as_sent;
use crate::desk::Desk;

/// Name of the scheme.
pub(crate) const SCHEME: &str = "evidence";

/// The page's own policy, on top of the frame's sandbox: nothing is loaded, nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// Where the frame finds a file of a pack.
pub(crate) fn address(token: u32, file: u64) -> String {
    let origin = if cfg!(windows) {
        "http://evidence.localhost"
    } else {
        "evidence://localhost"
    };
    format!("{origin}/{token}/{file}")
}

/// Answers a request for a path of the form `/<token>/<file>`.
pub(crate) fn answer(app: &AppHandle, path: &str) -> Response<Vec<u8>> {
    let page = parse(path).and_then(|(token, file)| {
        let review = app.state::<Desk>().review(token).ok()?;
        let page = page_as_sent(&review, file).ok()?;
        Some(summary_page::document(&page))
    });
    match page {
        Some(document) => respond(StatusCode::OK, document.into_bytes()),
        None => respond(StatusCode::NOT_FOUND, Vec::new()),
    }
}

fn parse(path: &str) -> Option<(u32, u64)> {
    let (token, file) = path.strip_prefix('/')?.split_once('/')?;
    Some((token.parse().ok()?, file.parse().ok()?))
}

fn respond(status: StatusCode, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_token_and_a_file() {
        assert_eq!(parse("/7/12"), Some((7, 12)));
        for path in ["", "/", "/7", "/7/", "/7/x", "/7/12/", "/-7/12", "/../etc/passwd"] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn every_answer_carries_the_policy_that_lets_nothing_run() {
        for status in [StatusCode::OK, StatusCode::NOT_FOUND] {
            let response = respond(status, Vec::new());
            assert_eq!(response.headers()[header::CONTENT_SECURITY_POLICY], POLICY);
        }
    }
}
