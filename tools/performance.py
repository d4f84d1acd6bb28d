#!/usr/bin/env python3
"""Measures the program beside the bare parser and beside its peers, and prints the tables of
docs/performance.md: performance.py [--lists FOLDER] [--peers] [--runs N] [--write]

Each figure is the CPU time of a whole process and its children, the best of N runs taken in turns;
ratios are within this run. Peers come from their registries into target/peers; one that cannot be had
is named and left out. With --write the tables replace the region in docs/performance.md."""
import argparse
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("LISTWRIGHT_SHARED", ROOT.parent / "shared"))
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: tools/performance.py --peers --write -->", "<!-- end of figures -->"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = TARGET / "release" / "listwright"
BARE = TARGET / "release" / "examples" / "bare_parse"


class Run:
    """The best of several runs of one command: CPU and wall time in seconds, peak memory in bytes."""

    def __init__(self, command, folder):
        self.command, self.folder = [str(part) for part in command], folder
        self.cpu = self.wall = float("inf")
        self.memory = 0

    def once(self):
        began = time.perf_counter()
        with open(os.devnull, "w") as nowhere:
            child = subprocess.Popen(self.command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                     stdout=nowhere, stderr=nowhere)
        # The usage that is handed back holds the child and all that it waited for itself.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit(f"{' '.join(self.command)}: exit code {child.returncode}")
        self.wall = min(self.wall, time.perf_counter() - began)
        self.cpu = min(self.cpu, usage.ru_utime + usage.ru_stime)
        self.memory = max(self.memory, usage.ru_maxrss * 1024)


def measure(commands, runs, folder=None):
    """Runs the named commands in turns, so that a noisy minute falls on all of them."""
    measured = {name: Run(command, folder) for name, command in commands.items()}
    for _ in range(runs):
        for one in measured.values():
            one.once()
    return measured


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s"


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "--:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    yield ""


def engines(lists, runs):
    """The commands over all lists, against the bare parser."""
    measured = measure({
        "the parser alone (comrak)": [BARE, lists],
        "`listwright inspect` (the model)": [PROGRAM, "inspect", lists],
        "`listwright check`": [PROGRAM, "check", "--isolated", lists, "--output-format", "concise"],
        "`listwright check --preset strict`":
            [PROGRAM, "check", "--isolated", "--preset", "strict", lists, "--output-format", "concise"],
        "`listwright fmt --check`": [PROGRAM, "fmt", "--isolated", "--check", lists],
        "`listwright merge`": [PROGRAM, "merge", "--isolated", lists, "-o", os.devnull],
    }, runs)
    floor = next(iter(measured.values())).cpu
    yield from table(
        ["what", "CPU", "of the parser alone", "wall", "peak memory"],
        [[name, seconds(one.cpu), f"{one.cpu / floor:.1f} ×", seconds(one.wall), f"{one.memory / 1e6:.0f} MB"]
         for name, one in measured.items()])


def grown(entries):
    """A list of so many entries, about ninety bytes each."""
    lines = ["# Grown\n"]
    for at in range(entries):
        if at % 50 == 0:
            lines.append(f"\n## Section {at // 50}\n")
        lines.append(f"- [Work {at}](https://example.org/{at}) - Does *thing* {at} as well as anyone could wish.")
    return "\n".join(lines) + "\n"


def growth(folder, runs):
    """One file, from a megabyte to nine."""
    rows = []
    for entries in (12_500, 25_000, 50_000, 100_000):
        path = folder / f"{entries}.md"
        path.write_text(grown(entries))
        measured = measure({
            "bare": [BARE, path],
            "inspect": [PROGRAM, "inspect", path],
            "check": [PROGRAM, "check", "--isolated", path, "--output-format", "concise"],
            "fmt": [PROGRAM, "fmt", "--isolated", "--check", path],
        }, runs)
        rows.append([f"{path.stat().st_size / 1e6:.1f} MB"] + [seconds(one.cpu) for one in measured.values()])
    yield from table(["one file of", "parser alone", "inspect", "check", "fmt --check"], rows)


def memory(lists, folder, runs):
    """The peak over a thousand files, made by copying the lists."""
    sources = sorted(lists.glob("*.md"))
    many = folder / "many"
    many.mkdir()
    for at in range(1000):
        shutil.copyfile(sources[at % len(sources)], many / f"{at}.md")
    few = measure({"check": [PROGRAM, "check", "--isolated", lists, "--output-format", "concise"]}, runs)["check"]
    all_ = measure({"check": [PROGRAM, "check", "--isolated", many, "--output-format", "concise"]}, 1)["check"]
    yield (f"Peak memory of `check`: {few.memory / 1e6:.0f} MB over {len(sources)} files, "
           f"{all_.memory / 1e6:.0f} MB over 1,000 files ({sum(p.stat().st_size for p in many.iterdir()) / 1e6:.0f} MB of text).")
    yield ""


def startup():
    started = measure({"start": [PROGRAM, "--version"]}, 50)["start"]
    yield f"Start-up (`listwright --version`, best of 50): {seconds(started.cpu)} CPU, {seconds(started.wall)} wall."
    yield ""


def peers(lists, runs):
    """What other linters cost, over all lists and over each well-kept one."""
    tools = TARGET / "peers"
    tools.mkdir(parents=True, exist_ok=True)
    found = installed(tools)
    if not found:
        return
    ours = [PROGRAM, "check", "--isolated", "--output-format", "concise"]
    glob = {"rumdl": ["check", "--no-cache", lists], "markdownlint-cli2": [f"{lists}/*.md"], "remark-cli": [lists, "--no-stdout"]}
    commands = {"listwright": ours + [lists]}
    commands |= {name: found[name] + rest for name, rest in glob.items() if name in found}
    with tempfile.TemporaryDirectory() as empty:
        measured = measure(commands, max(1, runs // 2), empty)
    own = measured["listwright"].cpu
    yield from table(["over all lists", "CPU", "of listwright's", "wall"],
                     [[versioned(name), seconds(one.cpu), f"{one.cpu / own:.0f} ×", seconds(one.wall)] for name, one in measured.items()])
    if "awesome-lint" in found:
        yield from awesome(lists, found["awesome-lint"], ours)


def awesome(lists, peer, ours):
    """awesome-lint reads one list, in a repository of its own."""
    rows = []
    for name in (lists.parent / "wellkept.txt").read_text().split():
        with tempfile.TemporaryDirectory() as folder:
            shutil.copyfile(lists / name, pathlib.Path(folder) / "readme.md")
            for git in (["init", "-q"], ["add", "."],
                        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "list"]):
                subprocess.run(["git", *git], cwd=folder, check=True)
            both = measure({"ours": ours + ["readme.md"], "theirs": peer + ["readme.md"]}, 2, folder)
        ours_, theirs = both["ours"].cpu, both["theirs"].cpu
        rows.append([name.removesuffix(".md").replace("__", "/"), seconds(ours_), seconds(theirs), f"{theirs / ours_:.0f} ×"])
    yield from table(["one list", "listwright", versioned("awesome-lint"), "ratio"], rows)


VERSIONS = {}


def versioned(name):
    return f"{name} {VERSIONS[name]}" if name in VERSIONS else name


def installed(tools):
    """The peers that their registries gave, by name: each with the command that starts it."""
    found = {}
    venv = tools / "venv"
    if not (venv / "bin" / "rumdl").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=False)
        quietly([venv / "bin" / "pip", "install", "--quiet", "rumdl"])
    if (venv / "bin" / "rumdl").exists():
        found["rumdl"] = [venv / "bin" / "rumdl"]
        VERSIONS["rumdl"] = said([venv / "bin" / "rumdl", "--version"]).split()[-1]
    for package in ("markdownlint-cli2", "awesome-lint", "remark-cli"):
        folder = tools / package
        program = folder / "node_modules" / ".bin" / {"remark-cli": "remark"}.get(package, package)
        if not program.exists():
            folder.mkdir(exist_ok=True)
            wanted = [package] + (["remark-preset-lint-recommended"] if package == "remark-cli" else [])
            quietly(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *wanted])
        if not program.exists():
            print(f"left out: {package} (npm)", file=sys.stderr)
            continue
        VERSIONS[package] = said(["node", "-p", f"require('{folder}/node_modules/{package}/package.json').version"])
        found[package] = [program]
        if package == "remark-cli":
            found[package] += ["--use", folder / "node_modules" / "remark-preset-lint-recommended" / "index.js"]
    for absent in {"rumdl"} - set(found):
        print(f"left out: {absent} (PyPI)", file=sys.stderr)
    return found


def quietly(command):
    try:
        subprocess.run([str(part) for part in command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    except (OSError, subprocess.TimeoutExpired):
        pass


def said(command):
    return subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True).stdout.strip()


def report(arguments):
    lists = pathlib.Path(arguments.lists).resolve()
    count, size = len(list(lists.glob("*.md"))), sum(path.stat().st_size for path in lists.glob("*.md"))
    yield (f"{count} lists, {size / 1e6:.1f} MB; {os.cpu_count()} cores ({platform.machine()}); "
           f"{said([PROGRAM, '--version'])}, {said(['rustc', '-V']).split(' (')[0]}; best of {arguments.runs} runs.")
    yield ""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        yield from engines(lists, arguments.runs)
        yield from startup()
        yield from growth(folder, arguments.runs)
        yield from memory(lists, folder, 1)
    if arguments.peers:
        yield from peers(lists, arguments.runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", default=SHARED / "corpus" / "lists", help="folder of lists (default: the corpus beside the project)")
    parser.add_argument("--peers", action="store_true", help="also measure other linters, from their registries")
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    arguments = parser.parse_args()
    if not any(pathlib.Path(arguments.lists).glob("*.md")):
        sys.exit(f"{arguments.lists}: no lists here; name a folder with --lists")
    subprocess.run(["cargo", "build", "--quiet", "--release", "--bins", "--examples"], cwd=ROOT, check=True)
    printed = []
    for line in report(arguments):
        print(line, flush=True)
        printed.append(line)
    if arguments.write:
        page = PAGE.read_text()
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(printed) + END + after)


if __name__ == "__main__":
    main()
