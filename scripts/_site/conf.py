"""How Sphinx makes the site of every Markdown page of the project, with a search and a table of contents."""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

project = "tonearm"
author = "the tonearm authors"
project_copyright = author
release = re.findall(r'"(.*)"', (ROOT / "overlay/tonearm/_base/version.py").read_text(encoding="utf-8"))[0]

CONTENTS = """
The project: README docs/install docs/gallery examples/README
Services: docs/aioz docs/jellyfin docs/openai docs/subtitles docs/notebooks
Everyday work: docs/command-line docs/scale docs/errors docs/network docs/generated docs/sandbox
Reference: docs/reference/README docs/reference/shared docs/reference/aioz docs/reference/jellyfin docs/reference/openai
  docs/reference/subtitles docs/reference/recipes docs/reference/bulk docs/reference/errors docs/reference/sandbox
Evidence: docs/verification docs/comparison tests/bench/RESULTS tests/bench/PROFILE tests/faults/RESULTS
  tests/soak/RESULTS
For those who change it: docs/architecture docs/glossary CONTRIBUTING SECURITY CHANGELOG specs/PROVENANCE
"""
"""Each heading and its pages. Sphinx warns of a page that stands nowhere, and a warning is an error."""

extensions = ["myst_parser"]
root_doc = "docs/README"
include_patterns = ["*.md", "docs/**", "examples/*.md", "specs/*.md", "tests/*/*.md"]
nitpicky = True
myst_heading_anchors = 4

html_theme = "furo"
html_title = "tonearm"
html_extra_path = ["index.html"]
html_show_sourcelink = False
html_copy_source = False


def setup(app: Any) -> None:
    """Put the table of contents into the first page, where the sites of hosts that show Markdown need none."""
    app.connect("source-read", _with_contents)


def _with_contents(_: Any, page: str, source: list[str]) -> None:
    if page == root_doc:
        for caption, pages in re.findall(r"^(\S.*): ([^:]*)$", CONTENTS, re.MULTILINE):
            names = "\n".join(f"/{name}" for name in pages.split())
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{names}\n```\n"
