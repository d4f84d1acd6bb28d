//! What may come into the dependency tree: the lists of `deny.toml`, held without any tool but cargo.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;
use support::{project, read};

/// The packages of the tree for all platforms; `None`, and a line that says so, where cargo cannot
/// tell without the network.
fn packages() -> Option<Vec<Value>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .current_dir(project(""))
        .output()
        .expect("cargo runs the tests");
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        eprintln!("skipped: cargo knows not all packages here: {told}");
        return None;
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"]
        .as_array()
        .expect("it names packages")
        .clone();
    assert!(packages.len() > 50, "{}", packages.len());
    Some(packages)
}

fn policy() -> toml::Table {
    read(&project("deny.toml"))
        .parse()
        .expect("deny.toml is TOML")
}

fn texts(value: &toml::Value) -> Vec<&str> {
    let array = value.as_array().expect("it is a list");
    array.iter().filter_map(toml::Value::as_str).collect()
}

fn crates(value: &toml::Value) -> Vec<&str> {
    let array = value.as_array().expect("it is a list");
    array
        .iter()
        .filter_map(|one| one.get("crate")?.as_str())
        .collect()
}

/// Whether the licence expression `given` (SPDX, with the older `/` for `OR`) can be met by `allowed`.
fn is_allowed(given: &str, allowed: &[&str]) -> bool {
    let given = given.replace('/', " OR ");
    // `AND` binds tighter than `OR`; parentheses are met as written, one level deep.
    let mut level = 0;
    let mut parts: Vec<(&str, Vec<String>)> = vec![("", vec![String::new()])];
    for word in given
        .replace('(', " ( ")
        .replace(')', " ) ")
        .split_whitespace()
    {
        match word {
            "(" => level += 1,
            ")" => level -= 1,
            "AND" if level == 0 => parts.push(("AND", vec![String::new()])),
            "OR" if level == 0 && parts.len() == 1 => parts[0].1.push(String::new()),
            "OR" => parts
                .last_mut()
                .expect("there is one")
                .1
                .push(String::new()),
            word => {
                let last = parts.last_mut().and_then(|(_, any)| any.last_mut());
                let last = last.expect("there is one");
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(word);
            }
        }
    }
    parts
        .iter()
        .all(|(_, any)| any.iter().any(|one| allowed.contains(&one.as_str())))
}

#[test]
fn licence_expressions_are_read() {
    let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "Unlicense/MIT",
        "(GPL-3.0 OR MIT) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND GPL-3.0", ""] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn licences_and_sources_are_those_that_were_agreed_to() {
    let Some(packages) = packages() else { return };
    let policy = policy();
    let allowed = texts(&policy["licenses"]["allow"]);
    let denied = crates(&policy["bans"]["deny"]);
    let mut wrong = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for package in &packages {
        let name = package["name"].as_str().expect("a package has a name");
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            wrong.push(format!(
                "{name}: the licence `{licence}` is not in deny.toml"
            ));
        }
        used.extend(allowed.iter().copied().filter(|one| licence.contains(*one)));
        if denied.contains(&name) {
            wrong.push(format!("{name}: deny.toml says why not"));
        }
        // Without a source it is this project.
        let source = package["source"].as_str();
        let known = source.is_none_or(|source| source.starts_with("registry+"));
        if !known {
            wrong.push(format!("{name}: comes from {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unused: Vec<_> = allowed.iter().filter(|one| !used.contains(**one)).collect();
    assert!(
        unused.is_empty(),
        "no crate has the licence {unused:?} any more"
    );
}

#[test]
fn no_crate_comes_in_two_versions_unnoticed() {
    let Some(packages) = packages() else { return };
    let policy = policy();
    let skipped = crates(&policy["bans"]["skip"]);
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &packages {
        let text = |key: &str| package[key].as_str().expect("it has one");
        versions
            .entry(text("name"))
            .or_default()
            .insert(text("version"));
    }
    let is_skipped = |name: &str, version: &str| {
        skipped.iter().any(|one| {
            let (of, begin) = one.split_once('@').unwrap_or((one, ""));
            let rest = version.strip_prefix(begin);
            of == name && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let mut wrong = Vec::new();
    for (name, versions) in &versions {
        let kept = versions.iter().filter(|version| !is_skipped(name, version));
        if kept.count() > 1 {
            wrong.push(format!("{name}: {versions:?}"));
        }
    }
    for one in &skipped {
        let name = one.split('@').next().unwrap_or_default();
        if versions.get(name).is_none_or(|versions| versions.len() < 2) {
            wrong.push(format!("{one} is excused in deny.toml for nothing"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The oldest Rust that `Cargo.toml` promises is one that every dependency promises too. Of our own
/// code, clippy's `incompatible_msrv` tells.
#[test]
fn the_oldest_rust_is_old_enough_for_every_crate() {
    let Some(packages) = packages() else { return };
    let number = |version: &str| -> Vec<u32> {
        version
            .split('.')
            .map(|part| part.parse().unwrap_or(0))
            .collect()
    };
    let ours = number(env!("CARGO_PKG_RUST_VERSION"));
    let mut wrong = Vec::new();
    for package in &packages {
        if let Some(theirs) = package["rust_version"].as_str()
            && number(theirs) > ours
        {
            wrong.push(format!(
                "{} {} needs {theirs}",
                package["name"], package["version"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
