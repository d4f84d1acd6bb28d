//! Papers: one work, many addresses, and an identifier that says so.

use std::borrow::Cow;

use super::{drop_query, set};
use crate::identity::url::page::Page;
use crate::identity::url::walk::Observer;

const ARXIV: &str = "the same arXiv identifier";
const DOI: &str = "the same DOI";
const PDF: &str = "the paper's page and its PDF";

/// arXiv: abstract, PDF, HTML and sources by identifier, new (`1706.03762`) or old (`cs/0112017`).
/// A version (`v5`) is kept: versions differ in content.
pub(super) fn arxiv(page: &mut Page, observer: &mut impl Observer) {
    let Some(id) = arxiv_id_of_path(&page.path) else {
        set(&mut page.host, "arxiv.org", "a mirror of arXiv", observer);
        return;
    };
    set_arxiv(page, &id, observer);
}

fn set_arxiv(page: &mut Page, id: &str, observer: &mut impl Observer) {
    let path = format!("/abs/{id}");
    drop_query(page, ARXIV, observer);
    set(&mut page.path, path, ARXIV, observer);
    set(&mut page.host, "arxiv.org", ARXIV, observer);
}

/// The identifier in a path of arXiv, with its version if it names one.
fn arxiv_id_of_path(path: &str) -> Option<String> {
    let segments: Vec<_> = path.split('/').filter(|s| !s.is_empty()).collect();
    let bare = |id: &str| id.strip_suffix(".pdf").unwrap_or(id).to_ascii_lowercase();
    match &segments[..] {
        [
            "abs" | "pdf" | "html" | "ps" | "format" | "src" | "e-print" | "tex",
            id,
        ] => {
            let id = bare(id);
            is_new_id(&id).then_some(id)
        }
        [
            "abs" | "pdf" | "html" | "ps" | "format" | "src" | "e-print",
            archive,
            id,
        ] => old_id(archive, &bare(id)),
        // The store of files: /ftp/arxiv/papers/1810/1810.04570.pdf, /ftp/cs/papers/0112/0112017.pdf
        ["ftp", "arxiv", "papers", _, id] => {
            let id = bare(id);
            is_new_id(&id).then_some(id)
        }
        ["ftp", archive, "papers", _, id] => old_id(archive, &bare(id)),
        _ => None,
    }
}

/// Four digits of year and month, a point, four or five digits, perhaps a version.
fn is_new_id(id: &str) -> bool {
    let (id, version) = id.split_once('v').unwrap_or((id, "1"));
    let Some((month, number)) = id.split_once('.') else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    month.len() == 4
        && (4..=5).contains(&number.len())
        && digits(month)
        && digits(number)
        && digits(version)
}

/// `math/0309136` from `math.GT` and `0309136`: the subject class is no part of the identifier.
fn old_id(archive: &str, id: &str) -> Option<String> {
    let (number, version) = id.split_once('v').unwrap_or((id, "1"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let archive = archive
        .split('.')
        .next()
        .unwrap_or(archive)
        .to_ascii_lowercase();
    let archive_name = archive
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (number.len() == 7 && digits(number) && digits(version) && archive_name && !archive.is_empty())
        .then(|| format!("{archive}/{id}"))
}

/// The resolvers of digital object identifiers; letter case does not count (ISO 26324).
pub(super) fn doi(page: &mut Page, observer: &mut impl Observer) {
    let path = page.path.trim_start_matches('/');
    if path.starts_with("10.") {
        let doi = path.to_owned();
        set_doi(page, &doi, observer);
    }
}

fn set_doi(page: &mut Page, doi: &str, observer: &mut impl Observer) {
    let doi = doi.to_ascii_lowercase();
    // arXiv registers its papers under one prefix.
    if let Some(id) = doi.strip_prefix("10.48550/arxiv.") {
        return set_arxiv(page, id, observer);
    }
    let path = format!("/{doi}");
    drop_query(page, DOI, observer);
    set(&mut page.path, path, DOI, observer);
    set(&mut page.host, "doi.org", DOI, observer);
}

/// Publishers whose addresses hold the DOI: `/doi/(abs|pdf|full)/10…`, `/article/10…`.
pub(super) fn publisher(page: &mut Page, observer: &mut impl Observer) {
    if let Some(doi) = doi_of_path(&page.path) {
        let doi = doi.to_owned();
        set_doi(page, &doi, observer);
    }
}

/// The DOI in a path, without what the publisher adds at its end.
fn doi_of_path(path: &str) -> Option<&str> {
    let at = path.find("/10.")?;
    let before = path.get(..at)?;
    let doi = path.get(at + 1..)?;
    let known = before
        .split('/')
        .filter(|segment| !segment.is_empty())
        .all(|segment| {
            matches!(
                segment,
                "doi"
                    | "abs"
                    | "abstract"
                    | "pdf"
                    | "full"
                    | "fullHtml"
                    | "epdf"
                    | "epub"
                    | "pdfdirect"
                    | "pdfplus"
                    | "article"
                    | "articles"
                    | "chapter"
                    | "book"
                    | "content"
                    | "early"
                    | "reference"
                    | "10"
                    | "html"
                    | "proceedings"
                    | "book-chapter"
                    | "referenceworkentry"
            )
        });
    let (registrant, name) = doi.strip_prefix("10.")?.split_once('/')?;
    if !known || !registrant.bytes().all(|byte| byte.is_ascii_digit()) || name.is_empty() {
        return None;
    }
    let ends = [
        ".full.pdf",
        ".full",
        ".pdf",
        "/full",
        "/abstract",
        "/pdf",
        "/html",
        "/epub",
    ];
    ends.iter()
        .find_map(|end| doi.strip_suffix(end))
        .or(Some(doi))
}

/// NeurIPS: `5656-title` or a hash of the paper; page, abstract and PDF.
pub(super) fn neurips(page: &mut Page, observer: &mut impl Observer) {
    let path = page.path.strip_suffix(".pdf").unwrap_or(&page.path);
    let path = path.strip_prefix("/paper_files").unwrap_or(path).to_owned();
    set(
        &mut page.host,
        "papers.nips.cc",
        "another host of the NeurIPS proceedings",
        observer,
    );
    let segments: Vec<_> = path.split('/').filter(|s| !s.is_empty()).collect();
    let path = match &segments[..] {
        ["paper", year, "hash" | "file", file] => {
            let stem = file.split('.').next().unwrap_or(file);
            match stem.split_once('-') {
                Some((hash, "Abstract" | "Paper" | "Abstract-Conference" | "Paper-Conference")) => {
                    format!("/paper/{year}/hash/{hash}")
                }
                _ => path,
            }
        }
        _ => path,
    };
    set(&mut page.path, path, PDF, observer);
}

/// The ACL anthology: by identifier, under any of the hosts it has had.
pub(super) fn acl(page: &mut Page, observer: &mut impl Observer) {
    let last = page.segments().last().unwrap_or_default();
    let id = ["/", ".pdf", ".html"]
        .iter()
        .find_map(|end| last.strip_suffix(end))
        .unwrap_or(last);
    if is_acl_id(id) {
        let path = format!("/{id}");
        set(&mut page.path, path, PDF, observer);
        set(
            &mut page.host,
            "aclanthology.org",
            "another host of the ACL anthology",
            observer,
        );
    }
}

/// `P18-1031` or, since 2020, `2020.acl-main.1`.
fn is_acl_id(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((volume, number)) = id.split_once('-')
        && let Some(year) = volume.strip_prefix(|letter: char| letter.is_ascii_uppercase())
    {
        return year.len() == 2 && digits(year) && number.len() == 4 && digits(number);
    }
    let mut parts = id.split('.');
    matches!((parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(year), Some(volume), Some(number), None)
            if year.len() == 4 && digits(year) && volume.contains('-') && digits(number))
}

/// The proceedings of machine learning research: `v37/ioffe15.html`, `v67/li17a/li17a.pdf`.
pub(super) fn pmlr(page: &mut Page, observer: &mut impl Observer) {
    let segments: Vec<_> = page.segments().collect();
    let path = match &segments[..] {
        [volume, file] => format!("/{volume}/{}", stem(file)),
        [volume, folder, file] if *folder == stem(file) => format!("/{volume}/{folder}"),
        _ => return,
    };
    set(&mut page.path, path, PDF, observer);
}

/// The journal of machine learning research: `papers/v15/x.html`, `papers/volume15/x/x.pdf`.
pub(super) fn jmlr(page: &mut Page, observer: &mut impl Observer) {
    set(&mut page.host, "jmlr.org", "another host of JMLR", observer);
    let segments: Vec<_> = page.segments().collect();
    let path = match &segments[..] {
        ["papers", volume, file] => format!("/papers/{volume}/{}", stem(file)),
        ["papers", volume, folder, file] if *folder == stem(file) => {
            let number = volume.strip_prefix("volume").unwrap_or(volume);
            format!("/papers/v{}/{folder}", number.trim_start_matches('v'))
        }
        _ => return,
    };
    set(&mut page.path, path, PDF, observer);
}

/// The open access of the Computer Vision Foundation: `html/X_paper.html`, `papers/X_paper.pdf`.
pub(super) fn cvf(page: &mut Page, observer: &mut impl Observer) {
    let mut segments: Vec<_> = page.segments().map(Cow::Borrowed).collect();
    let Some([folder, file]) = segments.last_chunk_mut::<2>() else {
        return;
    };
    if !matches!(&**folder, "html" | "papers") {
        return;
    }
    let Some(name) = [".html", ".pdf"]
        .iter()
        .find_map(|end| file.strip_suffix(end))
    else {
        return;
    };
    let name = name.to_owned();
    *folder = Cow::Borrowed("papers");
    *file = Cow::Owned(name);
    let path: String = segments.iter().flat_map(|segment| ["/", segment]).collect();
    set(&mut page.path, path, PDF, observer);
}

/// A file's name up to its last point.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{different, same};

    #[test]
    fn arxiv_goes_by_identifier() {
        same(&[
            "https://arxiv.org/abs/1706.03762",
            "http://arxiv.org/pdf/1706.03762.pdf",
            "https://arxiv.org/pdf/1706.03762",
            "https://www.arxiv.org/html/1706.03762",
            "http://export.arxiv.org/abs/1706.03762",
            "https://arxiv.org/ftp/arxiv/papers/1706/1706.03762.pdf",
            "https://doi.org/10.48550/arXiv.1706.03762",
            "https://dx.doi.org/10.48550/ARXIV.1706.03762",
        ]);
        same(&[
            "https://arxiv.org/abs/cs/0112017",
            "https://arxiv.org/pdf/cs.CL/0112017.pdf",
            "https://arxiv.org/ftp/cs/papers/0112/0112017.pdf",
        ]);
        different(&[
            "https://arxiv.org/abs/1706.03762",
            "https://arxiv.org/abs/1706.03762v5",
            "https://arxiv.org/abs/1706.0376",
            "https://arxiv.org/abs/17060.3762",
            "https://arxiv.org/list/cs.LG/recent",
        ]);
    }

    #[test]
    fn a_doi_is_the_same_at_resolver_and_publisher() {
        same(&[
            "http://dx.doi.org/10.1145/3097983.3098021",
            "https://doi.org/10.1145/3097983.3098021",
            "https://dl.acm.org/doi/pdf/10.1145/3097983.3098021?download=true",
            "https://dl.acm.org/doi/abs/10.1145/3097983.3098021",
        ]);
        same(&[
            "https://link.springer.com/article/10.1007/S10664-021-10033-1",
            "https://link.springer.com/content/pdf/10.1007/s10664-021-10033-1.pdf",
            "https://doi.org/10.1007/s10664-021-10033-1",
        ]);
        different(&[
            "https://doi.org/10.1145/1",
            "https://doi.org/10.1145/2",
            "https://example.com/doi/10.1145/1",
            "https://dl.acm.org/citation.cfm?id=1",
        ]);
    }

    #[test]
    fn a_paper_and_its_pdf_are_one_page() {
        let old = "https://papers.nips.cc/paper/5656-hidden-technical-debt";
        same(&[
            old,
            &format!("{old}.pdf"),
            "https://proceedings.neurips.cc/paper/5656-hidden-technical-debt",
        ]);
        same(&[
            "https://papers.nips.cc/paper/2015/hash/86df7d-Abstract.html",
            "https://proceedings.neurips.cc/paper_files/paper/2015/file/86df7d-Paper.pdf",
        ]);
        different(&[
            "https://papers.nips.cc/paper/2015/hash/86df7d-Abstract.html",
            "https://papers.nips.cc/paper/2015/file/86df7d-Supplemental.zip",
        ]);
        same(&[
            "https://www.aclweb.org/anthology/D14-1162/",
            "https://aclanthology.org/D14-1162.pdf",
            "http://www.anthology.aclweb.org/D/D14/D14-1162.pdf",
        ]);
        same(&[
            "https://aclanthology.org/2020.acl-main.1/",
            "https://aclanthology.org/2020.acl-main.1.pdf",
        ]);
        same(&[
            "http://proceedings.mlr.press/v67/li17a.html",
            "http://proceedings.mlr.press/v67/li17a/li17a.pdf",
            "http://proceedings.mlr.press/v67/li17a.pdf",
        ]);
        same(&[
            "http://jmlr.org/papers/v15/srivastava14a.html",
            "http://www.jmlr.org/papers/volume15/srivastava14a/srivastava14a.pdf",
        ]);
        same(&[
            "http://openaccess.thecvf.com/content_cvpr_2017/html/A_B_CVPR_2017_paper.html",
            "http://openaccess.thecvf.com/content_cvpr_2017/papers/A_B_CVPR_2017_paper.pdf",
        ]);
        different(&[
            "http://jmlr.org/",
            "http://proceedings.mlr.press/v67/",
            "https://aclanthology.org/",
        ]);
    }
}
