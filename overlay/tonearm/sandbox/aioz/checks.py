"""Checks of the bodies and queries of the JSON operations."""

import math
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from tonearm.sandbox.aioz.fields import MOST_ITEM, Fields
from tonearm.sandbox.aioz.objects import BITRATES, DEFAULT_QUALITIES, Json, Quality
from tonearm.sandbox.aioz.options import AiozOptions
from tonearm.sandbox.aioz.refusal import Refused

SAMPLE_RATES = frozenset({8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000})
"""(AIOZ Audio document, "Audio Encoding Configuration"); 24000 is an option."""

CONTAINERS = {"hls": frozenset({"mpegts", "mp4"}), "dash": frozenset({"fmp4"})}
"""(AIOZ Audio document, "Audio Encoding Configuration")"""

STATUSES = frozenset({"new", "transcoding", "done", "fail", "deleted"})
SORTS = frozenset({"created_at", "updated_at", "title", "size"})
USUALLY_LISTED, MOST_LISTED = 25, 100
"""(AIOZ Audio document, "List audio")"""

MOST_TITLE, MOST_DESCRIPTION = 255, 1_000
"""Characters; the tests of the Go client v1.0.19 expect 256 and 1001 to be refused."""

PRICES = {"standard": 0.0012, "good": 0.0016, "highest": 0.0024, "lossless": 0.004}
"""US dollars for a minute of audio; the service's own prices are not documented."""


@frozen(kw_only=True)
class Filter:
    """The parameters of a list."""

    offset: int
    limit: int
    sort_by: str
    descending: bool
    type: str | None
    statuses: list[str]
    tags: list[str]
    metadata: list[dict[str, str]]
    search: str


def created(fields: Fields, options: AiozOptions) -> dict[str, Any]:
    """Check the body of a create: the columns of the new object."""
    title = fields.text("title", MOST_TITLE)
    if not title:
        raise Refused("title is required")
    if fields.text("type", MOST_ITEM) != "audio":
        raise Refused('type is required and must be "audio"')
    qualities = [_quality(Fields(item, "qualities"), options) for item in fields.array("qualities") or ()]
    public = fields.flag("is_public")
    return {
        "title": title,
        "description": fields.text("description", MOST_DESCRIPTION) or "",
        "is_public": True if public is None else public,
        "metadata": fields.pairs("metadata"),
        "tags": fields.texts("tags"),
        "qualities": qualities or list(DEFAULT_QUALITIES),
    }


def changed(fields: Fields, options: AiozOptions) -> dict[str, Any]:
    """Check the body of an update: the columns to change; null leaves a column alone."""
    title = fields.text("title", MOST_TITLE)
    if title == "":
        raise Refused("title must not be empty")
    columns = {
        "title": title,
        "description": fields.text("description", MOST_DESCRIPTION),
        "is_public": fields.flag("is_public"),
        "metadata": fields.pairs("metadata"),
        "tags": fields.texts("tags"),
        "player_theme_id": fields.text(options.player_field, MOST_ITEM),
    }
    return {name: value for name, value in columns.items() if value is not None}


def listed(fields: Fields, options: AiozOptions) -> Filter:
    """Check the body of a list."""
    statuses = _words(fields, "status", options)
    if unknown := sorted(set(statuses) - STATUSES):
        raise Refused(f"status is unknown: {', '.join(unknown)}")
    limit = fields.whole("limit", 1, MOST_LISTED)
    sort_by, order_by = fields.text("sort_by", MOST_ITEM), fields.text("order_by", MOST_ITEM)
    return Filter(
        offset=fields.whole("offset", 0) or 0,
        limit=USUALLY_LISTED if limit is None else limit,
        # The tests of the Go client v1.0.19 swap the two words and expect success: neither is refused.
        sort_by=sort_by if sort_by in SORTS else "created_at",
        descending=order_by == "desc",
        type=fields.text("type", MOST_ITEM) or None,
        statuses=statuses,
        tags=_words(fields, "tags", options),
        metadata=_pairs(fields, options),
        search=fields.text("search", MOST_DESCRIPTION) or "",
    )


def paged(query: Mapping[str, str]) -> tuple[int, int]:
    """Check the query of a list of tracks: return offset and limit."""
    offset, limit = query.get("offset", "0"), query.get("limit", str(USUALLY_LISTED))
    whole = all(re.fullmatch("[0-9]{1,9}", text) for text in (offset, limit))
    if not whole or not 1 <= int(limit) <= MOST_LISTED:
        raise Refused(f"offset must be an integer, and limit one from 1 to {MOST_LISTED}")
    return int(offset), int(limit)


def cost(query: Mapping[str, str], balance: float) -> Json:
    """Check the query of a cost request, and answer it.

    The tests of the Go client v1.0.19 expect an empty list, unknown presets and negative durations to be refused.
    """
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
    return {"price": price, "is_enough": price <= balance}


def _words(fields: Fields, name: str, options: AiozOptions) -> list[str]:
    """Read a filter of words: an array (Go client v1.0.19 OpenAPI) or a string with commas (AIOZ Audio document)."""
    if options.filters == "openapi" or (options.filters == "lenient" and not fields.holds(name, str)):
        return fields.texts(name) or []
    return [word.strip() for word in (fields.text(name, MOST_DESCRIPTION) or "").split(",") if word.strip()]


def _pairs(fields: Fields, options: AiozOptions) -> list[dict[str, str]]:
    """Read the filter of metadata: pairs (Go client v1.0.19 OpenAPI) or a map (AIOZ Audio document)."""
    if options.filters == "openapi" or (options.filters == "lenient" and not fields.holds("metadata", dict)):
        return fields.pairs("metadata") or []
    return fields.mapped("metadata") or []


def _quality(fields: Fields, options: AiozOptions) -> Quality:
    resolution = fields.word("resolution", BITRATES)
    kind = fields.word("type", CONTAINERS)
    container = fields.word("container_type", CONTAINERS[kind])
    config = fields.member("audio_config")
    if config is None:
        raise Refused("qualities: audio_config is required")
    rate = config.whole("sample_rate", 1)
    if rate is not None and rate not in SAMPLE_RATES and not (rate == 24_000 and options.accepts_24_khz):
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
