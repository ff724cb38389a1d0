"""`tonearm aioz stats`: series in a terminal of any kind, and in a picture."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.inside.cli import _aioz_stats, _sparks
from tonearm import Aioz
from tonearm.aioz import MetricRow
from tonearm.sandbox import Sandbox

from .conftest import Cli


@pytest.mark.parametrize(
    ("values", "width", "line"),
    [
        ([], 10, ""),
        ([0, 0], 10, "▁▁"),
        ([1], 10, "█"),
        ([0, 1, 2, 3, 4, 5, 6, 7], 80, "▁▂▃▄▅▆▇█"),
        ([0, 0, 7, 7], 2, "▁█"),
        ([1, 2, 3, 4, 5], 1, "█"),
        ([5, -5], 9, "█▁"),
        ([1e308, 1e308, 1], 3, "██▁"),
        ([1e308, 1e308, 1, 1], 2, "█▁"),
        ([1, 2, 3], 0, "█"),
    ],
)
def test_a_series_becomes_a_line(values: list[float], width: int, line: str) -> None:
    assert _sparks.spark(values, width, _sparks.BLOCKS) == line
    plain = str.maketrans(_sparks.BLOCKS, _sparks.PLAIN)
    assert _sparks.spark(values, width, _sparks.PLAIN) == line.translate(plain)


@pytest.mark.parametrize(
    ("encoding", "heights"),
    [("utf-8", _sparks.BLOCKS), ("ascii", _sparks.PLAIN), ("latin-1", _sparks.PLAIN), (None, _sparks.PLAIN)],
)
def test_a_terminal_without_unicode_gets_letters(encoding: str | None, heights: str) -> None:
    assert _sparks.blocks(encoding) == heights
    assert _sparks.blocks("no such encoding") == _sparks.PLAIN
    assert _sparks.PLAIN.isascii()


def test_a_picture_has_a_bar_for_each_value_and_nothing_that_runs() -> None:
    picture = _sparks.svg([("plays: <3>", [1, 0, 2]), ("none", [])], ("2026-03-27", "2026-03-29"))
    root = ET.fromstring(picture)
    kinds = [one.tag.rpartition("}")[2] for one in root.iter()]
    assert set(kinds) == {"svg", "title", "rect", "text", "line"}
    tall = [float(one.attrib["height"]) for one in root.iter() if one.attrib.get("fill") == _sparks._BAR]
    assert tall == [60, 0, 120]
    assert [text for text in root.itertext() if "plays" in text] == ["plays: <3>; none", "plays: <3>"]
    low = max(float(one.attrib["y"]) for one in root.iter() if "y" in one.attrib)
    assert low <= float(root.attrib["height"])


@pytest.fixture
def played(configured: Sandbox) -> Iterator[str]:
    """An object that was played today and yesterday."""
    now = time.time()
    with Aioz(base_url=configured.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret") as aioz:
        id = aioz.create("Played").id
        for at, seconds, country in ((now - 1, 61, "FR"), (now - 86_400, 3600, "x" * 200 + "\x1b[2J")):
            configured.aioz.played(id, at=at, seconds=seconds, country=country, device="phone")
        yield id
        aioz.delete(id)


@pytest.mark.parametrize("columns", ["40", "200"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_lines_fit_the_terminal(
    columns: str, encoding: str, played: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(_aioz_stats, "_encoding", lambda: encoding)
    done = cli("aioz", "stats", "--days", "90", "--media", played)
    assert done.code == 0
    lines = done.out.splitlines()
    most = min(int(columns), _aioz_stats.WIDEST)
    assert max(map(len, lines)) <= most
    assert "\x1b" not in done.out
    plays = lines[lines.index("plays: 2") + 1]
    assert len(plays) == most
    assert set(plays) <= set(_sparks.PLAIN if encoding == "ascii" else _sparks.BLOCKS)
    assert "heard: 1:01:01" in lines
    assert any(line.split() == ["1", "FR"] for line in lines)
    assert any(line.split()[0] == "2" and line.split()[1][:20] == played[:20] for line in lines if line.startswith(" "))


def test_programs_get_every_day_and_a_picture_when_they_want_one(played: str, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "plays.svg"
    done = cli("aioz", "stats", "--days", "7", "--media", played, "--country", "FR", "--json", "--out", str(out))
    (told,) = done.json
    assert len(told["days"]) == 7
    assert [sum(day[name] for day in told["days"]) for name in ("plays", "watch_time")] == [1, 61]
    assert (told["country"], told["device"], told["object"]) == ({"FR": 1}, {"phone": 1}, {played: 1})
    assert ET.fromstring(out.read_bytes()).tag.endswith("svg")
    assert cli("aioz", "stats", "--days", "0").code == 2
    nothing = cli("aioz", "stats", "--days", "1", "--media", "00000000-0000-4000-8000-000000000000")
    assert "plays: 0" in nothing.out
    assert "by country" not in nothing.out
    drawn = cli("aioz", "stats", "--media", played, "--out", str(out))
    assert (drawn.out, "30 days" in drawn.err) == ("", True)
    assert cli("aioz", "stats", "--media", played, "--out", "-").out.encode() == out.read_bytes()
    assert cli("aioz", "stats", "--media", played, "--out", "-", "--json").code == 2


@pytest.mark.parametrize(
    ("days", "counted", "heard"),
    [
        ([], "0", "0 s"),
        ([0.4], "0", "0:00"),
        ([1800, 1801], "3,601", "1:00:01"),
        ([1e308, 1e308], "inf", "inf s"),
        ([2e300], "2e+300", "2e+300 s"),
        ([-5], "-5", "-5 s"),
    ],
)
def test_every_number_is_told_in_few_letters(days: list[float], counted: str, heard: str) -> None:
    assert _aioz_stats._count(days) == counted
    assert _aioz_stats._time(dict(enumerate(days))) == heard


def test_rows_without_a_day_or_of_another_are_not_counted() -> None:
    start, end = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 3, 28, 5, tzinfo=UTC)
    rows = [
        MetricRow(1.0, None, None, {}),
        MetricRow(2.0, None, datetime(2026, 3, 28, 1, tzinfo=timezone(timedelta(hours=2))), {}),
        MetricRow(4.0, None, datetime(2026, 3, 30, tzinfo=UTC), {}),
        MetricRow(8.0, None, datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))), {}),
        MetricRow(16.0, None, datetime.max, {}),  # noqa: DTZ901
        *[MetricRow(1e308, None, datetime(2026, 3, 28), {})] * 2,  # noqa: DTZ001  # one without a zone
    ]
    days = _aioz_stats._by_day(rows, start, end)
    assert days == {start.date(): 2.0, end.date(): sys.float_info.max}
    assert _sparks.spark([*days.values()], 2, _sparks.BLOCKS) == "▁█"


def test_the_encoding_is_that_of_standard_output() -> None:
    assert _aioz_stats._encoding() == sys.stdout.encoding
