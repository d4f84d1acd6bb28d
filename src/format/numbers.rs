//! Numbers that people wrote into headings: `1. Books`, `1.2 Papers`.

/// A number at the start of a heading's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manual {
    /// Its parts: `1.2` has two.
    pub(super) parts: Vec<u32>,
    /// What follows it: `.`, `)` or nothing.
    pub(super) delimiter: &'static str,
    /// The length of the number with its delimiter, in bytes.
    pub(super) length: usize,
    /// The length with the white space behind it.
    pub(super) whole: usize,
}

impl Manual {
    /// The number at the start of `title`; a number without a period or bracket is part of the
    /// title: `3 kingdoms`.
    pub(super) fn read(title: &str) -> Option<Manual> {
        let mut parts = Vec::new();
        let mut at = 0;
        let mut delimiter = "";
        loop {
            let rest = title.get(at..)?;
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 3 || (digits > 1 && rest.starts_with('0')) {
                break;
            }
            parts.push(rest.get(..digits)?.parse().ok()?);
            at += digits;
            delimiter = match title.as_bytes().get(at) {
                Some(b'.') => ".",
                Some(b')') => ")",
                _ => "",
            };
            at += delimiter.len();
            if delimiter != "." {
                break;
            }
        }
        let rest = title.get(at..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_number = !parts.is_empty()
            && gap > 0
            && gap < rest.len()
            && (parts.len() > 1 || !delimiter.is_empty());
        is_number.then_some(Manual {
            parts,
            delimiter,
            length: at,
            whole: at + gap,
        })
    }

    /// The same form with other numbers.
    pub(super) fn with(&self, parts: &[u32]) -> String {
        let numbers: Vec<String> = parts.iter().map(u32::to_string).collect();
        format!("{}{}", numbers.join("."), self.delimiter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_titles() {
        let read =
            |title| Manual::read(title).map(|found| (found.parts, found.delimiter, found.whole));
        assert_eq!(read("1. Books"), Some((vec![1], ".", 3)));
        assert_eq!(read("12)  Books"), Some((vec![12], ")", 5)));
        assert_eq!(read("1.2 Papers"), Some((vec![1, 2], "", 4)));
        assert_eq!(read("1.2. Papers"), Some((vec![1, 2], ".", 5)));
        for title in [
            "3 kingdoms",
            "3D",
            "2024. A year",
            "1.",
            "007. Bond",
            "1.x y",
            "Books",
        ] {
            assert_eq!(read(title), None, "{title}");
        }
    }
}
