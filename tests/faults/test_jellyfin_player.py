"""The player of the examples, whose server is restarted while it plays."""

import io
import random
import runpy
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import pytest

from tonearm import Jellyfin, Retry
from tonearm import sandbox as package
from tonearm.sandbox import Fault, Sandbox, library

SECONDS = 12
PLAYER = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "player.py"))


class Speaker(io.BytesIO):
    """Hears, and has something done once after the first bytes."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = then

    def write(self, block: Any) -> int:
        if self._then is not None:
            self._then()
            self._then = None
        return super().write(block)


def play(box: Sandbox, then: Callable[[], None]) -> float:
    """Seconds of what was heard."""
    speaker = Speaker(then)
    with Jellyfin(box.jellyfin_url, token="sandbox-token", retry=Retry(attempts=30, first_delay=0.1)) as jellyfin:
        PLAYER["play"](jellyfin, str(library.item_id("noise.wav")), speaker)
    speaker.seek(0)
    heard = 0.0
    with av.open(speaker, "r") as media:
        for packet in media.demux(audio=0):
            with suppress(av.error.InvalidDataError):  # where the two ends meet there may be half a frame
                heard += sum(frame.samples / frame.sample_rate for frame in packet.decode())
    return heard


@pytest.fixture
def box(tmp_path: Path) -> Any:
    with wave.open(str(tmp_path / "noise.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(random.Random(6).randbytes(SECONDS * 32_000))
    with package.start(library=tmp_path) as running:
        yield running


def test_it_plays_to_the_end(box: Sandbox) -> None:
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.3)


def test_it_goes_on_after_a_restart_of_the_server(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    restart = Fault(method="GET", path="*/stream.mp3", drop_response=50_000, restart=0.3)
    with box.faults(restart):
        heard = play(box, lambda: box.jellyfin.start_up.begin("core", 2))
    assert heard == pytest.approx(SECONDS, abs=0.5)
    assert box.jellyfin.start_up.answered == 2
    starts = [exchange.query for exchange in box.requests if exchange.path.endswith(".mp3") and exchange.status == 200]
    assert ["startTimeTicks" in query for query in starts] == [False, True]
    assert "stream.mp3" in capsys.readouterr().err


def test_it_goes_on_where_an_encoder_died(box: Sandbox) -> None:
    box.jellyfin.break_transcodes(after=50_000)
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.5)
