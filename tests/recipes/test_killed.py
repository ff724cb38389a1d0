"""Kill -9 at every step of a publication: the same call afterwards makes nothing and pays for nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.recipes.published import EACH_ONCE, Log, record
from tonearm import Aioz
from tonearm.sandbox import start

ROOT = Path(__file__).parents[2]
MOST = 40
"""More than there are steps."""

UNKNOWN = {"part": 1, "transcriptions": 1, "thumbnail": 1}
"""How often something is sent again in all, as its process was killed when it was done, and before that was recorded.

A part is sent again with the same bytes, and a cover replaces itself; of what is paid for that is the answer that
nobody could have recorded.
"""


@pytest.mark.parametrize("way", [pytest.param(way, marks=pytest.mark.turn("way")) for way in ("sync", "async")])
def test_the_same_call_resumes_wherever_the_process_was_killed(way: str, tmp_path: Path) -> None:
    source = record(tmp_path / "talk.wav", "seven")
    with start() as box, Aioz(base_url=box.aioz_url, token="sandbox-token") as aioz:
        shows = [aioz.create_playlist(f"show {number}").id for number in range(MOST)]
        log = Log(box)
        told = {"url": box.url, "source": str(source), "way": way, "playlists": shows}
        done = subprocess.run(
            [sys.executable, "-m", "tests.recipes.killed", json.dumps(told)],
            cwd=ROOT,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        steps = int(done.stdout)
        assert steps > 20
        made = Counter(media.title for media in aioz.list())
        assert made == {f"killed {way} {number}": 1 for number in range(1, steps + 2)}
        assert log.counts() == {name: steps + 1 + UNKNOWN.get(name, 0) for name in EACH_ONCE}
        for number, show in enumerate(shows[: steps + 1], 1):
            (item,) = aioz.playlist(show).items
            media = aioz.get(str(item.media_id))
            assert (media.title, media.status) == (f"killed {way} {number}", "done")
            assert [len(media.captions), len(media.chapters)] == [1, 1]
        left = [path.name for path in (tmp_path / "state" / "tonearm").iterdir()]
        assert [name for name in left if not name.startswith("aioz-upload-")] == []
        assert aioz.unfinished() == (), "what is left never made an object, and is removed after an hour"
