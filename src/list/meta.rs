//! Headings of the parts that speak about a list instead of holding its entries.

use super::SectionKind;

/// Words that such a heading may consist of or begin with, lower case.
const META: &[&str] = &[
    "contributing",
    "contribute",
    "contribution",
    "contributions",
    "contribution guidelines",
    "contribution guide",
    "contributing guidelines",
    "how to contribute",
    "how to contribute?",
    "want to contribute?",
    "contributors",
    "our contributors",
    "top contributors",
    "our top contributors",
    "license",
    "licence",
    "licensing",
    "copyright",
    "code of conduct",
    "acknowledgements",
    "acknowledgments",
    "acknowledgement",
    "acknowledgment",
    "thanks",
    "special thanks",
    "star history",
    "stargazers",
    "stargazers over time",
    "maintainers",
    "disclaimer",
    "citation",
    "how to cite",
    "cite",
    "changelog",
    "guidelines",
    "footnotes",
    "sponsors",
    "our sponsors",
    "backers",
    "legend",
    "legends",
    "key",
    "licencia",
    "licença",
    "licenz",
    "lizenz",
    "licence et droits",
    "contribuer",
    "contribuir",
    "contribuyendo",
    "contribuciones",
    "mitwirken",
    "ライセンス",
    "貢献",
    "コントリビュート",
    "许可",
    "许可证",
    "许可协议",
    "授权",
    "贡献",
    "贡献者",
    "贡献指南",
    "참여",
    "기여",
    "라이선스",
];

/// What the section under a heading is for, by the heading's words.
pub(super) fn kind_of(heading: &str) -> SectionKind {
    let words = heading
        .trim_matches(|char: char| !char.is_alphanumeric() && char != '?')
        .to_lowercase();
    match META.contains(&words.as_str()) {
        true => SectionKind::Meta,
        false => SectionKind::Entries,
    }
}
