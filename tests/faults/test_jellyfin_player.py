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
from attrs import evolve

from tonearm import Jellyfin, Retry
from tonearm import sandbox as package
from tonearm.sandbox import Fault, Sandbox, library
from tonearm.sandbox.jellyfin import output

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


@pytest.fixture(params=[16_000])
def box(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    with wave.open(str(tmp_path / "noise.wav"), "wb") as file:
        file.setparams((1, 2, request.param, 0, "NONE", ""))
        file.writeframes(random.Random(6).randbytes(SECONDS * 2 * request.param))
    with package.start(library=tmp_path) as running:
        yield running


def streams(box: Sandbox) -> int:
    return sum(exchange.path.endswith(".mp3") and exchange.status == 200 for exchange in box.requests)


@pytest.mark.parametrize("box", [8_000, 16_000, 44_100], indirect=True)
def test_it_plays_to_the_end_at_every_bit_rate(box: Sandbox) -> None:
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.3)
    assert streams(box) == 1, "it took the bit rate for another"


@pytest.mark.parametrize("box", [8_000], indirect=True)
def test_it_goes_on_at_the_right_place_at_a_low_bit_rate(box: Sandbox) -> None:
    box.jellyfin.break_transcodes(after=50_000)
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.5)
    assert streams(box) == 2


def test_it_goes_on_within_the_last_five_seconds(box: Sandbox) -> None:
    """The server begins no later than five seconds before the end: what was heard is not played again."""
    box.jellyfin.break_transcodes(after=150_000)
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.5)
    assert streams(box) == 2


@pytest.mark.parametrize("longer", [1.5, 5.5, 60.0])
def test_it_ends_where_there_is_less_than_the_item_says(
    longer: float, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, start = Jellyfin.item, output.start
    monkeypatch.setattr(Jellyfin, "item", lambda *given: evolve(item(*given), duration=SECONDS + longer))
    monkeypatch.setattr(output, "start", lambda query, duration: start(query, duration + longer))
    assert play(box, lambda: None) == pytest.approx(SECONDS, abs=0.5)
    assert streams(box) == 2


def test_a_tag_before_the_first_frame_is_skipped() -> None:
    tag = b"ID3\x04\x00\x00\x00\x00\x01\x02" + bytes(130)
    assert PLAYER["bytes_per_second"](tag + b"\xff\xfb\x90\x64") == 128_000 / 8
    assert PLAYER["bytes_per_second"](b"\xff\xe3\x88\x64") == 64_000 / 8
    assert PLAYER["bytes_per_second"](tag) is None


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
