import shutil
import subprocess
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import av
import httpx
import numpy as np
import pytest
from attrs import frozen

from tests.sandbox.aioz_upload import create, detail, quality, refused, upload
from tests.sandbox.conftest import AIOZ_KEYS, SECONDS
from tonearm.sandbox import Sandbox

PRESETS = ("standard", "good", "highest", "lossless")
FORMATS = (("hls", "mpegts"), ("hls", "mp4"), ("dash", "fmp4"))


def decoded(source: str | BytesIO) -> tuple[float, int, int]:
    """Decode a file or what a URL plays: seconds, samples per second, channels."""
    with av.open(source) as reader:
        stream = reader.streams.audio[0]
        samples = sum(frame.samples for frame in reader.decode(stream))
        return samples / stream.rate, stream.rate, stream.channels


def lines(url: str) -> list[str]:
    """Fetch a playlist: what its lines that are no tags name, as URLs."""
    answer = httpx.get(url).raise_for_status()
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    return [str(answer.url.join(line)) for line in answer.text.splitlines() if not line.startswith("#")]


@frozen
class Representation:
    """What a DASH manifest says of one representation, and the URLs of its header and segments."""

    id: str
    bandwidth: int
    rate: int
    language: str | None
    urls: list[str]


def representations(url: str) -> list[Representation]:
    """Read a manifest as a player does: the FFmpeg inside PyAV reads none."""
    answer = httpx.get(url).raise_for_status()
    assert answer.headers["content-type"] == "application/dash+xml"
    found: list[Representation] = []
    for adaptation in ET.fromstring(answer.text).findall("{*}Period/{*}AdaptationSet"):
        for one in adaptation.findall("{*}Representation"):
            (template,) = one.findall("{*}SegmentTemplate")
            count = sum(int(step.get("r", "0")) + 1 for step in template.findall(".//{*}S"))
            names = [template.attrib["initialization"]]
            names += [template.attrib["media"].replace("$Number%05d$", f"{n:05}") for n in range(1, count + 1)]
            base = answer.url.join(str(one.findtext("{*}BaseURL")))
            found.append(
                Representation(
                    one.attrib["id"],
                    int(one.attrib["bandwidth"]),
                    int(one.attrib["audioSamplingRate"]),
                    adaptation.get("lang"),
                    [str(base.join(name)) for name in names],
                )
            )
    return found


@pytest.fixture(scope="module")
def noise() -> bytes:
    """Eight seconds of noise, which needs all the bits that an encoder may spend: WAV, 44.1 kHz, stereo."""
    samples = np.random.default_rng(7).normal(0, 6_000, 8 * 44_100 * 2).astype("<i2")
    wave = BytesIO()
    with av.open(wave, "w", format="wav") as writer:
        stream = writer.add_stream("pcm_s16le", rate=44_100, layout="stereo")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = 44_100
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            writer.mux(packet)
    return wave.getvalue()


@pytest.fixture(scope="module")
def every(running: Sandbox, _client: httpx.Client, noise: bytes) -> dict[str, Any]:
    """An object with every preset in every format, done: twelve renditions."""
    wanted = [
        quality(preset, type=kind, container_type=container, audio_config={})
        for kind, container in FORMATS
        for preset in PRESETS
    ]
    media = create(_client, qualities=wanted)
    upload(_client, media, noise)
    running.wait_idle()
    return detail(_client, media)


def test_every_preset_is_made_in_every_format(every: dict[str, Any]) -> None:
    expected = [{"name": preset, "status": "done", "type": kind} for kind, _ in FORMATS for preset in PRESETS]
    assert (every["status"], every["qualities"], every["duration"]) == ("done", expected, 8)


def test_the_master_playlist_has_every_hls_rendition(every: dict[str, Any]) -> None:
    variants = lines(every["assets"]["hls_url"])
    assert len(variants) == 8
    for variant in variants:
        assert decoded(variant) == (pytest.approx(8, abs=0.1), 44_100, 2)


def test_the_master_playlist_tells_what_each_rendition_needs(every: dict[str, Any]) -> None:
    # RFC 8216, section 4.3.4.2: BANDWIDTH is an upper bound, so a player must not meet a denser segment.
    text = httpx.get(every["assets"]["hls_url"]).text
    told = [
        dict(pair.split("=") for pair in line.partition(":")[2].split(","))
        for line in text.splitlines()
        if line.startswith("#EXT-X-STREAM-INF:")
    ]
    assert {stream["CODECS"] for stream in told} == {'"mp4a.40.2"'}
    for start in (0, 4):
        peaks = [int(stream["BANDWIDTH"]) for stream in told[start : start + 4]]
        assert peaks[0] < peaks[1] < peaks[2] <= peaks[3]
    for stream, variant in zip(told, lines(every["assets"]["hls_url"]), strict=True):
        sizes = [len(httpx.get(segment).content) for segment in lines(variant)]
        assert int(stream["AVERAGE-BANDWIDTH"]) == pytest.approx(sum(sizes), rel=0.05)  # eight seconds of bytes
        assert int(stream["BANDWIDTH"]) >= sizes[0] * 8 / 6.1


@pytest.mark.parametrize(
    ("number", "kind", "head"), [(0, "video/mp2t", b"G"), (4, "audio/mp4", b"\0"), (None, "audio/mp4", b"\0")]
)
def test_segments_have_their_type_and_are_read_in_ranges(
    every: dict[str, Any], number: int | None, kind: str, head: bytes
) -> None:
    if number is None:
        url = representations(every["assets"]["dash_url"])[0].urls[1]
    else:
        url = lines(lines(every["assets"]["hls_url"])[number])[0]
    whole = httpx.get(url)
    assert (whole.status_code, whole.headers["content-type"]) == (200, kind)
    assert whole.content.startswith(head)
    part = httpx.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
    assert httpx.get(url, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416


def test_the_manifest_has_every_dash_rendition(every: dict[str, Any]) -> None:
    found = representations(every["assets"]["dash_url"])
    assert [one.bandwidth for one in found] == [128_000, 192_000, 320_000, 320_000]
    assert len({one.id for one in found}) == 4
    for one in found:
        content = b"".join(httpx.get(url).raise_for_status().content for url in one.urls)
        assert decoded(BytesIO(content)) == (pytest.approx(8, abs=0.1), 44_100, 2)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not on PATH: apt-get install ffmpeg")
@pytest.mark.parametrize(("asset", "count"), [("hls_url", 8), ("dash_url", 4)])
def test_another_player_finds_every_rendition(every: dict[str, Any], asset: str, count: int) -> None:
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0"]
    shown = subprocess.run([*command, every["assets"][asset]], capture_output=True, text=True, check=True)
    # A stream of a program is listed once more below its program.
    assert set(shown.stdout.split()) == {"aac"}
    assert len(shown.stdout.split()) in (count, 2 * count)


def test_what_a_player_cannot_change_between_is_kept_apart(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    config = {"bitrate": 64_000, "sample_rate": 48_000, "language": "de"}
    configs = [config, config | {"sample_rate": 16_000}, config | {"language": ""}, config | {"bitrate": 96_000}]
    dash = {"type": "dash", "container_type": "fmp4"}
    media = create(aioz, qualities=[quality(**dash, audio_config=one) for one in configs])
    upload(aioz, media, flac)
    sandbox.wait_idle()
    found = representations(detail(aioz, media)["assets"]["dash_url"])
    shown = [(one.id, one.rate, one.language, one.bandwidth) for one in found]
    assert shown == [
        ("0", 48_000, "de", 64_000),
        ("3", 48_000, "de", 96_000),
        ("1", 16_000, "de", 64_000),
        ("2", 48_000, None, 64_000),
    ]


def test_each_rendition_is_made_as_it_was_ordered(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    wanted = [
        quality("highest", audio_config={"bitrate": 320_000, "sample_rate": 48_000}),
        quality("standard", container_type="mp4", audio_config={"sample_rate": 16_000, "channels": "1"}),
        quality("lossless", type="dash", container_type="fmp4", audio_config={"sample_rate": 96_000}),
    ]
    media = create(aioz, qualities=wanted)
    upload(aioz, media, flac)
    sandbox.wait_idle()
    assets = detail(aioz, media)["assets"]
    assert [decoded(url)[1:] for url in lines(assets["hls_url"])] == [(48_000, 2), (16_000, 1)]
    (dash,) = representations(assets["dash_url"])
    assert decoded(BytesIO(b"".join(httpx.get(url).content for url in dash.urls)))[1:] == (96_000, 2)


@pytest.mark.parametrize(("parts", "first"), [(1, 1), (1, 0), (4, 1), (4, 0)])
def test_a_file_in_parts_becomes_a_done_object_that_plays(
    aioz: httpx.Client, sandbox: Sandbox, flac: bytes, parts: int, first: int
) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac, parts=parts, first=first)
    sandbox.wait_idle()
    shown = detail(aioz, media)
    assert shown["status"] == "done"
    assert shown["qualities"] == [{"name": "standard", "status": "done", "type": "hls"}]
    assert shown["size"] == len(flac)
    assert shown["duration"] == SECONDS
    assert httpx.get(shown["assets"]["source_url"]).content == flac
    seconds, rate, channels = decoded(shown["assets"]["hls_url"])
    assert (rate, channels) == (44_100, 2)
    assert seconds == pytest.approx(SECONDS, abs=0.1)


def test_the_source_keeps_its_type_and_can_be_read_in_ranges(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac)
    sandbox.wait_idle()
    answer = httpx.get(detail(aioz, media)["assets"]["source_url"], headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, flac[10:20])
    assert answer.headers["content-type"] in ("audio/flac", "audio/x-flac")


def test_the_files_of_a_private_object_need_the_keys(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()], is_public=False)
    upload(aioz, media, flac)
    sandbox.wait_idle()
    url = detail(aioz, media)["assets"]["source_url"]
    refused(httpx.get(url), 401)
    assert httpx.get(url, headers=AIOZ_KEYS).content == flac


def test_every_address_of_an_object_opens(aioz: httpx.Client, sandbox: Sandbox, flac: bytes) -> None:
    media = create(aioz, qualities=[quality()])
    upload(aioz, media, flac)
    sandbox.wait_idle()
    addresses = {name: url for name, url in detail(aioz, media)["assets"].items() if name.endswith("_url")}
    assert len(addresses) == 6
    assert {name: httpx.get(url).status_code for name, url in addresses.items()} == dict.fromkeys(addresses, 200)


def test_there_is_nothing_to_play_before_the_transcode(aioz: httpx.Client, sandbox: Sandbox) -> None:
    assets = detail(aioz, create(aioz))["assets"]
    for name in ("source_url", "hls_url", "dash_url"):
        refused(httpx.get(assets[name]), 404)
    refused(httpx.get(assets["hls_url"].replace("m3u8", "hls/0/..%2f..%2fsource")), 404)
