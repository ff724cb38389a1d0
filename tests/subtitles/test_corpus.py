"""A corpus of subtitles as players, editors, sites and language models write them, and other readers as judges.

`expected.json` says what a reader of the subtitles should see. Where a judge sees something else, `differences.json`
says why; `scripts/judge_subtitles.py` makes the table of it in docs/subtitles.md.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import chromium
from tests.subtitles import judges
from tonearm import subtitles

HERE = Path(__file__).parent
EXPECTED: dict[str, list[list[Any]]] = json.loads((HERE / "expected.json").read_text())
CHROMIUM: dict[str, list[list[Any]]] = json.loads((HERE / "chromium.json").read_text())
DIFFERENCES: dict[str, dict[str, list[str]]] = json.loads((HERE / "differences.json").read_text())["files"]
DIFFERENT = {name: who for files in DIFFERENCES.values() for name, who in files.items()}


def test_the_corpus_is_large_and_each_file_of_it_is_expected() -> None:
    assert len(EXPECTED) >= 80
    assert judges.files() == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_file_is_read_as_its_readers_see_it(name: str) -> None:
    found = [
        [round(cue.start * 1000), round(cue.end * 1000), "|".join(cue.lines), *([cue.speaker] if cue.speaker else [])]
        for cue in subtitles.read(judges.content(name))
    ]
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_other_readers_differ_only_where_we_say_why(name: str) -> None:
    form = name.rpartition(".")[2]
    text = judges.content(name)
    ours = judges.by_us(text, form)
    differ = [who for who, (judge, forms) in judges.JUDGES.items() if form in forms and judge(text, form) != ours]
    if name in CHROMIUM and [tuple(cue) for cue in CHROMIUM[name]] != ours:
        differ.append("chromium")
    assert differ == DIFFERENT.get(name, [])


@pytest.mark.skipif(chromium.PROGRAM is None, reason="Chromium is not installed: apt-get install chromium")
def test_chromium_still_reads_webvtt_as_it_is_noted_here(tmp_path: Path) -> None:
    with chromium.browser(tmp_path / "profile") as page:
        page.open("about:blank")
        for name, noted in CHROMIUM.items():
            assert judges.by_chromium(page, judges.content(name)) == [tuple(cue) for cue in noted], name
