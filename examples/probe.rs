//! Runs the engine as a merge driver.
use listwright::three_way::{Options, three_way};
fn main() {
    let files: Vec<String> = std::env::args().skip(2).collect();
    let texts: Vec<String> = files
        .iter()
        .map(|f| String::from_utf8_lossy(&std::fs::read(f).unwrap()).into_owned())
        .collect();
    let t = std::time::Instant::now();
    let done = three_way(&texts[0], &texts[1], &texts[2], &Options::default());
    eprintln!("{:?} {:?}", t.elapsed(), done.by);
    for c in &done.conflicts {
        eprintln!("{:?}", c.reason);
        if std::env::var("SHOW").is_ok() {
            for (n, (t, sp)) in texts.iter().zip([c.base, c.ours, c.theirs]).enumerate() {
                if let Some(sp) = sp {
                    let t = t.strip_prefix('\u{feff}').unwrap_or(t);
                    println!(
                        "{}| {}",
                        ["O", "A", "B"][n],
                        &t[sp.range()].chars().take(700).collect::<String>()
                    );
                }
            }
            println!("--{:?}", c.reason);
        }
    }
    std::fs::write(&files[1], done.text).unwrap();
    std::process::exit(i32::from(!done.conflicts.is_empty()));
}
