"""Writes the workflows of a Markdown page to a folder, so that linters can read them:
workflows.py PAGE FOLDER

`COMMIT` stands for a commit that is not known before the release; any will do for a linter.
"""

import re
import sys
from pathlib import Path

page, folder = Path(sys.argv[1]), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
blocks = re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)
workflows = [block for block in blocks if re.search(r"^jobs:$", block, re.MULTILINE)]
if len(workflows) < 4:
    sys.exit(f"{page} has only {len(workflows)} workflows")
for number, workflow in enumerate(workflows):
    pinned = workflow.replace("@COMMIT", "@" + "0" * 40)
    (folder / f"page-{number}.yml").write_text(pinned)
print(f"{len(workflows)} workflows of {page}")
