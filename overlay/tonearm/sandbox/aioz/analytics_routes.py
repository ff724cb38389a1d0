"""Analytics: plays, and the seconds that were played (AIOZ Stream documentation, "Analytics")."""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from attrs import frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tonearm.sandbox.aioz import checks
from tonearm.sandbox.aioz.access import Scope
from tonearm.sandbox.aioz.envelopes import success
from tonearm.sandbox.aioz.fields import Fields
from tonearm.sandbox.aioz.guard import Guard, Handler
from tonearm.sandbox.aioz.objects import USER_ID, Json, timestamp
from tonearm.sandbox.aioz.plays import KIND
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.routes import fields_of
from tonearm.sandbox.aioz.service import Service

_FULL: tuple[Scope, ...] = ("full_access",)
_DAY = 86_400
_STEPS = {"hour": 3_600, "day": _DAY}
_COUNTED = {
    "play": ("count", "rate", "total"),
    "start": ("count",),
    "end": ("count",),
    "impression": ("count",),
    "watch_time": ("average", "sum"),
    "view": ("count",),
}
_PARTS = {
    "media-id": "media_id",
    "media-type": "media_type",
    "continent": "continent",
    "country": "country",
    "device-type": "device_type",
    "operator-system": "os",
    "browser": "browser",
}
_FILTERS = {
    "media_ids": "media_id",
    "continents": "continent",
    "countries": "country",
    "device_types": "device_type",
    "os": "os",
    "browsers": "browser",
}
_NEVER = "0001-01-01T00:00:00Z"
Play = dict[str, Any]


@frozen
class Analytics:
    """The handlers. Every play counts as an impression, a start, a view and an end, too."""

    service: Service
    guard: Guard

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        operations: list[tuple[str, str, Handler]] = [
            ("POST", "/analytics/metrics/data/{metric}/{aggregation}", self.total),
            ("POST", "/analytics/metrics/bucket/{metric}/{breakdown}", self.bucket),
            ("POST", "/analytics/metrics/timeseries/{metric}/{interval}", self.series),
            ("GET", "/analytics/data", self.usage),
        ]
        return [
            Route(path, self.guard.operation(handler, _FULL), methods=[method]) for method, path, handler in operations
        ]

    async def total(self, request: Request) -> Response:
        metric, how = _word(request, "metric", _COUNTED), request.path_params["aggregation"]
        if how not in _COUNTED[metric]:
            raise Refused(f"aggregation must be one of {', '.join(_COUNTED[metric])} for {metric}")
        wanted = _Parameters.read(await fields_of(request))
        plays = await run_in_threadpool(self._plays, wanted)
        number = _number(metric, plays)
        if how == "average":
            number = number / len(plays) if plays else 0
        elif how == "rate":
            number = 1 if plays else 0
        return success({"context": {"metric": metric, "aggregation": how, **wanted.shown()}, "data": number})

    async def bucket(self, request: Request) -> Response:
        metric, part = _word(request, "metric", _COUNTED), _PARTS[_word(request, "breakdown", _PARTS)]
        wanted = _Parameters.read(await fields_of(request))
        groups = await run_in_threadpool(self._grouped, wanted, lambda play: play.get(part, ""))
        rows = [
            {"metric_value": _number(metric, plays), "dimension_value": name, "emitted_at": _NEVER}
            for name, plays in sorted(groups.items(), key=lambda group: (-_number(metric, group[1]), group[0]))
        ]
        return success(_page(rows, wanted, {"metric": metric, "breakdown": part, **wanted.shown()}))

    async def series(self, request: Request) -> Response:
        metric, interval = _word(request, "metric", _COUNTED), _word(request, "interval", _STEPS)
        wanted = _Parameters.read(await fields_of(request))
        step = _STEPS[interval]
        groups = await run_in_threadpool(self._grouped, wanted, lambda play: int(play["at"] // step * step))
        rows = [
            {"metric_value": _number(metric, plays), "emitted_at": timestamp(at * 10**9)}
            for at, plays in sorted(groups.items())
        ]
        return success(_page(rows, wanted, {"metric": metric, "interval": interval, **wanted.shown()}))

    async def usage(self, request: Request) -> Response:
        offset, limit = checks.paged(request.query_params)
        step = _STEPS.get(request.query_params.get("interval", ""))
        times = [request.query_params.get(name, "") for name in ("from", "to")]
        if step is None or not all(text.isdecimal() and len(text) < 12 for text in times):
            raise Refused("from and to must be seconds since 1970, and interval one of day, hour")
        wanted = _Parameters(int(times[0]), int(times[1]), {}, offset, limit)
        groups = await run_in_threadpool(self._grouped, wanted, lambda play: int(play["at"] // step * step))
        rows = [
            {"delivery": int(sum(play["seconds"] for play in plays)) * 16_000, "created_at": timestamp(at * 10**9)}
            | {"user_id": USER_ID}
            for at, plays in sorted(groups.items())
        ]
        return success({"data": rows[offset : offset + limit], "total": len(rows)})

    def _plays(self, wanted: "_Parameters") -> list[Play]:
        return [play for play in self.service.store.records(KIND) if wanted.has(play)]

    def _grouped(self, wanted: "_Parameters", key: Callable[[Play], Any]) -> dict[Any, list[Play]]:
        groups: dict[Any, list[Play]] = defaultdict(list)
        for play in self._plays(wanted):
            groups[key(play)].append(play)
        return groups


@frozen
class _Parameters:
    """The parameters of a request; without a time, the last day."""

    begin: int
    end: int
    filters: dict[str, list[str]]
    offset: int
    limit: int

    @classmethod
    def read(cls, fields: Fields) -> "_Parameters":
        longest = 2**40
        end = fields.whole("to", 0, longest)
        end = int(time.time()) if end is None else end
        begin = fields.whole("from", 0, longest)
        begin = end - _DAY if begin is None else begin
        if begin >= end:
            raise Refused("from must be before to")
        filters: dict[str, list[str]] = {}
        if (given := fields.member("filter_by")) is not None:
            if given.text("media_type", 20) not in (None, "", "audio", "video"):
                raise Refused("media_type must be audio or video")
            filters = {name: given.texts(name) or [] for name in (*_FILTERS, "tags")}
            filters["media_type"] = [kind] if (kind := given.text("media_type", 20)) else []
        offset, limit = fields.whole("offset", 0), fields.whole("limit", 1, 100)
        return cls(begin, end, filters, offset or 0, 25 if limit is None else limit)

    def has(self, play: Play) -> bool:
        if not self.begin <= play["at"] < self.end:
            return False
        single = {**_FILTERS, "media_type": "media_type"}
        if any(self.filters.get(name) and play.get(key) not in self.filters[name] for name, key in single.items()):
            return False
        return not self.filters.get("tags") or bool(set(self.filters["tags"]) & set(play["tags"]))

    def shown(self) -> Json:
        times = {name: datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in self._times()}
        return {"time_frame": times, "filter": {name: given for name, given in self.filters.items() if given}}

    def _times(self) -> list[tuple[str, int]]:
        return [("from", self.begin), ("to", self.end)]


def _word(request: Request, name: str, known: Any) -> str:
    word: str = request.path_params[name]
    if word not in known:
        raise Refused(f"{name} must be one of {', '.join(known)}")
    return word


def _number(metric: str, plays: list[Play]) -> float:
    return sum(play["seconds"] for play in plays) if metric == "watch_time" else len(plays)


def _page(rows: list[Json], wanted: _Parameters, context: Json) -> Json:
    page = rows[wanted.offset : wanted.offset + wanted.limit]
    return {"context": context, "total": len(rows), "data": page}
