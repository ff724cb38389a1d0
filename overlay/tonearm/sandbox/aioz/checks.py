"""What the service accepts in the bodies and the query of its JSON operations."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, cast

from attrs import frozen

from tonearm.sandbox.aioz.objects import BITRATES, DEFAULT_QUALITIES, Json, Quality
from tonearm.sandbox.aioz.refusal import Refused

SAMPLE_RATES = frozenset({8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000})
CONTAINERS = {"hls": frozenset({"mpegts", "mp4"}), "dash": frozenset({"fmp4"})}
STATUSES = frozenset({"new", "transcoding", "done", "fail", "deleted"})
SORTS = frozenset({"created_at", "updated_at", "title", "size"})
MOST_TITLE, MOST_DESCRIPTION, MOST_ITEMS, MOST_ITEM = 255, 1_000, 50, 255
PRICES = {"standard": 0.0012, "good": 0.0016, "highest": 0.0024, "lossless": 0.004}
"""US dollars for a minute of audio; the service's own prices are not documented."""
BALANCE = 100.0
"""US dollars that the sandbox's only user owns."""


@frozen(kw_only=True)
class Filter:
    """What a list asks for."""

    offset: int
    limit: int
    sort_by: str
    descending: bool
    type: str | None
    statuses: list[str]
    tags: list[str]
    metadata: list[dict[str, str]]
    search: str


def body(raw: bytes) -> "Fields":
    """Read a JSON object."""
    try:
        value: object = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused("the request body is not valid JSON") from error
    return Fields(value, "the request body")


def created(fields: "Fields") -> dict[str, Any]:
    """Check the body of a create: the columns of the new object."""
    title = fields.text("title", MOST_TITLE)
    if not title:
        raise Refused("title is required")
    if fields.text("type", MOST_ITEM) != "audio":
        raise Refused('type is required and must be "audio"')
    qualities = [_quality(Fields(item, "qualities")) for item in fields.array("qualities") or ()]
    public = fields.flag("is_public")
    return {
        "title": title,
        "description": fields.text("description", MOST_DESCRIPTION) or "",
        "is_public": True if public is None else public,
        "metadata": fields.pairs("metadata"),
        "tags": fields.texts("tags"),
        "qualities": qualities or list(DEFAULT_QUALITIES),
    }


def changed(fields: "Fields") -> dict[str, Any]:
    """Check the body of an update: the columns to change; null leaves a column alone."""
    title = fields.text("title", MOST_TITLE)
    if title == "":
        raise Refused("title must not be empty")
    theme = fields.text("player_theme_id", MOST_ITEM)
    columns = {
        "title": title,
        "description": fields.text("description", MOST_DESCRIPTION),
        "is_public": fields.flag("is_public"),
        "metadata": fields.pairs("metadata"),
        "tags": fields.texts("tags"),
        # The document says player_theme_id, the official clients send player_id.
        "player_theme_id": fields.text("player_id", MOST_ITEM) if theme is None else theme,
    }
    return {name: value for name, value in columns.items() if value is not None}


def listed(fields: "Fields") -> Filter:
    """Check the body of a list."""
    statuses = fields.texts("status") or []
    if unknown := sorted(set(statuses) - STATUSES):
        raise Refused(f"status is unknown: {', '.join(unknown)}")
    limit = fields.whole("limit", 1, 100)
    sort_by, order_by = fields.text("sort_by", MOST_ITEM), fields.text("order_by", MOST_ITEM)
    return Filter(
        offset=fields.whole("offset", 0) or 0,
        limit=25 if limit is None else limit,
        # The official client's tests swap the two words and expect success: neither is refused.
        sort_by=sort_by if sort_by in SORTS else "created_at",
        descending=order_by == "desc",
        type=fields.text("type", MOST_ITEM) or None,
        statuses=statuses,
        tags=fields.texts("tags") or [],
        metadata=fields.pairs("metadata") or [],
        search=fields.text("search", MOST_DESCRIPTION) or "",
    )


def cost(query: Mapping[str, str]) -> Json:
    """Check the query of a cost request, and answer it."""
    names = query.get("qualities", "").split(",")
    if unknown := [name for name in names if name not in PRICES]:
        raise Refused(f"qualities holds an unknown preset: {unknown[0]!r}")
    if query.get("type") != "audio":
        raise Refused('type is required and must be "audio"')
    try:
        duration = float(query.get("duration", ""))
    except ValueError as error:
        raise Refused("duration must be a number of seconds") from error
    if not math.isfinite(duration) or duration < 0:
        raise Refused("duration must be a number of seconds that is not negative")
    price = round(sum(PRICES[name] for name in set(names)) * duration / 60, 6)
    return {"price": price, "is_enough": price <= BALANCE}


def _quality(fields: "Fields") -> Quality:
    resolution = fields.word("resolution", BITRATES)
    kind = fields.word("type", CONTAINERS)
    container = fields.word("container_type", CONTAINERS[kind])
    config = fields.member("audio_config")
    if config is None:
        raise Refused("qualities: audio_config is required")
    rate = config.whole("sample_rate", 1)
    if rate is not None and rate not in SAMPLE_RATES:
        raise Refused(f"audio_config: sample_rate {rate} is not supported")
    bitrate, index = config.whole("bitrate", 1), config.whole("index", 0)
    return Quality(
        resolution=resolution,
        type=kind,
        container_type=container,
        codec=config.word("codec", ("aac",), "aac"),
        bitrate=BITRATES[resolution] if bitrate is None else bitrate,
        channels=config.word("channels", ("1", "2"), "2"),
        sample_rate=44_100 if rate is None else rate,
        language=config.text("language", MOST_ITEM) or "",
        index=index or 0,
    )


class Fields:
    """A JSON object whose members are read with their types; a wrong one is refused, null is as good as absent."""

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, dict):
            raise Refused(f"{name} must be a JSON object")
        self._values = cast(dict[str, object], value)

    def text(self, name: str, most: int) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None
        return _text(value, name, most)

    def word(self, name: str, words: Iterable[str], default: str | None = None) -> str:
        value = self.text(name, MOST_ITEM)
        value = default if value is None else value
        if value is None or value not in words:
            raise Refused(f"{name} must be one of {', '.join(sorted(words))}")
        return value

    def flag(self, name: str) -> bool | None:
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise Refused(f"{name} must be a boolean")

    def whole(self, name: str, least: int, most: int = 2**31 - 1) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refused(f"{name} must be an integer from {least} to {most}")
        return value

    def array(self, name: str) -> list[object] | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise Refused(f"{name} must be an array")
        items = cast("list[object]", value)
        if len(items) > MOST_ITEMS:
            raise Refused(f"{name} must not have more than {MOST_ITEMS} items")
        return items

    def member(self, name: str) -> "Fields | None":
        value = self._values.get(name)
        return None if value is None else Fields(value, name)

    def texts(self, name: str) -> list[str] | None:
        items = self.array(name)
        return None if items is None else [_text(item, f"an item of {name}", MOST_ITEM) for item in items]

    def pairs(self, name: str) -> list[dict[str, str]] | None:
        items = self.array(name)
        if items is None:
            return None
        return [Fields(item, f"an item of {name}").pair() for item in items]

    def pair(self) -> dict[str, str]:
        return {name: _text(self._values.get(name), name, MOST_ITEM) for name in ("key", "value")}


def _text(value: object, name: str, most: int) -> str:
    if not isinstance(value, str):
        raise Refused(f"{name} must be a string")
    if len(value) > most:
        raise Refused(f"{name} must not be longer than {most} characters")
    # JSON can escape half of a surrogate pair, which is no text.
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(f"{name} is not valid Unicode")
    return value
