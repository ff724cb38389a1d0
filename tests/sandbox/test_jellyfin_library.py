"""The library, playback and lyrics of the sandbox's Jellyfin (server source, tag v10.11.11)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import av
import httpx
import pytest
from av.audio.stream import AudioStream

from tonearm import sandbox
from tonearm.sandbox import Sandbox, audio, library
from tonearm.sandbox.audio import Encoding

TAGS: dict[str, dict[str, str]] = {
    "Blue/1 dawn.flac": {
        "title": "Dawn Étude", "artist": "Ann; Bo", "album": "Blue Hours", "album_artist": "Ann",
        "genre": "Ambient;Piano", "track": "1/2", "disc": "1", "date": "2019-03-01",
    },
    "Blue/2 dusk.mp3": {"title": "Dusk", "artist": "Bo", "album": "Blue Hours", "album_artist": "Ann", "track": "2"},
    "Red/noon.m4a": {"title": "Noon", "artist": "Cy", "genre": "Ambient"},
}  # fmt: skip
MUXERS = {"flac": ("flac", "flac"), "mp3": ("mp3", "libmp3lame"), "m4a": ("ipod", "aac")}
DAWN, DUSK, NOON, LOOSE = (library.item_id(name) for name in (*TAGS, "loose.wav"))
KEY = {"Authorization": 'MediaBrowser Token="sandbox-api-key"'}

Json = dict[str, Any]


def write(path: Path, tags: dict[str, str]) -> None:
    """Write the packaged clip with tags."""
    path.parent.mkdir(exist_ok=True)
    muxer, codec = MUXERS[path.suffix.removeprefix(".")]
    with av.open(library.PACKAGED / "history.flac") as source, av.open(path, "w", format=muxer) as target:
        target.metadata.update(tags)
        stream = target.add_stream(codec, 16_000)
        assert isinstance(stream, AudioStream)
        stream.layout = "mono"
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("music")
    for name, tags in TAGS.items():
        write(root / name, tags)
    speech = audio.encode(audio.decode(library.PACKAGED / "evening.flac"), Encoding("wav", "pcm_s16le"), rate=16_000)
    (root / "loose.wav").write_bytes(b"".join(speech))
    (root / "Red" / "torn.ogg").write_bytes(b"no sound in here")
    return root


@pytest.fixture(scope="module")
def box(folder: Path) -> Iterator[Sandbox]:
    with sandbox.start(library=folder) as running:
        yield running


@pytest.fixture(scope="module")
def client(box: Sandbox) -> Iterator[httpx.Client]:
    headers = {"Authorization": 'MediaBrowser DeviceId="desk", Token="sandbox-token"'}
    with httpx.Client(base_url=box.jellyfin_url, headers=headers) as client:
        yield client


def get(client: httpx.Client, path: str, **params: str | int) -> Json:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return cast(Json, answer.json())


def found(client: httpx.Client, **params: str | int) -> list[str]:
    page = get(client, "/Items", **{"recursive": "true", "includeItemTypes": "Audio", **params})
    return [item["Name"] for item in page["Items"]]


# Items


def test_all_audio_is_found_by_name_and_what_cannot_be_read_too(client: httpx.Client) -> None:
    assert found(client) == ["Dawn Étude", "Dusk", "loose", "Noon", "torn"]


def test_without_recursive_only_the_views_come_whatever_is_asked(client: httpx.Client) -> None:
    page = get(client, "/Items", searchTerm="dusk", includeItemTypes="Audio")
    assert [item["Type"] for item in page["Items"]] == ["CollectionFolder"]
    assert [view["Name"] for view in get(client, "/UserViews")["Items"]] == ["Music"]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"searchTerm": "etude"}, ["Dawn Étude"]),
        ({"searchTerm": "D"}, ["Dawn Étude", "Dusk"]),
        ({"genres": "ambient"}, ["Dawn Étude", "Noon"]),
        ({"genres": "Piano|Jazz"}, ["Dawn Étude"]),
        ({"ids": f"{DUSK},{NOON.hex},nonsense"}, ["Dusk", "Noon"]),
        ({"mediaTypes": "Video"}, []),
        ({"sortBy": "IndexNumber,Name", "albumIds": "ALBUM"}, ["Dawn Étude", "Dusk"]),
        ({"sortBy": "Name", "sortOrder": "Descending", "limit": 2}, ["torn", "Noon"]),
        ({"sortBy": "Nonsense", "startIndex": 3}, ["Noon", "torn"]),
        ({"parentId": "ALBUM", "recursive": "false"}, ["Dawn Étude", "Dusk"]),
        ({"artistIds": "BO"}, ["Dawn Étude", "Dusk"]),
        ({"albumArtistIds": "BO"}, []),
    ],
)
def test_filters_order_and_pages(client: httpx.Client, params: dict[str, str | int], names: list[str]) -> None:
    dusk = get(client, f"/Items/{DUSK}")
    ids = {"ALBUM": dusk["AlbumId"], "BO": dusk["ArtistItems"][0]["Id"]}
    assert found(client, **{name: ids.get(str(value), value) for name, value in params.items()}) == names


def test_a_page_tells_how_many_there_are_in_all(client: httpx.Client) -> None:
    page = get(client, "/Items", recursive="true", includeItemTypes="Audio", startIndex=1, limit=2)
    assert (len(page["Items"]), page["TotalRecordCount"], page["StartIndex"]) == (2, 5, 1)


def test_folders_are_albums_and_are_the_parents_of_their_tracks(client: httpx.Client) -> None:
    albums = get(client, "/Items", recursive="true", includeItemTypes="MusicAlbum")["Items"]
    assert [(album["Name"], album["ChildCount"], album["AlbumArtist"]) for album in albums] == [
        ("Blue Hours", 2, "Ann"),
        ("Red", 2, "Cy"),
    ]
    children = get(client, f"/Users/{get(client, '/Users/Me')['Id']}/Items", parentId=albums[0]["Id"])["Items"]
    assert [child["Album"] for child in children] == ["Blue Hours", "Blue Hours"]


def test_one_item_comes_with_ticks_tags_and_media_sources(client: httpx.Client, folder: Path) -> None:
    item = get(client, f"/Items/{DAWN}")
    assert item["Id"] == DAWN.hex
    assert item["RunTimeTicks"] == pytest.approx(40_300_000, abs=10_000)
    assert (item["Artists"], item["AlbumArtist"]) == (["Ann", "Bo"], "Ann")
    assert (item["IndexNumber"], item["ParentIndexNumber"], item["ProductionYear"]) == (1, 1, 2019)
    assert item["Genres"] == ["Ambient", "Piano"]
    [source] = item["MediaSources"]
    assert (source["Id"], source["Container"], source["RunTimeTicks"]) == (DAWN.hex, "flac", item["RunTimeTicks"])
    assert source["Size"] == (folder / "Blue/1 dawn.flac").stat().st_size
    [stream] = source["MediaStreams"]
    assert (stream["Codec"], stream["SampleRate"], stream["Channels"], stream["BitDepth"]) == ("flac", 16_000, 1, 16)


def test_a_list_has_media_sources_and_paths_on_request_only(client: httpx.Client) -> None:
    bare = get(client, "/Items", ids=str(DAWN))["Items"][0]
    full = get(client, "/Items", ids=str(DAWN), fields="MediaSources,Path")["Items"][0]
    assert not {"MediaSources", "Path", "DateCreated"} & bare.keys()
    assert full["MediaSources"][0]["Path"] == full["Path"]


def test_an_item_that_cannot_be_read_has_no_duration(client: httpx.Client) -> None:
    assert "RunTimeTicks" not in get(client, f"/Items/{library.item_id('Red/torn.ogg')}")


def test_artists_are_those_of_tracks_or_of_albums(client: httpx.Client) -> None:
    assert [artist["Name"] for artist in get(client, "/Artists")["Items"]] == ["Ann", "Bo", "Cy"]
    assert [artist["Name"] for artist in get(client, "/Artists/AlbumArtists")["Items"]] == ["Ann", "Cy"]
    assert get(client, "/Artists", searchTerm="b")["TotalRecordCount"] == 1


def test_hints_are_of_every_kind(client: httpx.Client) -> None:
    hints = get(client, "/Search/Hints", searchTerm="b")["SearchHints"]
    assert {(hint["Name"], hint["Type"]) for hint in hints} == {("Blue Hours", "MusicAlbum"), ("Bo", "MusicArtist")}
    assert list(client.get("/Search/Hints").json()["errors"]) == ["searchTerm"]


def test_an_unknown_item_and_values_that_do_not_bind(client: httpx.Client) -> None:
    assert client.get(f"/Items/{library.item_id('none')}").status_code == 404
    assert client.get("/Items/nonsense").status_code == 400
    assert list(client.get("/Items", params={"limit": "many"}).json()["errors"]) == ["limit"]


def test_a_tag_that_changes_is_seen(client: httpx.Client, folder: Path) -> None:
    item = library.item_id("Red/new.flac")
    write(folder / "Red" / "new.flac", {"title": "Old"})
    try:
        assert get(client, f"/Items/{item}")["Name"] == "Old"
        write(folder / "Red" / "new.flac", {"title": "Quite new"})
        assert get(client, f"/Items/{item}")["Name"] == "Quite new"
    finally:
        (folder / "Red" / "new.flac").unlink()


# Files


def test_file_and_download_send_the_original_with_ranges(client: httpx.Client, folder: Path) -> None:
    whole = (folder / "Blue/1 dawn.flac").read_bytes()
    part = client.get(f"/Items/{DAWN}/File", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    download = client.get(f"/Items/{DAWN}/Download")
    assert (download.status_code, download.content) == (200, whole)
    assert download.headers["content-disposition"] == (
        "attachment; filename=\"1 dawn.flac\"; filename*=UTF-8''1%20dawn.flac"
    )


def test_conditions_hold_for_files_too(client: httpx.Client) -> None:
    modified = client.head(f"/Items/{DAWN}/File").headers["last-modified"]
    statuses = [
        client.get(f"/Items/{DAWN}/File", headers=headers).status_code
        for headers in (
            {"If-Modified-Since": modified},
            {"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
            {"Range": "bytes=0-9", "If-Range": modified},
            {"Range": "bytes=0-9", "If-Range": "Mon, 01 Jan 2001 00:00:00 GMT"},
            {"Range": "bytes=99999999-"},
        )
    ]
    assert statuses == [304, 412, 206, 200, 416]


# Universal


def universal(client: httpx.Client, **params: str | int) -> httpx.Response:
    return client.get(f"/Audio/{DAWN}/universal", params=params)


@pytest.mark.parametrize("container", ["flac", "mp3,flac", "flac|flac", "mp3|mp3,flac|aac|flac"])
def test_what_the_device_plays_comes_as_it_is(client: httpx.Client, folder: Path, container: str) -> None:
    answer = universal(client, container=container, maxStreamingBitrate=140_000_000)
    assert answer.content == (folder / "Blue/1 dawn.flac").read_bytes()
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    "params", [{}, {"container": "mp3"}, {"container": "flac|aac"}, {"container": "flac", "maxStreamingBitrate": 8_000}]
)
def test_the_rest_is_transcoded_without_a_container_everything(
    client: httpx.Client, params: dict[str, str | int]
) -> None:
    answer = universal(client, audioCodec="mp3", **params)
    assert answer.headers["accept-ranges"] == "none"
    assert audio.probe(BytesIO(answer.content)).container == "mp3"


def test_the_transcode_is_what_was_asked_for(client: httpx.Client) -> None:
    answer = universal(client, transcodingContainer="m4a", audioCodec="aac", maxAudioSampleRate=12_000)
    made = audio.probe(BytesIO(answer.content))
    assert (made.codec, made.sample_rate) == ("aac", 12_000)


def test_without_a_codec_it_is_aac_which_no_mp3_holds(client: httpx.Client) -> None:
    assert universal(client).status_code == 500
    assert audio.probe(BytesIO(universal(client, transcodingContainer="m4a").content)).codec == "aac"


def test_each_request_is_a_play_session_of_its_own(client: httpx.Client) -> None:
    answers = [universal(client, audioCodec="mp3", audioBitRate=rate, deviceId="desk") for rate in (32_000, 64_000)]
    assert len(answers[1].content) > 1.5 * len(answers[0].content)


def test_head_tells_what_get_would_be(client: httpx.Client) -> None:
    path = f"/Audio/{DAWN}/universal"
    assert client.head(path, params={"container": "flac"}).headers["accept-ranges"] == "bytes"
    assert client.head(path, params={"container": "mp3"}).headers["accept-ranges"] == "none"


def test_an_api_key_has_to_name_a_user(client: httpx.Client) -> None:
    me = get(client, "/Users/Me")["Id"]
    for params, status in (({"container": "flac"}, 400), ({"container": "flac", "userId": me}, 200)):
        assert client.get(f"/Audio/{DAWN}/universal", params=params, headers=KEY).status_code == status


# Playback


def negotiate(client: httpx.Client, **body: Any) -> Json:
    answer = client.post(f"/Items/{DAWN}/PlaybackInfo", json=body)
    assert answer.status_code == 200, answer.text
    return cast(Json, answer.json())


PROFILE = {
    "DirectPlayProfiles": [{"Type": "Audio", "Container": "mp3,ogg"}, {"Type": "Video", "Container": "flac"}],
    "TranscodingProfiles": [
        {"Type": "Video", "Container": "ts", "AudioCodec": "aac", "Protocol": "hls"},
        {"Type": "Audio", "Container": "mp3", "AudioCodec": "mp3", "Protocol": "http"},
    ],
}


def test_without_a_profile_nothing_is_negotiated(client: httpx.Client) -> None:
    looked, asked = get(client, f"/Items/{DAWN}/PlaybackInfo"), negotiate(client)
    assert looked["MediaSources"] == asked["MediaSources"]
    assert looked["PlaySessionId"] != asked["PlaySessionId"]
    assert client.post(f"/Items/{DAWN}/PlaybackInfo").status_code == 200


def test_a_device_that_cannot_play_it_gets_a_url_that_can_be_fetched(client: httpx.Client) -> None:
    info = negotiate(client, DeviceProfile=PROFILE)
    [source] = info["MediaSources"]
    assert source["SupportsTranscoding"]
    assert not source["SupportsDirectPlay"]
    assert source["TranscodingUrl"].startswith(f"/audio/{DAWN}/stream.mp3?DeviceId=desk&")
    for part in (f"PlaySessionId={info['PlaySessionId']}", "ApiKey=sandbox-token", "ContainerNotSupported"):
        assert part in source["TranscodingUrl"]
    got = client.get(source["TranscodingUrl"], headers={"Authorization": ""})
    assert audio.probe(BytesIO(got.content)).container == "mp3"


def test_a_device_that_can_gets_no_url(client: httpx.Client) -> None:
    direct = [*PROFILE["DirectPlayProfiles"], {"Type": "Audio", "Container": "flac"}]
    [source] = negotiate(client, DeviceProfile={**PROFILE, "DirectPlayProfiles": direct})["MediaSources"]
    assert source["SupportsDirectPlay"]
    assert "TranscodingUrl" not in source


def test_another_media_source_is_no_compatible_stream(client: httpx.Client) -> None:
    assert negotiate(client, MediaSourceId=DUSK.hex) == {"MediaSources": [], "ErrorCode": "NoCompatibleStream"}


def test_playback_reports_are_kept_for_whoever_looks(client: httpx.Client, box: Sandbox) -> None:
    before = len(box.jellyfin.reports)
    for path, ticks in (("", 0), ("/Progress", 10_000_000), ("/Stopped", 20_000_000)):
        body = {"ItemId": DAWN.hex, "PositionTicks": ticks, "PlaySessionId": "a"}
        assert client.post(f"/Sessions/Playing{path}", json=body).status_code == 204
    assert client.post("/Sessions/Playing/Ping", params={"playSessionId": "a"}).status_code == 204
    kept = box.jellyfin.reports[before:]
    assert [(report.kind, report.body.get("positionticks")) for report in kept] == [
        ("Playing", 0),
        ("Progress", 10_000_000),
        ("Stopped", 20_000_000),
        ("Ping", None),
    ]
    shown = client.get(f"{box.url}/_sandbox/jellyfin/reports").json()
    assert [report["kind"] for report in shown[before:]] == ["Playing", "Progress", "Stopped", "Ping"]


def test_a_report_needs_an_object_and_an_id_and_a_ping_its_session(client: httpx.Client) -> None:
    assert client.post("/Sessions/Playing", json={"ItemId": "nonsense"}).status_code == 400
    assert client.post("/Sessions/Playing", json=[]).status_code == 400
    assert client.post("/Sessions/Playing/Ping").status_code == 400


# Lyrics

LRC = "[ar:Ann]\n[ti: Dawn]\n[00:12.50]second\n[00:01.00][00:03.5]first\n"


@pytest.fixture
def lyrics(client: httpx.Client) -> Iterator[str]:
    path = f"/Audio/{DAWN}/Lyrics"
    yield path
    assert client.delete(path).status_code == 204


def put(client: httpx.Client, path: str, text: str, name: str) -> httpx.Response:
    return client.post(path, params={"fileName": name}, content=text.encode(), headers={"Content-Type": "text/plain"})


def test_timed_lyrics_come_back_in_order_with_their_tags(client: httpx.Client, lyrics: str) -> None:
    assert client.get(lyrics).status_code == 404
    kept = put(client, lyrics, LRC, "dawn.LRC")
    assert kept.status_code == 200
    assert kept.json()["Lyrics"] == [
        {"Text": "first", "Start": 10_000_000},
        {"Text": "first", "Start": 35_000_000},
        {"Text": "second", "Start": 125_000_000},
    ]
    assert kept.json()["Metadata"] == {"Artist": "Ann", "Title": "Dawn", "IsSynced": True}
    assert get(client, lyrics) == kept.json()
    assert get(client, f"/Items/{DAWN}")["HasLyrics"]


def test_words_with_times_are_cues(client: httpx.Client, lyrics: str) -> None:
    line = put(client, lyrics, "[00:01.00]<00:01.00>good <00:01.50>day <00:02.00>", "dawn.elrc").json()["Lyrics"][0]
    assert line["Text"] == "good day"
    assert line["Cues"] == [
        {"Position": 0, "Start": 10_000_000, "EndPosition": 4, "End": 15_000_000},
        {"Position": 5, "Start": 15_000_000, "EndPosition": 8, "End": 20_000_000},
    ]


def test_plain_lyrics_have_no_times_and_take_the_place_of_others(client: httpx.Client, lyrics: str) -> None:
    put(client, lyrics, LRC, "dawn.lrc")
    assert put(client, lyrics, "one\ntwo", "dawn.txt").json()["Lyrics"] == [{"Text": "one"}, {"Text": "two"}]
    assert get(client, lyrics)["Lyrics"][0] == {"Text": "one"}


def test_lyrics_without_length_extension_kind_or_lines_are_400(client: httpx.Client) -> None:
    path = f"/Audio/{DAWN}/Lyrics"
    chunked = client.post(path, params={"fileName": "a.lrc"}, content=iter([b"[00:01.00]a"]))
    assert (chunked.status_code, chunked.text) == (400, "No lyrics uploaded")
    assert put(client, path, "", "a.lrc").text == "No lyrics uploaded"
    assert put(client, path, "a", "a").text == "Extension is required on filename"
    assert put(client, path, "a", "a.srt").status_code == 400
    assert put(client, path, "\n\n", "a.txt").status_code == 400
    assert list(client.post(path, content=b"a").json()["errors"]) == ["fileName"]
    assert client.get(path).status_code == 404


def test_lyrics_of_an_unknown_item_are_404(client: httpx.Client) -> None:
    path = f"/Audio/{library.item_id('none')}/Lyrics"
    assert {client.get(path).status_code, client.delete(path).status_code} == {404}
    assert put(client, path, LRC, "a.lrc").status_code == 404
