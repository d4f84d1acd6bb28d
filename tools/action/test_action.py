"""The action as a runner runs it: annotations, outputs, summary, installing, hostile lists.

`LISTWRIGHT` names the program under test. Run by `.ci/extras`, or by hand:
`LISTWRIGHT=target/debug/listwright python -m pytest tools/action`.
"""

import hashlib
import json
import os
import platform
import subprocess
import tarfile
from pathlib import Path

import pytest

from runner import LEVELS, Runner, command

ROOT = Path(__file__).resolve().parents[2]
BINARY = str(Path(os.environ["LISTWRIGHT"]).resolve())

GOOD = "# Awesome Tea\n\n## Green\n\n- [Sencha](https://example.com/sencha) - Steamed leaves.\n"
BAD = GOOD.replace("leaves.", "leaves. ") + "- [Black](#blck) - Nowhere.\n"

# Text that a runner would obey if it came to the beginning of a line, or anywhere in one.
HOSTILE = [
    "::add-mask::leaves",
    "::stop-commands::x",
    "##[error]x",
    "##[add-mask]leaves",
    "::set-output name=errors::0",
    "%0A::warning::x",
    "\u2028::error::x",
    "\r::error::x",
    "\u0085::error::x",
    "\x1b[2J\x1b]0;x\x07",
    "$(touch injected) `touch injected` ${{ github.token }} '; touch injected; '",
    "</details>\n```\n::error::x",
]


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A repository with one list, committed."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "list.md").write_text(GOOD)
    commit(tmp_path)
    return tmp_path


def git(folder, *arguments):
    who = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, stdout=subprocess.DEVNULL)


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def action(work, event="push", **given):
    return Runner(ROOT, work, event).run(binary=BINARY, **given)


def test_a_good_list_passes(work):
    run = action(work)
    assert run.exit == 0, run.log
    assert run.annotations == [] and run.commands == []
    assert run.outputs["findings"] == "0" and run.outputs["binary"] == BINARY


def test_a_bad_list_fails_and_is_annotated(work):
    (work / "list.md").write_text(BAD)
    run = action(work)
    assert run.exit == 1
    places = {(one["level"], one["title"], one["file"], one["line"]) for one in run.annotations}
    assert ("error", "broken-anchor", "list.md", "6") in places
    assert ("warning", "trailing-whitespace", "list.md", "5") in places
    assert int(run.outputs["errors"]) >= 1 and int(run.outputs["fixable"]) >= 1
    total = sum(int(run.outputs[name]) for name in ("errors", "warnings", "advice"))
    assert int(run.outputs["findings"]) == total == len(run.annotations)


def test_the_summary_has_everything_and_the_fixes(work):
    (work / "list.md").write_text(BAD)
    summary = action(work).summary
    assert "/docs/rules/broken-anchor.md" in summary
    assert "```diff\n" in summary and "\n+- [Sencha]" in summary
    assert action(work, summary="false").summary == ""


def test_what_fails_is_for_the_workflow_to_say(work):
    (work / "list.md").write_text(BAD)
    assert action(work, fail_on="never").exit == 0
    assert action(work, fail_on="error").exit == 1
    (work / "list.md").write_text(GOOD.replace("leaves.", "leaves. "))
    assert action(work, fail_on="error").exit == 0
    assert action(work, fail_on="warning").exit == 1


def test_a_pull_request_is_told_what_it_brings_in(work):
    (work / "list.md").write_text(BAD)
    commit(work)
    (work / "list.md").write_text(BAD + "- [New](https://example.com/new) - Added. \n")
    commit(work)
    run = action(work, "pull_request")
    assert [one["line"] for one in run.annotations] == ["7"], run.annotations
    assert len(action(work, "pull_request", only_new="false").annotations) > 1
    assert len(action(work, "push").annotations) > 1


def test_a_checkout_without_the_parent_is_told_of_and_checked_whole(work):
    (work / "list.md").write_text(BAD)
    run = action(work, "pull_request")
    notices = [one["message"] for one in run.annotations if one["level"] == "notice"]
    assert any("fetch-depth: 2" in notice for notice in notices)
    assert run.exit == 1 and int(run.outputs["errors"]) >= 1


def test_no_more_than_the_runner_shows(work):
    entries = "".join(f"- [T{n}](https://example.com/{n})(2019) - Text.\n" for n in range(40))
    (work / "list.md").write_text(GOOD + entries)
    run = action(work)
    assert run.dropped == 0
    assert sum(one["level"] == "warning" for one in run.annotations) == 10
    assert any("see the job summary" in one["message"] for one in run.annotations)
    assert run.summary.count("missing-space") >= 40
    assert run.outputs["warnings"] == "40"


def test_paths_and_configuration_are_taken_as_they_are(work):
    folder = work / "a folder; touch injected"
    folder.mkdir()
    (folder / "--x $(touch injected).md").write_text(BAD)
    (work / "c.toml").write_text('[rules]\nbroken-anchor = "off"\ntrailing-whitespace = "off"\n')
    run = action(work, paths=f"\n  {folder.name}\n  list.md\n\n")
    assert run.exit == 1 and int(run.outputs["errors"]) >= 1
    quiet = action(work, paths=folder.name, config="c.toml")
    titles = {one["title"] for one in quiet.annotations}
    assert not titles & {"broken-anchor", "trailing-whitespace"}
    assert not list(work.rglob("injected"))


@pytest.mark.parametrize(
    "given",
    [
        {"paths": "nowhere.md"},
        {"paths": " \n "},
        {"command": "rm"},
        {"fail_on": "x"},
        {"only_new": "x"},
        {"summary": "x"},
        {"config": "nowhere.toml"},
    ],
)
def test_what_cannot_be_done_fails_even_where_findings_do_not(work, given):
    run = Runner(ROOT, work).run(**{"binary": BINARY, "fail_on": "never", **given})
    assert run.exit not in (0, 1)


def test_sarif_is_written_where_it_is_asked_for(work):
    (work / "list.md").write_text(BAD)
    action(work, sarif="out.sarif")
    sarif = json.loads((work / "out.sarif").read_text())
    assert sarif["version"] == "2.1.0" and sarif["runs"][0]["results"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_list_commands_nothing(work, text):
    places = [
        f"# Awesome {text}\n\n## {text}\n\n- [{text}](https://example.com/a) - {text} \n",
        f"# T\n\n## S\n\n- [A](#{text}) - {text}. \n{text} \n- [B](<{text}>) - B. \n\n{text} \n",
    ]
    for number, list_text in enumerate(places):
        (work / f"list{number}.md").write_text(list_text)
    run = action(work, sarif="out.sarif")
    assert run.commands == [], run.commands
    rules = set(rule_names())
    for one in run.annotations:
        assert one["level"] in LEVELS
        assert one.get("title") in rules | {"listwright"}, one
        assert one.get("file", "list0.md") in {"list0.md", "list1.md"}, one
    assert set(run.outputs) == {"errors", "warnings", "advice", "findings", "fixable", "binary"}
    assert all(run.outputs[name].isdigit() for name in run.outputs if name != "binary")
    assert run.outputs["errors"] == str(sum(one["level"] == "error" for one in run.annotations))
    assert not any("\x1b" in line for line in run.log)
    assert not list(work.rglob("injected"))
    assert not any(command(line) for line in run.summary.splitlines() if "##[" in line)


def rule_names():
    listed = subprocess.run([BINARY, "rules", "--json"], check=True, capture_output=True, text=True)
    found = json.loads(listed.stdout)
    found = found["rules"] if isinstance(found, dict) else found
    return [rule["name"] for rule in found]


def test_names_of_files_command_nothing(work):
    (work / "::error::x ##[error]y.md").write_text(BAD)
    run = action(work)
    assert run.commands == []
    assert {one["title"] for one in run.annotations} <= set(rule_names())


def test_layout_is_a_command_too(work):
    if subprocess.run([BINARY, "fmt", "--help"], capture_output=True).returncode != 0:
        pytest.skip("this program has no command fmt")
    assert action(work, command="fmt").exit == 0
    (work / "list.md").write_text(
        GOOD + "".join(f"- [T{n}](https://example.com/{n}) - Text.\n" for n in range(3))
        + "-   [Black](https://example.com/black) - Strong.\n"
    )
    run = action(work, command="fmt")
    assert run.exit == 1, run.log
    assert "    +" in run.summary and len(run.annotations) == 1


def target():
    machine = {"x86_64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}[platform.machine()]
    return f"{machine}-unknown-linux-gnu"


@pytest.fixture
def release(tmp_path_factory):
    """A release as it is published: an archive and the checksums. The program in it calls the one
    under test, which is large."""
    root = tmp_path_factory.mktemp("releases")
    folder = root / "v9.9.9"
    folder.mkdir()
    archive = folder / f"listwright-{target()}.tar.gz"
    program = root / "listwright"
    program.write_text(f"#!/bin/sh\nexec '{BINARY}' \"$@\"\n")
    program.chmod(0o755)
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(program, "listwright")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  other.tar.gz\n{digest}  {archive.name}\n")
    return root


def installed(work, release, **given):
    environment = {"LISTWRIGHT_RELEASES": f"file://{release}"}
    return Runner(ROOT, work, environment=environment).run(version="v9.9.9", **given)


@pytest.mark.skipif(platform.system() != "Linux", reason="the release made here is for Linux")
def test_a_release_is_installed_by_its_checksum(work, release):
    run = installed(work, release)
    assert run.exit == 0, run.log
    assert run.outputs["binary"].endswith("/listwright-9.9.9/listwright")


@pytest.mark.skipif(platform.system() != "Linux", reason="the release made here is for Linux")
@pytest.mark.parametrize("sums", ["{0}  {1}\n", "\n", "{0}  x{1}\n"])
def test_a_release_with_another_checksum_is_refused(work, release, sums):
    name = f"listwright-{target()}.tar.gz"
    (release / "v9.9.9" / "SHA256SUMS").write_text(sums.format("1" * 64, name))
    run = installed(work, release)
    assert run.exit != 0
    assert "checksum" in run.annotations[0]["message"]


@pytest.mark.parametrize("version", ["latest", "1.0.0; touch injected", "../../x", "1.0.0\n2.0.0"])
def test_a_version_is_a_version(work, version):
    run = Runner(ROOT, work).run(version=version)
    assert run.exit != 0 and "is no version" in run.annotations[0]["message"]
    assert not list(work.rglob("injected"))
