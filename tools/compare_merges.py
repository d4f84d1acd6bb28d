#!/usr/bin/env python3
"""Prints how ways to merge fare on real merges, as a Markdown table.

    python3 tools/compare_merges.py [CASES] [--binary listwright]

CASES holds a folder for each merge, with `base.md`, `ours.md`, `theirs.md` and the person's
`result.md`; without it, `../shared/merges` beside the project is taken. A program that is not in
`PATH` is named and left out.
"""

import argparse
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 60

# What each way is called, and what it runs in a folder with the three files. The result is in
# `ours.md` where the second value says so, else on standard output. The exit code 0 means complete,
# from the last value on that there is no result, what is between that a conflict is left.
GIT = ["git", "merge-file", "-p", "-q"]
WAYS = {
    "git (myers)": (GIT + ["--diff-algorithm=myers"], False, ["ours.md", "base.md", "theirs.md"], 128),
    "git (histogram)": (GIT + ["--diff-algorithm=histogram"], False, ["ours.md", "base.md", "theirs.md"], 128),
    "merge=union": (GIT + ["--union"], False, ["ours.md", "base.md", "theirs.md"], 128),
    "mergiraf": (["mergiraf", "merge"], False, ["base.md", "ours.md", "theirs.md"], 2),
    "weave": (
        ["weave-driver"],
        True,
        ["base.md", "ours.md", "theirs.md", "7", "README.md"],
        2,
    ),
    "listwright": (["listwright", "merge-driver"], True, ["base.md", "ours.md", "theirs.md"], 2),
}


def links(text):
    """How often each destination stands in a text, scheme, case and a slash at the end aside."""
    found = re.findall(r"\]\(\s*<?([^)\s>]+)", text)
    outward = (url for url in found if not url.startswith("#"))
    return collections.Counter(
        url.rstrip("/").lower().replace("http://", "https://") for url in outward
    )


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def merge(command, in_place, arguments, failed, case):
    """The merged text of a case; `None` where a conflict is left, "crash" where there is no result."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("base.md", "ours.md", "theirs.md"):
            shutil.copy(case / name, folder)
        try:
            run = subprocess.run(
                command + arguments, cwd=folder, capture_output=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return "crash"
        if run.returncode < 0 or run.returncode >= failed:
            return "crash"
        if run.returncode != 0:
            return None
        if in_place:
            return read(Path(folder) / "ours.md")
        return run.stdout.decode("utf-8", "replace")


def judge(case, merged):
    """What is so of a complete merge: as the person's, and what it did wrong."""
    base, ours, theirs, person = (
        links(read(case / f"{name}.md")) for name in ("base", "ours", "theirs", "result")
    )
    result = links(merged)

    def deleted(url):
        return base[url] and (not ours[url] or not theirs[url])

    return {
        "same": set(result) == set(person),
        "doubles": any(n > max(ours[url], theirs[url], 1) for url, n in result.items()),
        "resurrects": any(deleted(url) for url in result),
        "loses": any(not result[url] and not deleted(url) for url in ours | theirs),
    }


def row(name, way, cases):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: merge(*way, case), cases))
    counts = collections.Counter()
    for case, merged in zip(cases, results):
        if merged == "crash":
            counts["crashes"] += 1
        elif merged is not None:
            counts["resolved"] += 1
            counts.update(what for what, so in judge(case, merged).items() if so)
    resolved = counts["resolved"]
    share = f"{100 * resolved / len(cases):.1f} %"
    of_resolved = f" ({100 * counts['same'] / resolved:.1f} %)" if resolved else ""
    cells = [name, f"{resolved} ({share})", f"{counts['same']}{of_resolved}"]
    cells += [str(counts[what]) for what in ("doubles", "resurrects", "loses", "crashes")]
    return "| " + " | ".join(cells) + " |"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("cases", nargs="?", type=Path, default=PROJECT.parent / "shared" / "merges")
    arguments.add_argument("--binary", help="the listwright to measure; else the one in PATH")
    arguments = arguments.parse_args()
    cases = sorted(folder for folder in arguments.cases.iterdir() if folder.is_dir())
    if not cases:
        sys.exit(f"no merges in {arguments.cases}")
    if arguments.binary:
        command, *rest = WAYS["listwright"]
        WAYS["listwright"] = ([os.path.abspath(arguments.binary), command[1]], *rest)
    print(f"| {len(cases)} merges | no conflict left | the person's links | doubles | resurrects | loses | crashes |")
    print("|---|---|---|---|---|---|---|")
    for name, way in WAYS.items():
        if shutil.which(way[0][0]):
            print(row(name, way, cases), flush=True)
        else:
            print(f"{name}: `{way[0][0]}` is not installed", file=sys.stderr)


if __name__ == "__main__":
    main()
