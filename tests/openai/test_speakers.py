"""Known speakers are sent as names and data URLs."""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.inside.openai import references
from tests.openai.both import FLAC, Way, both
from tests.wire.recorder import Recorder, answer
from tonearm import InvalidInput, MissingFile

WAV = b"RIFF\0\0\0\0WAVEfmt "


def url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@both
def test_samples_are_sent_as_data_urls_in_the_order_of_their_names(way: Way, tmp_path: Path) -> None:
    path = tmp_path / "ida.flac"
    path.write_bytes(FLAC)
    known = {"Ida": path, "Ada": WAV, "Eva": "data:audio/mpeg;base64,AAAA", "Åse": str(path)}
    with Recorder([answer(json={"text": "x"})]) as server:
        way(lambda ai: ai.transcribe(FLAC, model="m", known_speakers=known), server.url)
    body = server.requests[0].body.decode()
    names = body.split('name="known_speaker_names[]"\r\n\r\n')[1:]
    samples = body.split('name="known_speaker_references[]"\r\n\r\n')[1:]
    assert [part.partition("\r\n")[0] for part in names] == ["Ida", "Ada", "Eva", "Åse"]
    assert [part.partition("\r\n")[0] for part in samples] == [
        url("audio/flac", FLAC),
        url("audio/wav", WAV),
        "data:audio/mpeg;base64,AAAA",
        url("audio/flac", FLAC),
    ]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (["Ida"], "must be a mapping"),
        ({"": WAV}, "known_speakers must be 1 to"),
        ({1: WAV}, "known_speakers must be text in each name"),
        ({"Ida": b""}, "is empty"),
        ({"Ida": 7}, "source must be a path, bytes or a binary file"),
        ({"Ida": "data:\ud83d"}, "UTF-8 can encode"),
        ({"Ida": bytes(25_000_001)}, "2 to 10 seconds are enough"),
    ],
)
def test_what_is_no_sample_is_refused(known: Any, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        references(known)


def test_a_sample_that_is_missing_is_missed(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        references({"Ida": tmp_path / "ida.wav"})
