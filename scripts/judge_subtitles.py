"""Read the corpus of subtitles with other readers, and write the table of differences in docs/subtitles.md.

`--check` only compares. With Chromium on PATH, `tests/subtitles/chromium.json` is written again, too.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.sandbox import chromium  # noqa: E402  # the folder of the checkout is on the path only now
from tests.subtitles import judges  # noqa: E402

PAGE = ROOT / "docs" / "subtitles.md"
NOTED = ROOT / "tests" / "subtitles" / "chromium.json"
DIFFERENCES = ROOT / "tests" / "subtitles" / "differences.json"
BEGIN, END = "<!-- Made by scripts/judge_subtitles.py; do not edit. -->\n", "<!-- End of the table. -->\n"


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    if chromium.PROGRAM is not None and not check:
        NOTED.write_text(browsed(), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    made = before + BEGIN + table() + END + after
    if made != page and check:
        print(f"{PAGE.relative_to(ROOT)} differs from {DIFFERENCES.relative_to(ROOT)}: run scripts/judge_subtitles.py")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


def browsed() -> str:
    """What Chromium reads of each WebVTT file."""
    with tempfile.TemporaryDirectory() as folder, chromium.browser(Path(folder) / "profile") as page:
        page.open("about:blank")
        found = {
            name: judges.by_chromium(page, judges.content(name)) for name in judges.files() if name.endswith("vtt")
        }
    rows = (f"  {json.dumps(name)}: {json.dumps(cues, ensure_ascii=False)}" for name, cues in found.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def table() -> str:
    """A row for each reason."""
    told = json.loads(DIFFERENCES.read_text(encoding="utf-8"))
    rows = [f"{len(judges.files())} files.", "", "| what tonearm reads | who reads otherwise |", "|---|---|"]
    for reason, files in told["files"].items():
        who = "; ".join(f"`{name}`: {', '.join(names)}" for name, names in sorted(files.items()))
        rows.append(f"| {told['reasons'][reason]} | {who} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
