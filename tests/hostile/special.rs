//! Pipes, sockets, devices and folders where a list is expected.

use super::*;
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::os::unix::net::UnixListener;

fn fifo(path: &Path) {
    let made = Command::new("mkfifo")
        .arg(path)
        .status()
        .expect("mkfifo is there");
    assert!(made.success());
}

#[test]
fn files_that_are_none_are_passed_over_or_named() {
    let folder = folder();
    let folder = folder.path();
    write(
        folder,
        "list.md",
        "# T\n\n## S\n\n- [a](https://a.example) - A.\n",
    );
    write(
        folder,
        "folder.md/inner.md",
        "# T\n\n## S\n\n- [b](https://b.example) - B.\n",
    );
    fifo(&folder.join("fifo.md"));
    let _socket = UnixListener::bind(folder.join("socket.md")).expect("sockets can be made");
    symlink("/dev/zero", folder.join("zero.md")).expect("links can be made");
    symlink("/dev/zero", folder.join("listwright.toml")).expect("links can be made");
    symlink("/dev/zero", folder.join(".gitignore")).expect("links can be made");
    let output = run(folder, &["check", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("2 files"), "{}", text(&output));
    for name in ["fifo.md", "socket.md", "zero.md"] {
        for arguments in [
            ["check", name],
            ["fmt", name],
            ["inspect", name],
            ["resolve", name],
        ] {
            let output = run(folder, &arguments);
            let shown = text(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {shown}");
            assert!(shown.contains(&format!("`{name}` is no file")), "{shown}");
        }
    }
    let output = run(folder, &["check", "list.md", "--config", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output).contains("at most 1048576 bytes"),
        "{}",
        text(&output)
    );
}

#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    let folder = folder();
    write(folder.path(), "list.md", LIST);
    let path = folder.path().join("pipe");
    fifo(&path);
    let reader = {
        let path = path.clone();
        std::thread::spawn(move || {
            let mut text = String::new();
            fs::File::open(path)
                .and_then(|mut file| file.read_to_string(&mut text))
                .map(|_| text)
        })
    };
    let output = run(
        folder.path(),
        &["check", "list.md", "--output-file", "pipe"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    let read = reader
        .join()
        .expect("it does not panic")
        .expect("it can be read");
    assert!(read.contains("list.md:"), "{read}");
    let kind = fs::symlink_metadata(&path)
        .expect("it is there")
        .file_type();
    assert!(kind.is_fifo(), "the pipe was replaced by a file");
}
