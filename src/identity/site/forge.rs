//! Code hosting: GitHub, GitLab, Gitea and Bitbucket, each with its own words for the same things.

use std::borrow::Cow;

use super::{drop_query, set};
use crate::identity::url::noise::keep_parameters;
use crate::identity::url::page::Page;
use crate::identity::url::walk::{Observer, Step};

const CASE: &str = "letter case of the repository";
const GIT: &str = "`.git`";
const README: &str = "`#readme`";
const README_FILE: &str = "its README file";
const ROOT: &str = "the root of its default branch";
const RAW: &str = "raw file and its page";
const NUMBER: &str = "issue and pull request of one number";

/// GitHub: owner and repository whatever their letter case, what lies below as it stands.
pub(super) fn github(page: &mut Page, observer: &mut impl Observer) {
    match &*page.host {
        "gist.github.com" => return gist(page, observer),
        "raw.githubusercontent.com" | "raw.github.com" => {
            let Some(path) = raw_as_blob(&page.path) else {
                return;
            };
            observer.step(|| Step::Site(RAW));
            page.host = Cow::Borrowed("github.com");
            page.path = Cow::Owned(path);
        }
        _ => {}
    }
    if is_plain_repository(page) {
        return;
    }
    let segments: Vec<_> = page.segments().collect();
    let [owner, name, below @ ..] = &segments[..] else {
        return set_lower(page, CASE, observer);
    };
    let below = github_below(below, observer);
    let path = project_path(&[owner, name], below.is_empty(), &below, observer);
    let at_root = below.is_empty();
    page.path = Cow::Owned(path);
    if at_root {
        forget_readme(page, observer);
    }
}

/// The common case, `/owner/name` in lower case and nothing more: already canonical.
fn is_plain_repository(page: &Page) -> bool {
    page.query.is_none()
        && page.fragment.is_none()
        && !page.path.bytes().any(|byte| byte.is_ascii_uppercase())
        && !page.path.ends_with(".git")
        && !page.path.contains("//")
        && page.path.bytes().filter(|byte| *byte == b'/').count() == 2
}

/// What follows owner and repository, in canonical form; empty for the repository itself.
fn github_below<'a>(below: &[&'a str], observer: &mut impl Observer) -> Vec<&'a str> {
    match below {
        ["tree", branch] if is_default_branch(branch) => root(ROOT, observer),
        ["blob" | "raw", branch, file] if is_default_branch(branch) && is_readme(file) => {
            root(README_FILE, observer)
        }
        ["raw", rest @ ..] if rest.len() > 1 => {
            observer.step(|| Step::Site(RAW));
            [&["blob"], rest].concat()
        }
        ["pull", number, rest @ ..] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            observer.step(|| Step::Site(NUMBER));
            [&["issues", number], rest].concat()
        }
        ["wiki", "Home"] => {
            observer.step(|| Step::Site("the wiki's home page"));
            vec!["wiki"]
        }
        _ => below.to_vec(),
    }
}

fn root<'a>(rule: &'static str, observer: &mut impl Observer) -> Vec<&'a str> {
    observer.step(|| Step::Site(rule));
    Vec::new()
}

/// `/owner/name/branch/file` of the raw host as a path of the main one.
fn raw_as_blob(path: &str) -> Option<String> {
    let mut segments: Vec<_> = path.split('/').filter(|s| !s.is_empty()).collect();
    if segments.get(2..4) == Some(&["refs", "heads"]) {
        segments.drain(2..4);
    }
    if segments.len() < 4 {
        return None;
    }
    segments.insert(2, "blob");
    Some(format!("/{}", segments.join("/")))
}

/// The README is what a repository's own page shows: `#readme` and its tab lead nowhere else.
fn forget_readme(page: &mut Page, observer: &mut impl Observer) {
    if let Some(query) = &page.query {
        let wanted = |name: &str, value: &str| name != "tab" || value != "readme-ov-file";
        if let Some(kept) = keep_parameters(query, observer, wanted) {
            page.query = (!kept.is_empty()).then_some(Cow::Owned(kept));
        }
    }
    let at_readme = page.fragment.as_deref().is_some_and(|fragment| {
        ["readme", "readme-ov-file"]
            .iter()
            .any(|name| fragment.eq_ignore_ascii_case(name))
    });
    if at_readme {
        observer.step(|| Step::Site(README));
        page.fragment = None;
    }
}

/// A gist is known by its number, with or without the user before it.
fn gist(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let is_id = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        !text.is_empty() && (digits || hexadecimal && text.len() >= 20)
    };
    let path = match &segments[..] {
        [_, id, rest @ ..] if is_id(id) => join(&[&[*id], rest].concat()),
        _ => return,
    };
    set(
        &mut page.path,
        path.to_ascii_lowercase(),
        "a gist with and without its user",
        observer,
    );
}

/// GitLab: groups of any depth; what is not the project itself stands after `/-/`.
pub(super) fn gitlab(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let dash = segments.iter().position(|segment| *segment == "-");
    // Addresses from before 2019 have no `/-/`.
    let old = segments
        .iter()
        .skip(2)
        .position(|s| matches!(*s, "tree" | "blob" | "raw"));
    let (project, below) = match (dash, old) {
        (Some(at), _) => (segments.get(..at), segments.get(at + 1..)),
        (None, Some(at)) => (segments.get(..at + 2), segments.get(at + 2..)),
        (None, None) => (segments.get(..), segments.get(segments.len()..)),
    };
    let (Some(project), Some(below)) = (project, below) else {
        return;
    };
    let below = match below {
        ["tree", branch] if is_default_branch(branch) => root(ROOT, observer),
        ["blob" | "raw", branch, file] if is_default_branch(branch) && is_readme(file) => {
            root(README_FILE, observer)
        }
        _ => below.to_vec(),
    };
    let at_root = below.is_empty();
    let below = if at_root {
        below
    } else {
        [vec!["-"], below].concat()
    };
    let path = project_path(project, at_root, &below, observer);
    page.path = Cow::Owned(path);
    if at_root {
        forget_readme(page, observer);
        page.query.take_if(|query| query.starts_with("ref_type="));
    }
}

/// Gitea and Forgejo, as Codeberg runs it.
pub(super) fn gitea(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let [owner, name, below @ ..] = &segments[..] else {
        return set_lower(page, CASE, observer);
    };
    let below = match below {
        ["src", "branch", branch] if is_default_branch(branch) => root(ROOT, observer),
        ["src", "branch", branch, file] if is_default_branch(branch) && is_readme(file) => {
            root(README_FILE, observer)
        }
        _ => below.to_vec(),
    };
    let at_root = below.is_empty();
    page.path = Cow::Owned(project_path(&[owner, name], at_root, &below, observer));
    if at_root {
        forget_readme(page, observer);
    }
}

/// Bitbucket: `/src` is the root, with or without the default branch.
pub(super) fn bitbucket(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let [owner, name, below @ ..] = &segments[..] else {
        return set_lower(page, CASE, observer);
    };
    let below = match below {
        ["src"] | ["overview"] => root(ROOT, observer),
        ["src", branch] if is_default_branch(branch) => root(ROOT, observer),
        ["src", branch, file] if is_default_branch(branch) && is_readme(file) => {
            root(README_FILE, observer)
        }
        _ => below.to_vec(),
    };
    let at_root = below.is_empty();
    page.path = Cow::Owned(project_path(&[owner, name], at_root, &below, observer));
    if at_root {
        drop_query(page, "a view of the repository", observer);
        forget_readme(page, observer);
    }
}

/// The path of a project in lower case, without `.git` at its root, and what lies below.
fn project_path(
    project: &[&str],
    at_root: bool,
    below: &[&str],
    observer: &mut impl Observer,
) -> String {
    let mut path = join(project);
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        observer.step(|| Step::Site(CASE));
        path.make_ascii_lowercase();
    }
    if at_root && path.ends_with(".git") {
        observer.step(|| Step::Site(GIT));
        path.truncate(path.len() - ".git".len());
    }
    if !below.is_empty() {
        path.push_str(&join(below));
    }
    path
}

fn set_lower(page: &mut Page, rule: &'static str, observer: &mut impl Observer) {
    if page.path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = page.path.to_ascii_lowercase();
        set(&mut page.path, lower, rule, observer);
    }
}

fn join(segments: &[&str]) -> String {
    segments.iter().flat_map(|segment| ["/", segment]).collect()
}

fn is_default_branch(branch: &str) -> bool {
    matches!(branch, "main" | "master" | "HEAD")
}

/// A README in one of the formats that forges render.
fn is_readme(file: &str) -> bool {
    let (stem, ending) = file.split_once('.').unwrap_or((file, ""));
    let endings = [
        "", "md", "markdown", "rst", "txt", "adoc", "asciidoc", "org", "rdoc", "textile",
    ];
    stem.eq_ignore_ascii_case("readme")
        && endings
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{different, same};

    #[test]
    fn one_repository_has_many_addresses() {
        same(&[
            "https://github.com/microsoft/MMdnn",
            "http://www.github.com/Microsoft/mmdnn/",
            "https://github.com/microsoft/mmdnn.git",
            "https://github.com/microsoft/mmdnn#readme",
            "https://github.com/microsoft/mmdnn/#readme-ov-file",
            "https://github.com/microsoft/mmdnn?tab=readme-ov-file",
            "https://github.com/microsoft/mmdnn/tree/master",
            "https://github.com/microsoft/mmdnn/blob/main/readme.rst",
            "https://raw.githubusercontent.com/microsoft/MMdnn/master/README.md",
            "https://raw.githubusercontent.com/microsoft/MMdnn/refs/heads/main/README.md",
        ]);
        same(&[
            "https://github.com/a/b?tab=readme-ov-file#features",
            "https://github.com/A/b#features",
            "https://github.com/a/b/blob/main/README.md#features",
        ]);
        same(&[
            "https://github.com/a/b/issues/1",
            "https://github.com/a/b/pull/1",
        ]);
        same(&[
            "https://github.com/a/b/wiki/Home",
            "https://github.com/a/b/wiki",
        ]);
        same(&[
            "https://github.com/topics/rust",
            "https://github.com/Topics/Rust",
        ]);
        same(&[
            "https://github.com/a/b/blob/v1/X.ipynb",
            "https://github.com/a/b/raw/v1/X.ipynb",
            "https://raw.githubusercontent.com/a/b/v1/X.ipynb",
        ]);
        let id = "0123456789abcdef0123";
        same(&[
            &format!("https://gist.github.com/{id}"),
            &format!("https://gist.github.com/someone/{id}"),
        ]);
    }

    #[test]
    fn what_lies_below_a_repository_is_another_page() {
        different(&[
            "https://github.com/a/b",
            "https://github.com/a/c",
            "https://github.com/a",
            "https://github.com/a/b#usage",
            "https://github.com/a/b/tree/v1.0",
            "https://github.com/a/b/tree/master/x",
            "https://github.com/a/b/tree/master/X",
            "https://github.com/a/b/blob/master/docs/README.md",
            "https://github.com/a/b/blob/master/README.zh.md",
            "https://github.com/a/b/wiki",
            "https://github.com/a/b/issues",
        ]);
    }

    #[test]
    fn other_forges_have_the_same_ideas() {
        same(&[
            "https://gitlab.com/Group/sub/project",
            "https://gitlab.com/group/sub/project/-/tree/main",
            "https://gitlab.com/group/sub/project/-/blob/master/README.md",
            "https://gitlab.com/group/sub/project.git",
        ]);
        same(&[
            "https://gitlab.com/a/b/tree/v1/x",
            "https://gitlab.com/a/b/-/tree/v1/x",
        ]);
        same(&["https://codeberg.org/A/b", "https://codeberg.org/a/B.git"]);
        same(&[
            "https://codeberg.org/a/b/src/branch/main/README.md",
            "https://codeberg.org/a/b",
        ]);
        same(&[
            "https://bitbucket.org/a/b/src/master/",
            "https://bitbucket.org/A/b",
        ]);
    }
}
