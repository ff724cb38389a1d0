"""What must be true of each parsed answer and each error, held against the recorded bytes."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from tests.cassettes.tape import VOLATILE, fixed_uuid
from tonearm.errors import StatusError

CLIP = Path(__file__).parents[2] / "overlay" / "tonearm" / "sandbox" / "library" / "evening.flac"
TITLE = "tonearm cassette"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood evening.\n"
SONG = "[00:00.10]Good evening.\n[00:00.20]Grüß Gott.\n"
COVER = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
"""A picture of one grey pixel."""


@frozen
class Heard:
    """A stream that was read to its end."""

    content_type: str
    audio: bytes
    request_id: str | None


@frozen
class Answered:
    """An answer as it was recorded."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def told(error: StatusError, answered: Answered, *, retry_after: float | None = None) -> None:
    """The error has the words of the recorded answer, wherever the service puts them."""
    assert error.status == answered.status
    assert error.body == answered.body.decode()
    assert error.retry_after == retry_after
    assert error.attempts == 1
    assert error.headers["content-type"] == answered.headers["content-type"]


def playable(found: Any, answered: Answered) -> None:
    (told,) = answered.json["MediaSources"]
    (one,) = found.sources
    assert (one.direct, one.source.id, found.error_code) == (told["SupportsDirectPlay"], told["Id"], None)
    assert found.play_session_id == answered.json["PlaySessionId"]
    assert one.url is not None
    assert "ApiKey" not in one.url


def pictured(cover: Any, answered: Answered) -> None:
    assert (cover.data, cover.content_type, cover.extension) == (answered.body, "image/png", "png")
    assert cover.data == COVER


def aioz_refused(error: StatusError, answered: Answered, *, retry_after: float | None = None) -> None:
    told(error, answered, retry_after=retry_after)
    assert error.message == answered.json["message"] != ""
    assert error.code is None


def aioz_limited(error: StatusError, answered: Answered) -> None:
    aioz_refused(error, answered, retry_after=float(answered.headers["x-ratelimit-retry-after"]))


def described(media: Any, answered: Answered) -> None:
    raw = answered.json["data"]
    assert media.raw == raw
    assert media.id == raw["id"] == fixed_uuid(1)
    assert (media.title, media.type, media.status, media.is_public) == (TITLE, "audio", raw["status"], raw["is_public"])
    assert media.metadata == {pair["key"]: pair["value"] for pair in raw["metadata"] or ()}
    assert media.tags == tuple(raw["tags"] or ())
    assert [quality.name for quality in media.qualities] == [quality["name"] for quality in raw["qualities"]]
    assert isinstance(media.created_at, datetime)
    assert media.created_at.tzinfo is not None
    assert media.assets.hls_url == raw["assets"]["hls_url"]


def created(media: Any, answered: Answered) -> None:
    described(media, answered)
    assert media.status == "new"
    assert media.description == "Evening"
    assert media.tags == ("podcast", "evening")
    assert media.metadata == {"place": "Bergen"}


def finished(media: Any, answered: Answered) -> None:
    described(media, answered)
    assert media.status == "done"
    assert media.duration == answered.json["data"]["duration"] > 1
    assert media.size == CLIP.stat().st_size
    assert {quality.status for quality in media.qualities} == {"done"}


def played(media: Any, answered: Answered) -> None:
    assert media.raw == answered.json
    assert (media.id, media.title, media.status) == (fixed_uuid(1), TITLE, "done")
    assert media.assets.hls_url == answered.json["assets"]["hls_url"]


def updated(media: Any, answered: Answered) -> None:
    described(media, answered)
    assert media.tags == ("changed",)
    assert media.description == "Changed"


def listed(page: Any, answered: Answered) -> None:
    data = answered.json["data"]
    (rows,) = [value for value in data.values() if isinstance(value, list)]
    assert page.total == data["total"] >= len(page.items) >= 1
    assert [media.raw for media in page.items] == rows
    assert {media.title for media in page.items} == {TITLE}


def priced(cost: Any, answered: Answered) -> None:
    data = answered.json["data"]
    assert cost.price == float(data["price"]) > 0
    assert cost.is_enough is data["is_enough"]


def accepted(result: Any, answered: Answered) -> None:
    assert result is None
    assert answered.json["status"] == "success"


def track(track: Any, answered: Answered) -> None:
    ((name, raw),) = answered.json["data"].items()
    assert name in ("media_caption", "media_transcript", "media_chapter")
    _same_track(track, raw)


def tracks(tracks: Any, answered: Answered) -> None:
    data = answered.json["data"]
    (rows,) = [value for value in data.values() if isinstance(value, list)]
    assert len(tracks) == len(rows) == data["total"] == 1
    _same_track(tracks[0], rows[0])


def playlist(playlist: Any, answered: Answered) -> None:
    raw = answered.json
    assert playlist.raw == raw.get("data", {}).get("playlist", raw)
    assert (playlist.name, playlist.tags) == (TITLE, ("evening",))
    assert playlist.metadata == {"place": "Bergen"}
    assert [item.title for item in playlist.items] == [TITLE] * (playlist.item_count or 0)


def playlists(found: Any, answered: Answered) -> None:
    assert [playlist.raw for playlist in found] == answered.json["data"]["playlists"]
    assert [playlist.item_count for playlist in found] == [2]


def webhook(webhook: Any, answered: Answered) -> None:
    raw = answered.json["data"]["webhook"]
    assert (webhook.raw, webhook.id, webhook.url, webhook.name) == (raw, raw["id"], raw["url"], TITLE)
    assert webhook.events == ("encoding_finished",)


def webhooks(found: Any, answered: Answered) -> None:
    (row,) = found
    webhook(row, Answered(answered.status, answered.headers, json.dumps({"data": {"webhook": row.raw}}).encode()))
    assert answered.json["data"]["webhooks"] == [row.raw]


def account(account: Any, answered: Answered) -> None:
    raw = answered.json["data"]["user"]
    assert (account.raw, account.id, account.email, account.name) == (raw, raw["id"], raw["email"], "user name")
    assert (account.balance, account.debt) == (12.5, 0.5)


def api_key(key: Any, answered: Answered) -> None:
    raw = answered.json["data"]["api_key"]
    assert (key.id, key.name, key.type, key.ttl) == (raw["id"], TITLE, "only_upload", 60)
    assert (key.public_key, key.secret) == (raw["public_key"], raw["secret"])
    assert {**key.raw, "secret": raw["secret"]} == raw
    assert key.expired_at is not None


def api_keys(found: Any, answered: Answered) -> None:
    (key,) = found
    assert answered.json["data"]["api_keys"] == [key.raw]
    assert (key.name, key.secret) == (TITLE, None)


def metric_total(number: Any, answered: Answered) -> None:
    assert number == answered.json["data"]["data"] == 90


def metric_rows(found: Any, answered: Answered) -> None:
    assert [row.raw for row in found] == answered.json["data"]["data"]
    assert sum(row.value for row in found) == 2
    assert all((row.at is None) != (row.dimension is None) for row in found)


def data_usage(found: Any, answered: Answered) -> None:
    (row,) = found
    assert answered.json["data"]["data"] == [row.raw]
    assert row.delivery > 0
    assert row.at is not None


def theme(theme: Any, answered: Answered) -> None:
    raw = answered.json["data"]["player_theme"]
    assert (theme.raw, theme.id, theme.name) == (raw, raw["id"], TITLE)
    assert (theme.main_color, theme.hide_title) == (raw["theme"]["main_color"], True)


def themes(found: Any, answered: Answered) -> None:
    (row,) = found
    theme(row, Answered(answered.status, answered.headers, json.dumps({"data": {"player_theme": row.raw}}).encode()))
    assert answered.json["data"]["player_themes"] == [row.raw]


def live_key(key: Any, answered: Answered) -> None:
    raw = answered.json["data"]
    assert (key.id, key.name, key.save) == (raw["id"], TITLE, True)
    assert (key.stream_key, key.rtmp_url) == (raw["stream_key"], raw["rtmp_url"])
    assert {**key.raw, "stream_key": key.stream_key, "rtmp_url": key.rtmp_url} == raw


def live_keys(found: Any, answered: Answered) -> None:
    (key,) = found
    (raw,) = answered.json["data"]["live_stream_keys"]
    live_key(key, Answered(answered.status, answered.headers, json.dumps({"data": raw}).encode()))


def live_stream(stream: Any, answered: Answered) -> None:
    raw = answered.json["data"]
    assert (stream.raw, stream.id, stream.title, stream.status) == (raw, raw["id"], TITLE, raw["status"])


def live_streams(found: Any, answered: Answered) -> None:
    (stream,) = found
    assert answered.json["data"]["media"] == [stream.raw]


def _same_track(track: Any, raw: Any) -> None:
    assert (track.language, track.url) == ("en", raw["url"])
    assert fixed_uuid(1) in track.url
    assert (track.status, track.is_default) == (raw.get("status"), raw.get("is_default"))
    assert (track.description, track.is_generated) == (raw.get("description"), raw.get("is_generated"))


def downloaded(download: Any, answered: Answered) -> None:
    assert download.path is None
    assert download.size == len(answered.body) == int(answered.headers["content-length"])
    assert download.content_type == answered.headers["content-type"]
    assert download.sha256 == hashlib.sha256(answered.body).hexdigest()
    assert download.verified == ("size",)
    assert not download.resumed


def streamed(heard: Any, answered: Answered) -> None:
    assert heard.audio == answered.body
    assert heard.audio[:3] == b"ID3" or heard.audio[0] == 0xFF
    assert heard.content_type == answered.headers["content-type"] == "audio/mpeg"


def spoken(heard: Any, answered: Answered) -> None:
    streamed(heard, answered)
    assert heard.request_id == VOLATILE


def probed_original(info: Any, answered: Answered) -> None:
    assert info.size == int(answered.headers["content-length"]) > 0
    assert info.content_type == answered.headers["content-type"]
    assert info.resumable


def probed_transcode(info: Any, answered: Answered) -> None:
    assert info.size is None
    assert info.content_type == answered.headers["content-type"] == "audio/mpeg"
    assert not info.resumable
    assert answered.body == b""


def jellyfin_refused(error: StatusError, answered: Answered) -> None:
    told(error, answered)
    assert error.message == answered.body.decode()


def ended(result: Any, answered: Answered) -> None:
    assert result is None
    assert (answered.status, answered.body) == (204, b"")


def unauthorized(error: StatusError, answered: Answered) -> None:
    """An answer that has no body, and no type."""
    assert (error.status, error.body, error.message) == (401, "", "the server gave no reason")
    assert "content-type" not in answered.headers


def jellyfin_unknown(error: StatusError, answered: Answered) -> None:
    """A token that the server does not know: it says nothing, and so the client does."""
    assert (error.status, error.body, answered.body) == (401, "", b"")
    assert "needs a token" in error.__notes__[0]


def jellyfin_problem(error: StatusError, answered: Answered) -> None:
    told(error, answered)
    assert error.message.startswith(answered.json["title"])
    assert ("belongs to no user" in str(getattr(error, "__notes__", ""))) == (error.status == 400)


def server(server: Any, answered: Answered) -> None:
    raw = answered.json
    assert (server.raw, server.version, server.id) == (raw, raw["Version"], raw["Id"])
    assert (server.name, server.ready) == (raw["ServerName"], True)


def user(user: Any, answered: Answered) -> None:
    raw = answered.json
    assert (user.raw, user.id, user.name) == (raw, raw["Id"], raw["Name"])
    assert user.is_administrator is raw["Policy"]["IsAdministrator"]


def token(token: Any, answered: Answered) -> None:
    assert token == answered.json["AccessToken"] == VOLATILE


def pairing(pairing: Any, answered: Answered) -> None:
    assert (pairing.code, pairing.secret) == (answered.json["Code"], answered.json["Secret"])
    assert answered.json["Authenticated"] is False


def approved(approved: Any, answered: Answered) -> None:
    assert approved is answered.json["Authenticated"] is True


def item(item: Any, answered: Answered) -> None:
    raw = answered.json
    assert (item.raw, item.id, item.name) == (raw, raw["Id"], raw["Name"])
    assert item.duration == raw["RunTimeTicks"] / 10_000_000 > 0
    assert [source.size for source in item.sources] == [source["Size"] for source in raw["MediaSources"]]


def items(items: Any, answered: Answered) -> None:
    raw = answered.json
    assert [item.raw for item in items] == raw["Items"]
    assert len(items) == raw["TotalRecordCount"] >= 1
    assert all(item.duration > 0 for item in items if item.raw["Type"] == "Audio")


def heard(heard: Any, answered: Answered) -> None:
    assert heard.audio == answered.body
    assert heard.content_type == answered.headers["content-type"] == "audio/flac"


def mixed(items: Any, answered: Answered) -> None:
    assert [item.raw for item in items] == answered.json["Items"] != []


def favorite(data: Any, answered: Answered) -> None:
    raw = answered.json
    assert (data.raw, data.favorite, data.play_count) == (raw, raw["IsFavorite"], raw["PlayCount"])


def made(id: Any, answered: Answered) -> None:
    assert id == answered.json["Id"] != ""


def lyrics(lyrics: Any, answered: Answered) -> None:
    raw = answered.json["Lyrics"]
    assert [(line.text, line.start) for line in lyrics.lines] == [(line["Text"], line["Start"] / 1e7) for line in raw]
    assert lyrics.to_lrc() == SONG
    assert lyrics.raw == answered.json


def starting(error: StatusError, answered: Answered) -> None:
    """A page for people, which is no message, and three digits of seconds."""
    assert answered.headers["retry-after"] == "005"
    told(error, answered, retry_after=5.0)
    assert "<html>" in error.body
    assert error.message == "the server gave no reason"


def refused_head(error: StatusError, answered: Answered) -> None:
    told(error, answered)
    assert error.body == ""
    assert error.message == "the server gave no reason"


def loading_head(error: StatusError, answered: Answered) -> None:
    """An answer without a body that says why in a header."""
    told(error, answered, retry_after=float(answered.headers["retry-after"]))
    assert error.body == ""
    assert error.message == answered.headers["message"] != ""


def transcribed(transcript: Any, answered: Answered) -> None:
    raw = answered.json
    assert transcript.raw == raw
    assert transcript.text == raw["text"].strip() != ""
    assert transcript.duration == float(raw["duration"])
    assert transcript.language == raw["language"]
    assert [(word.text, word.start, word.end) for word in transcript.words] == [
        (word["word"], word["start"], word["end"]) for word in raw["words"]
    ]
    assert all(0 <= word.start <= word.end <= transcript.duration + 0.1 for word in transcript.words)
    assert transcript.request_id == VOLATILE


def translated(transcript: Any, answered: Answered) -> None:
    assert transcript.text == answered.json["text"].strip() != ""
    assert transcript.raw == answered.json
    assert transcript.request_id == VOLATILE


def models(found: tuple[Any, ...], answered: Answered) -> None:
    raw = answered.json["data"]
    assert [model.raw for model in found] == raw
    assert [model.id for model in found] == [one["id"] for one in raw]
    assert {model.created.timestamp() for model in found} == {one["created"] for one in raw}
    ends = [model.shutdown_date and model.shutdown_date.isoformat() for model in found]
    assert ends == [one.get("shutdown_date") for one in raw]


def voice(voice: Any, answered: Answered) -> None:
    raw = answered.json
    assert (voice.raw, voice.id, voice.name, voice.type) == (raw, raw["id"], TITLE, raw["type"])
    assert voice.created_at.timestamp() == raw["created_at"]
    assert voice.request_id == VOLATILE


def consent(consent: Any, answered: Answered) -> None:
    raw = answered.json
    assert (consent.raw, consent.id, consent.name, consent.language) == (raw, raw["id"], TITLE, "en-US")
    assert consent.created_at.timestamp() == raw["created_at"]


def consents(found: Any, answered: Answered) -> None:
    assert [consent.raw for consent in found] == answered.json["data"] != []


def deleted(result: Any, answered: Answered) -> None:
    assert result is None
    assert answered.json["deleted"] is True


def openai_refused(error: StatusError, answered: Answered) -> None:
    told(error, answered)
    said = answered.json["error"]
    assert error.message == " ".join(said["message"].split())
    assert error.code == (said["code"] or said["type"])
    assert error.request_id == VOLATILE


def openai_spent(error: StatusError, answered: Answered) -> None:
    """Nothing is left to spend: the client, which may repeat, knows that it does not help."""
    openai_refused(error, answered)
    assert error.code == "insufficient_quota"


def litellm_refused(error: StatusError, answered: Answered) -> None:
    told(error, answered)
    assert error.message == answered.json["error"] != ""
    assert error.code is None


def fastapi_refused(error: StatusError, answered: Answered) -> None:
    """The message is what the validator found, in words, as there is no other."""
    told(error, answered)
    (finding,) = answered.json["detail"]
    assert finding["loc"] == ["body", "voice"]
    assert error.message == f"voice: {finding['msg']}"
    assert error.code is None
    assert error.request_id is None
