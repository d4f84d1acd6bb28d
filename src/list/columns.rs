//! What each column of a table tells: by its header where that is known, else by its cells.

use super::build::Builder;
use super::table::Row;
use super::tree::Kind;
use super::work::is_one_of;

/// What a column tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What the work is called.
    Title,
    /// Where the work is.
    Address,
    /// What the work is.
    Description,
    /// Who made it.
    Authors,
    /// Where it was published or is held.
    Venue,
    /// What kind of work it is.
    Kind,
    /// Anything else.
    Other,
}

/// Headers in lower case. The order of the groups counts: the first that fits is taken.
const HEADERS: &[(Column, &[&str])] = &[
    (
        Column::Title,
        &[
            "name",
            "names",
            "title",
            "project",
            "projects",
            "project name",
            "tool",
            "tools",
            "tool name",
            "repository",
            "repo",
            "library",
            "package",
            "framework",
            "resource",
            "api",
            "model",
            "language model",
            "book",
            "course",
            "course name",
            "dataset",
            "extension",
            "extension name",
            "plugin",
            "software",
            "app",
            "application",
            "product",
            "service",
            "company",
            "organization",
            "validator",
            "item",
            "theme",
            "game",
            "podcast",
            "channel",
            "conference",
            "event",
            "website",
            "site",
            "blog",
            "name and description",
            "名称",
            "名字",
            "项目",
            "项目名称",
            "工具",
            "标题",
            "名前",
            "ツール",
            "プロジェクト",
            "이름",
            "제목",
            "nom",
            "nombre",
            "nome",
            "titre",
            "título",
            "titulo",
            "titel",
            "projekt",
            "projet",
            "proyecto",
            "projeto",
            "werkzeug",
            "outil",
            "herramienta",
            "ferramenta",
            "название",
            "проект",
            "назва",
            "ad",
            "isim",
            "tên",
            "nama",
            "nazwa",
            "naam",
        ],
    ),
    (
        Column::Description,
        &[
            "description",
            "about",
            "details",
            "summary",
            "what they do",
            "what it does",
            "overview",
            "purpose",
            "desc",
            "abstract",
            "描述",
            "说明",
            "简介",
            "介绍",
            "概要",
            "説明",
            "내용",
            "설명",
            "descripción",
            "descripcion",
            "descrição",
            "descricao",
            "beschreibung",
            "descrizione",
            "описание",
            "опис",
            "açıklama",
            "mô tả",
            "deskripsi",
            "opis",
            "beschrijving",
            "why",
            "理由",
        ],
    ),
    (
        Column::Address,
        &[
            "link",
            "links",
            "url",
            "address",
            "homepage",
            "home page",
            "github",
            "source",
            "链接",
            "地址",
            "网址",
            "リンク",
            "링크",
            "lien",
            "enlace",
            "ссылка",
            "посилання",
            "liên kết",
            "bağlantı",
            "tautan",
            "official docs",
            "docs",
        ],
    ),
    (
        Column::Authors,
        &[
            "author",
            "authors",
            "created by",
            "creator",
            "by",
            "maker",
            "speaker",
            "speakers",
            "作者",
            "著者",
            "저자",
            "auteur",
            "autor",
            "autores",
            "автор",
            "instructor",
            "presenter",
        ],
    ),
    (
        Column::Venue,
        &[
            "venue",
            "publisher",
            "conference/journal",
            "journal",
            "location",
            "platform",
            "university",
            "school",
            "institution",
            "会议",
            "会議",
        ],
    ),
    (
        Column::Kind,
        &[
            "type", "kind", "category", "focus", "类型", "类别", "种类", "型", "typ", "tipo", "тип",
        ],
    ),
];

/// How the rows of a table are read.
pub(super) struct Plan {
    /// What each column tells.
    pub(super) columns: Vec<Column>,
    /// Whether each cell is a work of its own.
    pub(super) grid: bool,
}

/// What the cells of one column look like.
#[derive(Clone, Copy, Default)]
struct Look {
    /// Cells with words.
    filled: usize,
    /// Cells with a link that shows words.
    linked: usize,
    /// Cells without a letter: a number, a place in an order.
    numbers: usize,
    /// Bytes of all the words shown in it.
    bytes: usize,
}

/// Decides how a table is read; `None` where its rows are data and no works.
pub(super) fn plan(builder: &Builder<'_>, rows: &[Row]) -> Option<Plan> {
    let header = rows.iter().find(|row| row.header)?;
    let body = || rows.iter().filter(|row| !row.header);
    let mut looks = vec![Look::default(); header.cells.len()];
    let mut linked_rows = 0;
    for row in body() {
        let mut linked = false;
        for (&cell, look) in row.cells.iter().zip(&mut looks) {
            linked |= look.take(builder, cell);
        }
        linked_rows += usize::from(linked);
    }
    let known: Vec<Column> = header
        .cells
        .iter()
        .map(|&cell| by_header(&builder.leaves.plain(cell)))
        .collect();
    let title = title(&known, &looks)?;
    let named = known[title] == Column::Title && looks[title].linked > 0;
    if linked_rows == 0 || (linked_rows * 2 < body().count() && !named) {
        return None;
    }
    let unnamed = header
        .cells
        .iter()
        .all(|&cell| builder.leaves.plain(cell).trim().is_empty());
    let cells: usize = looks.iter().map(|look| look.filled).sum();
    let linked: usize = looks.iter().map(|look| look.linked).sum();
    let grid = unnamed && looks.len() > 1 && linked * 10 >= cells * 8;
    let mut columns = known;
    for (index, column) in columns.iter_mut().enumerate() {
        if index == title {
            *column = Column::Title;
        } else if *column == Column::Title {
            *column = Column::Other;
        }
    }
    if !columns.contains(&Column::Description) {
        describe(&mut columns, &looks);
    }
    Some(Plan { columns, grid })
}

impl Look {
    /// Takes a cell in; whether it shows a link.
    fn take(&mut self, builder: &Builder<'_>, cell: u32) -> bool {
        let tree = builder.leaves.tree;
        let end = tree.node(cell).next;
        let (mut bytes, mut linked, mut letters) = (0, false, false);
        let mut link_end = 0;
        let mut index = cell + 1;
        while index < end {
            let node = tree.node(index);
            match node.kind {
                Kind::Image(_) => {
                    index = node.next;
                    continue;
                }
                Kind::Link(_) => link_end = node.next,
                Kind::Text | Kind::CodeSpan => {
                    let text = builder.leaves.source.slice(builder.span_of(index)).trim();
                    bytes += text.len();
                    linked |= index < link_end && !text.is_empty();
                    letters |= text.chars().any(char::is_alphabetic);
                }
                _ => {}
            }
            index += 1;
        }
        self.filled += usize::from(bytes > 0);
        self.linked += usize::from(linked);
        self.bytes += bytes;
        self.numbers += usize::from(bytes > 0 && !linked && !letters);
        linked
    }
}

fn by_header(header: &str) -> Column {
    let words = header
        .trim_matches(|char: char| !char.is_alphanumeric())
        .to_lowercase();
    HEADERS
        .iter()
        .find(|(_, names)| is_one_of(&words, names))
        .map_or(Column::Other, |(column, _)| *column)
}

/// The column of titles: the one that its header calls so, unless none of its cells has words; else
/// the first that mostly shows links; else the first with words.
fn title(known: &[Column], looks: &[Look]) -> Option<usize> {
    let named =
        (0..looks.len()).find(|&index| known[index] == Column::Title && looks[index].filled > 0);
    let linked = || {
        (0..looks.len()).find(|&index| {
            let look = looks[index];
            look.linked * 2 >= look.filled.max(1)
                && matches!(known[index], Column::Other | Column::Title | Column::Kind)
        })
    };
    let worded = || {
        (0..looks.len()).find(|&index| {
            let look = looks[index];
            look.filled > 0 && look.numbers * 2 < look.filled
        })
    };
    named.or_else(linked).or_else(worded)
}

/// Names the column of descriptions: that with the longest words, if these are no mere labels.
fn describe(columns: &mut [Column], looks: &[Look]) {
    /// Bytes that the cells of a description have at least on average.
    const SHORTEST: usize = 20;
    let longest = (0..looks.len())
        .filter(|&index| columns[index] == Column::Other)
        .filter(|&index| {
            let look = looks[index];
            look.linked * 2 < look.filled && look.bytes >= SHORTEST * look.filled
        })
        .max_by_key(|&index| (looks[index].bytes, usize::MAX - index));
    if let Some(index) = longest {
        columns[index] = Column::Description;
    }
}
