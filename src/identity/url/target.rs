//! What a destination is, and the keys of those that are no pages of the web.

use super::page::normal_escapes;

/// What a destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page of the web: `https:`, `http:` or `//host`.
    Web,
    /// A place in the list itself: `#section`.
    Anchor,
    /// A file beside the list: `docs/a.md`. In another list it is another file.
    Relative,
    /// An address for mail: `mailto:`.
    Mail,
    /// Anything with another scheme, and what nobody could read as an address.
    Other,
    /// Nothing at all: `[text]()`.
    Empty,
}

impl Target {
    /// What a destination is, given without white space around it.
    pub(super) fn of(text: &str) -> Target {
        if text.is_empty() {
            return Target::Empty;
        }
        if text.starts_with('#') {
            return Target::Anchor;
        }
        if text.starts_with("//") {
            return Target::Web;
        }
        let Some((scheme, _)) = text.split_once(':') else {
            let person = text
                .split_once('@')
                .filter(|(name, _)| !name.contains(['/', '?', '#']));
            return match person.and_then(|(_, host)| psl::domain_str(host)) {
                Some(_) => Target::Mail,
                None => Target::Relative,
            };
        };
        let named = |name: &str| scheme.eq_ignore_ascii_case(name);
        if named("https") || named("http") {
            Target::Web
        } else if named("mailto") {
            Target::Mail
        } else if is_scheme(scheme) {
            Target::Other
        } else {
            Target::Relative
        }
    }
}

/// A scheme as RFC 3986, 3.1 has it, but without a point: `example.com:8080` is meant as a host.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'))
}

/// A path in one spelling, as from a folder that lies deep enough for every `../`.
pub(super) fn relative_key(text: &str) -> String {
    let folder = "http://list/1/2/3/4/5/6/7/8/9/";
    let joined = url::Url::options()
        .base_url(url::Url::parse(folder).ok().as_ref())
        .parse(text);
    match joined.ok().filter(|url| url.host_str() == Some("list")) {
        Some(url) => normal_escapes(url.as_str().strip_prefix("http:").unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A host that someone wrote without its scheme: `www.example.com/x`. For Markdown it is a file.
pub(super) fn bare_host(text: &str) -> Option<&str> {
    let host = text.split(['/', '?', '#', ':']).next()?;
    (host.len() > 4 && host.starts_with("www.") && psl::domain_str(host).is_some()).then_some(text)
}

/// The web address of a repository that is named by the way to clone it.
pub(super) fn repository_address(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("git+") {
        return rest.starts_with("http").then(|| rest.to_owned());
    }
    if let Some((host, path)) = text
        .strip_prefix("git@")
        .and_then(|rest| rest.split_once(':'))
    {
        return Some(format!("https://{host}/{path}"));
    }
    let rest = text
        .strip_prefix("git://")
        .or_else(|| text.strip_prefix("ssh://git@"))?;
    Some(format!("https://{rest}"))
}

/// An address for mail; only its host folds letter case.
pub(super) fn mail_key(text: &str) -> String {
    let address = text.split_once(':').map_or(text, |(_, address)| address);
    let address = address.split('?').next().unwrap_or(address);
    match address.rsplit_once('@') {
        Some((name, host)) => format!("mailto:{name}@{}", host.to_ascii_lowercase()),
        None => format!("mailto:{address}"),
    }
}
