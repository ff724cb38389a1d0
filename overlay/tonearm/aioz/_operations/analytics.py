"""The seam for analytics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, get_args

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.analytics import (
    get_aggregated_metrics,
    get_breakdown_metrics,
    get_data_usage,
    get_overtime_metrics,
)
from tonearm_generated.aioz.types import UNSET, Unset
from tonearm_generated.reading import given

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Answer, Request
from ...errors import InvalidInput
from ..metrics import Aggregation, Breakdown, DataUsage, Interval, Metric, MetricRow, Moment
from . import bodies as to
from . import envelopes, pages

_LAST = 253_402_300_799
"""The last second of the year 9999."""

COUNTED: dict[Metric, tuple[Aggregation, ...]] = {
    "play": ("count", "rate", "total"),
    "start": ("count",),
    "end": ("count",),
    "impression": ("count",),
    "watch_time": ("sum", "average"),
    "view": ("count",),
}
"""The aggregations of each metric, the default first (AIOZ Stream documentation, "Analytics")."""


@frozen(kw_only=True)
class Selection:
    """The filters of a metric; see MetricOptions."""

    start: Moment | None = None
    end: Moment | None = None
    media: str | Sequence[str] | None = None
    countries: str | Sequence[str] | None = None
    devices: str | Sequence[str] | None = None
    tags: str | Sequence[str] | None = None

    def filters(self) -> models.MetricFilter:
        """The filters of a request, always with the media type audio."""
        return models.MetricFilter(
            media_ids=to.maybe(self.media, lambda value: _words(value, "media")),
            media_type="audio",
            countries=to.maybe(self.countries, lambda value: _words(value, "countries")),
            device_types=to.maybe(self.devices, lambda value: _words(value, "devices")),
            tags=to.maybe(self.tags, lambda value: _words(value, "tags")),
        )

    def rows(self, offset: int) -> models.MetricRowsRequest:
        """The request for the page at an offset."""
        return models.MetricRowsRequest(
            from_=_moment(self.start, "start"),
            to=_moment(self.end, "end"),
            filter_by=self.filters(),
            offset=offset,
            limit=pages.LIMIT,
        )

    def check(self) -> None:
        """Check that the start is before the end."""
        if self.start is not None and self.end is not None:
            begin, end = seconds(self.start, "start"), seconds(self.end, "end")
            if begin >= end:
                raise InvalidInput.of("end", self.end, "a time after start")


def total(metric: Metric, aggregation: Aggregation | None, selection: Selection) -> Plan[float]:
    """Read one number."""
    name = models.MetricName(validate.word(metric, "metric", get_args(Metric)))
    allowed = COUNTED[metric]
    how = allowed[0] if aggregation is None else validate.word(aggregation, "aggregation", allowed)
    selection.check()
    body = models.MetricTotalRequest(
        from_=_moment(selection.start, "start"),
        to=_moment(selection.end, "end"),
        filter_by=selection.filters(),
    )
    kwargs = get_aggregated_metrics.request_kwargs(name, models.MetricAggregation(how), body=body)
    return envelopes.send(
        Request.of(kwargs),
        lambda answer: answer.model(
            get_aggregated_metrics.read_answer,
            models.MetricTotalResponse,
            lambda response: given(response.data.data) or 0.0,
        ),
    )


def by(metric: Metric, breakdown: Breakdown, selection: Selection) -> Plan[Answers[MetricRow]]:
    """Read a number for each object, country, device or other dimension."""
    name = models.MetricName(validate.word(metric, "metric", get_args(Metric)))
    part = models.MetricBreakdown(validate.word(breakdown, "breakdown", get_args(Breakdown)))
    selection.check()

    def page(offset: int) -> Plan[pages.Page[MetricRow]]:
        kwargs = get_breakdown_metrics.request_kwargs(name, part, body=selection.rows(offset))
        return envelopes.send(Request.of(kwargs), _rows(get_breakdown_metrics.read_answer, offset))

    return pages.whole(page)


def over_time(metric: Metric, interval: Interval, selection: Selection) -> Plan[Answers[MetricRow]]:
    """Read a number for each hour or day."""
    name = models.MetricName(validate.word(metric, "metric", get_args(Metric)))
    step = models.MetricInterval(validate.word(interval, "interval", get_args(Interval)))
    selection.check()

    def page(offset: int) -> Plan[pages.Page[MetricRow]]:
        kwargs = get_overtime_metrics.request_kwargs(name, step, body=selection.rows(offset))
        return envelopes.send(Request.of(kwargs), _rows(get_overtime_metrics.read_answer, offset))

    return pages.whole(page)


def usage(interval: Interval, selection: Selection) -> Plan[Answers[DataUsage]]:
    """Read how much data was delivered in each hour or day."""
    step = models.MetricInterval(validate.word(interval, "interval", get_args(Interval)))
    if selection.start is None or selection.end is None:
        raise InvalidInput.of("start", None, "a time, with end")
    begin, end = seconds(selection.start, "start"), seconds(selection.end, "end")
    selection.check()

    def page(offset: int) -> Plan[pages.Page[DataUsage]]:
        kwargs = get_data_usage.request_kwargs(from_=begin, to=end, interval=step, offset=offset, limit=pages.LIMIT)
        return envelopes.send(
            Request.of(kwargs),
            lambda answer: answer.model(
                get_data_usage.read_answer,
                models.DataUsageResponse,
                lambda response: pages.page_of(response.data.data, response.data.total, offset, DataUsage.of),
            ),
        )

    return pages.whole(page)


def _rows(read: Callable[[int, Any], object], offset: int) -> Callable[[Answer], pages.Page[MetricRow]]:
    """The parser of a page of rows."""
    return lambda answer: answer.model(
        read,
        models.MetricRowsResponse,
        lambda response: pages.page_of(response.data.data, response.data.total, offset, MetricRow.of),
    )


def seconds(value: Moment, name: str) -> int:
    """A time in whole seconds since 1970; a time without a zone is local."""
    moment = value
    if isinstance(moment, datetime):
        try:
            moment = moment.timestamp()
        except (OverflowError, ValueError, OSError):
            raise InvalidInput.of(name, value, "a time between 1970 and 9999") from None
    return int(validate.amount(moment, name, least=0, most=_LAST))


def _moment(value: Moment | None, name: str) -> int | Unset:
    return UNSET if value is None else seconds(value, name)


def _words(value: str | Sequence[str], name: str) -> list[str]:
    """One text or several."""
    return validate.texts([value] if isinstance(value, str) else value, name, most=100, longest=255)
