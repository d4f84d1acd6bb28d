//! Text of lists inside Markdown that is shown on a web page.

use super::neutral;

/// `text` as one line in which nothing is Markdown or HTML: it links nowhere and mentions no one.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 2);
    for character in neutral::line(text).chars() {
        let is_plain = !character.is_ascii_punctuation() || " (),-/;'".contains(character);
        if is_plain {
            escaped.push(character);
        } else {
            escaped.push_str(&format!("&#{};", u32::from(character)));
        }
    }
    escaped
}
