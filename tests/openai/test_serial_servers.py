"""Servers that do one request at a time: what waits there for its turn is not silent, and is sent once."""

import threading
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

from tests.inside.engine import Due
from tests.inside.openai import script
from tests.openai.both import Way, both
from tests.openai.long_speech import long_text
from tests.openai.test_audiobook import HALF
from tests.wire.recorder import Received, Recorder, answer
from tonearm import InvalidInput, OpenAI
from tonearm.sandbox import marker

WORK, TIMEOUT = 1.5, 2.8
"""Seconds that a request takes, and that a client waits: the second of two that are sent together would be given up.

With patience for all that wait, seconds are left over, also on a busy machine.
"""


@define
class Serial:
    """A server that computes one request after the other; it counts them, and how many it had at a time."""

    reply: bytes
    computed: int = 0
    most: int = 0
    _here: int = 0
    _one: Any = field(factory=threading.Lock)
    _counting: Any = field(factory=threading.Lock)

    def __call__(self, request: Received) -> bytes:
        with self._counting:
            self._here += 1
            self.most = max(self.most, self._here)
        with self._one:
            self.computed += 1
            threading.Event().wait(WORK)  # what it takes to compute
        with self._counting:
            self._here -= 1
        return self.reply


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@both
@pytest.mark.parametrize(("workers", "most"), [(4, 4), ("auto", 2)])
def test_each_piece_of_speech_is_computed_once(workers: Any, most: int, way: Way, tmp_path: Path) -> None:
    text = long_text(400)
    server = Serial(answer(HALF, content_type="audio/wav"))
    with Recorder(server) as box:
        spoken = way(
            lambda ai: ai.speak(text, tmp_path / "a.wav", model="m", voice="v", piece=100, workers=workers),
            box.url,
            timeout=TIMEOUT,
        )
    assert (server.computed, spoken.pieces) == (len(script(text, 100, None, None)), server.computed)
    assert server.most <= most
    assert server.computed > 3


@both
def test_each_piece_of_a_recording_is_computed_once(way: Way, tmp_path: Path) -> None:
    speech = marker.speak(". ".join(["one two three"] * 30), rate=16_000)
    path = tmp_path / "a.wav"
    path.write_bytes(wav(b"".join(speech)))
    server = Serial(answer(json={"text": "one"}))
    with Recorder(server) as box:
        way(lambda ai: ai.transcribe(path, model="m", format="json", piece=10, workers=4), box.url, timeout=TIMEOUT)
    assert server.computed == len(box.requests) > 3


def wav(samples: bytes) -> bytes:
    from tests.inside.audio import Grid

    return Grid(16_000, 1).header(len(samples)) + samples


def test_more_is_sent_as_the_limit_rises_and_no_more_after_a_failure() -> None:
    due = Due[str]("auto")
    assert (due.has_room, due.patience) == (True, 2)
    due.running = dict.fromkeys([object()], "one")  # type: ignore[assignment]  # only their number matters
    assert not due.has_room
    due._limit.level = 20
    assert (due.has_room, due.patience) == (True, 32)
    due.failed = OSError()
    assert not due.has_room


@pytest.mark.parametrize("workers", [0, 33, "many", 1.5, True])
def test_workers_are_a_number_or_auto(workers: Any, tmp_path: Path) -> None:
    with OpenAI(api_key="", base_url="http://127.0.0.1:9") as ai:
        with pytest.raises(InvalidInput, match="workers"):
            ai.speak("x", tmp_path / "a.mp3", model="m", voice="v", workers=workers)
        with pytest.raises(InvalidInput, match="workers must be .*auto" if workers == "many" else "workers"):
            ai.transcribe(b"x", model="m", workers=workers)
