# Made by scripts/twins.py from async_analytics.py; do not edit.
"""Analytics, for the blocking client."""

from __future__ import annotations

from typing import Unpack

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._base.signatures import shows_keywords
from .._base.validate import named
from .._http import ClientBase
from . import _operations as calls
from .metrics import Aggregation, Breakdown, DataUsage, Interval, Metric, MetricRow, Moment
from .options import MetricOptions


class Analytics(ClientBase):
    """The methods of `Aioz` for analytics: plays, seconds of listening, and delivered data.

    A metric is `play`, `start`, `end`, `impression`, `watch_time` (in seconds) or `view`. Only audio is counted.
    """

    @shows_keywords
    def metric_total(
        self, metric: Metric, aggregation: Aggregation | None = None, /, **options: Unpack[MetricOptions]
    ) -> float:
        """Read one number for a period.

        Args:
            metric: the metric.
            aggregation: `count`, `rate` (plays for each impression) or `total` of `play`, `sum` or `average` of
                `watch_time`, and `count` of the others; None for the first of these.
            **options: filters, see `MetricOptions`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Stream documentation, "Analytics")
        """
        selection = calls.analytics.Selection(**named(options, MetricOptions))
        return _engine.run(calls.analytics.total(metric, aggregation, selection), self._wire)

    @shows_keywords
    def metric_by(
        self, metric: Metric, breakdown: Breakdown, /, **options: Unpack[MetricOptions]
    ) -> Answers[MetricRow]:
        """Read a number for each object, country, device or other dimension.

        Args:
            metric: the metric.
            breakdown: `media-id`, `media-type`, `continent`, `country`, `device-type`, `operator-system` or `browser`.
            **options: filters, see `MetricOptions`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Go client, "GetBreakdownMetrics")
        """
        selection = calls.analytics.Selection(**named(options, MetricOptions))
        return _engine.run(calls.analytics.by(metric, breakdown, selection), self._wire)

    @shows_keywords
    def metric_over_time(
        self, metric: Metric, interval: Interval = "day", /, **options: Unpack[MetricOptions]
    ) -> Answers[MetricRow]:
        """Read a number for each hour or day.

        Args:
            metric: the metric.
            interval: `hour` or `day`.
            **options: filters, see `MetricOptions`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Go client, "GetOvertimeMetrics")
        """
        selection = calls.analytics.Selection(**named(options, MetricOptions))
        return _engine.run(calls.analytics.over_time(metric, interval, selection), self._wire)

    def data_usage(self, *, start: Moment, end: Moment, interval: Interval = "day") -> Answers[DataUsage]:
        """Read how much data was delivered in each hour or day.

        Args:
            start: the beginning: a time, or seconds since 1970.
            end: the end.
            interval: `hour` or `day`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Go client, "GetDataUsage")
        """
        selection = calls.analytics.Selection(start=start, end=end)
        return _engine.run(calls.analytics.usage(interval, selection), self._wire)
