//! Headings of the parts that speak about a list instead of holding its entries.

use super::SectionKind;

/// Headings that are just this, in lower case, without signs around them.
const WHOLE: &[&str] = &[
    // English
    "acknowledgement",
    "acknowledgements",
    "acknowledgment",
    "acknowledgments",
    "backers",
    "changelog",
    "citation",
    "cite",
    "code of conduct",
    "contribute",
    "contributing",
    "contribution",
    "contributions",
    "contributors",
    "copyright",
    "credits",
    "disclaimer",
    "financial contributors",
    "footnotes",
    "how to cite",
    "icons legend",
    "legend",
    "legends",
    "licence",
    "license",
    "license legends",
    "licensing",
    "maintainer",
    "maintainers",
    "origins & license",
    "other languages",
    "quality criteria",
    "sponsor",
    "sponsors",
    "star history",
    "stargazers",
    "support me",
    "support this project",
    "thank you",
    "thanks",
    // French
    "contribuer",
    "contributeurs",
    "contributrices et contributeurs",
    "légende",
    "licence et droits",
    "mentions légales",
    "remerciements",
    // Spanish, Portuguese, Italian, Catalan
    "agradecimentos",
    "agradecimientos",
    "colaboradores",
    "collaboratori",
    "contribuição",
    "contribuições",
    "contribuciones",
    "contribución",
    "contribuidores",
    "contribuir",
    "contribuire",
    "contribuyendo",
    "contribuyentes",
    "leyenda",
    "legenda",
    "licença",
    "licencia",
    "licenza",
    "llicència",
    "ringraziamenti",
    // German, Dutch, the languages of the north
    "beitragen",
    "bidra",
    "bijdragen",
    "danksagung",
    "licentie",
    "licens",
    "lisens",
    "lisenssi",
    "lizenz",
    "mitmachen",
    "mitwirken",
    // Polish, Czech, Hungarian, Romanian, Turkish
    "katkıda bulunma",
    "katkıda bulunanlar",
    "katkı",
    "lisans",
    "licencja",
    "licență",
    "přispívání",
    "współtworzenie",
    // Russian, Ukrainian, Bulgarian
    "благодарности",
    "лицензия",
    "ліцензія",
    "подяки",
    "участие",
    // Arabic, Hebrew, Persian, Hindi, Thai
    "الترخيص",
    "الرخصة",
    "ترخيص",
    "رخصة",
    "المساهمة",
    "المساهمون",
    "شكر",
    "רישיון",
    "תרומה",
    "مجوز",
    "مشارکت",
    "योगदान",
    "लाइसेंस",
    "สัญญาอนุญาต",
    // Vietnamese, Indonesian
    "đóng góp",
    "giấy phép",
    "kontribusi",
    "lisensi",
    // Chinese
    "协议",
    "协议许可",
    "參與貢獻",
    "授权",
    "授權",
    "捐赠",
    "版权",
    "版權",
    "致谢",
    "致謝",
    "贡献",
    "贡献者",
    "貢獻",
    "貢獻者",
    "许可",
    "许可协议",
    "许可证",
    "許可證",
    "鸣谢",
    "开源协议",
    "参与贡献",
    // Japanese, Korean
    "コントリビューション",
    "コントリビュート",
    "コントリビューター",
    "ライセンス",
    "謝辞",
    "貢献",
    "貢献者",
    "スポンサー",
    "기여",
    "기여자",
    "기여하기",
    "라이선스",
    "라이센스",
    "참여",
];

/// Words that such headings begin with; what follows is of no matter.
const BEGINNINGS: &[&str] = &[
    "contributing to",
    "contribution guide",
    "contributing guide",
    "contribution rules",
    "guidelines to contribute",
    "guidelines for contribut",
    "how to contribute",
    "how to use and contribute",
    "how can i contribute",
    "want to contribute",
    "unsure how to contribute",
    "our contributors",
    "our sponsors",
    "our top contributors",
    "top contributors",
    "special thanks",
    "stargazers over",
    "thanks to ",
    "thank you to ",
    "supported by",
    "supported with",
    "sponsored by",
    "what do the licen",
    "comment contribuer",
    "pautas para contribuir",
    "cómo contribuir",
    "como contribuir",
    "reglas para contribuir",
    "come contribuire",
    "wie kann ich beitragen",
    "как внести вклад",
    "как помочь",
    "як зробити внесок",
    "إرشادات للمساهمة",
    "كيفية المساهمة",
    "غير متأكد من كيفية المساهمة",
    "贡献指南",
    "如何贡献",
    "貢獻指南",
    "コントリビュー",
    "貢献方法",
];

/// What the section under a heading is for, by the heading's words.
pub(super) fn kind_of(heading: &str) -> SectionKind {
    let words = heading
        .trim_matches(|char: char| !char.is_alphanumeric())
        .to_lowercase();
    let about = WHOLE.contains(&words.as_str())
        || BEGINNINGS
            .iter()
            .any(|beginning| words.starts_with(beginning));
    match about {
        true => SectionKind::Meta,
        false => SectionKind::Entries,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_about_the_list_are_told_from_topics() {
        for heading in [
            "🤝 Contributing",
            "License",
            "Want to contribute?",
            "许可证",
            "Thanks to our sponsors",
        ] {
            assert_eq!(kind_of(heading), SectionKind::Meta, "{heading}");
        }
        for heading in [
            "Licenses",
            "Customer Support",
            "Key Management",
            "Legendary Games",
        ] {
            assert_eq!(kind_of(heading), SectionKind::Entries, "{heading}");
        }
    }
}
