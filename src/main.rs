//! dump
use listwright::list::*;
use listwright::source::*;
fn main() {
    let quiet = std::env::args().any(|a| a == "-q");
    let mut tot = std::time::Duration::ZERO;
    for f in std::env::args().skip(1).filter(|a| a != "-q") {
        let t = std::fs::read(&f).unwrap();
        let s = Source::from_bytes(FileId(0), &f, t).unwrap();
        let st = std::time::Instant::now();
        let l = List::parse(s);
        tot += st.elapsed();
        let joined: String = l.blocks.iter().map(|b| l.slice(b.span)).collect();
        if joined != l.source.text() {
            println!("TILING FAILS {f}");
        }
        let inent = l
            .links
            .iter()
            .filter(|k| k.is_external() && matches!(k.place, Place::Entry(_)))
            .count();
        let ext = l.links.iter().filter(|k| k.is_external()).count();
        println!(
            "{f}: blocks {} sections {} entries {} links {} ext {} inentries {} unread {} contents {}",
            l.blocks.len(),
            l.sections.len(),
            l.entries.len(),
            l.links.len(),
            ext,
            inent,
            l.unread.len(),
            l.contents.len()
        );
        if quiet {
            continue;
        }
        for b in &l.blocks {
            println!(
                "  B {:?} {}..{} s{}",
                b.kind,
                l.source.line(b.span.start),
                l.source.line(b.span.end.max(1) - 1),
                b.section.0
            );
        }
        for (_, e) in l.entries() {
            println!(
                "  {} {:?} d{} lead={:?} T={:?} url={:?} notes={:?} sep={:?} D={:?}",
                l.source.line(e.span.start),
                e.role,
                e.depth,
                e.lead.map(|s| l.slice(s)),
                e.title
                    .as_ref()
                    .map(|t| (&t.text, l.slice(t.span) == t.text)),
                l.primary_link(e).map(|k| &k.url),
                e.notes
                    .iter()
                    .map(|n| (n.kind, l.slice(n.span)))
                    .collect::<Vec<_>>(),
                e.separator.map(|s| l.slice(s.span)),
                e.description.map(|s| l.slice(s))
            );
        }
        for u in &l.unread {
            println!(
                "  UNREAD {} {:?}",
                l.source.line(u.span.start),
                l.slice(u.span)
            );
        }
        for (_, h) in l.headings() {
            println!(
                "  H{} {:?} {:?} {}",
                h.level,
                l.slice(h.title),
                h.text,
                h.slug
            );
        }
        for c in &l.contents {
            println!(
                "  C {:?}",
                c.lines
                    .iter()
                    .map(|x| (&x.text, &l.link(x.link).url))
                    .collect::<Vec<_>>()
            );
        }
    }
    eprintln!("{tot:?}");
}
