//! What a link carries for the site's statistics: left out of keys, never taken out of a list.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::page::{Page, parameters};
use super::walk::{Observer, Step};

/// Names of query parameters, exact or up to a `*`, with or without the values that they need.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    name: Glob,
    value: Option<Glob>,
}

#[derive(Debug, Clone)]
struct Glob {
    start: String,
    open: bool,
}

impl Glob {
    fn new(text: &str) -> Glob {
        Glob {
            start: text.trim_end_matches('*').to_owned(),
            open: text.ends_with('*'),
        }
    }

    fn matches(&self, text: &str) -> bool {
        match text.split_at_checked(self.start.len()) {
            Some((start, rest)) => {
                start.eq_ignore_ascii_case(&self.start) && (self.open || rest.is_empty())
            }
            None => false,
        }
    }
}

impl Parameters {
    /// The parameters of a text with one pattern a word: `utm_*`, `fbclid`, `source=rss*`.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Parameters {
        let mut parameters = Parameters::default();
        parameters.extend(patterns);
        parameters
    }

    /// Adds the parameters of further patterns.
    pub fn extend<'a>(&mut self, patterns: impl IntoIterator<Item = &'a str>) {
        self.patterns.extend(patterns.into_iter().map(|text| {
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(Glob::new(value))),
                None => (text, None),
            };
            let name = Glob::new(name);
            Pattern { name, value }
        }));
    }

    /// Whether a parameter is one of these. Letter case does not count.
    pub fn contains(&self, name: &str, value: &str) -> bool {
        self.patterns.iter().any(|pattern| {
            pattern.name.matches(name)
                && pattern
                    .value
                    .as_ref()
                    .is_none_or(|glob| glob.matches(value))
        })
    }
}

/// The parameters that track in any link, whatever its site.
pub static TRACKING: LazyLock<Parameters> = LazyLock::new(|| {
    let text = include_str!("../data/tracking.txt");
    let lines = text.lines().map(str::trim);
    Parameters::new(lines.filter(|line| !line.is_empty() && !line.starts_with('#')))
});

/// Whether a query parameter only tracks: known by every vendor's name for it, or to `extra`.
pub fn is_tracking(name: &str, value: &str, extra: &Parameters) -> bool {
    TRACKING.contains(name, value) || extra.contains(name, value)
}

/// The third tier: tracking parameters, text fragments, the empty route, the title of the page and `+`
/// for a space.
pub(super) fn remove(page: &mut Page, extra: &Parameters, observer: &mut impl Observer) {
    if let Some(query) = &page.query
        && let Some(rest) = without_tracking(query, extra, observer)
    {
        page.query = (!rest.is_empty()).then_some(Cow::Owned(rest));
    }
    if let Some(query) = &page.query
        && query.contains('+')
    {
        observer.step(|| Step::PlusForSpace);
        page.query = Some(Cow::Owned(query.replace('+', "%20")));
    }
    let Some(fragment) = page.fragment.as_deref() else {
        return;
    };
    if let Some((before, _)) = fragment.split_once(":~:") {
        observer.step(|| Step::TextFragment);
        page.fragment = (!before.is_empty()).then(|| Cow::Owned(before.to_owned()));
    } else if matches!(fragment, "/" | "!" | "!/") {
        observer.step(|| Step::EmptyRoute);
        page.fragment = None;
    } else if is_page_title(&page.path, fragment) {
        observer.step(|| Step::PageTitle);
        page.fragment = None;
    } else if fragment.contains('=')
        && let Some(rest) = without_tracking(fragment, extra, observer)
    {
        page.fragment = (!rest.is_empty()).then_some(Cow::Owned(rest));
    }
}

/// Whether a fragment repeats the name of the page, as generators name the heading that is its title:
/// `rbm.html#rbm`, `github.com/owner/Name#name`.
fn is_page_title(path: &str, fragment: &str) -> bool {
    let name = path.trim_end_matches('/').rsplit('/').next();
    let name = name.unwrap_or_default();
    let stem = name.strip_suffix(".html").or(name.strip_suffix(".htm"));
    !fragment.is_empty() && stem.unwrap_or(name).eq_ignore_ascii_case(fragment)
}

/// The query without the parameters that track, or `None` if it has none.
pub(super) fn without_tracking(
    query: &str,
    extra: &Parameters,
    observer: &mut impl Observer,
) -> Option<String> {
    keep_parameters(query, observer, |name, value| {
        !is_tracking(name, value, extra)
    })
}

/// The query with only the parameters wanted, or `None` if that is all of them.
pub(in crate::identity) fn keep_parameters(
    query: &str,
    observer: &mut impl Observer,
    wanted: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    if parameters(query).all(|(name, value)| wanted(name, value)) {
        return None;
    }
    let mut kept = String::with_capacity(query.len());
    for parameter in query.split('&') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if wanted(name, value) {
            if !kept.is_empty() {
                kept.push('&');
            }
            kept.push_str(parameter);
        } else {
            observer.step(|| Step::Tracking(name.into()));
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trackers_are_known_by_name_prefix_or_value() {
        let extra = Parameters::new(["campaign_*"]);
        for (name, value) in [
            ("utm_source", "x"),
            ("UTM_Medium", ""),
            ("fbclid", "1"),
            ("source", "post_page-----"),
            ("campaign_no", "7"),
        ] {
            assert!(is_tracking(name, value, &extra), "{name}={value}");
        }
        for (name, value) in [
            ("xfbclid", "1"),
            ("source", "news"),
            ("id", "utm_"),
            ("pk", "3"),
        ] {
            assert!(!is_tracking(name, value, &extra), "{name}={value}");
        }
    }
}
