"""The Jellyfin service over real sockets: each behaviour is the server's at tag v10.11.11."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tonearm import sandbox
from tonearm.sandbox import audio, library
from tonearm.sandbox.audio import Encoding

CLIP = library.PACKAGED / "history.flac"
SECONDS = 12.09


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library: three times the packaged clip, as mono FLAC, stereo WAV and M4A, and a folder within."""
    root = tmp_path_factory.mktemp("library")
    speech = list(audio.decode(CLIP)) * 3

    def write(name: str, encoding: Encoding) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"".join(audio.encode(speech, encoding, rate=16_000)))

    write("talk.flac", Encoding("flac", "flac"))
    write("stereo.wav", Encoding("wav", "pcm_s16le", channels=2, sample_rate=44_100))
    write("album/talk.m4a", Encoding("ipod", "aac"))
    (root / "notes.txt").write_text("no audio")
    (root / "broken.mp3").write_bytes(b"no audio either" * 100)
    return root


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    """Sends each request as a client of its own, so that none gets what another one had transcoded."""

    def become_another(request: httpx.Request) -> None:
        request.headers["User-Agent"] = uuid4().hex

    hooks = {"request": [become_another]}
    with sandbox.start(library=folder) as box, httpx.Client(base_url=box.jellyfin_url, event_hooks=hooks) as client:
        yield client


def path_of(name: str) -> str:
    return f"/Audio/{library.item_id(name)}/stream"


TALK, STEREO, ALBUM = path_of("talk.flac"), path_of("stereo.wav"), path_of("album/talk.m4a")


def sound(answer: httpx.Response) -> audio.AudioInfo:
    assert answer.status_code == 200, answer.text
    return audio.probe(BytesIO(answer.content))


# The library


def test_a_library_is_the_audio_files_of_a_folder_with_ids_that_follow_from_their_names(folder: Path) -> None:
    assert [item.name for item in library.items(folder)] == ["album/talk.m4a", "broken.mp3", "stereo.wav", "talk.flac"]
    assert library.items(folder) == library.items(folder)
    assert str(library.item_id("history.flac")) == "dd9e7c50-30dc-5b23-a336-4ec7623e4388"


def test_the_packaged_clips_are_two_and_small() -> None:
    clips = library.items(library.PACKAGED)
    assert [clip.name for clip in clips] == ["evening.flac", "history.flac"]
    assert sum(clip.path.stat().st_size for clip in clips) < 150_000
    assert {audio.probe(clip.path).sample_rate for clip in clips} == {16_000}


# The original


def test_static_sends_the_file_as_it_is(client: httpx.Client, folder: Path) -> None:
    answer = client.get(TALK, params={"static": "true"})
    assert answer.status_code == 200
    assert answer.content == (folder / "talk.flac").read_bytes()
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.headers["accept-ranges"] == "bytes"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "last-modified" in answer.headers
    assert "etag" not in answer.headers


def test_an_item_is_named_with_or_without_dashes_and_paths_and_names_have_no_case(client: httpx.Client) -> None:
    whole = client.get(TALK, params={"static": "true"}).content
    plain = library.item_id("talk.flac").hex
    assert client.get(f"/audio/{plain}/STREAM", params={"Static": "True"}).content == whole


def test_head_of_the_original_gives_its_length(client: httpx.Client, folder: Path) -> None:
    answer = client.head(TALK, params={"static": "true"})
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == (folder / "talk.flac").stat().st_size
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=100-199", 100, 199), ("bytes=1000-", 1000, -1), ("bytes=-50", -50, -1)],
)
def test_a_range_of_the_original_is_206(client: httpx.Client, folder: Path, asked: str, first: int, last: int) -> None:
    whole = (folder / "talk.flac").read_bytes()
    first, last = first % len(whole), last % len(whole)
    answer = client.get(TALK, params={"static": "true"}, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == whole[first : last + 1]
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"
    assert int(answer.headers["content-length"]) == last - first + 1


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=20-10"])
def test_a_range_outside_the_original_is_416(client: httpx.Client, folder: Path, asked: str) -> None:
    answer = client.get(TALK, params={"static": "true"}, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{(folder / 'talk.flac').stat().st_size}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=a-b"])
def test_several_ranges_or_none_that_can_be_read_give_the_whole_original(client: httpx.Client, asked: str) -> None:
    answer = client.get(TALK, params={"static": "true"}, headers={"Range": asked})
    assert answer.status_code == 200
    assert "content-range" not in answer.headers


def test_if_range_holds_as_long_as_the_file_is_not_newer(client: httpx.Client) -> None:
    modified = client.head(TALK, params={"static": "true"}).headers["last-modified"]

    def status(date: str) -> int:
        headers = {"Range": "bytes=0-9", "If-Range": date}
        return client.get(TALK, params={"static": "true"}, headers=headers).status_code

    assert status(modified) == 206
    assert status("Mon, 01 Jan 2001 00:00:00 GMT") == 200


def test_conditions_on_the_date_are_304_and_412(client: httpx.Client) -> None:
    modified = client.head(TALK, params={"static": "true"}).headers["last-modified"]
    unchanged = client.get(TALK, params={"static": "true"}, headers={"If-Modified-Since": modified})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    old = {"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert client.get(TALK, params={"static": "true"}, headers=old).status_code == 412


def test_the_original_is_labelled_by_the_extension_that_is_asked_for(client: httpx.Client) -> None:
    answer = client.get(f"{TALK}.mp3", params={"static": "true"})
    assert answer.headers["content-type"] == "audio/mpeg"
    assert sound(answer).codec == "flac"


# The transcode


@pytest.mark.parametrize(
    ("ending", "codec", "media_type"),
    [
        ("mp3", "mp3float", "audio/mpeg"),
        ("aac", "aac", "audio/aac"),
        ("flac", "flac", "audio/flac"),
        ("opus", "opus", "audio/ogg"),
        ("ogg", "opus", "audio/ogg"),
        ("webm", "opus", "video/webm"),
        ("m4a", "aac", "audio/mp4"),
        ("mka", "aac", "audio/x-matroska"),
        ("ts", "mp3float", "video/mp2t"),
    ],
)
def test_the_extension_of_the_path_gives_container_and_codec(
    client: httpx.Client, ending: str, codec: str, media_type: str
) -> None:
    answer = client.get(f"{TALK}.{ending}")
    made = sound(answer)
    assert made.codec == codec
    assert made.duration == pytest.approx(SECONDS, abs=0.2)
    assert answer.headers["content-type"] == media_type


def test_a_transcode_is_chunked_without_length_and_deaf_to_range(client: httpx.Client) -> None:
    answer = client.get(f"{TALK}.flac", headers={"Range": "bytes=10-20"})
    assert answer.status_code == 200
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.headers["accept-ranges"] == "none"
    assert "content-length" not in answer.headers
    assert sound(answer).duration == pytest.approx(SECONDS)


def test_head_of_a_transcode_has_no_length_and_promises_nothing(client: httpx.Client) -> None:
    answer = client.head(f"{TALK}.wav")
    assert answer.status_code == 200
    assert answer.headers["accept-ranges"] == "none"
    assert answer.headers["content-type"] == "audio/wav"
    assert "content-length" not in answer.headers
    assert client.get(f"{TALK}.wav").status_code == 500


@pytest.mark.parametrize(("ticks", "left"), [(0, 12.09), (30_000_000, 9.09), (115_000_000, 5.0), (-5, 12.09)])
def test_a_start_is_in_ticks_of_100_ns_and_never_in_the_last_five_seconds(
    client: httpx.Client, ticks: int, left: float
) -> None:
    answer = client.get(f"{TALK}.flac", params={"startTimeTicks": ticks})
    assert sound(answer).duration == pytest.approx(left, abs=0.01)


def test_the_sound_after_a_start_is_that_of_the_source_from_there(client: httpx.Client, folder: Path) -> None:
    answer = client.get(f"{TALK}.flac", params={"startTimeTicks": 41_230_000})
    whole = b"".join(audio.decode(folder / "talk.flac"))
    assert b"".join(audio.decode(BytesIO(answer.content))) == whole[int(4.123 * 16_000) * 2 :]


def rate(answer: httpx.Response) -> float:
    return len(answer.content) * 8 / SECONDS


@pytest.mark.parametrize(("asked", "expected"), [(64_000, 64_000), (192_000, 192_000), (320_000, 256_000)])
def test_a_bit_rate_is_kept_up_to_128_kbit_a_channel(client: httpx.Client, asked: int, expected: int) -> None:
    answer = client.get(f"{STEREO}.mp3", params={"audioBitRate": asked})
    assert rate(answer) == pytest.approx(expected, rel=0.05)


def test_without_a_bit_rate_each_channel_gets_128_kbit(client: httpx.Client) -> None:
    assert rate(client.get(f"{STEREO}.mp3")) == pytest.approx(256_000, rel=0.05)


@pytest.mark.parametrize(
    ("params", "channels"),
    [
        ({}, 2),
        ({"audioChannels": "1"}, 1),
        ({"audioChannels": "6"}, 2),
        ({"maxAudioChannels": "1", "audioChannels": "2"}, 1),
        ({"opus-audiochannels": "1", "maxAudioChannels": "2"}, 1),
        ({"mp3-audiochannels": "1"}, 2),
        ({"transcodingMaxAudioChannels": "1"}, 1),
    ],
)
def test_channels_are_never_more_than_the_source_has(
    client: httpx.Client, params: dict[str, str], channels: int
) -> None:
    assert sound(client.get(f"{STEREO}.opus", params=params)).channels == channels


@pytest.mark.parametrize(("asked", "given"), [(None, 44_100), ("44100", 48_000), ("11025", 12_000), ("96000", 48_000)])
def test_a_sample_rate_is_rounded_up_to_one_that_opus_knows(
    client: httpx.Client, asked: str | None, given: int
) -> None:
    params = {} if asked is None else {"audioSampleRate": asked}
    assert sound(client.get(f"{STEREO}.flac", params=params)).sample_rate == given


def test_the_codec_of_the_query_beats_the_extension_and_of_a_list_the_first_that_can_be_made(
    client: httpx.Client,
) -> None:
    assert sound(client.get(f"{TALK}.ogg", params={"audioCodec": "vorbis"})).codec == "vorbis"
    assert sound(client.get(f"{TALK}.m4a", params={"audioCodec": "alac"})).codec == "alac"
    assert sound(client.get(TALK, params={"audioCodec": "nonsense,mp3"})).container == "mp3"


def test_the_codec_copy_puts_the_sound_into_another_container(client: httpx.Client) -> None:
    answer = client.get(f"{ALBUM}.mka", params={"audioCodec": "copy"})
    made = sound(answer)
    assert (made.codec, made.container) == ("aac", "matroska,webm")


def test_without_extension_and_codec_only_a_source_that_holds_aac_can_be_made(client: httpx.Client) -> None:
    answer = client.get(ALBUM)
    assert sound(answer).codec == "aac"
    assert answer.headers["content-type"] == "video/quicktime"


def test_raw_samples_take_the_bit_rate_for_their_sample_rate(client: httpx.Client) -> None:
    answer = client.get(f"{TALK}.wav", params={"audioCodec": "pcm_s16le", "audioBitRate": "16000"})
    assert answer.headers["content-type"] == "audio/wav"
    assert len(answer.content) == round(SECONDS * 32_000)


# Refusals


@pytest.mark.parametrize(
    ("path", "params"),
    [
        (TALK, {}),
        (TALK, {"container": "mp3"}),
        (TALK, {"audioCodec": "opus"}),
        (f"{TALK}.wav", {}),
        (f"{TALK}.wav", {"audioCodec": "pcm_s16le"}),
        (f"{TALK}.alac", {}),
        (f"{TALK}.vorbis", {}),
        (f"{TALK}.mp3", {"audioCodec": "nonsense"}),
        (f"{TALK}.mp3", {"mediaSourceId": "no guid"}),
        (f"{TALK}.mp3", {"": "x"}),
        (f"{path_of('broken.mp3')}.mp3", {}),
    ],
)
def test_what_cannot_be_made_is_500_in_plain_text(client: httpx.Client, path: str, params: dict[str, str]) -> None:
    answer = client.get(path, params=params)
    assert (answer.status_code, answer.text) == (500, "Error processing request.")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("audioCodec", "mp3;rm"),
        ("container", "x" * 41),
        ("segmentContainer", "ts/"),
        ("level", "high"),
        ("audioBitRate", "2400000000"),
        ("audioChannels", "two"),
        ("startTimeTicks", "1.5"),
        ("static", "1"),
        ("framerate", "fast"),
    ],
)
def test_a_parameter_that_does_not_fit_is_400_with_its_name(client: httpx.Client, name: str, value: str) -> None:
    answer = client.get(TALK, params={name: value})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    problem = answer.json()
    assert (problem["status"], list(problem["errors"])) == (400, [name])


def test_the_container_of_the_path_is_held_to_the_pattern(client: httpx.Client) -> None:
    assert list(client.get(f"{TALK}.m;p3").json()["errors"]) == ["container"]


def test_an_empty_value_is_none_and_an_unknown_word_of_an_enumeration_too(client: httpx.Client) -> None:
    params = {"audioBitRate": "", "context": "Nonsense", "subtitleMethod": "Nonsense", "static": "true"}
    assert client.get(TALK, params=params).status_code == 200


def test_an_unknown_item_is_404_in_plain_text(client: httpx.Client) -> None:
    answer = client.get(path_of("nothing.mp3"), params={"static": "true"})
    assert (answer.status_code, answer.text) == (404, "Error processing request.")


def test_an_item_that_is_no_guid_is_400(client: httpx.Client) -> None:
    assert list(client.get("/Audio/nonsense/stream").json()["errors"]) == ["itemId"]


def test_a_media_source_of_another_item_is_400_and_its_own_is_taken(client: httpx.Client) -> None:
    other = {"mediaSourceId": library.item_id("stereo.wav").hex, "static": "true"}
    assert client.get(TALK, params=other).status_code == 400
    own = {"mediaSourceId": library.item_id("talk.flac").hex, "static": "true"}
    assert client.get(TALK, params=own).status_code == 200


def test_a_wrong_token_streams_all_the_same(client: httpx.Client) -> None:
    headers = {"Authorization": 'MediaBrowser Token="wrong"'}
    assert client.get(TALK, params={"static": "true"}, headers=headers).status_code == 200


def test_the_public_information_names_the_version(client: httpx.Client) -> None:
    assert client.get("/System/Info/Public").json()["Version"] == "10.11.11"
