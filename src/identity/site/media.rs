//! Videos, articles, encyclopedias, shops and manuals: sites that know their pages by a number.

use std::borrow::Cow;

use super::{drop_query, set};
use crate::identity::url::page::Page;
use crate::identity::url::walk::{Observer, Step};

const VIDEO: &str = "the same video";
const STORY: &str = "the same Medium story";
const PRODUCT: &str = "the same product number";

/// YouTube: videos and playlists by their id, which is case-sensitive. The playlist in which a
/// video is shown and the second at which it begins are kept.
pub(super) fn youtube(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let short = page.host == "youtu.be";
    let video = match &segments[..] {
        [id] if short => Some(*id),
        ["watch"] => page.parameter("v"),
        ["embed" | "shorts" | "live" | "v" | "e", id] => Some(*id),
        _ => None,
    };
    let list = page.parameter("list");
    let from = ["t", "start", "time_continue"]
        .iter()
        .find_map(|name| page.parameter(name));
    let (path, mut parts) = match (video, list) {
        // An embedded playlist stands where a video would.
        (Some("videoseries") | None, Some(list)) => ("/playlist", vec![format!("list={list}")]),
        (Some(video), Some(list)) => ("/watch", vec![format!("v={video}"), format!("list={list}")]),
        (Some(video), None) => ("/watch", vec![format!("v={video}")]),
        (None, None) => return channel(page, observer),
    };
    if let Some(from) = from.filter(|_| video.is_some()) {
        parts.push(format!("t={}", from.trim_end_matches('s')));
    }
    let query = parts.join("&");
    if page.path != path || page.query.as_deref() != Some(&query) {
        observer.step(|| Step::Site(VIDEO));
    }
    page.path = Cow::Borrowed(path);
    page.query = Some(Cow::Owned(query));
    set(&mut page.host, "youtube.com", VIDEO, observer);
}

/// A channel: handles and old names fold letter case, ids do not.
fn channel(page: &mut Page, observer: &mut impl Observer) {
    set(
        &mut page.host,
        "youtube.com",
        "another host of YouTube",
        observer,
    );
    let segments: Vec<_> = page.segments().collect();
    let named = match &segments[..] {
        [handle] | [handle, "featured" | "videos"] if handle.starts_with('@') => Some(handle),
        _ => None,
    };
    if let Some(handle) = named {
        let path = format!("/{}", handle.to_ascii_lowercase());
        set(&mut page.path, path, "the same channel", observer);
        drop_query(page, "the same channel", observer);
    }
}

/// Medium and its publications: a story is known by the hexadecimal number at the end of its name.
/// The fragment stays: lists point at single paragraphs of long stories.
pub(super) fn medium(page: &mut Page, observer: &mut impl Observer) {
    // Until 2016 every visit got a fragment of its own, `#.f7vwrtfne`, to count who shared it.
    let shared = page.fragment.as_deref().is_some_and(|fragment| {
        fragment.starts_with("---")
            || fragment.strip_prefix('.').is_some_and(|rest| {
                (8..=10).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric())
            })
    });
    if shared {
        observer.step(|| Step::Site("the fragment with which Medium counts visits"));
        page.fragment = None;
    }
    let Some(id) = story_id(&page.path) else {
        return;
    };
    let path = format!("/p/{id}");
    drop_query(page, "the query of a Medium story", observer);
    set(&mut page.path, path, STORY, observer);
    set(&mut page.host, "medium.com", STORY, observer);
}

/// The number of a Medium story: 10 to 12 hexadecimal digits after the last `-`, or alone in `/p/`.
pub(in crate::identity) fn story_id(path: &str) -> Option<&str> {
    let last = path.rsplit('/').next()?;
    let (name, id) = match last.rsplit_once('-') {
        Some((name, id)) => (name, id),
        None => (path.strip_suffix(last)?, last),
    };
    let hexadecimal = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    let is_id = (10..=12).contains(&id.len())
        && id.bytes().all(hexadecimal)
        && id.bytes().any(|byte| byte.is_ascii_digit());
    // The last part of a UUID looks the same, behind four digits more.
    let in_uuid = name
        .rsplit('-')
        .next()
        .is_some_and(|part| part.len() == 4 && part.bytes().all(hexadecimal));
    (is_id && !in_uuid && (last != id || name == "/p/")).then_some(id)
}

/// Wikipedia and its sisters: the mobile host, and the two spellings of a space in a title.
pub(super) fn wikipedia(page: &mut Page, observer: &mut impl Observer) {
    if let Some((language, rest)) = page.host.split_once(".m.") {
        let host = format!("{language}.{rest}");
        set(&mut page.host, host, "the mobile Wikipedia", observer);
    }
    if page.path.contains("%20") {
        let path = page.path.replace("%20", "_");
        set(
            &mut page.path,
            path,
            "spaces in a Wikipedia title",
            observer,
        );
    }
}

/// Amazon: a product by its number (ASIN, for books the ISBN-10) within one country's shop.
pub(super) fn amazon(page: &mut Page, observer: &mut impl Observer) {
    let Some(asin) = asin_of_path(&page.path) else {
        return;
    };
    let path = format!("/dp/{}", asin.to_ascii_uppercase());
    drop_query(page, PRODUCT, observer);
    super::drop_fragment(page, PRODUCT, observer);
    set(&mut page.path, path, PRODUCT, observer);
}

/// The product number in a path of Amazon.
fn asin_of_path(path: &str) -> Option<&str> {
    let segments: Vec<_> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let is_asin = |text: &&str| text.len() == 10 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let after = |names: &[&str]| {
        segments
            .windows(2)
            .find(|pair| names.contains(&pair[0]) && is_asin(&pair[1]))
            .map(|pair| pair[1])
    };
    // `/gp/product/X`, `/exec/obidos/ASIN/X`, `/gp/aw/d/X`, `/Title/dp/X`, `/o/X`, `/d/X`
    after(&["dp", "product", "ASIN", "d", "o", "tg"])
}

/// Apple's shops: applications, podcasts and books by number, whatever the country and the name.
pub(super) fn apple(page: &mut Page, observer: &mut impl Observer) {
    let id = page
        .segments()
        .last()
        .and_then(|last| last.strip_prefix("id"));
    let Some(id) = id.filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())) else {
        return;
    };
    let path = format!("/id{id}");
    // Of the query only the episode of a podcast chooses anything.
    let episode = page.parameter("i").map(|episode| format!("i={episode}"));
    set(&mut page.path, path, PRODUCT, observer);
    set(&mut page.host, "apps.apple.com", PRODUCT, observer);
    if page.query.as_deref() != episode.as_deref() {
        observer.step(|| Step::Site(PRODUCT));
        page.query = episode.map(Cow::Owned);
    }
}

/// Read the Docs: four domains, and the root that leads to the newest English manual.
pub(super) fn read_the_docs(page: &mut Page, observer: &mut impl Observer) {
    let Some((project, _)) = page.host.split_once('.') else {
        return;
    };
    let host = format!("{project}.readthedocs.io");
    set(
        &mut page.host,
        host,
        "another domain of Read the Docs",
        observer,
    );
    if matches!(
        &*page.path,
        "/en/latest" | "/en/latest/index.html" | "/en" | "/latest"
    ) {
        set(&mut page.path, "", "the root of the manual", observer);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{different, same};

    #[test]
    fn videos_go_by_id() {
        same(&[
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ",
            "http://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "https://youtube.com/shorts/dQw4w9WgXcQ?feature=share",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&ab_channel=x",
        ]);
        same(&[
            "https://www.youtube.com/playlist?list=PL1",
            "https://youtube.com/playlist?list=PL1&si=x",
            "https://www.youtube.com/embed/videoseries?list=PL1",
        ]);
        same(&[
            "https://www.youtube.com/@Someone/videos",
            "https://youtube.com/@someone",
        ]);
        different(&[
            "https://youtu.be/AbCdEfGhIjK",
            "https://youtu.be/abcdefghijk",
            "https://www.youtube.com/watch?v=abcdefghijk&list=PL1",
            "https://www.youtube.com/watch?v=abcdefghijk&t=120s",
            "https://www.youtube.com/playlist?list=PL1",
            "https://www.youtube.com/playlist?list=PL2",
            "https://www.youtube.com/user/abcdefghijk",
            "https://www.youtube.com/watch",
        ]);
    }

    #[test]
    fn stories_go_by_number_and_keep_their_fragment() {
        same(&[
            "https://medium.com/@user/some-title-0a1b2c3d4e5f?source=friends_link&sk=0a",
            "https://medium.com/p/0a1b2c3d4e5f",
            "https://towardsdatascience.com/another-title-0a1b2c3d4e5f",
            "https://user.medium.com/some-title-0a1b2c3d4e5f#.oa4rzez3g",
        ]);
        different(&[
            "https://medium.com/p/0a1b2c3d4e5f",
            "https://medium.com/p/0a1b2c3d4e5f#c2b5",
            "https://medium.com/p/0a1b2c3d4e60",
            "https://medium.com/@user/deadbeefdead",
            "https://medium.com/@user",
            "https://example.com/some-title-0a1b2c3d4e5f",
        ]);
    }

    #[test]
    fn shops_and_manuals_go_by_number_too() {
        same(&[
            "https://www.amazon.com/gp/product/0262035618",
            "https://amazon.com/dp/0262035618/",
            "https://www.amazon.com/Deep-Learning/dp/0262035618/ref=sr_1_1?qid=1#reader",
            "https://www.amazon.com/exec/obidos/ASIN/0262035618/acmorg-20",
        ]);
        different(&[
            "https://www.amazon.com/dp/0262035618",
            "https://www.amazon.com/dp/026203561X",
            "https://www.amazon.de/dp/0262035618",
        ]);
        same(&[
            "https://itunes.apple.com/us/app/some-name/id1438772273?mt=12",
            "https://apps.apple.com/app/id1438772273",
        ]);
        same(&[
            "https://en.m.wikipedia.org/wiki/A%20b",
            "https://en.wikipedia.org/wiki/A_b",
        ]);
        same(&["http://x.rtfd.org/en/latest/", "https://x.readthedocs.io"]);
        different(&[
            "https://requests.readthedocs.io/en/latest/api/",
            "https://requests.readthedocs.io/en/latest/",
            "https://requests.readthedocs.io/en/stable/",
        ]);
    }
}
