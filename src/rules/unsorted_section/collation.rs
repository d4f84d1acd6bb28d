//! The order of titles in one language, as the Unicode collation algorithm has it with the tailoring
//! of that language in CLDR.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

use crate::list::style::sort_key;

/// The value that asks for no language's order.
pub(super) const ANY: &str = "any";

/// The languages that can be asked for, by their tags (BCP 47).
pub(super) const LANGUAGES: &[&str] = &[
    ANY, "af", "am", "ar", "as", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el",
    "en", "eo", "es", "et", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lt", "lv", "mk", "ml", "mn",
    "mr", "ms", "nb", "ne", "nl", "nn", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sq", "sr",
    "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant",
];

/// The order of one language.
pub(super) struct Collation {
    collator: CollatorBorrowed<'static>,
}

impl Collation {
    /// The order of the language with this tag; `None` for [`ANY`].
    pub(super) fn of(language: &str) -> Option<Self> {
        if language == ANY {
            return None;
        }
        let locale: Locale = language.parse().ok()?;
        let mut options = CollatorOptions::default();
        // Titles that differ by case or by marks that are no letters of their own count as equal.
        options.strength = Some(Strength::Primary);
        let collator = Collator::try_new((&locale).into(), options).ok()?;
        Some(Collation { collator })
    }

    /// The key of a title: keys compare, byte by byte, as the titles do.
    pub(super) fn key(&self, title: &str) -> Vec<u8> {
        let mut key = Vec::new();
        let words = sort_key(title);
        let Ok(()) = self.collator.write_sort_key_to(words.words(), &mut key);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_an_order() {
        for language in LANGUAGES.iter().filter(|language| **language != ANY) {
            let collation = Collation::of(language);
            let collation = collation.unwrap_or_else(|| panic!("{language} has no order"));
            assert!(collation.key("a") < collation.key("b"), "{language}");
        }
    }

    #[test]
    fn letters_stand_where_the_language_has_them() {
        for (language, sorted) in [
            ("sv", "apa zebra ångström äpple öl"),
            ("de", "apfel äpfel arm öl zebra"),
            ("es", "nube nzx ñandú oso"),
            ("cs", "cesta hlava chata iglu"),
            ("lt", "ilgas ypatingas jis"),
            ("zh", "阿里 北京 中文"),
        ] {
            let collation = Collation::of(language).expect("it has an order");
            let keys: Vec<Vec<u8>> = sorted.split(' ').map(|word| collation.key(word)).collect();
            assert!(keys.is_sorted(), "{language}: {sorted}");
        }
    }
}
