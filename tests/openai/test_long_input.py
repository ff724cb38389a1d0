"""What decides whether a recording is cut: what is known of it, of the model and of the server; and without PyAV."""

from __future__ import annotations

import io
import sys
import wave
from typing import Any, cast

import pytest

from tests.openai.both import FLAC
from tests.openai.recordings import RATE
from tests.plans.play import Stage, reply
from tonearm import ConfigurationError, InvalidInput, TooLarge, _audio
from tonearm._http.request import Request
from tonearm.openai import Transcript
from tonearm.openai._server import Server
from tonearm.openai._transcription import plan
from tonearm.openai._transcription.plan import recognise
from tonearm.openai._transcription.single import Job
from tonearm.openai.options import TranscribeOptions
from tonearm.sandbox import audio, marker

LOCAL, OPENAI = Server("http://server/v1"), Server("https://api.openai.com/v1")
AZURE = Server("https://me.openai.azure.com/openai/v1", azure=True)


def job(server: Server = LOCAL, *, format: str | None = None, **options: Any) -> Job:
    asked = cast("TranscribeOptions", {"model": "whisper-1", **options})
    return plan.transcription(asked, format, server)


def silence(seconds: int) -> bytes:
    """A WAV file without sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(bytes(16_000 * seconds))
    return file.getvalue()


def played(source: bytes, asked: Job) -> tuple[Any, list[Request]]:
    stage = Stage(lambda _: reply(json={"text": "all"}))
    return stage.play(recognise(source, asked)), stage.requests


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "av"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "av", None)


@pytest.fixture(scope="module")
def minute() -> bytes:
    """More than a minute of sentences, as WAV."""
    sentences = " ".join(f"w{number}" + ("." if number % 7 == 6 else "") for number in range(220))
    return b"".join(audio.encode(marker.speak(sentences, rate=RATE), audio.ENCODINGS["wav"], rate=RATE))


@pytest.mark.parametrize(
    ("server", "model", "options", "seconds"),
    [
        (LOCAL, "gpt-4o-transcribe", {"piece": 3000.0}, 3000.0),
        (OPENAI, "gpt-4o-transcribe", {"piece": 3000.0}, 1390.0),
        (AZURE, "gpt-4o-mini-transcribe", {"piece": 3000.0}, 1390.0),
        (OPENAI, "gpt-4o-transcribe", {}, 600.0),
        (OPENAI, "whisper-1", {"piece": 3000.0}, 3000.0),
        (OPENAI, "of my own", {"piece": 3000}, 3000.0),
    ],
)
def test_what_a_model_takes_is_known_where_it_is_at_home(
    server: Server, model: str, options: dict[str, Any], seconds: float
) -> None:
    assert job(server, model=model, **options).piece == seconds


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"piece": 9.9}, "piece must be at least 10"),
        ({"piece": float("nan")}, "piece must be"),
        ({"max_bytes": 10}, "max_bytes must be at least 100000"),
        ({"max_bytes": 0}, "max_bytes must be at least 100000"),
        ({"workers": 0}, "workers must be between 1 and"),
        ({"workers": 33}, "between 1 and 32"),
        ({"carry_prompt": True, "workers": 2}, "takes one worker"),
        ({"carry_prompt": "yes"}, "carry_prompt must be"),
    ],
)
def test_arguments_of_long_work_are_checked(options: dict[str, Any], match: str) -> None:
    with pytest.raises(InvalidInput, match=match):
        job(**options)


def test_the_bytes_of_a_request_are_those_that_the_caller_says() -> None:
    assert job(OPENAI).body_limit == 26_214_400
    assert job(OPENAI, max_bytes=100_000).body_limit == 100_000
    assert job(LOCAL).body_limit is None


@pytest.mark.parametrize(
    ("server", "options", "room"),
    [(LOCAL, {}, None), (LOCAL, {"max_bytes": 500_000_000}, 500_000_000), (OPENAI, {}, 26_214_400)],
)
def test_a_piece_may_be_as_large_as_its_request(
    server: Server, options: dict[str, Any], room: int | None, minute: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    write = _audio.write_pieces

    def written(*given: Any, most: int | None) -> Any:
        asked.append(most)
        return write(*given, most=most)

    monkeypatch.setattr(_audio, "write_pieces", written)
    note, requests = played(minute, job(server, piece=30.0, **options))
    assert note.text == " ".join(["all"] * len(requests))
    (most,) = asked
    assert most == room or (most is not None and room is not None and 0 < room - most < 10_000)


def test_what_is_silent_all_the_way_is_not_sent() -> None:
    note, requests = played(silence(60), job(piece=30.0))
    assert isinstance(note, Transcript)
    assert (note.text, note.duration, requests) == ("", 60.0, [])
    assert played(silence(60), job(piece=30.0, format="srt")) == ("", [])


@pytest.mark.parametrize("content", [FLAC, FLAC + bytes(40_000), b"ID3" + bytes(40_000)], ids=["short", "flac", "mp3"])
def test_what_cannot_be_read_here_is_left_to_the_server(content: bytes) -> None:
    note, requests = played(content, job())
    assert (note.text, len(requests)) == ("all", 1)


def test_what_cannot_be_read_here_must_fit_one_request() -> None:
    with pytest.raises(InvalidInput) as caught:
        played(FLAC + bytes(200_000), job(max_bytes=100_000))
    assert any("the server takes 100000" in note for note in caught.value.__notes__)


def test_a_server_that_takes_less_than_was_known_says_what_to_do() -> None:
    stage = Stage(lambda _: reply(status=413))
    with pytest.raises(TooLarge) as caught:
        stage.play(recognise(FLAC, job()))
    assert "have it cut into smaller chunks" in str(caught.value.hint)


def test_other_fields_that_leave_no_room_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no room for a piece"):
        played(silence(60), job(piece=30.0, prompt="x" * 100_000, max_bytes=100_000))


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_what_may_be_long_is_sent_if_its_bytes_fit() -> None:
    note, requests = played(FLAC + bytes(40_000), job())
    assert (note.text, len(requests)) == ("all", 1)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_what_must_be_cut_says_what_to_install() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install .*tonearm\[media\]"):
        played(FLAC + bytes(200_000), job(max_bytes=100_000))


@pytest.mark.usefixtures("without_extra")
def test_plain_wav_is_cut_without_the_extra(minute: bytes) -> None:
    note, requests = played(minute, job(piece=20.0))
    assert len(requests) > 4
    assert note.text == " ".join(["all"] * len(requests))


def test_samples_of_known_speakers_leave_less_room_for_a_piece() -> None:
    asked = job(model="gpt-4o-transcribe-diarize", piece=30.0, max_bytes=1_000_000)
    with pytest.raises(InvalidInput, match="no room for a piece"):
        played(silence(60), asked)


def test_times_of_words_need_a_format_that_has_them() -> None:
    with pytest.raises(InvalidInput, match="words need the format 'verbose_json'"):
        played(silence(60), job(words=True, format="srt"))


def test_pieces_that_cannot_be_made_small_enough_are_refused(minute: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"(bytes|small)"):
        played(minute, job(piece=80.0, prompt="x" * 80_000, max_bytes=100_000))
