//! What keeps the window off the network, beside the page's policy in `tauri.conf.json`.
//!
//! A content policy alone was seen to leak connections (a preconnect link, a link to a new window), so three more layers
//! stand around it: a dead proxy, a list of the only addresses that may be shown, and on Linux a kernel filter that refuses
//! internet sockets to this process and to every process it starts.

use tauri::Url;

/// A proxy where nothing listens: every web request, name look-ups included, ends there.
pub(crate) const DEAD_PROXY: &str = "http://127.0.0.1:1";

/// Set to `1` to allow internet sockets again, for a display that is reached over TCP (`ssh -X`).
///
/// Nothing in the program uses the network then either; only the kernel's own guard is missing.
pub(crate) const DISPLAY_OVER_TCP: &str = "SEALCHECK_DISPLAY_OVER_TCP";

/// Set to `true` by the driver of the end-to-end tests, which talks to the window through a socket.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// The addresses that the window may show: its own pages, the sender's reduced page, and empty frames.
pub(crate) fn is_our_own(address: &Url) -> bool {
    let own_origin = matches!(
        (address.scheme(), address.host_str()),
        ("tauri" | "evidence", Some("localhost")) | ("http", Some("tauri.localhost" | "evidence.localhost"))
    );
    own_origin && address.port().is_none() || matches!(address.as_str(), "about:blank" | "about:srcdoc")
}

/// Refuses internet sockets to this process and its children from here on. To be called before any thread is started.
///
/// A kernel without such filters is told on standard error and does not keep the window from opening: the other layers
/// stand.
pub(crate) fn refuse_internet_sockets() {
    if is_set(AUTOMATION, "true") || is_set(DISPLAY_OVER_TCP, "1") {
        return;
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = filter::install() {
        eprintln!("sealcheck: this system offers no filter on internet sockets: {error}");
    }
}

fn is_set(name: &str, value: &str) -> bool {
    std::env::var_os(name).is_some_and(|set| set == value)
}

/// The kernel filter: `socket()` for an internet family answers "permission denied".
#[cfg(target_os = "linux")]
mod filter {
    use std::error::Error;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
        apply_filter,
    };

    pub(super) fn install() -> Result<(), Box<dyn Error>> {
        let families = vec![rule(libc::AF_INET)?, rule(libc::AF_INET6)?];
        let filter = SeccompFilter::new(
            [(libc::SYS_socket, families)].into(),
            SeccompAction::Allow,
            SeccompAction::Errno(u32::try_from(libc::EACCES)?),
            std::env::consts::ARCH.try_into()?,
        )?;
        let program: BpfProgram = filter.try_into()?;
        apply_filter(&program)?;
        Ok(())
    }

    /// Matches `socket(family, …)`.
    fn rule(family: i32) -> Result<SeccompRule, Box<dyn Error>> {
        let family = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::try_from(family)?)?;
        Ok(SeccompRule::new(vec![family])?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(address: &str) -> bool {
        is_our_own(&Url::parse(address).unwrap())
    }

    #[test]
    fn own_pages_and_the_senders_frame_may_be_shown() {
        for address in [
            "tauri://localhost/index.html",
            "http://tauri.localhost/",
            "evidence://localhost/1/2",
            "http://evidence.localhost/1/2",
            "about:blank",
            "about:srcdoc",
        ] {
            assert!(allowed(address), "{address}");
        }
    }

    #[test]
    fn any_other_address_is_refused() {
        for address in [
            "http://localhost/",
            "http://127.0.0.1:8080/",
            "https://tauri.localhost/",
            "http://tauri.localhost:8080/",
            "http://tauri.localhost.example/",
            "evidence://elsewhere/1/2",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:config",
        ] {
            assert!(!allowed(address), "{address}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn after_the_filter_an_internet_socket_is_refused_and_a_local_one_is_not() {
        // In a thread of its own: a filter holds for the thread that installs it and those it starts.
        std::thread::spawn(|| {
            filter::install().unwrap();
            let refused = std::net::TcpListener::bind("127.0.0.1:0").unwrap_err();
            assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
            std::os::unix::net::UnixDatagram::unbound().unwrap();
        })
        .join()
        .unwrap();
    }
}
