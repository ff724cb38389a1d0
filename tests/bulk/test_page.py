"""What a ledger tells as a web page, and as a table for other programs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tonearm import bulk
from tonearm.bulk.page import page
from tonearm.bulk.timeline import MOST, Timeline


def row(
    number: int, state: bulk.State, began: float | None = None, ended: float | None = None, **more: object
) -> bulk.Row:
    return bulk.Row(number, f"{number}.wav", f"{number}", {}, state, 1, began=began, ended=ended, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [0.0001, 0.01, 1, 400])
def test_nothing_is_lost_when_stretches_become_longer(days: float) -> None:
    random = Random(days)
    span = days * 86_400
    rows = [row(n, random.choice(["done", "failed"]), 1e9, 1e9 + random.random() * span, price=0.5) for n in range(999)]
    seen = Timeline.of(rows)
    filled = seen.filled()
    assert 1 <= len(filled) <= MOST
    assert len(filled) * seen.width >= seen.elapsed
    assert sum(one.done for one in filled) == seen.states["done"] == sum(one.state == "done" for one in rows)
    assert sum(one.failed for one in filled) == seen.states["failed"]
    assert sum(one.price for one in filled) == pytest.approx(seen.price) == pytest.approx(999 / 2)
    by_hand = Counter(int((one.ended or 0) // seen.width) for one in rows)
    assert {number: one.done + one.failed for number, one in seen.stretches.items()} == by_hand


def test_the_page_tells_of_progress_throughput_prices_and_failures() -> None:
    rows = [row(n, "done", 1e9, 1e9 + 10 * n, price=0.25, seconds=4.0, bytes=2_000) for n in range(1, 101)]
    rows += [row(n, "failed", 1e9, 1e9 + 500, kind="NotFound", error=f"no {n}") for n in range(101, 106)]
    rows += [row(200, "failed", kind=None, error=None), row(201, "waiting"), row(202, "running")]
    told = page("shows.ledger", rows)
    facts = dict(re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', told))
    assert facts == {
        "jobs": "108",
        "done": "100",
        "failed": "6",
        "waiting": "1",
        "running": "1",
        "first began": "2001-09-09 01:46:40 UTC",
        "last ended": "2001-09-09 02:03:20 UTC",
        "took": "16:40",
        "throughput": "360 jobs an hour",
        "work": "6:40 of all workers",
        "bytes": "200.0 kB",
        "price": "25.00 USD",
    }
    assert re.findall(r'aria-label="(.*?)"', told) == [
        "jobs done and failed until then; at most 105",
        "jobs a minute, in stretches of 0:16; at most 26.2",
        "USD until then; at most 25.00",
    ]
    causes = re.findall(r'<td>(\w+)</td><td class="number">(\d+)</td><td>(.*?)</td>', told)
    assert causes == [
        ("NotFound", "5", "101.wav: no 101<br>102.wav: no 102<br>103.wav: no 103"),
        ("unknown", "1", "200.wav: "),
    ]
    assert not re.search(r"<script|src=|href=|https?:|url\(", told)


def test_a_page_of_nothing_and_of_hostile_names() -> None:
    assert "<svg" not in page("empty", [])
    evil = bulk.Row(1, "<script>\udce9" * 99, "1", {}, "failed", 1, error="<b>&", kind="<i>", began=1.0, ended=1.0)
    told = page("<u>", [evil])
    assert not re.search("<script|<b>|<i>|<u>", told)
    assert "\\udce9" in told
    told.encode()


def test_a_ledger_makes_its_page(tmp_path: Path) -> None:
    bulk.run(lambda _: None, ["a", "b"], ledger=tmp_path / "shows.ledger")
    with bulk.Ledger.read(tmp_path / "shows.ledger") as book:
        assert '<td class="number">2</td>' in book.to_html()
