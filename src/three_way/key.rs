//! What a unit is known by: the resource that its link names, or its words.

/// The key of a destination; destinations with equal keys lead to the same resource.
pub(super) fn of_link(url: &str) -> String {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
        .or_else(|| lower.strip_prefix("//"));
    let Some(rest) = rest else {
        return url.to_owned();
    };
    let rest = url.get(url.len() - rest.len()..).unwrap_or(url);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mut path = path.trim_end_matches('/').to_owned();
    if host == "github.com" {
        path = path.to_ascii_lowercase();
        for noise in ["#readme", ".git"] {
            path = path.strip_suffix(noise).unwrap_or(&path).to_owned();
        }
    }
    format!("{host}{path}")
}

/// Words for comparison: letters and digits in lower case, everything else a single space.
pub(super) fn of_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '+' | '#') {
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') && !words.is_empty() {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Words for sorting: without leading signs, `-`, `,` and `:` as spaces, in lower case.
pub(super) fn of_order(text: &str) -> String {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .map(|c| if matches!(c, '-' | ',' | ':') { ' ' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}
