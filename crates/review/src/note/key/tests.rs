use super::*;

const PASSPHRASE: &str = "correct horse battery";

#[test]
fn a_new_key_opens_with_its_passphrase_and_with_no_other() {
    let (key, file) = ReviewerKey::create(PASSPHRASE).unwrap();
    let opened = ReviewerKey::read(file.as_bytes(), Some(PASSPHRASE)).unwrap();
    assert_eq!(opened.public().unwrap(), key.public().unwrap());
    let refused = |passphrase| ReviewerKey::read(file.as_bytes(), passphrase).unwrap_err();
    assert_eq!(
        refused(Some("correct horse batterY")),
        ReviewerKeyError::PassphraseWrong
    );
    assert_eq!(refused(None), ReviewerKeyError::PassphraseNeeded);
}

#[test]
fn two_new_keys_are_two() {
    let make = || ReviewerKey::create(PASSPHRASE).unwrap();
    let ((one, one_file), (other, other_file)) = (make(), make());
    assert_ne!(one.public().unwrap(), other.public().unwrap());
    assert_ne!(one_file, other_file);
}

#[test]
fn a_short_passphrase_makes_no_key() {
    assert_eq!(
        ReviewerKey::create("nine char").unwrap_err(),
        ReviewerKeyError::PassphraseShort
    );
}

#[test]
fn a_signature_verifies_under_the_engines_own_rule() {
    let (key, _) = ReviewerKey::create(PASSPHRASE).unwrap();
    let public = key.public().unwrap();
    let signature = key.sign(b"message");
    assert_eq!(public.verify(b"message", &signature), Ok(()));
    assert!(public.verify(b"another", &signature).is_err());
}

#[test]
fn its_public_file_is_read_back_by_the_key_book() {
    let (key, _) = ReviewerKey::create(PASSPHRASE).unwrap();
    let public = key.public().unwrap();
    let read = evidence::keytext::read_key_text(&public_pem(&public)).unwrap();
    assert_eq!(read.key, public);
    assert_eq!(read.warnings, []);
}

/// RFC 8410, section 10.3, and the same key with its public half.
const RFC_8410: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
const RFC_8410_PUBLIC: &str = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

#[test]
fn the_key_of_the_standard_is_read() {
    let key = ReviewerKey::read(RFC_8410.as_bytes(), None).unwrap();
    assert_eq!(key.public().unwrap().to_hex(), RFC_8410_PUBLIC);
}

#[test]
fn what_cannot_sign_says_why() {
    let refused = |text: &str| ReviewerKey::read(text.as_bytes(), None).unwrap_err();
    let x25519 = RFC_8410.replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK2Vu");
    assert_eq!(refused(&x25519), ReviewerKeyError::NotEd25519);
    assert_eq!(
        refused("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"),
        ReviewerKeyError::NotEd25519
    );
    let public = public_pem(&ReviewerKey::read(RFC_8410.as_bytes(), None).unwrap().public().unwrap());
    assert_eq!(refused(&public), ReviewerKeyError::PublicOnly);
    for text in [
        "",
        "hello",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    ] {
        assert_eq!(refused(text), ReviewerKeyError::Malformed, "{text}");
    }
    assert_eq!(refused(&"x".repeat(LARGEST_FILE + 1)), ReviewerKeyError::Malformed);
}

#[test]
fn an_openssh_line_gives_its_public_key() {
    let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a@b";
    assert_eq!(open_ssh_public(line).unwrap().to_hex(), RFC_8410_PUBLIC);
    assert_eq!(open_ssh_public("ssh-ed25519 AAAA"), None);
}

#[test]
fn nothing_of_the_secret_is_in_the_debug_text() {
    let key = ReviewerKey::read(RFC_8410.as_bytes(), None).unwrap();
    assert_eq!(format!("{key:?}"), format!("ReviewerKey(public {RFC_8410_PUBLIC})"));
}
