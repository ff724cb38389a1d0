"""Requests that no client of ours sends, and rare ones that one may: what the rest of the world asks."""

from typing import Any

import httpx
from attrs import frozen

from tests.cassettes.cases import NOWHERE, Given, Service
from tests.cassettes.checks import CLIP

AIOZ = {"stream-public-key": "sandbox-public", "stream-secret-key": "sandbox-secret"}
OPENAI = {"authorization": "Bearer sandbox-key"}
TRACKS = ("captions", "transcripts", "chapters")
AUDIO = {"file": ("clip.flac", CLIP.read_bytes())}


@frozen
class Ask:
    """One request: its path below the base URL, `{item}` where the id of the library's item goes."""

    method: str
    path: str
    options: dict[str, Any]

    def send(self, client: httpx.Client, base_url: str, given: Given) -> httpx.Response:
        return client.request(self.method, base_url + self.path.format_map(given), **self.options)


def ask(method: str, path: str, **options: Any) -> Ask:
    return Ask(method, path, options)


def _aioz(method: str, path: str, **options: Any) -> Ask:
    return ask(method, path, headers={**AIOZ, **options.pop("headers", {})}, **options)


def _create(**fields: Any) -> Ask:
    return _aioz("POST", "/media/create", json={"title": "t", "type": "audio", **fields})


def _part(**headers: str) -> Ask:
    return _aioz("POST", f"/media/{NOWHERE}/part", headers=headers, files=AUDIO, data={"index": "1", "hash": "x"})


def _stream(query: str, method: str = "GET", **headers: str) -> Ask:
    return ask(method, "/Audio/{item}/stream" + query, headers=headers)


_DEVICE = {"authorization": 'MediaBrowser Client="c", Device="d", DeviceId="i", Version="1"'}


def _asked(method: str, path: str, **headers: str) -> Ask:
    return ask(method, path, headers={"authorization": 'MediaBrowser Token="sandbox-token"', **headers})


def _speech(**fields: Any) -> Ask:
    body = {"model": "tts-1", "input": "Good evening.", "voice": "coral", **fields}
    return ask("POST", "/audio/speech", headers=OPENAI, json=body)


def _heard(what: str = "transcriptions", **fields: Any) -> Ask:
    body = {"model": "whisper-1", **fields}
    return ask("POST", f"/audio/{what}", headers=OPENAI, files=AUDIO, data=body)


ASKED: dict[Service, list[Ask]] = {
    "aioz": [
        *(
            ask(method, path)
            for method, path in (
                ("POST", "/media/create"),
                ("POST", "/media"),
                ("GET", "/media/cost"),
                ("GET", f"/media/{NOWHERE}"),
                ("PATCH", f"/media/{NOWHERE}"),
                ("DELETE", f"/media/{NOWHERE}"),
                ("POST", f"/media/{NOWHERE}/part"),
                ("GET", f"/media/{NOWHERE}/complete"),
                *(("GET", f"/media/{NOWHERE}/{kind}") for kind in TRACKS),
                *((method, f"/media/{NOWHERE}/{kind}/en") for kind in TRACKS for method in ("POST", "DELETE")),
                *((method, f"/media/{NOWHERE}/thumbnail") for method in ("POST", "DELETE")),
            )
        ),
        _aioz("POST", "/media/create", content=b"{"),
        _aioz("POST", "/media/create", json=[]),
        _create(title=""),
        _create(title="t" * 300),
        _create(type="video"),
        _create(tags="a,b"),
        _create(tags=["a"], metadata=[{"key": "k", "value": "v"}], description="d", is_public=False),
        _create(qualities=[{"resolution": "4k"}]),
        _aioz("POST", "/media", json={}),
        _aioz("POST", "/media", json={"limit": 1, "offset": 1, "order_by": "asc", "sort_by": "title"}),
        _aioz("POST", "/media", json={"limit": "many"}),
        _aioz("POST", "/media", json={"status": ["deleted"], "tags": ["none"]}),
        _aioz("GET", "/media/cost?qualities=standard&duration=60&type=audio"),
        _aioz("GET", "/media/cost?qualities=unknown&duration=60&type=audio"),
        _aioz("GET", "/media/cost"),
        _aioz("GET", "/media/not-an-id"),
        _aioz("PATCH", "/media/not-an-id", json={}),
        _aioz("DELETE", "/media/not-an-id"),
        _aioz("GET", "/media/not-an-id/complete"),
        _aioz("GET", f"/media/{NOWHERE}/complete"),
        *(_aioz("GET", f"/media/{NOWHERE}/{kind}?limit=many") for kind in TRACKS),
        *(_aioz("GET", f"/media/not-an-id/{kind}") for kind in TRACKS),
        *(_aioz("POST", f"/media/{NOWHERE}/{kind}/invalid", files=AUDIO) for kind in TRACKS),
        *(_aioz("DELETE", f"/media/{NOWHERE}/{kind}/invalid") for kind in TRACKS),
        _aioz("POST", f"/media/{NOWHERE}/thumbnail", files=AUDIO),
        _part(),
        _part(**{"content-range": "bytes 0-1/2"}),
    ],
    "jellyfin": [
        _stream("?static=true", range="bytes=0-9"),
        _stream("?static=true", range="bytes=-5"),
        _stream("?static=true", range="bytes=99999999-"),
        _stream("?static=true", **{"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        _stream("?static=true", method="HEAD", range="bytes=0-9"),
        _stream("?static=true", method="HEAD", **{"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        _stream(""),
        _stream("", method="HEAD"),
        _stream(".mp3?audioBitRate=64000"),
        _stream(".mp3?audioBitRate=many"),
        _stream(".mp3?audioBitRate=many", method="HEAD"),
        _stream(".flac"),
        _stream(".opus?audioCodec=opus&startTimeTicks=1000000"),
        _stream(f"?static=true&mediaSourceId={NOWHERE}"),
        _stream("?static=true&mediaSourceId=what"),
        ask("GET", "/Audio/what/stream?static=true"),
        ask("GET", f"/Audio/{NOWHERE}/stream.mp3"),
        ask("GET", "/System/Info/Public"),
        ask("POST", "/Users/AuthenticateByName", json={"Username": "sandbox", "Pw": "sandbox"}),
        ask("POST", "/Users/AuthenticateByName", json=[], headers=_DEVICE),
        ask("POST", "/Users/AuthenticateByName", json={}, headers=_DEVICE),
        ask("POST", "/Users/AuthenticateWithQuickConnect", json={}),
        ask("GET", "/QuickConnect/Connect"),
        ask("POST", "/QuickConnect/Initiate"),
        ask("GET", "/Users/Me"),
        ask("POST", "/Sessions/Logout"),
        _asked("GET", "/Items"),
        _asked(
            "GET", "/Items?recursive=true&includeItemTypes=Audio,MusicAlbum,Playlist&fields=MediaSources,Path,Genres"
        ),
        _asked("GET", "/Items?recursive=perhaps"),
        _asked("GET", "/Items?recursive=true&limit=many"),
        _asked("GET", f"/Items?recursive=true&userId={NOWHERE}"),
        _asked("GET", "/Items/{item}"),
        _asked("GET", "/Items/what"),
        _asked("GET", "/Artists?limit=1&startIndex=5"),
        _asked("GET", "/Playlists/what/Items"),
        _asked("GET", f"/Playlists/{NOWHERE}/Items"),
        _asked("GET", "/Audio/{item}/universal"),
        _asked("GET", "/Audio/{item}/universal?container=flac", range="bytes=0-9"),
        _asked("GET", "/Audio/{item}/universal?container=flac", range="bytes=99999999-"),
        _asked("GET", "/Audio/{item}/universal?maxAudioChannels=many"),
        _asked("GET", "/Audio/{item}/Lyrics"),
        _asked("GET", "/Audio/what/Lyrics"),
        _asked("POST", "/Audio/{item}/Lyrics"),
        _asked("POST", "/Audio/{item}/Lyrics?fileName=song"),
        _asked("DELETE", "/Audio/{item}/Lyrics"),
        *(_asked("POST", f"/Sessions/Playing{what}") for what in ("", "/Progress", "/Stopped")),
    ],
    "openai": [
        *(_speech(response_format=name) for name in ("mp3", "opus", "aac", "flac", "wav", "pcm")),
        _speech(model="gpt-4o-mini-tts", stream_format="sse"),
        _speech(response_format="ogg"),
        _speech(input=""),
        _speech(input="a" * 4097),
        _speech(speed=9),
        ask("POST", "/audio/speech", headers=OPENAI, content=b"{"),
        ask("POST", "/audio/speech", json={}),
        *(_heard(response_format=name) for name in ("json", "text", "srt", "vtt", "verbose_json")),
        *(_heard("translations", response_format=name) for name in ("json", "text", "srt", "vtt", "verbose_json")),
        _heard(response_format="verbose_json", **{"timestamp_granularities[]": ["word", "segment"]}),
        _heard(model="gpt-4o-transcribe"),
        _heard(model="gpt-4o-transcribe", response_format="srt"),
        _heard(model="gpt-4o-transcribe", stream="true"),
        _heard(model="gpt-4o-transcribe-diarize", response_format="diarized_json", chunking_strategy="auto"),
        _heard(model="missing"),
        _heard(temperature="hot"),
        _heard("translations", model="gpt-4o-transcribe"),
        ask("POST", "/audio/transcriptions", headers=OPENAI, data={"model": "whisper-1"}),
        ask(
            "POST",
            "/audio/transcriptions",
            headers=OPENAI,
            files={"file": ("x.flac", b"no audio")},
            data={"model": "whisper-1"},
        ),
        ask(
            "POST",
            "/audio/transcriptions",
            headers=OPENAI,
            files={"file": ("x.flac", b"x" * 26_300_000)},
            data={"model": "whisper-1"},
        ),
        ask("POST", "/audio/transcriptions", files=AUDIO),
        ask("POST", "/audio/translations", files=AUDIO, headers={"authorization": "Bearer wrong"}),
    ],
}
