"""Where Jellyfin 12.0 (source at tag v12.0-rc5) streams other than 10.11 (tag v10.11.11)."""

from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import httpx
import pytest

from tonearm import sandbox
from tonearm.sandbox import audio, library

TALK = f"/Audio/{library.item_id('history.flac')}/stream"


@pytest.fixture(scope="module")
def new() -> Iterator[httpx.Client]:
    with sandbox.start(jellyfin="12.0") as box, httpx.Client(base_url=box.jellyfin_url) as client:
        yield client


@pytest.fixture(scope="module")
def old() -> Iterator[httpx.Client]:
    with sandbox.start(jellyfin="10.11") as box, httpx.Client(base_url=box.jellyfin_url) as client:
        yield client


def get(client: httpx.Client, ending: str, **params: str) -> httpx.Response:
    return client.get(TALK + ending, params={"playSessionId": uuid4().hex, **params})


@pytest.mark.parametrize(("asked", "given"), [("11025", 11_025), ("44100", 44_100), ("22050", 22_050)])
def test_a_sample_rate_is_kept_exactly(new: httpx.Client, asked: str, given: int) -> None:
    answer = get(new, ".flac", audioSampleRate=asked)
    assert audio.probe(BytesIO(answer.content)).sample_rate == given


def test_opus_is_rounded_up_to_a_rate_that_it_knows_where_10_11_keeps_the_source_rate(
    old: httpx.Client, new: httpx.Client
) -> None:
    def told(client: httpx.Client) -> int:
        """Read the rate before encoding from the head of an Opus stream (RFC 7845, 5.1)."""
        content = get(client, ".opus", audioSampleRate="11025").content
        start = content.index(b"OpusHead") + 12
        return int.from_bytes(content[start : start + 4], "little")

    assert (told(old), told(new)) == (16_000, 12_000)


def test_samples_in_wav_have_a_header_and_the_rate_that_is_asked_for(new: httpx.Client) -> None:
    usual, asked = (
        get(new, ".wav", audioCodec="pcm_s16le"),
        get(new, ".wav", audioCodec="pcm_s16le", audioSampleRate="8000"),
    )
    assert {answer.content[:4] for answer in (usual, asked)} == {b"RIFF"}
    assert audio.probe(BytesIO(usual.content)).sample_rate == 16_000
    assert audio.probe(BytesIO(asked.content)).sample_rate == 8_000


def test_samples_without_a_container_are_those_of_pcm_only(new: httpx.Client) -> None:
    answer = get(new, ".pcm", audioCodec="pcm_s16le", audioSampleRate="8000")
    assert len(answer.content) == pytest.approx(4.03 * 16_000, abs=2)


def test_wav_without_a_codec_fails_all_the_same(new: httpx.Client) -> None:
    assert get(new, ".wav").status_code == 500


def test_break_on_non_key_frames_is_a_name_like_any_other(old: httpx.Client, new: httpx.Client) -> None:
    assert get(new, "", static="true", breakOnNonKeyFrames="sometimes").status_code == 200
    refused = get(old, "", static="true", breakOnNonKeyFrames="sometimes")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["breakOnNonKeyFrames"])


def test_a_parameter_without_a_name_does_no_harm(new: httpx.Client) -> None:
    assert new.get(TALK, params={"": "x", "static": "true"}).status_code == 200
