"""Runs the steps of a composite action as GitHub's runner does: its environment files, its commands,
its limits. What the runner would have done with the output is returned, not done.

The rules come from the runner's published source: a command is `::name properties::text` at the
beginning of a line, white space aside, or `##[name properties]text` anywhere in it; a step shows ten
annotations of each level; a job summary has at most 1 MiB.
"""

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import yaml

MOST_ANNOTATIONS = 10
LONGEST_MESSAGE = 4096
LONGEST_SUMMARY = 1 << 20
LEVELS = ("error", "warning", "notice")
COMMANDS = {
    *LEVELS,
    "debug", "group", "endgroup", "echo", "add-mask", "add-matcher", "remove-matcher",
    "stop-commands", "set-output", "set-env", "save-state", "add-path", "internal-set-repo-path",
}


@dataclass
class Run:
    """What a run of the action did."""

    exit: int = 0
    annotations: list = field(default_factory=list)
    dropped: int = 0
    commands: list = field(default_factory=list)
    outputs: dict = field(default_factory=dict)
    summary: str = ""
    log: list = field(default_factory=list)


def unescaped(text, of_property=False):
    if of_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def command(line):
    """The command that the runner reads in a line: its name, properties and text; else None."""
    trimmed = line.strip()
    if trimmed.startswith("::"):
        found = re.match(r"::([^\s:]+)(?:\s+(.*?))?::(.*)", trimmed, re.DOTALL)
        separator, escaped = ",", True
    else:
        start = line.find("##[")
        found = None
        if start >= 0:
            found = re.match(r"##\[([^\s\]]+)(?:\s+([^\]]*))?\](.*)", line[start:], re.DOTALL)
        separator, escaped = ";", False
    if not found or found[1].lower() not in COMMANDS:
        return None
    properties = {}
    for pair in (found[2] or "").split(separator):
        name, equals, value = pair.partition("=")
        if equals:
            properties[name.strip()] = unescaped(value, True) if escaped else value
    return found[1].lower(), properties, unescaped(found[3])


def assignments(text):
    """What an environment file sets: `name=value` lines and `name<<END` blocks."""
    values, lines = {}, iter(text.split("\n"))
    for line in lines:
        if not line.strip():
            continue
        equals, block = line.find("="), line.find("<<")
        if block >= 0 and (equals < 0 or block < equals):
            name, end = line[:block], line[block + 2:]
            body = []
            for inner in lines:
                if inner == end:
                    break
                body.append(inner)
            else:
                raise ValueError(f"no line {end!r} ends the value of {name!r}")
            values[name] = "\n".join(body)
        elif equals > 0:
            values[line[:equals]] = line[equals + 1:]
        else:
            raise ValueError(f"a line sets nothing: {line!r}")
    return values


def evaluated(text, context):
    """The text with its `${{ … }}`, of which actions of ours use plain names only."""
    def value(found):
        place = context
        for name in found[1].strip().split("."):
            place = place.get(name, "") if isinstance(place, dict) else ""
        return str(place)
    return re.sub(r"\$\{\{([^}]*)\}\}", value, str(text))


class Runner:
    """A job whose one step uses the action in `folder`."""

    def __init__(self, folder, workspace, event="push", environment=None):
        self.folder = Path(folder).resolve()
        self.workspace = Path(workspace)
        self.event = event
        self.environment = environment or {}

    def run(self, **given):
        action = yaml.safe_load((self.folder / "action.yml").read_text())
        inputs = {name: str(spec.get("default", "")) for name, spec in action["inputs"].items()}
        for name, value in given.items():
            name = name.replace("_", "-")
            if name not in inputs:
                raise KeyError(f"the action has no input {name}")
            inputs[name] = value
        github = {"action_path": str(self.folder), "event_name": self.event}
        context = {"inputs": inputs, "github": github, "steps": {}}
        run = Run()
        with tempfile.TemporaryDirectory() as temporary:
            for step in action["runs"]["steps"]:
                outputs, run.exit = self.step(step, context, run, Path(temporary))
                context["steps"][step.get("id", "")] = {"outputs": outputs}
                if run.exit != 0:
                    break
        for name, spec in action["outputs"].items():
            run.outputs[name] = evaluated(spec["value"], context)
        return run

    def step(self, step, context, run, temporary):
        assert step["shell"] == "bash", "every step names its shell"
        assert "${{" not in step["run"], "no input is pasted into a script"
        script = temporary / "step.sh"
        script.write_text(step["run"])
        files = {name: temporary / name for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(temporary),
            **{f"GITHUB_{name}": str(path) for name, path in files.items()},
            **{name: evaluated(value, context) for name, value in step.get("env", {}).items()},
            **self.environment,
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        self.read(done.stdout.decode("utf-8", "replace"), run)
        summary = files["STEP_SUMMARY"].read_text()
        if len(summary.encode()) > LONGEST_SUMMARY:
            raise ValueError("the summary is longer than the runner takes")
        run.summary += summary
        assert not assignments(files["ENV"].read_text()), "the action sets no variables of the job"
        return assignments(files["OUTPUT"].read_text()), done.returncode

    def read(self, output, run):
        stopped = None
        for line in re.split(r"\r\n|\n|\r", output):
            found = command(line)
            if stopped is not None:
                if line.strip() == f"::{stopped}::":
                    stopped = None
                continue
            if found is None:
                run.log.append(line)
                continue
            name, properties, text = found
            if name == "stop-commands":
                stopped = text
            if name not in LEVELS:
                run.commands.append((name, properties, text))
                continue
            shown = sum(one["level"] == name for one in run.annotations)
            if shown >= MOST_ANNOTATIONS:
                run.dropped += 1
                continue
            run.annotations.append({"level": name, **properties, "message": text[:LONGEST_MESSAGE]})
