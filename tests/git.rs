//! The merge driver end to end: real git, real repositories.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_listwright");
const BASE: &str = "# Tea\n\n- [Sencha](https://sencha.example) - Steamed.\n- [Bancha](https://bancha.example) - Late.\n";
const MERGED: &str = "# Tea\n\n- [Sencha](https://sencha.example) - Steamed.\n- [Bancha](https://bancha.example) - Late.\n- [Assam](https://assam.example)\n- [Zen](https://zen.example)\n";

/// A repository whose branches `main` and `side` both add an entry at the end of `README.md`.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        Repository::with(
            &format!("{BASE}- [Assam](https://assam.example)\n"),
            &format!("{BASE}- [Zen](https://zen.example)\n"),
        )
    }

    fn with(ours: &str, theirs: &str) -> Self {
        let repository = Repository::bare();
        repository.commit(BASE);
        repository.git(&["switch", "-qc", "side"]);
        repository.commit(theirs);
        repository.git(&["switch", "-q", "main"]);
        repository.commit(ours);
        repository
    }

    /// A repository with the driver in its configuration, as `git install` writes it.
    fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let repository = Repository { folder };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "Tester"]);
        repository.git(&["config", "user.email", "tester@tea.example"]);
        let installed = repository.listwright(&["git", "install"]);
        assert!(installed.status.success());
        repository.write(".gitattributes", "*.md merge=listwright\n");
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("the file can be written");
    }

    fn list(&self) -> String {
        std::fs::read_to_string(self.path().join("README.md")).expect("the list is there")
    }

    fn commit(&self, text: &str) {
        self.write("README.md", text);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "a change"]);
    }

    /// Runs git, which finds the program by its name.
    fn try_git(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("git runs")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let folder = Path::new(PROGRAM)
            .parent()
            .expect("the program is in a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(self.path())
            .env(
                "PATH",
                std::env::join_paths(paths).expect("paths can be joined"),
            )
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .stdin(Stdio::null());
        command
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {text}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn listwright(&self, arguments: &[&str]) -> Output {
        Command::new(PROGRAM)
            .args(arguments)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("the program runs")
    }
}

#[test]
fn merge_keeps_what_both_sides_added() {
    let repository = Repository::new();
    repository.git(&["merge", "-q", "side"]);
    assert_eq!(repository.list(), MERGED);
}

#[test]
fn rebase_cherry_pick_and_revert_go_through_the_driver() {
    let repository = Repository::new();
    repository.git(&["cherry-pick", "side"]);
    assert_eq!(repository.list(), MERGED);
    let repository = Repository::new();
    repository.git(&["rebase", "-q", "side"]);
    assert_eq!(repository.list(), MERGED);
    repository.git(&["revert", "--no-edit", "HEAD~1"]);
    assert_eq!(
        repository.list(),
        MERGED.replace("- [Zen](https://zen.example)\n", "")
    );
}

#[test]
fn stash_pop_goes_through_the_driver() {
    let repository = Repository::new();
    repository.git(&["switch", "-q", "side"]);
    repository.git(&["reset", "-q", "--hard", "HEAD~1"]);
    repository.write(
        "README.md",
        &format!("{BASE}- [Zen](https://zen.example)\n"),
    );
    repository.git(&["stash", "-q"]);
    repository.git(&["merge", "-q", "--ff-only", "main"]);
    repository.git(&["stash", "pop", "-q"]);
    assert_eq!(repository.list(), MERGED);
}

#[test]
fn merge_tree_goes_through_the_driver() {
    let repository = Repository::new();
    let tree = repository.git(&["merge-tree", "--write-tree", "main", "side"]);
    let list = repository.git(&["show", &format!("{}:README.md", tree.trim())]);
    assert_eq!(list, MERGED);
}

#[test]
fn a_conflict_is_left_between_markers_with_gits_labels() {
    let repository = Repository::with(
        &BASE.replace("Late", "Of autumn"),
        &BASE.replace("Late", "Coarse"),
    );
    let output = repository.try_git(&["merge", "side"]);
    assert_eq!(output.status.code(), Some(1));
    let list = repository.list();
    assert!(
        list.contains("<<<<<<< HEAD\n- [Bancha](https://bancha.example) - Of autumn.\n=======\n"),
        "{list}"
    );
    assert!(list.contains(">>>>>>> side\n"), "{list}");
    let told = "README.md:4: both sides changed the same part of this entry: \
                - [Bancha](https://bancha.example) - Of autumn.\n";
    assert!(String::from_utf8_lossy(&output.stderr).contains(told));
}

#[test]
fn marker_size_and_conflict_style_are_honoured() {
    let repository = Repository::with(
        &BASE.replace("Late", "Of autumn"),
        &BASE.replace("Late", "Coarse"),
    );
    repository.write(
        ".gitattributes",
        "*.md merge=listwright conflict-marker-size=10\n",
    );
    repository.git(&["commit", "-qam", "longer markers"]);
    repository.git(&["config", "merge.conflictStyle", "zdiff3"]);
    assert_eq!(
        repository.try_git(&["merge", "side"]).status.code(),
        Some(1)
    );
    let list = repository.list();
    assert!(list.contains("\n<<<<<<<<<< HEAD\n"), "{list}");
    let base = "- [Bancha](https://bancha.example) - Late.\n==========\n";
    assert!(
        list.contains("\n|||||||||| ") && list.contains(base),
        "{list}"
    );
}

#[test]
fn a_missing_program_falls_back_to_gits_own_merge() {
    let repository = Repository::new();
    let folder = Path::new(PROGRAM)
        .parent()
        .expect("the program is in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let without = std::env::split_paths(&path)
        .filter(|path| path != folder && !path.join("listwright").exists());
    let output = repository
        .command(&["merge", "side"])
        .env(
            "PATH",
            std::env::join_paths(without).expect("paths can be joined"),
        )
        .output()
        .expect("git runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        repository.list().contains("<<<<<<< HEAD\n- [Assam]"),
        "{}",
        repository.list()
    );
}

#[test]
fn a_crash_stops_the_merge_and_touches_nothing() {
    let repository = Repository::new();
    let before = repository.list();
    let output = repository
        .command(&["merge", "side"])
        .env("LISTWRIGHT_TEST_PANIC", "1")
        .output()
        .expect("git runs");
    assert!(!output.status.success());
    assert_eq!(repository.list(), before);
    assert_eq!(repository.git(&["ls-files", "-u"]), "");
}

#[test]
fn every_failure_is_129_or_more() {
    let repository = Repository::new();
    for arguments in [
        &["merge-driver"][..],
        &["merge-driver", "README.md"],
        &["merge-driver", "no", "README.md", "README.md"],
        &[
            "merge-driver",
            "--marker-size=x",
            "README.md",
            "README.md",
            "README.md",
        ],
    ] {
        let code = repository.listwright(arguments).status.code();
        assert_eq!(code, Some(129), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_result_is_written_over_ours_where_it_stands() {
    use std::os::unix::fs::MetadataExt;
    let repository = Repository::new();
    for (name, added) in [
        ("o", ""),
        ("a", "- [Assam](https://assam.example)\n"),
        ("b", "- [Zen](https://zen.example)\n"),
    ] {
        repository.write(name, &format!("{BASE}{added}"));
    }
    let ours = repository.path().join("a");
    let inode = |path: &Path| std::fs::metadata(path).expect("it is there").ino();
    let before = inode(&ours);
    let merged = repository.listwright(&["merge-driver", "o", "a", "b"]);
    assert_eq!(merged.status.code(), Some(0));
    assert_eq!(
        std::fs::read_to_string(&ours).expect("it can be read"),
        MERGED
    );
    assert_eq!(inode(&ours), before);
}

#[test]
fn crlf_and_renames_are_kept() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let repository = Repository::bare();
    repository.commit(&crlf(BASE));
    repository.git(&["switch", "-qc", "side"]);
    repository.commit(&crlf(&format!("{BASE}- [Zen](https://zen.example)\n")));
    repository.git(&["switch", "-q", "main"]);
    repository.commit(&crlf(&format!("{BASE}- [Assam](https://assam.example)\n")));
    repository.git(&["mv", "README.md", "list.md"]);
    repository.git(&["commit", "-qm", "another name"]);
    repository.git(&["merge", "-q", "side"]);
    let list = std::fs::read_to_string(repository.path().join("list.md")).expect("it is there");
    assert_eq!(list, crlf(MERGED));
}

#[test]
fn resolve_takes_the_index_and_keeps_what_was_edited_by_hand() {
    let repository = Repository::new();
    repository.git(&["config", "merge.conflictStyle", "diff3"]);
    repository.listwright(&["git", "uninstall"]);
    repository.try_git(&["merge", "side"]);
    let conflicting = repository.list();
    assert!(conflicting.contains("<<<<<<<"));
    let check = repository.listwright(&["resolve", "--check"]);
    assert_eq!(
        (check.status.code(), repository.list()),
        (Some(1), conflicting.clone())
    );
    let resolved = repository.listwright(&["resolve"]);
    assert_eq!(
        (resolved.status.code(), repository.list()),
        (Some(0), MERGED.to_owned())
    );
    repository.write(
        "README.md",
        &conflicting.replace("Steamed.", "Steamed, by hand."),
    );
    let resolved = repository.listwright(&["resolve", "README.md"]);
    assert_eq!(resolved.status.code(), Some(0));
    assert_eq!(
        repository.list(),
        MERGED.replace("Steamed.", "Steamed, by hand.")
    );
}

#[test]
fn resolve_tells_what_is_left_and_why() {
    let repository = Repository::with(
        &format!(
            "{}- [Assam](https://assam.example)\n",
            BASE.replace("Late", "Of autumn")
        ),
        &format!(
            "{}- [Zen](https://zen.example)\n",
            BASE.replace("Late", "Coarse")
        ),
    );
    repository.listwright(&["git", "uninstall"]);
    repository.try_git(&["merge", "side"]);
    let diff = repository.listwright(&["resolve", "--diff"]);
    let shown = String::from_utf8_lossy(&diff.stdout);
    assert!(shown.starts_with("--- a/README.md\n"), "{shown}");
    assert!(
        shown.contains("\n+>>>>>>> side\n+- [Assam](https://assam.example)\n"),
        "{shown}"
    );
    let told =
        "README.md: 1 place would be left to a person, of 1 conflict; lines as they would be\n";
    assert!(shown.ends_with(told), "{shown}");
    let resolved = repository.listwright(&["resolve"]);
    assert_eq!(resolved.status.code(), Some(1));
    let told = String::from_utf8_lossy(&resolved.stderr);
    assert!(
        told.starts_with("README.md:4: both sides changed the same part of this entry: - [Bancha]"),
        "{told}"
    );
    let list = repository.list();
    let end = ">>>>>>> side\n- [Assam](https://assam.example)\n- [Zen](https://zen.example)\n";
    assert!(list.ends_with(end), "{list}");
}

#[test]
fn files_that_both_sides_added_are_merged() {
    let repository = Repository::bare();
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-qm", "no list yet"]);
    repository.git(&["switch", "-qc", "side"]);
    repository.commit(&format!("{BASE}- [Zen](https://zen.example)\n"));
    repository.git(&["switch", "-q", "main"]);
    repository.commit(&format!("{BASE}- [Assam](https://assam.example)\n"));
    repository.git(&["merge", "-q", "side"]);
    assert_eq!(repository.list(), MERGED);
}

#[test]
fn branches_that_took_from_each_other_are_merged() {
    let repository = Repository::new();
    let main = repository.git(&["rev-parse", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "side"]);
    repository.git(&["switch", "-q", "side"]);
    repository.git(&["merge", "-q", "--no-ff", main.trim()]);
    repository.commit(&format!("{MERGED}- [Yuzu](https://yuzu.example)\n"));
    repository.git(&["switch", "-q", "main"]);
    repository.commit(&format!("{MERGED}- [Xanadu](https://xanadu.example)\n"));
    repository.git(&["merge", "-q", "side"]);
    let both = "- [Xanadu](https://xanadu.example)\n- [Yuzu](https://yuzu.example)\n";
    assert_eq!(repository.list(), format!("{MERGED}{both}"));
}

#[test]
fn refresh_merges_lists_by_entries_though_the_repository_wants_union() {
    let added = "- [Zen](https://zen.example)\n";
    let repository = Repository::with(
        &format!(
            "{}{added}",
            BASE.replace("- [Bancha](https://bancha.example) - Late.\n", "")
        ),
        &BASE.replace("Late.", "Late.\n- [Assam](https://assam.example)"),
    );
    repository.listwright(&["git", "uninstall"]);
    repository.write(".gitattributes", "*.md merge=union\n*.txt merge=union\n");
    repository.git(&["commit", "-qam", "union"]);
    let refreshed = repository.listwright(&["refresh", "side"]);
    let told = String::from_utf8_lossy(&refreshed.stderr);
    assert_eq!(refreshed.status.code(), Some(0), "{told}");
    assert!(
        !repository.list().contains("Bancha"),
        "{}",
        repository.list()
    );
}

#[test]
fn refresh_merges_the_base_branch_without_any_configuration() {
    let repository = Repository::new();
    repository.listwright(&["git", "uninstall"]);
    repository.git(&["rm", "-q", ".gitattributes"]);
    repository.git(&["commit", "-qm", "no attributes"]);
    let refreshed = repository.listwright(&["refresh", "main", "--branch", "side"]);
    let told = String::from_utf8_lossy(&refreshed.stderr);
    assert_eq!(refreshed.status.code(), Some(0), "{told}");
    assert_eq!(repository.list(), MERGED);
    assert_eq!(repository.git(&["branch", "--show-current"]).trim(), "side");
}

#[test]
fn refresh_leaves_the_branch_alone_where_a_person_must_decide() {
    let repository = Repository::with(
        &BASE.replace("Late", "Of autumn"),
        &BASE.replace("Late", "Coarse"),
    );
    let before = repository.git(&["rev-parse", "HEAD"]);
    let refreshed = repository.listwright(&["refresh", "side"]);
    assert_eq!(refreshed.status.code(), Some(1));
    assert_eq!(repository.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn refresh_tells_why_it_does_nothing() {
    let repository = Repository::with(
        &BASE.replace("Late", "Of autumn"),
        &BASE.replace("Late", "Coarse"),
    );
    let told = |arguments: &[&str]| {
        let output = repository.listwright(arguments);
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&said).into_owned()
    };
    assert!(told(&["refresh", "main"]).contains("nothing to merge: `main` is in already"));
    assert!(told(&["refresh", "side", "--keep"]).contains("a person must decide: README.md\n"));
    assert!(told(&["refresh", "side"]).contains("a merge is under way here"));
    repository.git(&["merge", "--abort"]);
    repository.git(&["rm", "-q", "README.md"]);
    repository.git(&["commit", "-qm", "no list"]);
    let deleted = "README.md, which one side deleted and the other changed";
    assert!(told(&["refresh", "side"]).contains(deleted));
    assert!(
        !repository
            .try_git(&["merge", "-q", "side"])
            .status
            .success()
    );
    assert!(told(&["resolve"]).contains("`git add` keeps it, `git rm` does not"));
}
