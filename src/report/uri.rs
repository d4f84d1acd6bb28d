//! Paths as relative references (RFC 3986).

/// `path` with everything but unreserved characters and `/` as percent-encoded UTF-8.
///
/// A colon is encoded too: in the first segment it would end a scheme.
pub(super) fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(percent_encoded("a b/é:1.md"), "a%20b/%C3%A9%3A1.md");
        assert_eq!(percent_encoded("a-b_c~d?x#y%\\"), "a-b_c~d%3Fx%23y%25%5C");
    }
}
