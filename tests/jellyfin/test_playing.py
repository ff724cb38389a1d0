"""What goes with playing: the form that the server chooses, lyrics, and reports."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from tests.jellyfin.ways import AT_ONCE, ONCE, Way
from tests.wire.recorder import Recorder, answer
from tonearm import BadRequest, InvalidInput, Jellyfin, MissingFile, NotFound, StatusError, UnexpectedAnswer, sandbox
from tonearm.jellyfin import LyricLine, Lyrics
from tonearm.sandbox import Sandbox, audio
from tonearm.sandbox.context import JellyfinVersion
from tonearm.sandbox.library import PACKAGED, item_id

ITEM = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
TALK, LONG = item_id("evening.flac"), item_id("long.ogg")
FILE = PACKAGED / "evening.flac"
KEY = {"token": "sandbox-token"}
SONG = "[00:01.00]Good evening.\n[00:02.50]Grüß Gott.\n"
SOUND = answer(b"sound", content_type="audio/mpeg")


@pytest.fixture(scope="module", params=get_args(JellyfinVersion))
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("library")
    shutil.copy(FILE, folder)
    speech = chain(*(audio.decode(FILE) for _ in range(3)))
    encoded = audio.encode(speech, audio.ENCODINGS["ogg"], rate=audio.SPEECH_RATE)
    (folder / "long.ogg").write_bytes(b"".join(encoded))
    with sandbox.start(library=folder, jellyfin=request.param) as running:
        yield running


# The form that the server chooses


def test_a_file_that_the_player_takes_comes_as_it_is(box: Sandbox, way: Way) -> None:
    heard = way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["mp3", "flac"]), **KEY)
    assert (heard.content_type, heard.size, heard.bodies) == ("audio/flac", FILE.stat().st_size, [FILE.read_bytes()])


def test_another_file_is_encoded_with_the_codec_of_its_container(box: Sandbox, way: Way) -> None:
    heard = way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["wav"]), **KEY)
    assert (heard.content_type, heard.size) == ("audio/mpeg", None)
    assert audio.probe(BytesIO(heard.bodies[0])).codec.startswith("mp3")
    heard = way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["wav"], transcoding_container="opus"), **KEY)
    assert audio.probe(BytesIO(heard.bodies[0])).codec.endswith("opus")


def test_what_has_too_much_is_encoded_too(box: Sandbox, way: Way) -> None:
    heard = way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["flac"], max_streaming_bitrate=8000), **KEY)
    assert heard.content_type == "audio/mpeg"


@pytest.mark.parametrize("start", [1.5, timedelta(seconds=1.5)])
def test_from_another_place_everything_is_encoded(start: Any, box: Sandbox, way: Way) -> None:
    heard = way.hear(box.jellyfin_url, lambda jf: jf.universal(LONG, ["ogg"], start=start), **KEY)
    assert heard.content_type == "audio/mpeg"
    rest = 3 * audio.probe(FILE).duration - 1.5
    assert audio.probe(BytesIO(heard.bodies[0])).duration == pytest.approx(rest, abs=0.2)


def test_a_restart_goes_elsewhere_and_back(box: Sandbox) -> None:
    with Jellyfin(box.jellyfin_url, **KEY) as jf, jf.universal(TALK, ["flac"]) as stream:
        assert stream.content_type == "audio/flac"
        stream.restart(1.0)
        assert stream.content_type == "audio/mpeg"
        stream.restart(0)
        assert stream.read() == FILE.read_bytes()


def test_an_api_key_needs_a_user(box: Sandbox, way: Way) -> None:
    user = way.call(box.jellyfin_url, lambda jf: jf.me(), **KEY).id
    key = {"token": "sandbox-api-key"}
    assert way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["flac"]), **key, user_id=user).size
    with pytest.raises(BadRequest, match=r"belongs to no user"):
        way.hear(box.jellyfin_url, lambda jf: jf.universal(TALK, ["flac"]), **key)


PLAYLISTS = {
    "says so": answer(b"#EXTM3U\n", content_type="application/vnd.apple.mpegurl"),
    "says so in another way": answer(b"#EXTM3U\n", content_type="audio/x-mpegurl"),
    "is labelled as audio": answer(b"#EXTM3U\n#EXT-X-VERSION:3\n", content_type="audio/mpeg"),
    "is a page": answer(b"<html>", content_type="text/html"),
    "is empty": answer(b"", content_type="audio/mpeg"),
}


@pytest.mark.parametrize("reply", PLAYLISTS.values(), ids=PLAYLISTS)
def test_what_is_no_audio_is_an_error(reply: bytes, way: Way) -> None:
    with Recorder([reply]) as server, pytest.raises(UnexpectedAnswer):
        way.hear(server.url, lambda jf: jf.universal(ITEM, ["mp3"]), **KEY, retry=ONCE)


def test_a_redirect_is_not_asked_for_and_takes_no_token_elsewhere(way: Way) -> None:
    with Recorder([SOUND]) as elsewhere:
        redirect = answer(status=302, headers={"Location": f"{elsewhere.url}/song.mp3?x=1"})
        with Recorder([redirect]) as server, pytest.raises(StatusError, match="redirects are not followed"):
            way.hear(server.url, lambda jf: jf.universal(ITEM, ["mp3"]), **KEY, retry=ONCE)
    assert elsewhere.requests == []
    assert parse_qs(urlsplit(server.requests[0].target).query)["enableRedirection"] == ["false"]


@pytest.mark.parametrize(
    ("formats", "options", "reason"),
    [
        ("mp3", {}, "a list"),
        ([], {}, "at least one"),
        (["mp3,flac"], {}, "formats must be extensions"),
        ([""], {}, "formats must be extensions"),
        (["mp4|"], {}, "formats must be extensions"),
        ([7], {}, "text"),
        (["mp3"], {"transcoding_container": ".."}, "transcoding_container"),
        (["mp3"], {"transcoding_container": "wav"}, "audio_codec must be given"),
        (["mp3"], {"audio_codec": ""}, "audio_codec"),
        (["mp3"], {"max_audio_channels": 0}, "max_audio_channels"),
        (["mp3"], {"audio_bit_rate": "128k"}, "audio_bit_rate"),
        (["mp3"], {"max_streaming_bitrate": 2**31}, "max_streaming_bitrate"),
        (["mp3"], {"media_source_id": "the first"}, "media_source_id"),
        (["mp3"], {"static": True}, "there is no option static"),
        (["mp3"], {"enable_audio_vbr_encoding": "no"}, "enable_audio_vbr_encoding"),
        (["mp3"], {"start": -1}, "start"),
    ],
)
def test_what_the_server_would_refuse_or_drop_is_not_sent(formats: Any, options: Any, reason: str, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match=reason):
        way.hear(server.url, lambda jf: jf.universal(ITEM, formats, **options), **KEY)
    assert server.requests == []


# Lyrics


def test_lyrics_are_stored_read_and_deleted(box: Sandbox, way: Way) -> None:
    sung = Lyrics((LyricLine("Good evening.", 1.0), LyricLine("Grüß Gott.", 2.5)))
    stored = way.call(box.jellyfin_url, lambda jf: jf.put_lyrics(TALK, Lyrics.from_lrc(SONG)), **KEY)
    found = way.call(box.jellyfin_url, lambda jf: jf.lyrics(TALK), **KEY)
    assert stored == found == sung
    assert found.to_lrc() == SONG
    assert way.call(box.jellyfin_url, lambda jf: jf.item(TALK), **KEY).has_lyrics
    for _ in range(2):
        assert way.call(box.jellyfin_url, lambda jf: jf.delete_lyrics(TALK), **KEY) is None
    with pytest.raises(NotFound):
        way.call(box.jellyfin_url, lambda jf: jf.lyrics(TALK), **KEY)


@pytest.mark.parametrize("name", ["song.lrc", "song.ELRC", "song.txt"])
def test_a_file_of_lyrics_is_sent_as_it_is(name: str, way: Way, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SONG.encode("utf-8-sig"))
    with Recorder([answer(json={"Lyrics": [{"Text": "x"}]})]) as server:
        way.call(server.url, lambda jf: jf.put_lyrics(ITEM, str(path)), **KEY)
    (sent,) = server.requests
    assert sent.body == SONG.encode("utf-8-sig")
    assert parse_qs(urlsplit(sent.target).query) == {"fileName": [f"lyrics.{name.lower().partition('.')[2]}"]}
    assert sent.headers["content-length"] == str(len(sent.body))


def test_what_the_server_says_of_lyrics_is_told_as_it_is(way: Way) -> None:
    refused = answer(b"No lyrics uploaded", status=400, content_type="text/plain")
    with Recorder([refused]) as server, pytest.raises(BadRequest, match=r"-> 400: No lyrics uploaded$"):
        way.call(server.url, lambda jf: jf.put_lyrics(ITEM, Lyrics.from_lrc(SONG)), **KEY)


def test_lyrics_without_times_are_sent_as_text(way: Way) -> None:
    with Recorder([answer(json={"Lyrics": [{"Text": "x"}]})]) as server:
        way.call(server.url, lambda jf: jf.put_lyrics(UUID(ITEM), Lyrics((LyricLine("a", 1.0), LyricLine("b")))), **KEY)
    assert server.requests[0].body == b"a\nb\n"
    assert server.requests[0].target.endswith("fileName=lyrics.txt")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"words", "song.srt", "lyrics must be a file named .*, got '.*song.srt'"),
        (b"words", "song", "lyrics must be a file named .*, got '.*song'"),
        (b"gr\xfc\xdf", "song.txt", "UTF-8"),
        (b" \n\n", "song.txt", "no line"),
        (b"", "song.txt", "empty"),
        (b"a" * (4 * 1024 * 1024 + 1), "song.txt", "at most"),
    ],
)
def test_a_file_that_cannot_be_lyrics_is_refused(
    content: bytes, name: str, reason: str, way: Way, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with Recorder([]) as server, pytest.raises(InvalidInput, match=reason):
        way.call(server.url, lambda jf: jf.put_lyrics(ITEM, tmp_path / name), **KEY)
    assert server.requests == []


def test_lyrics_that_cannot_be_sent_are_refused(way: Way, tmp_path: Path) -> None:
    with Recorder([]) as server:
        for lyrics in (Lyrics(()), Lyrics((LyricLine(" "),)), Lyrics((LyricLine("\ud800"),))):
            with pytest.raises(InvalidInput):
                way.call(server.url, lambda jf, lyrics=lyrics: jf.put_lyrics(ITEM, lyrics), **KEY)
        with pytest.raises(MissingFile):
            way.call(server.url, lambda jf: jf.put_lyrics(ITEM, tmp_path / "none.lrc"), **KEY)
        with pytest.raises(InvalidInput):
            way.call(server.url, lambda jf: jf.lyrics("a song"), **KEY)
        with pytest.raises(InvalidInput):
            way.call(server.url, lambda jf: jf.delete_lyrics(""), **KEY)
    assert server.requests == []


def read(way: Way, content: Any) -> Lyrics:
    with Recorder([answer(json=content, headers={"X-Request-Id": "r1"})]) as server:
        found: Lyrics = way.call(server.url, lambda jf: jf.lyrics(ITEM), **KEY)
    return found


def test_odd_lyrics_are_read_as_far_as_they_go(way: Way) -> None:
    odd = {"Metadata": None, "Lyrics": [None, 5, {"Text": None, "Start": "15000000"}, {"Text": "b", "Cues": None}]}
    found = read(way, odd)
    assert found.lines == (LyricLine("", 1.5), LyricLine("b"))
    assert (found.raw, found.request_id, found.is_timed) == (odd, "r1", False)
    assert read(way, {"Lyrics": None}).lines == read(way, {}).lines == ()
    with pytest.raises(UnexpectedAnswer):
        read(way, [])


LRC = {
    "plain": ("a\r\n b \n", [("a", None), ("b", None)]),
    "tags": ("[ar:Ann]\n[ti:Song]\n[00:01.5]a\n", [("a", 1.5)]),
    "hundredths and thousandths": ("[00:01.25]a\n[00:02.125]b\n[1:03]c", [("a", 1.25), ("b", 2.125), ("c", 63.0)]),
    "a colon before the hundredths": ("[00:01:25]a", [("a", 1.25)]),
    "several times of a line": ("[00:05.00][00:01.00] x", [("x", 1.0), ("x", 5.0)]),
    "times of words": ("[00:01.00]<00:01.00>Good <00:01.50>evening", [("Good evening", 1.0)]),
    "an offset": ("[offset:+500]\n[00:01.00]a\n[00:00.20]b", [("b", 0.0), ("a", 0.5)]),
    "a byte order mark": ("\ufeff[00:01.00]a", [("a", 1.0)]),
    "a pause": ("[00:01.00]a\n[00:02.00]\n[00:03.00]b\n", [("a", 1.0), ("", 2.0), ("b", 3.0)]),
    "tags of plain lyrics": ("[ar:Ann]\na", [("a", None)]),
    "more minutes than an hour has": ("[100:00.00]a", [("a", 6000.0)]),
    "times among plain lines": ("by hand\n[00:01.00]a", [("a", 1.0)]),
}


@pytest.mark.parametrize(("content", "lines"), LRC.values(), ids=LRC)
def test_lrc_is_read(content: str, lines: list[tuple[str, float | None]]) -> None:
    assert [(line.text, line.start) for line in Lyrics.from_lrc(content).lines] == lines


def test_lrc_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InvalidInput, match="offset"):
        Lyrics.from_lrc("[offset:soon]\n[00:01.00]a")


def test_lrc_is_written_and_read_back() -> None:
    assert Lyrics.from_lrc(SONG).to_lrc() == SONG
    assert Lyrics((LyricLine("two\nlines", 61.239),)).to_lrc() == "[01:01.24]two lines\n"
    with pytest.raises(InvalidInput, match="no times"):
        Lyrics((LyricLine("a", 1.0), LyricLine("b"))).to_lrc()
    with pytest.raises(InvalidInput, match="no times"):
        Lyrics(()).to_lrc()


# Reports


def test_reports_arrive_in_ticks_with_what_was_told(box: Sandbox, way: Way) -> None:
    since = len(box.jellyfin.reports)
    told = {"play_session_id": "session", "media_source_id": TALK}

    way.call(box.jellyfin_url, lambda jf: jf.report_start(TALK, **told, play_method="DirectPlay", can_seek=True), **KEY)
    way.call(box.jellyfin_url, lambda jf: jf.report_progress(TALK, 1.5, is_paused=True), **KEY)
    way.call(box.jellyfin_url, lambda jf: jf.report_stop(str(TALK), timedelta(seconds=2), **told, failed=True), **KEY)
    way.call(box.jellyfin_url, lambda jf: jf.report_stop(TALK, 3), **KEY)
    item, named = str(TALK), {"playsessionid": "session", "mediasourceid": TALK.hex}
    assert [(report.kind, report.body) for report in box.jellyfin.reports[since:]] == [
        ("Playing", {"itemid": item, "positionticks": 0, "playmethod": "DirectPlay", "canseek": True, **named}),
        ("Progress", {"itemid": item, "positionticks": 15_000_000, "ispaused": True}),
        ("Stopped", {"itemid": item, "positionticks": 20_000_000, "failed": True, **named}),
        ("Stopped", {"itemid": item, "positionticks": 30_000_000}),
    ]


def test_a_report_of_the_end_ends_the_encoding(box: Sandbox, way: Way) -> None:
    session = f"session-{type(way).__name__}"
    with (
        box.jellyfin.paused_transcodes(after=1000),
        Jellyfin(box.jellyfin_url) as jf,
        jf.stream(TALK, preset="mp3_128", play_session_id=session) as stream,
    ):
        assert stream.read(100)
        assert session in box.jellyfin.transcodes.running()
        way.call(box.jellyfin_url, lambda jf: jf.report_stop(TALK, 1.0, play_session_id=session), **KEY)
        assert session not in box.jellyfin.transcodes.running()


def test_a_stream_tells_the_session_that_a_report_names(box: Sandbox) -> None:
    with Jellyfin(box.jellyfin_url, **KEY) as jf, jf.stream(TALK, preset="mp3_128") as stream:
        first = stream.play_session_id
        jf.report_start(TALK, play_session_id=first)
        assert box.jellyfin.reports[-1].body["playsessionid"] == first
        assert f"playSessionId={first}" in [one.query for one in box.requests if "/stream" in one.path][-1]
        stream.restart(1.0)
        assert stream.play_session_id not in (None, first)
    with Jellyfin(box.jellyfin_url, **KEY) as jf, jf.universal(TALK, ["flac"]) as stream:
        assert stream.play_session_id is None


def test_the_start_of_playback_is_reported_once(way: Way) -> None:
    replies = [answer(status=500, content_type="text/plain")] * 2
    with Recorder(replies) as server, pytest.raises(StatusError):
        way.call(server.url, lambda jf: jf.report_start(ITEM), **KEY, retry=AT_ONCE)
    assert len(server.requests) == 1
    with Recorder([replies[0], b"HTTP/1.1 204 No Content\r\n\r\n"]) as server:
        way.call(server.url, lambda jf: jf.report_progress(ITEM, 1), **KEY, retry=AT_ONCE)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "do",
    [
        lambda jf: jf.report_start("an item"),
        lambda jf: jf.report_start(ITEM, -1),
        lambda jf: jf.report_start(ITEM, float("nan")),
        lambda jf: jf.report_start(ITEM, 1e12),
        lambda jf: jf.report_start(ITEM, "1"),
        lambda jf: jf.report_start(ITEM, play_method="Play"),
        lambda jf: jf.report_start(ITEM, play_session_id=""),
        lambda jf: jf.report_progress(ITEM, 1, is_paused="no"),
        lambda jf: jf.report_progress(ITEM, 1, media_source_id="the first"),
        lambda jf: jf.report_progress(ITEM, 1, volume=5),
        lambda jf: jf.report_stop(ITEM, 1, failed="no"),
        lambda jf: jf.report_stop(ITEM, 1, play_session_id=7),
    ],
)
def test_a_report_that_the_server_would_refuse_or_misread_is_not_sent(do: Any, way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way.call(server.url, do, **KEY)
    assert server.requests == []


def test_the_server_chooses_how_a_player_gets_an_item(running: tuple[Sandbox, Path], way: Way) -> None:
    box, _ = running
    item = str(item_id("talk.flac"))
    call: Any = lambda formats, **asked: way.call(  # noqa: E731  # short, as it is called often
        box.jellyfin_url, lambda jf: jf.playback(item, formats, **asked), token="sandbox-token"
    )
    (as_it_is,) = call(["mp3", "flac|flac"]).sources
    assert (as_it_is.direct, as_it_is.url) == (True, None)
    found = call(["mp3"], transcoding_container="mp3", max_audio_channels=2)
    (encoded,) = found.sources
    assert (encoded.direct, encoded.source.container) == (False, "flac")
    assert encoded.url.startswith(f"{box.jellyfin_url}/audio/{item}/stream.mp3?")
    assert found.play_session_id in encoded.url
    assert "sandbox-token" not in encoded.url + repr(found)
    (with_key,) = call(["mp3"], with_key=True).sources
    assert with_key.url.endswith("ApiKey=sandbox-token&TranscodeReasons=ContainerNotSupported")
    assert "sandbox-token" not in repr(with_key)
    assert call(["mp3"], media_source_id="f" * 32).error_code == "NoCompatibleStream"


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("/audio/x/main.m3u8?api_key=secret&a=b%20c", "/audio/x/main.m3u8?a=b+c"),
        ("audio/x/stream.mp3?APIKEY=secret", "/audio/x/stream.mp3"),
        ("https://other/audio?ApiKey=secret&n=", "https://other/audio?n="),
    ],
)
def test_an_address_of_the_server_is_made_whole_and_has_no_token(told: str, due: str, way: Way) -> None:
    rows = [{"Id": "a", "TranscodingUrl": told}]
    with Recorder([answer(json={"MediaSources": rows})]) as server:
        found = way.call(f"{server.url}/base", lambda jf: jf.playback(ITEM, ["mp3"], hls=True), token="t")
    assert found.sources[0].url == (due if due.startswith("https") else f"{server.url}/base{due}")


def test_an_address_that_is_none_is_an_unexpected_answer(way: Way) -> None:
    body = answer(json={"MediaSources": [{"Id": "a", "TranscodingUrl": "http://[nas/audio?ApiKey=secret"}]})
    with Recorder([body]) as server, pytest.raises(UnexpectedAnswer, match="TranscodingUrl is no address") as raised:
        way.call(server.url, lambda jf: jf.playback(ITEM, ["mp3"]), token="t")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("formats", "asked"),
    [
        ("mp3", {}),
        ([], {}),
        (["a b"], {}),
        (["mp3"], {"transcoding_container": "ts"}),
        (["mp3"], {"transcoding_container": "mp3", "hls": True}),
        (["mp3"], {"hls": 1}),
        (["mp3"], {"with_key": "no"}),
        (["mp3"], {"max_audio_channels": 0}),
        (["mp3"], {"media_source_id": "a/b"}),
        (["mp3"], {"start": 1}),
    ],
)
def test_a_player_that_cannot_be_is_refused(formats: Any, asked: dict[str, Any], way: Way) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput):
        way.call(server.url, lambda jf: jf.playback(ITEM, formats, **asked), token="t")
