"""Draws findings of a rule at random, with the text that they are about, for a person to judge.

    listwright check --isolated --preset strict --output-format json LISTS > findings.json
    python3 tools/sample_findings.py findings.json duplicate-link --count 20 --seed 1

The figures in docs/rules-precision.md were counted this way.
"""

import argparse
import json
import random
from pathlib import Path

WIDTH = 240


def lines_of(path, cache={}):
    """The lines of a list."""
    if path not in cache:
        cache[path] = Path(path).read_text(encoding="utf-8-sig").split("\n")
    return cache[path]


def show(place, around):
    """The line of a place, and those around it."""
    lines = lines_of(place["path"])
    number = place["start"]["line"]
    first, last = max(1, number - around), min(len(lines), number + around)
    for at in range(first, last + 1):
        mark = ">" if at == number else " "
        begin = max(0, place["start"]["column"] - 1 - WIDTH // 2) if at == number else 0
        print(f"    {mark}{at}: {lines[at - 1][begin:begin + WIDTH]!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("findings", help="output of `listwright check --output-format json`")
    parser.add_argument("rule")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--around", type=int, default=0, help="lines shown before and after")
    arguments = parser.parse_args()

    with open(arguments.findings, encoding="utf-8") as file:
        found = [one for one in json.load(file)["findings"] if one["rule"] == arguments.rule]
    count = min(arguments.count, len(found))
    print(f"{count} of {len(found)} findings of {arguments.rule}")
    for number, one in enumerate(random.Random(arguments.seed).sample(found, count), 1):
        start = one["place"]["start"]
        place = f"{Path(one['place']['path']).name}:{start['line']}:{start['column']}"
        print(f"{number}. {place} {one['severity']}: {one['message']}")
        show(one["place"], arguments.around)
        for label in one["labels"][:6]:
            print(f"    {label['message']}")
            show(label["place"], 0)
        if one.get("help"):
            print(f"    help: {one['help']}")


if __name__ == "__main__":
    main()
