//! What is a tag, what is text, and that neither costs more than one look.

use super::*;

/// Each tag as `kind name attributes`, short enough to compare.
fn shown(text: &str) -> Vec<String> {
    tags(text, 0)
        .map(|tag| {
            assert_eq!(
                text.get(tag.start as usize..tag.end as usize),
                Some(tag.source())
            );
            let mut shown = format!("{:?} {}", tag.kind, tag.name);
            for attribute in tag.attributes() {
                let place = attribute.start as usize..attribute.end as usize;
                assert_eq!(text.get(place), Some(attribute.value));
                shown += &format!(" [{}|{}]", attribute.name, attribute.value);
            }
            shown
                + &tag
                    .comment()
                    .map(|text| format!("({text})"))
                    .unwrap_or_default()
        })
        .collect()
}

#[test]
fn tags_have_names_kinds_and_attributes() {
    assert_eq!(
        shown("a <IMG src='a.png' alt=\"x > y\" width=20 hidden/> b</A > <br>"),
        [
            "SelfClosing IMG [src|a.png] [alt|x > y] [width|20] [hidden|]",
            "Close A",
            "Open br"
        ]
    );
    assert_eq!(shown("<a\nhref = x/y/>"), ["Open a [href|x/y/]"]);
    assert_eq!(shown("<g-emoji a=\"\"b>"), ["Open g-emoji [a|] [b|]"]);
    assert_eq!(shown("<a href=>t"), ["Open a [href|]"]);
}

#[test]
fn the_first_attribute_of_a_name_counts() {
    let tag = tags("é <a NAME=\"one\" name='two'>", 100)
        .next()
        .expect("a tag");
    let name = tag.attribute("name").expect("a name");
    assert_eq!((name.value, name.start, name.end), ("one", 112, 115));
    assert_eq!((tag.start, tag.end), (103, 128));
    assert!(tag.is("A") && tag.attribute("id").is_none());
}

#[test]
fn comments_hide_their_tags() {
    assert_eq!(
        shown("<!-- a <b> --><!----><!--> <!--->x<!-- -- -->"),
        [
            "Comment ( a <b> )",
            "Comment ()",
            "Comment ()",
            "Comment ()",
            "Comment ( -- )"
        ]
    );
    let tag = tags("ab<!--toc-->", 10).next().expect("a comment");
    assert_eq!(tag.comment_start(), 16);
    assert_eq!(tag.attributes().count(), 0);
}

#[test]
fn what_is_no_tag_is_text() {
    assert!(shown("1 < 2, a<b, <https://e.org/x> <me@e.org> <> </> <3 <a").is_empty());
    assert!(shown("<!DOCTYPE html><?php echo '<b>' ?><![CDATA[<i>]]>").is_empty());
    assert_eq!(shown("<a href=\"x <b>"), ["Open b"]);
    assert_eq!(shown("<a <b c=\"<d>\" <!-- <e>"), ["Open d", "Open e"]);
    assert_eq!(shown("<a \0 中=é>"), ["Open a [\0|] [中|é]"]);
    assert_eq!(
        shown("<a title=\"say \"hi\"\" x>"),
        ["Open a [title|say ] [hi\"\"|] [x|]"]
    );
}

/// Texts that make a scanner look twice at every byte behind every `<` if it can be made to.
fn hostile() -> Vec<String> {
    const UNITS: [&str; 16] = [
        "<",
        "<!--",
        "<a ",
        "<a x=\"",
        "<a x='",
        "<a x=\"<b y='",
        "<a x=\"<b\" x='<c' ",
        "<a x=\"'<b y='\"",
        "</a",
        "<?",
        "<![CDATA[",
        "<!D",
        "&",
        "&#x",
        "\\&\\",
        "<a \"' x=\"' y='\" ",
    ];
    let mut texts: Vec<_> = UNITS
        .iter()
        .map(|unit| unit.repeat(1_000_000 / unit.len()))
        .collect();
    texts.push("<a x=\"".repeat(50_000) + &" y".repeat(100_000));
    texts.push("<a x=\"<b y='".repeat(20_000) + &" c='\"' d=\"'\"".repeat(20_000) + "<");
    texts.push("<a x=\"".to_string() + &"<b\" x=\"".repeat(100_000));
    texts
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    let started = std::time::Instant::now();
    for text in hostile() {
        let mut last = 0;
        for tag in tags(&text, 0) {
            assert!(last <= tag.start && tag.start < tag.end);
            last = tag.end;
        }
        assert!(decode(&text).len() <= text.len());
        assert!(unescape(&text).len() <= text.len());
    }
    // Quadratic time would be hours; linear time is a fraction of a second.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn memory_of_failures_changes_no_answer() {
    // Every text of up to six of these pieces, against a scan that remembers nothing.
    const PIECES: [&str; 7] = ["<a ", "x=\"", "x='", "\"", "'", ">", "y "];
    for number in 0..PIECES.len().pow(6) {
        let mut left = number;
        let mut text = String::new();
        while left > 0 {
            text += PIECES[left % PIECES.len()];
            left /= PIECES.len();
        }
        let mut expected = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            match tags(text.as_str(), 0)
                .read_tag(at)
                .filter(|_| rest.starts_with('<'))
            {
                Some((tag, end)) => {
                    expected.push((tag.start, tag.end));
                    at = end;
                }
                None => at += 1,
            }
        }
        let found: Vec<_> = tags(&text, 0).map(|tag| (tag.start, tag.end)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn references_are_decoded() {
    assert!(matches!(
        decode("a & b; \\& c"),
        Cow::Borrowed("a & b; \\& c")
    ));
    assert_eq!(
        decode("R&amp;D &copy;&nbsp;&#8212;&#X2014;&zwj;"),
        "R&D ©\u{a0}——\u{200d}"
    );
    assert_eq!(
        decode("&amp;lt; &nosuch; &copy &#; &#x; &#+1;"),
        "&lt; &nosuch; &copy &#; &#x; &#+1;"
    );
    assert_eq!(
        decode("&#0;&#xD800;&#x110000;&#12345678;"),
        "\u{fffd}\u{fffd}\u{fffd}&#12345678;"
    );
    assert_eq!(decode("&CounterClockwiseContourIntegral;中&é;"), "∳中&é;");
}

#[test]
fn escapes_are_undone() {
    assert_eq!(
        unescape(r"a\_b\(c\)\\d\e &amp; \&amp; \"),
        r"a_b(c)\d\e & &amp; \"
    );
    assert_eq!(unescape(r"\\&lt;\中"), r"\<\中");
    assert!(matches!(unescape("plain"), Cow::Borrowed("plain")));
}

/// The texts of the real lists by file name; empty, and said so, where they are not at hand.
fn real_lists() -> Vec<(String, String)> {
    let shared = std::env::var("LISTWRIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_string());
    let Ok(folder) = std::fs::read_dir(format!("{shared}/corpus/lists")) else {
        eprintln!("no real lists in {shared}: skipped");
        return Vec::new();
    };
    let mut lists: Vec<_> = folder
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let text = std::fs::read_to_string(&path).ok()?;
            Some((path.display().to_string(), text))
        })
        .collect();
    lists.sort();
    lists
}

#[test]
fn in_real_lists_every_comment_and_image_is_found() {
    let comment = regex::Regex::new(r"(?s)<!--.*?-->").expect("a valid pattern");
    let image = regex::Regex::new(r"(?i)<img(?:\s[^<>]*)?/?>").expect("a valid pattern");
    for (name, text) in real_lists() {
        let found: Vec<_> = tags(&text, 0).collect();
        let comments: Vec<_> = found.iter().filter_map(Tag::comment).collect();
        let expected = comment.find_iter(&text).map(|place| place.as_str());
        let expected: Vec<_> = expected
            .map(|comment| &comment[4..comment.len() - 3])
            .collect();
        assert_eq!(comments, expected, "{name}");
        let images: Vec<_> = found
            .iter()
            .filter(|tag| tag.is("img") && tag.kind != TagKind::Close)
            .collect();
        let outside = comment.replace_all(&text, "");
        assert_eq!(images.len(), image.find_iter(&outside).count(), "{name}");
        for tag in images {
            let names: Vec<_> = tag.attributes().map(|attribute| attribute.name).collect();
            let plain = |name: &&str| {
                name.bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || b"-_:".contains(&byte))
            };
            assert!(names.iter().all(plain), "{name}: {}", tag.source());
        }
    }
}
