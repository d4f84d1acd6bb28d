//! Writes a made-up world of lists into a folder: `cargo bench --bench world -- FOLDER ENTRIES LISTS`.

#[path = "texts/mod.rs"]
mod texts;
#[path = "world/mod.rs"]
mod world;

use std::path::Path;

use rayon::prelude::*;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let [folder, entries, lists] = arguments[..] else {
        println!("usage: cargo bench --bench world -- FOLDER ENTRIES LISTS");
        return;
    };
    let (Ok(entries), Ok(lists)) = (entries.parse::<usize>(), lists.parse::<usize>()) else {
        println!("ENTRIES and LISTS are numbers");
        return;
    };
    let world = world::World::read();
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let bytes: usize = (0..lists)
        .into_par_iter()
        .map(|at| {
            let text = world.list(at, lists, entries);
            let path = Path::new(folder).join(format!("{at:05}.md"));
            std::fs::write(path, &text).expect("the list can be written");
            text.len()
        })
        .sum();
    println!("{lists} lists, about {entries} entries, {bytes} bytes");
}
