#!/usr/bin/env python3
"""Draws what a command prints as an SVG picture: picture.py OUT.svg TITLE < output with ANSI colours.

The README's picture: COLUMNS=96 LC_ALL=C.UTF-8 listwright check lists/ml-systems.md --color always \
    | head -n 40 | tools/picture.py docs/check.svg 'listwright check lists/ml-systems.md'"""
import html
import re
import sys

COLOURS = {30: "#282c34", 31: "#e06c75", 32: "#98c379", 33: "#e5c07b", 34: "#61afef", 35: "#c678dd", 36: "#56b6c2", 37: "#dcdfe4"}
WIDTH, HEIGHT, MARGIN = 8.43, 18, 16


def spans(line):
    """The line's stretches of text, each with its style."""
    colour, bold = None, False
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b"):
            if part:
                yield part, colour, bold
            continue
        for code in (int(code or 0) for code in part[2:-1].split(";")):
            if code == 0:
                colour, bold = None, False
            elif code == 1:
                bold = True
            elif code == 39:
                colour = None
            elif 30 <= code <= 37 or 90 <= code <= 97:
                colour = COLOURS[code if code < 90 else code - 60]


def drawn(lines, title):
    columns = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines + [title + "  "])
    width, height = columns * WIDTH + 2 * MARGIN, (len(lines) + 1) * HEIGHT + 2 * MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{html.escape(title)}">'
    yield '<rect width="100%" height="100%" rx="8" fill="#1e2127"/>'
    yield '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#dcdfe4" xml:space="preserve">'
    for row, line in enumerate([f"\x1b[32m$\x1b[0m {title}"] + lines):
        column, y = 0, MARGIN + (row + 0.75) * HEIGHT
        for text, colour, bold in spans(line):
            style = (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if bold else "")
            length = len(text) * WIDTH
            if text.strip():
                yield f'<text x="{MARGIN + column * WIDTH:.1f}" y="{y:.1f}" textLength="{length:.1f}"{style}>{html.escape(text)}</text>'
            column += len(text)
    yield "</g></svg>"


if __name__ == "__main__":
    text = sys.stdin.read().rstrip("\n").split("\n")
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("\n".join(drawn(text, sys.argv[2])) + "\n")
