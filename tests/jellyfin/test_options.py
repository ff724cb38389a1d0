"""What may be asked: all parameters of the document, and nothing that the server would refuse, drop or fail on."""

import asyncio
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest

from tests.drift.spec_rules import load
from tests.inside.jellyfin import VOID, VOID_OF_ORIGINALS, FolderCopy, ItemDownload
from tests.wire.recorder import Recorder
from tonearm import AsyncJellyfin, InvalidInput, Jellyfin
from tonearm.jellyfin import AudioParams, PresetName, presets, types
from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.audio import get_audio_stream, head_audio_stream_by_container

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
NAN = float("nan")


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


@pytest.fixture(scope="module")
def nas() -> Iterator[Jellyfin]:
    with Jellyfin("http://nas", device_id="d") as client:
        yield client


# Bad input

BAD_ITEMS: list[Any] = [
    "", ".", "..", "...", "a/b", "../a", "a\\b", "a b", "a,b", "a?b", "a#b", "a%2e", "a\n", "a\0", f"{{{ITEM}}}",
    "é" * 32, "a" * 129, None, 7,
]  # fmt: skip

BAD_FORMS: list[tuple[dict[str, Any], str]] = [
    ({}, "choose a preset (original, mp3_256"),
    ({"audio_codec": "mp3"}, "or a container"),
    ({"static": False}, "or a container"),
    ({"preset": "mp3_25"}, "did you mean 'mp3_256'"),
    ({"preset": 7}, "got 7"),
    ({"preset": "original", "container": "mp3"}, "container would do nothing"),
    ({"preset": "original", "audio_bit_rate": 128_000, "audio_codec": "mp3"}, "audio_bit_rate, audio_codec would do"),
    ({"preset": "original", "static": False}, "or a container"),
]

BAD_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"container": ""}, "container"),
    ({"container": "."}, "container"),
    ({"container": ".."}, "container"),
    ({"container": "a/b"}, "container"),
    ({"container": 3}, "container"),
    ({"container": "mp3" * 14}, "at most 40"),
    ({"container": "wav"}, "audio_codec must be given"),
    ({"container": "xyz"}, "audio_codec must be given"),
    ({"static": 1}, "static"),
    ({"static": "true"}, "static"),
    ({"audio_bitrate": 128_000}, "did you mean 'audio_bit_rate'"),
    ({"audioBitRate": 128_000}, "audio_bit_rate"),
    ({"itemId": ITEM}, "got 'itemId'"),
    ({"audio_codec": "mp3;rm"}, "audio_codec"),
    ({"audio_codec": "mp 3"}, "audio_codec"),
    ({"audio_codec": "mp3\n"}, "audio_codec"),
    ({"audio_codec": b"mp3"}, "audio_codec"),
    ({"video_codec": "ä"}, "video_codec"),
    ({"subtitle_codec": "a/b"}, "subtitle_codec"),
    ({"segment_container": "a b"}, "segment_container"),
    ({"level": "high"}, "level"),
    ({"level": "1.0x"}, "level"),
    ({"level": 3}, "level"),
    ({"audio_bit_rate": 2_400_000_000}, "audio_bit_rate"),
    ({"audio_bit_rate": 2**31}, "and 2147483647"),
    ({"audio_bit_rate": -1}, "audio_bit_rate"),
    ({"audio_bit_rate": "128k"}, "audio_bit_rate"),
    ({"audio_bit_rate": 128e3}, "audio_bit_rate"),
    ({"audio_bit_rate": True}, "audio_bit_rate"),
    ({"audio_bit_rate": None}, "audio_bit_rate"),
    ({"start_time_ticks": 2**63}, "start_time_ticks"),
    ({"start_time_ticks": -1}, "start_time_ticks"),
    ({"framerate": NAN}, "framerate"),
    ({"framerate": float("inf")}, "framerate"),
    ({"max_framerate": -1.0}, "max_framerate"),
    ({"max_framerate": "25"}, "max_framerate"),
    ({"context": "streaming"}, "did you mean 'Streaming'"),
    ({"subtitle_method": "burn"}, "got 'burn'"),
    ({"tag": 7}, "tag"),
    ({"tag": "\ud800"}, "tag"),
    ({"params": None}, "params"),
    ({"media_source_id": "a/b"}, "media_source_id must be 32 hexadecimal digits"),
    ({"media_source_id": ""}, "media_source_id"),
    ({"media_source_id": 7}, "media_source_id"),
    ({"stream_options": "x=1"}, "mapping"),
    ({"stream_options": {"Opus-audiochannels": "1"}}, "lower-case"),
    ({"stream_options": {"": "1"}}, "lower-case"),
    ({"stream_options": {"1a": "1"}}, "lower-case"),
    ({"stream_options": {"audioBitRate": "1"}}, "names of other parameters"),
    ({"stream_options": {"audiobitrate": "1"}}, "names of other parameters"),
    ({"stream_options": {"enableMpegtsM2TsMode": "1"}}, "names of other parameters"),
    ({"stream_options": {"itemId": "1"}}, "names of other parameters"),
    ({"stream_options": {"container": "1"}}, "names of other parameters"),
    ({"stream_options": {"apiKey": "1"}}, "names of other parameters"),
    ({"stream_options": {"audiochannels": 1}}, "audiochannels"),
    ({"stream_options": {7: "1"}}, "key of stream_options"),
]

BAD_STARTS: list[tuple[dict[str, Any], str]] = [
    ({"start": NAN}, "start"),
    ({"start": -0.5}, "start"),
    ({"start": timedelta(seconds=-1)}, "start"),
    ({"start": 1e12}, "start"),
    ({"start": "90"}, "start"),
    ({"start": 1.0, "start_time_ticks": 1}, "give one of them"),
    ({"start": 1.0, "static": True}, "from its beginning"),
]


Refusal = Callable[[Callable[[Any], object]], str]
"""Gives the message of the InvalidInput that a call raises before anything is sent."""


@pytest.fixture(scope="module")
def silent() -> Iterator[Recorder]:
    with Recorder([]) as server:
        yield server


@pytest.fixture(
    scope="module",
    params=[pytest.param(kind, marks=pytest.mark.turn("refusal")) for kind in (Jellyfin, AsyncJellyfin)],
)
def refusal(silent: Recorder, request: pytest.FixtureRequest) -> Iterator[Refusal]:
    client = request.param(silent.url)

    async def perform(do: Callable[[Any], Any]) -> None:
        result = do(client)
        if asyncio.iscoroutine(result):
            await result

    def refuse(do: Callable[[Any], object]) -> str:
        with pytest.raises(InvalidInput) as caught:
            asyncio.run(perform(do))
        assert silent.connections == 0
        return str(caught.value)

    yield refuse
    closing = client.close()
    if closing is not None:
        asyncio.run(closing)


@pytest.mark.parametrize("item", BAD_ITEMS)
def test_what_is_no_item_id_is_refused(item: Any, refusal: Refusal, tmp_path: Path) -> None:
    assert "item_id" in refusal(lambda jf: jf.stream(item, preset="mp3_128"))
    assert "item_id" in refusal(lambda jf: jf.download(item, tmp_path / "x"))
    assert "item_id" in refusal(lambda jf: jf.probe(item))
    assert "item_id" in refusal(lambda jf: jf.url(item, preset="mp3_128"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("asked", "says"), BAD_FORMS)
def test_forms_that_cannot_be_made_are_refused(
    asked: dict[str, Any], says: str, refusal: Refusal, tmp_path: Path
) -> None:
    assert says in refusal(lambda jf: jf.stream(ITEM, **asked))
    assert says in refusal(lambda jf: jf.url(ITEM, **asked))
    assert says in refusal(lambda jf: jf.download(ITEM, tmp_path / "x", **{"preset": None, **asked}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("asked", "says"), BAD_OPTIONS)
def test_options_that_cannot_work_are_refused(
    asked: dict[str, Any], says: str, refusal: Refusal, tmp_path: Path
) -> None:
    asked = {"container": "mp3", **asked}
    assert says in refusal(lambda jf: jf.stream(ITEM, **asked))
    assert says in refusal(lambda jf: jf.url(ITEM, **asked))
    assert says in refusal(lambda jf: jf.probe(ITEM, **asked))
    assert says in refusal(lambda jf: jf.download(ITEM, tmp_path / "x", preset=None, **asked))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("asked", "says"), BAD_STARTS)
def test_places_to_start_that_cannot_be_are_refused(asked: dict[str, Any], says: str, refusal: Refusal) -> None:
    assert says in refusal(lambda jf: jf.stream(ITEM, **{"container": "mp3", **asked}))
    assert says in refusal(lambda jf: jf.url(ITEM, **{"container": "mp3", **asked}))


class Closed(BytesIO):
    def seekable(self) -> bool:
        raise OSError("gone")


@pytest.mark.parametrize("to", ["", "\0", "missing/folder/x.mp3", StringIO(), None, 7, object(), Closed(), "x" * 300])
def test_a_target_that_cannot_be_written_is_refused(to: Any, refusal: Refusal, tmp_path: Path) -> None:
    place = tmp_path / to if isinstance(to, str) and "/" in to else to
    assert refusal(lambda jf: jf.download(ITEM, place, preset="mp3_128"))


def test_a_file_name_that_says_another_format_than_the_preset_is_refused(refusal: Refusal, tmp_path: Path) -> None:
    said = refusal(lambda jf: jf.download(ITEM, tmp_path / "song.flac", preset="mp3_256"))
    assert said.endswith("(end it in .mp3, or choose a preset (flac))")
    said = refusal(lambda jf: jf.download(ITEM, tmp_path / "song.wav", preset="mp3_256"))
    assert "choose a preset (mp3_256, mp3_128, aac_256" in said
    assert list(tmp_path.iterdir()) == []


# What is sent


def test_the_options_are_the_parameters_of_the_document() -> None:
    ours = set(get_type_hints(AudioParams))
    by_query = set(inspect.signature(get_audio_stream.request_kwargs).parameters)
    by_path = set(inspect.signature(head_audio_stream_by_container.request_kwargs).parameters)
    assert ours == by_query - {"item_id", "range_", "if_range"} == by_path - {"item_id"}
    assert len(ours) == 49


def test_the_words_are_those_of_the_document() -> None:
    assert set(get_args(types.EncodingContext)) == set(models.EncodingContext)
    assert set(get_args(types.SubtitleDeliveryMethod)) == set(models.SubtitleDeliveryMethod)


@pytest.mark.parametrize("item", [ITEM, ITEM.upper(), ITEM.replace("-", ""), UUID(ITEM)])
def test_an_item_is_named_in_any_form(item: str | UUID, nas: Jellyfin) -> None:
    assert urlsplit(nas.url(item, static=True)).path == f"/Audio/{ITEM}/stream"


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mp3", "mp3"),
        ("MP3", "mp3"),
        ("ogg", "opus"),
        ("opus", "opus"),
        ("m4a", "aac"),
        ("webm", "opus"),
        ("mka", "aac"),
    ],
)
def test_a_container_goes_into_the_path_with_a_codec_beside_it(container: str, codec: str, nas: Jellyfin) -> None:
    url = nas.url(ITEM, container=container)
    assert urlsplit(url).path == f"/Audio/{ITEM}/stream.{container}"
    assert query(url)["audioCodec"] == codec
    assert "container" not in query(url)


def test_a_codec_that_is_given_stays_and_the_original_needs_none(nas: Jellyfin) -> None:
    assert query(nas.url(ITEM, container="ogg", audio_codec="vorbis"))["audioCodec"] == "vorbis"
    assert query(nas.url(ITEM, container="wav", audio_codec="pcm_s16le"))["audioCodec"] == "pcm_s16le"
    assert "audioCodec" not in query(nas.url(ITEM, container="wav", static=True))


@pytest.mark.parametrize("start", [90.5, timedelta(seconds=90, milliseconds=500)])
def test_a_start_is_sent_in_ticks(start: float | timedelta, nas: Jellyfin) -> None:
    assert query(nas.url(ITEM, preset="mp3_128", start=start))["startTimeTicks"] == "905000000"


@pytest.mark.parametrize("source", [ITEM, ITEM.upper(), ITEM.replace("-", "")])
def test_a_version_is_named_in_the_form_in_which_the_server_knows_it(source: str, nas: Jellyfin) -> None:
    assert query(nas.url(ITEM, static=True, media_source_id=source))["mediaSourceId"] == ITEM.replace("-", "")


def test_parameters_that_do_nothing_are_those_of_which_the_document_says_so() -> None:
    parameters = load("jellyfin")["components"]["parameters"]
    names = {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower(): given for name, given in parameters.items()}
    said = ("Without effect on audio", "whatever is given")
    void = {name for name, given in names.items() if any(text in given["description"] for text in said)}
    assert void | {name for name, given in names.items() if given.get("deprecated")} == VOID
    assert get_type_hints(AudioParams).keys() > VOID | VOID_OF_ORIGINALS
    assert not VOID & VOID_OF_ORIGINALS


CALLS: list[Callable[..., Any]] = [
    lambda jf, **asked: jf.stream(ITEM, **asked),
    lambda jf, **asked: jf.url(ITEM, **asked),
]


@pytest.mark.parametrize("call", CALLS)
def test_parameters_that_do_nothing_are_named_once_for_each_call(
    call: Callable[..., Any], nas: Jellyfin, caplog: pytest.LogCaptureFixture
) -> None:
    call(nas, preset="mp3_128", level="3", width=10, audio_bit_rate=96_000, transcode_reasons="x")
    call(nas, static=True, level="3", audio_bit_rate=96_000, container="mp3")
    call(nas, preset="mp3_128", audio_sample_rate=48_000, media_source_id=ITEM, cpu_core_limit=1)
    call(nas, preset="original", media_source_id=ITEM)
    assert [record.getMessage() for record in caplog.records] == [
        "to Jellyfin these parameters mean nothing for audio that is encoded in one piece: level, width",
        "to Jellyfin these parameters mean nothing for an original that is sent as it is: audio_bit_rate, level",
    ]


def test_the_beginning_of_the_original_is_a_place_to_start(nas: Jellyfin) -> None:
    assert nas.url(ITEM, preset="original", start=0) == nas.url(ITEM, preset="original")
    assert query(nas.url(ITEM, static=True, start_time_ticks=5))["startTimeTicks"] == "5"


@pytest.mark.parametrize(
    ("options", "wrong", "meant"),
    [
        (ItemDownload, "runtime", "run_time"),
        (FolderCopy, "worker", "workers"),
        (FolderCopy, "audio_bitrate", "audio_bit_rate"),
    ],
)
def test_a_misspelt_option_of_a_download_is_told_the_right_one(options: Any, wrong: str, meant: str) -> None:
    with pytest.raises(InvalidInput, match=f"option must be one of .*{meant}") as refused:
        options.of({wrong: 1})
    assert refused.value.hint == f"did you mean '{meant}'?"


def test_options_beat_the_preset(nas: Jellyfin) -> None:
    sent = query(nas.url(ITEM, preset="mp3_256", audio_bit_rate=64_000, device_id="mine"))
    assert (sent["audioBitRate"], sent["maxAudioChannels"], sent["deviceId"]) == ("64000", "2", "mine")


@pytest.mark.parametrize("kind", [ItemDownload, FolderCopy])
def test_a_download_takes_each_keyword_for_what_it_is(kind: type[ItemDownload | FolderCopy]) -> None:
    """`params` is a parameter of the stream, whatever the field for all of them is called."""
    ask = kind.of({"preset": "mp3_128", "params": ";;x", "run_time": "trust"})
    assert (ask.preset, ask.run_time, ask.params) == ("mp3_128", "trust", {"params": ";;x"})
    assert ask.selection(ITEM, "d").params["params"] == ";;x"
    with pytest.raises(InvalidInput, match="wrokers"):
        kind.of({"wrokers": 3}).selection(ITEM, "d")


def test_another_container_than_the_presets_brings_its_own_codec(nas: Jellyfin) -> None:
    assert query(nas.url(ITEM, preset="mp3_256", container="ogg"))["audioCodec"] == "opus"
    assert query(nas.url(ITEM, preset="mp3_256", container="ogg", audio_codec="vorbis"))["audioCodec"] == "vorbis"


@pytest.mark.parametrize("name", presets.PRESETS)
def test_a_preset_asks_for_nothing_that_the_server_would_change(name: PresetName) -> None:
    preset = presets.params(name)
    made = presets.by_extension(preset.get("container", ""))
    assert preset.get("static", False) is (name == "original")
    assert (made is None) is (name == "original")
    assert preset.get("audio_bit_rate", 0) <= 128_000 * preset.get("max_audio_channels", 2)


def test_there_is_a_preset_for_each_name() -> None:
    assert set(presets.PRESETS) == set(get_args(PresetName))


def test_no_extension_and_no_media_type_belongs_to_two_formats() -> None:
    for names in (
        [e for f in presets.FORMATS for e in f.extensions],
        [m for f in presets.FORMATS for m in f.media_types],
    ):
        assert len(names) == len(set(names))
