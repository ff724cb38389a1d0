"""What decides whether a recording is cut: what is known of it, of the model and of the server; and without PyAV."""

from __future__ import annotations

import io
import sys
import wave
from typing import Any, cast

import av
import pytest

from tests.inside.audio import _audio
from tests.inside.http import Request
from tests.inside.openai import Job, Server, plan, recognise
from tests.openai.both import FLAC
from tests.openai.recordings import RATE
from tests.plans.play import Stage, reply
from tonearm import ConfigurationError, InvalidInput, TooLarge
from tonearm.openai import Transcript
from tonearm.openai.options import TranscribeOptions
from tonearm.sandbox import audio, marker
from tonearm.sandbox.audio import Encoding

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
    assert job(server, model=model, **options).options.piece == seconds


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

    def written(*given: Any, most: int | None, **more: Any) -> Any:
        asked.append(most)
        return write(*given, most=most, **more)

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


# What a file holds


def matroska(*codecs: str, sentences: int = 1) -> bytes:
    """A file with an audio track of each codec; all but the last are silent."""
    said = marker.speak(" ".join(f"w{number}" for number in range(4 * sentences)) + ".", rate=48_000)
    samples = b"".join(said)
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as target:
        streams: list[Any] = [target.add_stream(codec, 48_000) for codec in codecs]
        for stream in streams:
            stream.layout = "mono"
        for number, stream in enumerate(streams, 1):
            frame: Any = av.AudioFrame("s16", "mono", samples=len(samples) // 2)
            frame.planes[0].update(samples if number == len(codecs) else bytes(len(samples)))
            frame.sample_rate = 48_000
            for packet in (*stream.encode(frame), *stream.encode(None)):
                target.mux(packet)
    return file.getvalue()


def sent(requests: list[Request]) -> list[tuple[str | None, str | None]]:
    """The names and types of the files that were sent."""
    files = [part for request in requests for part in request.form or () if part.name == "file"]
    return [(part.filename, part.content_type) for part in files]


def test_a_recording_with_several_tracks_is_sent_as_the_one_that_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    data = matroska("pcm_s16le", "pcm_s16le")
    assert sent(played(data, job(track=2))[1]) == [("0001.flac", "audio/flac")]
    assert not caplog.messages
    note, requests = played(data, job())
    assert (note.text, requests) == ("", [])
    assert caplog.messages == [
        "what is heard is track 1 of 2 of the recording (track= takes another)",
        "nothing was heard in track 1 of 2 of the recording (track= takes another)",
    ]


def test_a_track_that_cannot_be_decoded_is_told() -> None:
    data = matroska("pcm_s16le").replace(b"A_PCM", b"A_ODD")
    with pytest.raises(InvalidInput, match="there is no decoder for track 1"):
        played(data, job())


def test_a_track_without_a_decoder_is_skipped_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    data = matroska("pcm_s16le", "pcm_s16le").replace(b"A_PCM", b"A_ODD", 1)
    assert len(played(data, job())[1]) == 1
    assert "track 2 of 2 of the recording (track= takes another); there is no decoder for 1" in caplog.messages[0]


def test_an_option_that_is_no_track_is_refused() -> None:
    for track in (0, True, 1.5):
        with pytest.raises(InvalidInput, match="track must be"):
            job(track=track)


@pytest.mark.parametrize(("muxer", "codec"), [("adts", "aac"), ("ac3", "ac3"), ("wv", "wavpack")])
def test_short_recordings_in_formats_that_servers_refuse_are_encoded_again(muxer: str, codec: str) -> None:
    data = b"".join(audio.encode(marker.speak("a few words.", rate=44_100), Encoding(muxer, codec), rate=44_100))
    assert sent(played(data, job())[1]) == [("0001.flac", "audio/flac")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html><html><body>404</body></html>", "HTML"),
        (b'<?xml version="1.0"?><MPD/>', "XML"),
        (b"%PDF-1.4\n\xff\xfe", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
        (b"PK\3\4" + bytes(100), "an archive"),
        (b'{"error": "not found"}', "JSON"),
        (b"#EXTM3U\nhttp://127.0.0.1:9/secret.ts\n", "a playlist"),
        (b"ffconcat version 1.0\nfile private.wav\n", "a playlist"),
        ("Ein Text, der nichts anderes ist: \u00fc.".encode()[:-2], "text"),
        (b"\xef\xbb\xbfhello world, this is no audio\n" * 50, "text"),
    ],
)
@pytest.mark.parametrize("extra", [True, False])
def test_what_is_no_audio_is_refused_before_anything_is_sent(
    content: bytes, what: str, extra: bool, request: pytest.FixtureRequest
) -> None:
    if not extra:
        request.getfixturevalue("without_extra")
    with pytest.raises(InvalidInput, match=f"the recording is no audio, but {what}"):
        played(content, job())
