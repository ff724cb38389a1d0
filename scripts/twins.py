"""Makes the blocking clients from the asyncio ones: of each ``async_NAME.py`` a ``NAME.py`` beside it.

With --check nothing is written: files that differ are named, and the exit status is 1.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "overlay" / "tonearm").glob("*/async_*.py"))
HEADER = "# Made by scripts/twins.py from {}; do not edit.\n"
RULES = [
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\ban (?=``(with|for))", "a "),
    (r"\bawait ", ""),
    (r"\bAsync(?=[A-Z])", ""),  # AsyncAioz, AsyncHttpClient, AsyncIterator
    (r"\basync_(?=[a-z])", ""),  # modules, and functions such as async_generated
    (r"_async\b", ""),  # run_async, leaving_async, discreet_async
    (r"\basyncio\b", "blocking"),  # in docstrings; no client imports asyncio
]
"""What is replaced, in code, docstrings and comments alike, in this order."""

# The imports have other names and so another order, and only coroutines cannot say `yield from`.
TIDY = [
    ["ruff", "check", "--quiet", "--fix-only", "--unsafe-fixes", "--select", "I,UP028"],
    ["ruff", "format", "--quiet"],
]


def main() -> int:
    """Run the command line; the exit status is 1 when --check finds a file that differs."""
    parser = argparse.ArgumentParser(prog="twins.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name what differs and exit with 1")
    check: bool = parser.parse_args().check
    differs = False
    for source in SOURCES:
        path = source.with_name(source.name.removeprefix("async_"))
        made = twin(source, path)
        if path.exists() and path.read_text(encoding="utf-8") == made:
            continue
        differs = True
        if check:
            print(f"{path.relative_to(ROOT)} is not made from {source.name}: run scripts/twins.py", file=sys.stderr)
        else:
            path.write_text(made, encoding="utf-8")
            print(f"made {path.relative_to(ROOT)}")
    return 1 if check and differs else 0


def twin(source: Path, path: Path) -> str:
    """The text of the blocking module at `path`, made from that of the asyncio module."""
    text = blocking(source.read_text(encoding="utf-8"))
    for command in TIDY:
        line = [sys.executable, "-m", *command, "--stdin-filename", str(path), "-"]
        text = subprocess.run(line, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return HEADER.format(source.name) + text


def blocking(text: str) -> str:
    """The text with every rule applied."""
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text


if __name__ == "__main__":
    sys.exit(main())
