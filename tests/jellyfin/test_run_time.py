"""The run time of a server may be an estimate: encodings are held against the original itself."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.inside.http import Request
from tests.inside.jellyfin import Away, ItemDownload, PlaySession, Selection, _download
from tests.plans.play import Reply, Stage, reply
from tonearm import DownloadInterrupted, InvalidInput, Jellyfin, Truncated, UnexpectedAnswer
from tonearm.jellyfin import Download

ID = "4b3d2c1a0f9e4d8cb7a6958473625140"
RATE = 8000


def sound(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(2 * round(seconds * RATE)))
    return file.getvalue()


def world(told: float, original: bytes, encoded: bytes) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        if "/stream" not in request.path:
            return reply(json={"Id": ID, "RunTimeTicks": round(told * 10**7)})
        body = original if request.query.get("static") else encoded
        kind = {"content-type": "audio/wav"}
        return reply(body, headers={**kind, "content-length": str(len(body))} if request.query.get("static") else kind)

    return answer


def fetched(tmp_path: Path, answers: Any, *, start: float = 0.0, **asked: Any) -> tuple[Download, Stage]:
    with Jellyfin("http://nas", token="token") as jf:
        options: Any = {"container": "wav", "audio_codec": "pcm_s16le", "start_time_ticks": round(start * 10**7)}
        session = PlaySession(Selection.of(ID, options, device_id="d"), jf._access)
        plan = _download.download(session, jf._access, tmp_path / "x.wav", ItemDownload(**asked), away=Away())
    stage = Stage(answers)
    return stage.play(plan), stage


def requests(stage: Stage) -> int:
    return sum(bool(request.query.get("static")) for request in stage.requests)


@pytest.mark.parametrize(
    ("told", "real", "came", "measured"), [(60, 60, 60, 0), (300, 60, 60, 1), (20, 60, 60, 0), (61, 60, 59.9, 0)]
)
def test_what_is_as_long_as_the_original_is_kept(
    told: float, real: float, came: float, measured: int, tmp_path: Path
) -> None:
    done, stage = fetched(tmp_path, world(told, sound(real), sound(came)))
    assert (done.verified, requests(stage)) == (("duration",), measured)
    assert done.path == tmp_path / "x.wav"


@pytest.mark.parametrize(
    ("told", "real", "came", "start", "reason"),
    [
        (300, 60, 50, 0, "the audio ends after 50.0 of 60.0 seconds"),
        (60, 60, 30, 0, "the audio ends after 30.0 of 60.0 seconds"),
        (60, 60, 60, 40, "does not begin where it should: it has 60.0 of 20.0 seconds"),
        (30, 60, 60, 20, "does not begin where it should: it has 60.0 of 40.0 seconds"),
    ],
)
def test_what_is_not_is_refused(
    told: float, real: float, came: float, start: float, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(Truncated, match=reason):
        fetched(tmp_path, world(told, sound(real), sound(came)), start=start)
    assert list(tmp_path.iterdir()) == []


def test_a_run_time_that_is_trusted_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Truncated, match=r"60.0 of 300.0"):
        fetched(tmp_path, world(300, sound(60), sound(60)), run_time="trust")
    with pytest.raises(InvalidInput, match="run_time"):
        fetched(tmp_path, world(60, sound(60), sound(60)), run_time="guess")


def test_an_original_that_cannot_be_measured_leaves_the_encoding_unchecked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    done, _ = fetched(tmp_path, world(300, b"no audio" * 99, sound(60)))
    assert done.verified == ()
    assert "the original cannot be measured" in caplog.text


def test_an_original_that_cannot_be_fetched_leaves_nothing(tmp_path: Path) -> None:
    answers = world(300, b"", sound(60))

    def page(request: Request) -> Reply:
        return (
            reply(b"<html>", headers={"content-type": "text/html"}) if request.query.get("static") else answers(request)
        )

    with pytest.raises(DownloadInterrupted, match="not audio"):
        fetched(tmp_path, page)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", ["x.wav", None])
def test_another_format_than_was_asked_for_is_the_mistake_of_the_server(to: str | None, tmp_path: Path) -> None:
    ogg = reply(b"OggS", headers={"content-type": "audio/ogg"})
    with Jellyfin("http://nas", token="token") as jf, io.BytesIO() as file:
        session = PlaySession(
            Selection.of(ID, {"container": "wav", "audio_codec": "pcm_s16le"}, device_id="d"), jf._access
        )
        target = file if to is None else tmp_path / to
        plan = _download.download(session, jf._access, target, ItemDownload(), away=Away())
        with pytest.raises(UnexpectedAnswer, match="the server sent audio/ogg where wav was asked for"):
            Stage(lambda _: ogg).play(plan)


@pytest.mark.parametrize("size", [len(sound(60)), None])
def test_an_original_that_came_without_a_size_is_held_against_that_of_the_list(
    size: int | None, tmp_path: Path
) -> None:
    def answers(request: Request) -> Reply:
        if "/stream" in request.path:
            return reply(sound(60), headers={"content-type": "audio/wav"})
        source = {"Id": ID, "Size": size, "RunTimeTicks": 300 * 10**7}
        return reply(json={"Id": ID, "RunTimeTicks": 300 * 10**7, "MediaSources": [source]})

    with Jellyfin("http://nas", token="token") as jf:
        session = PlaySession(Selection.of(ID, {"static": True}, device_id="d"), jf._access)
        plan = _download.download(session, jf._access, tmp_path / "x.wav", ItemDownload(), away=Away())
        if size is None:
            with pytest.raises(Truncated, match=r"60.0 of 300.0"):
                Stage(answers).play(plan)
        else:
            assert Stage(answers).play(plan).verified == ("size",)
